import { z } from "zod";
import { IlmoError } from "../errors.ts";
import { localDay } from "../model/time.ts";

/** What a `meta.json` in a dropped folder may say; other keys are left alone. */
const SubmissionMeta = z.object({
  caseId: z.string().max(200).optional(),
  receivedAt: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
  channel: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/),
  /** Names of the files in the order they belong; files that are not named follow. */
  files: z.array(z.string()).max(1_000).optional(),
});

export interface SubmissionMeta {
  /** UTC instant; the noon of a day that has no time. */
  readonly receivedAt: string;
  readonly receivedOn: string;
  readonly channel: string;
  readonly files: readonly string[];
}

/** The same where every key may be missing: a person who reads files by hand needs none of them. */
const LocalMeta = SubmissionMeta.partial();

/** What a meta.json says of a submission that is only read. */
export interface LocalMeta {
  readonly caseId: string | undefined;
  readonly receivedOn: string | undefined;
  readonly files: readonly string[];
}

/** Noon UTC is the same day everywhere in Europe. */
const NOON = "T12:00:00Z";

function toInstant(receivedAt: string): Date {
  return new Date(receivedAt.length === 10 ? `${receivedAt}${NOON}` : receivedAt);
}

function invalid(places: string): IlmoError {
  return new IlmoError(
    "metaInvalid",
    `Expected meta.json with receivedAt (day or instant), channel (letters, digits, hyphens) and optionally files (names); wrong: ${places}.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw invalid("it is not JSON");
  }
}

/**
 * Returns what a meta.json says. Pure.
 *
 * @throws metaInvalid naming the keys that are wrong, never their values
 */
export function parseSubmissionMeta(text: string): SubmissionMeta {
  const parsed = SubmissionMeta.safeParse(parseJson(text));
  if (!parsed.success) throw invalid(parsed.error.issues.map((issue) => issue.path.join(".") || "the whole").join(", "));
  const { receivedAt, channel, files } = parsed.data;
  const instant = toInstant(receivedAt);
  return { receivedAt: instant.toISOString(), receivedOn: localDay(instant), channel, files: files ?? [] };
}

/**
 * Returns what a meta.json says of a submission that is only read. Pure.
 *
 * @throws metaInvalid naming the keys that are wrong, never their values
 */
export function parseLocalMeta(text: string): LocalMeta {
  const parsed = LocalMeta.safeParse(parseJson(text));
  if (!parsed.success) throw invalid(parsed.error.issues.map((issue) => issue.path.join(".") || "the whole").join(", "));
  const { caseId, receivedAt, files } = parsed.data;
  const receivedOn = receivedAt === undefined ? undefined : localDay(toInstant(receivedAt));
  return { caseId, receivedOn, files: files ?? [] };
}

/**
 * Returns the names in the order that meta.json asks for; the others follow by name, numbers by their value.
 *
 * Pure.
 *
 * @throws metaInvalid when a named file is not there
 */
export function orderFiles(names: readonly string[], wanted: readonly string[]): string[] {
  const listed = [...new Set(wanted.map((name) => name.normalize("NFC")))];
  if (listed.some((name) => !names.includes(name))) throw invalid("files names a file that is not in the folder");
  const byName = new Intl.Collator("fi", { numeric: true });
  return [...listed, ...names.filter((name) => !listed.includes(name)).toSorted(byName.compare)];
}
