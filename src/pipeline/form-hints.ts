import { parseWrittenDate } from "../model/parse-written-date.ts";
import type { FieldReading } from "../model/reading.ts";
import type { PersonHints } from "../read/group/person-hints.ts";
import type { FormPageReading } from "./read-form-page.ts";

/** A name or number below this confidence says nothing about whose page it is. */
const MIN_HINT_CONFIDENCE = 0.6;

/** The name beside the signature says whose second page it is: read surely it also says whose it is not. */
function hintsOfBlock(reading: FieldReading | undefined, name: string | undefined): PersonHints {
  if (name === undefined) return {};
  return reading?.status === "accepted" ? { surname: name } : { text: name };
}

/** Returns what a form page says about whose it is. Pure. */
export function hintsOfForm({ readings }: Pick<FormPageReading, "readings">): PersonHints {
  const textOf = (field: string): string | undefined => {
    const reading = readings.find((item) => item.field === field);
    const isSure = reading?.status === "accepted" || (reading?.confidence ?? 0) >= MIN_HINT_CONFIDENCE;
    return isSure && typeof reading?.value === "string" && reading.value !== "" ? reading.value : undefined;
  };
  const [code, card, surname, givenNames] = ["personalIdentityCode", "permitCardNumber", "surname", "givenNames"].map(textOf);
  const looseName = looseNameOf(readings);
  const birthDate = parseWrittenDate(textOf("dateOfBirth") ?? "");
  const hasNames = surname !== undefined || givenNames !== undefined;
  return {
    ...(hasNames
      ? {}
      : hintsOfBlock(
          readings.find(({ field }) => field === "nameInBlock"),
          textOf("nameInBlock"),
        )),
    ...(code === undefined ? {} : { identityCodes: [code.toUpperCase()] }),
    ...(card === undefined ? {} : { cardNumbers: [card.toUpperCase()] }),
    ...(birthDate === null ? {} : { birthDate }),
    ...(surname === undefined ? {} : { surname }),
    ...(givenNames === undefined ? {} : { givenNames }),
    ...(looseName === "" ? {} : { looseName }),
  };
}

/** The names of a page's person as they were read: of the first page from their own fields, of the second from beside the signature. */
function looseNameOf(readings: readonly FieldReading[]): string {
  const textOf = (key: string): string => {
    const value = readings.find(({ field }) => field === key)?.value;
    return typeof value === "string" ? value : "";
  };
  const own = `${textOf("surname")} ${textOf("givenNames")}`.trim();
  return own === "" ? textOf("nameInBlock") : own;
}
