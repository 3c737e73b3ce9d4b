import { parseWrittenDate } from "../../model/parse-written-date.ts";
import type { IsoDate } from "../../model/time.ts";
import { parseSessionLanguage } from "./parse-session-language.ts";
import type { RegistrationFact, RegistrationMapping } from "./registration-mapping.ts";
import type { RowFault, Table, TableRow } from "./table.ts";

/** One response of a registration export: a person that a partner has announced. Personal data. */
export interface AnnouncedRow {
  readonly rowNumber: number;
  /** null when the export gives no number. */
  readonly responseId: string | null;
  readonly surname: string | null;
  readonly givenNames: string | null;
  readonly dateOfBirth: IsoDate | null;
  readonly personalIdentityCode: string | null;
  readonly migriCustomerNumber: string | null;
  /** As chosen; null when the link is for one session. */
  readonly session: string | null;
  readonly language: string | null;
  readonly senderUnit: string | null;
  readonly contact: string | null;
  /** All cells, for a row that has no number of its own. */
  readonly cells: readonly string[];
}

export interface ParsedRegistrations {
  readonly rows: readonly AnnouncedRow[];
  readonly faults: readonly RowFault[];
}

type CellOf = (fact: RegistrationFact) => string | null;

function cellReader({ cells }: TableRow, header: readonly string[], mapping: RegistrationMapping): CellOf {
  return (fact) => {
    const name = mapping[fact];
    const text = name === undefined ? "" : (cells[header.indexOf(name)] ?? "").trim();
    return text === "" ? null : text;
  };
}

function parseRow(row: TableRow, header: readonly string[], mapping: RegistrationMapping): AnnouncedRow | RowFault[] {
  const { rowNumber, cells } = row;
  const cell = cellReader(row, header, mapping);
  const faults: RowFault[] = [];
  const refuse = (fact: RegistrationFact, expected: string): null => {
    faults.push({ rowNumber, column: mapping[fact] ?? null, expected });
    return null;
  };
  const written = cell("dateOfBirth");
  const dateOfBirth = written === null ? null : (parseWrittenDate(written) ?? refuse("dateOfBirth", "a day such as 3.10.1989"));
  const named = cell("language");
  const language =
    named === null ? null : (parseSessionLanguage(named) ?? refuse("language", "a language by code or exact name, such as ar or dari"));
  if (mapping.session !== undefined && cell("session") === null) refuse("session", "a session");
  if (cell("personalIdentityCode") === null && cell("surname") === null && cell("givenNames") === null)
    refuse("surname", "a name or an identity code");
  if (faults.length > 0) return faults;
  return {
    rowNumber,
    responseId: cell("responseId"),
    surname: cell("surname"),
    givenNames: cell("givenNames"),
    dateOfBirth,
    personalIdentityCode: cell("personalIdentityCode"),
    migriCustomerNumber: cell("migriCustomerNumber"),
    session: cell("session"),
    language,
    senderUnit: cell("senderUnit"),
    contact: cell("contact"),
    cells,
  };
}

/** Returns the responses of a registration export and everything that is wrong in it. Pure. */
export function parseRegistrations({ header, rows }: Table, mapping: RegistrationMapping): ParsedRegistrations {
  const parsed = rows.map((row) => parseRow(row, header, mapping));
  return {
    rows: parsed.filter((item): item is AnnouncedRow => !Array.isArray(item)),
    faults: parsed.filter((item) => Array.isArray(item)).flat(),
  };
}
