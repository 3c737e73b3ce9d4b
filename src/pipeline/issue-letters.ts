import { createHash } from "node:crypto";
import type { CompletionRequestInput } from "../documents/paper-data.ts";
import { IlmoError } from "../errors.ts";
import type { Session } from "../model/session.ts";
import { completableFindings, toCompletionRequestInput, toReferralInput } from "./paper-inputs.ts";
import type { IssuedPaper, LetterPrinter, PaperPorts } from "./paper-ports.ts";
import type { Store, StoredRegistration } from "./store-port.ts";

export const LETTER_ROUTES = ["municipality", "officeDesk"] as const;
export type LetterRoute = (typeof LETTER_ROUTES)[number];

type Ports = PaperPorts<LetterPrinter>;

const isLetterRoute = (route: string): route is LetterRoute => (LETTER_ROUTES as readonly string[]).includes(route);

/** Returns whether the letter of a registration's route has been printed. */
export async function hasLetter(store: Pick<Store, "listDocuments">, { id }: StoredRegistration): Promise<boolean> {
  return (await store.listDocuments({ registrationId: id })).some(({ kind }) => kind === "referral");
}

/** Returns the registrations that go elsewhere than to a group session and whose letter no official has confirmed yet. */
export async function listUnwritten(store: Store, route?: LetterRoute): Promise<StoredRegistration[]> {
  const unwritten: StoredRegistration[] = [];
  for (const wanted of LETTER_ROUTES.filter((item) => route === undefined || item === route))
    for (const registration of await store.listRegistrations({ route: wanted }))
      if (registration.state !== "CANCELLED" && !(await hasLetter(store, registration))) unwritten.push(registration);
  return unwritten;
}

/**
 * Prints the letter that tells a person that the municipality's services or the office desk serve them, and notes who confirmed it.
 *
 * Printing it again gives the next version.
 *
 * @throws notAllowed when the registration goes to a group session, to another route than the one confirmed, or was cancelled
 */
export async function issueReferral(
  registration: StoredRegistration,
  { route, by }: { readonly route: LetterRoute; readonly by: string },
  { store, printer, outbox, config, today }: Ports,
): Promise<IssuedPaper> {
  const { id, reference, submissionId, check, state } = registration;
  if (!isLetterRoute(check.route) || check.route !== route || state === "CANCELLED")
    throw new IlmoError(
      "notAllowed",
      `Expected a registration on the route ${route}; ${reference} is ${state === "CANCELLED" ? "cancelled" : `on the route ${check.route}`}. ` +
        "`ilmo letters list` shows who waits for a letter.",
    );
  const data = toReferralInput(registration, config.office, by, today());
  const { language } = data;
  const earlier = (await store.listDocuments({ registrationId: id })).filter(({ kind }) => kind === "referral");
  const version = Math.max(0, ...earlier.map((document) => document.version)) + 1;
  const relativePath = `letters/${reference}-${route}-${language}-v${version}.pdf`;
  const { bytes } = await printer.referral(data);
  const sha256 = await outbox.write(relativePath, bytes);
  await store.inTransaction(async (transaction) => {
    await transaction.saveDocument({
      kind: "referral",
      language,
      version,
      relativePath,
      sha256,
      registrationId: id,
      sessionId: null,
      submissionId,
    });
    await transaction.audit({ actor: by, action: "letter.confirmed", registrationId: id, detail: `${route} v${version}` });
  });
  return { subject: reference, language, version, relativePath };
}

/** Everything that one sending unit is asked for. */
export interface UnitRequests {
  /** As its forms name it. */
  readonly senderUnit: string;
  readonly requests: readonly CompletionRequestInput[];
}

/** The same unit written with other spaces, case or quotes is one unit. */
function unitKeyOf(senderUnit: string): string {
  return senderUnit
    .normalize("NFKC")
    .toLocaleLowerCase("fi")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

async function sessionOf(registration: StoredRegistration, store: Store, sessions: readonly Session[]): Promise<Session | null> {
  const sessionId = (await store.findBooking(registration.id))?.sessionId ?? registration.check.sessionId;
  return sessions.find(({ id }) => id === sessionId) ?? null;
}

/**
 * Returns what each sending unit can complete, the units in alphabetical order, their people in the order of arrival.
 *
 * @param unit only units whose name contains this
 */
export async function collectUnitRequests({ store, config, today }: Ports, unit?: string): Promise<UnitRequests[]> {
  const sessions = await store.listSessions();
  const byUnit = new Map<string, { senderUnit: string; requests: CompletionRequestInput[] }>();
  for (const registration of await store.listRegistrations({ state: "DRAFT" })) {
    if (completableFindings(registration).length === 0) continue;
    const request = toCompletionRequestInput(registration, await sessionOf(registration, store, sessions), config, today());
    const key = unitKeyOf(request.senderUnit);
    if (unit !== undefined && !key.includes(unitKeyOf(unit))) continue;
    const known = byUnit.get(key) ?? { senderUnit: request.senderUnit, requests: [] };
    known.requests.push(request);
    byUnit.set(key, known);
  }
  return [...byUnit].toSorted(([a], [b]) => a.localeCompare(b, "fi")).map(([, requests]) => requests);
}

const UNIT_ID_DIGITS = 8;

/** One file for a sending unit. */
export interface UnitPaper {
  readonly senderUnit: string;
  readonly people: number;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/**
 * Prints the completion requests of one unit as one file: a cover sheet and a letter a person. A person sends it.
 *
 * The file name carries a fingerprint of the unit's name, because the name was read from forms. The file is not kept: it holds
 * several people, and each letter is kept with its own registration.
 */
export async function printUnitRequests(
  { senderUnit, requests }: UnitRequests,
  part: number,
  { printer, today }: Pick<Ports, "printer" | "today">,
): Promise<UnitPaper> {
  const [first] = requests;
  if (first === undefined) throw new IlmoError("notAllowed", "Expected a unit that can complete something; there is nothing to ask for.");
  const unitId = createHash("sha256").update(unitKeyOf(senderUnit)).digest("hex").slice(0, UNIT_ID_DIGITS);
  const { language = "fi", office } = first;
  const { bytes } = await printer.unitRequests({ language, issuedOn: today(), senderUnit, office, requests: [...requests] });
  return { senderUnit, people: requests.length, fileName: `completion-requests-${today()}-${unitId}-${part}.pdf`, bytes };
}
