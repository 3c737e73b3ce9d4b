import { z } from "zod";
import { IlmoError } from "../../errors.ts";
import { toNameKey } from "../../model/codes/name-index.ts";

/** What is taken from a registration export: the header of the column for each fact. */
export const RegistrationMapping = z.strictObject({
  /** The number that the survey gave the response; without it a response is known by its whole row. */
  responseId: z.string().optional(),
  surname: z.string().optional(),
  givenNames: z.string().optional(),
  dateOfBirth: z.string().optional(),
  personalIdentityCode: z.string().optional(),
  migriCustomerNumber: z.string().optional(),
  /** Which session: its id, its code, or a text that names day and time. Not needed when a link is for one session. */
  session: z.string().optional(),
  language: z.string().optional(),
  senderUnit: z.string().optional(),
  contact: z.string().optional(),
});
export type RegistrationMapping = z.infer<typeof RegistrationMapping>;
export type RegistrationFact = keyof RegistrationMapping;

/** What is kept of a link, so that its next export needs no mapping. */
export interface RegistrationLink {
  readonly name: string;
  readonly mapping: RegistrationMapping;
  /** Headers of the export that the mapping was made for. */
  readonly header: readonly string[];
  /** The one session that the link is for; null when each response chooses. */
  readonly sessionId: string | null;
}

/** Headers that say themselves what they are. */
const KNOWN_HEADERS: Readonly<Record<RegistrationFact, readonly string[]>> = {
  responseId: ["vastausnumero", "vastaajan id", "response id", "respondent id"],
  surname: ["sukunimi", "efternamn", "surname", "last name"],
  givenNames: ["etunimet", "etunimi", "förnamn", "given names", "first name"],
  dateOfBirth: ["syntymäaika", "födelsetid", "date of birth"],
  personalIdentityCode: ["henkilötunnus", "personbeteckning", "personal identity code"],
  migriCustomerNumber: ["migrin asiakasnumero", "maahanmuuttoviraston asiakasnumero", "immigration service customer number"],
  session: ["tilaisuus", "ryhmäinfo", "session", "group info"],
  language: ["tilaisuuden kieli", "kieli", "språk", "language"],
  senderUnit: ["lähettävä yksikkö", "avsändande enhet", "sending unit"],
  contact: ["yhteyshenkilö", "yhteystiedot", "kontaktperson", "contact"],
};

/** Returns the mapping that the headers themselves suggest. Pure. */
export function guessMapping(header: readonly string[]): RegistrationMapping {
  const found = Object.entries(KNOWN_HEADERS).flatMap(([fact, names]) => {
    const name = header.find((text) => names.includes(toNameKey(text)));
    return name === undefined ? [] : [[fact, name] as const];
  });
  return RegistrationMapping.parse(Object.fromEntries(found));
}

/**
 * Returns nothing when the export's columns are those of the link, in whatever order.
 *
 * Pure.
 *
 * @throws usage telling which columns went and which are new
 */
export function assertSameColumns({ name, header }: RegistrationLink, current: readonly string[]): void {
  const gone = header.filter((text) => !current.includes(text));
  const fresh = current.filter((text) => !header.includes(text));
  if (gone.length === 0 && fresh.length === 0) return;
  const list = (texts: readonly string[]): string => (texts.length === 0 ? "none" : texts.map((text) => `"${text}"`).join(", "));
  throw new IlmoError(
    "usage",
    `Expected the columns of the last export of the link ${name}; gone: ${list(gone)}; new: ${list(fresh)}. Look at the survey, then give a mapping for the new columns with --mapping.`,
  );
}

/**
 * Checks that a mapping fits the columns and says enough: who, and which session.
 *
 * @throws usage telling what is missing, and the columns that there are
 */
export function assertMapping(mapping: RegistrationMapping, header: readonly string[], sessionId: string | null): void {
  const problems: string[] = [];
  for (const [fact, name] of Object.entries(mapping)) {
    const times = header.filter((text) => text === name).length;
    if (times !== 1) problems.push(`${fact}: column "${name}" stands ${times} times`);
  }
  const hasPerson = mapping.personalIdentityCode !== undefined || (mapping.surname !== undefined && mapping.givenNames !== undefined);
  if (!hasPerson) problems.push("the person: personalIdentityCode, or surname and givenNames");
  if (mapping.session === undefined && sessionId === null) problems.push("the session: a column, or --session for the whole link");
  if (problems.length === 0) return;
  const columns = header.map((text) => `"${text}"`).join(", ");
  throw new IlmoError(
    "usage",
    `Expected a mapping that fits the file; wrong or missing: ${problems.join("; ")}. The file's columns are ${columns}. Give a JSON file with --mapping, for example {"surname": "Sukunimi", "session": "Tilaisuus"}.`,
  );
}
