import { IntlMessageFormat } from "intl-messageformat";
import { type MessageTable, toMessageTable } from "./message-files.ts";
import { OFFICE_LANGUAGES, PARTNER_LANGUAGES, type PaperLanguage, REVIEW_LANGUAGES } from "./paper-language.ts";

/** One thing wrong with a message file. */
export interface MessageFault {
  readonly language: PaperLanguage;
  readonly key: string;
  readonly kind: "fileInvalid" | "missing" | "unknown" | "empty" | "syntax" | "placeholders" | "plural";
}

/** Sections that only some languages have; every other section exists in all ten. */
const SECTION_LANGUAGES: Readonly<Record<string, readonly PaperLanguage[]>> = {
  roster: OFFICE_LANGUAGES,
  doorList: OFFICE_LANGUAGES,
  completion: OFFICE_LANGUAGES,
  findings: OFFICE_LANGUAGES,
  instruction: PARTNER_LANGUAGES,
  review: REVIEW_LANGUAGES,
};
const REFERENCE_LANGUAGE = "fi";

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

/** The parser's element numbers for plain text, plural and the number sign inside one. */
const LITERAL = 0;
const PLURAL = 6;
const POUND = 7;

interface Shape {
  readonly placeholders: ReadonlySet<string>;
  /** One entry a plural: the categories that have a text of their own. */
  readonly plurals: readonly (readonly string[])[];
}

function collect(elements: readonly Element[], placeholders: Set<string>, plurals: string[][]): void {
  for (const element of elements) {
    if (element.type === LITERAL || element.type === POUND) continue;
    if ("value" in element && typeof element.value === "string") placeholders.add(element.value);
    if (!("options" in element)) continue;
    if (element.type === PLURAL) plurals.push(Object.keys(element.options));
    for (const option of Object.values(element.options)) collect(option.value, placeholders, plurals);
  }
}

function shapeOf(text: string, bcp47: string): Shape | undefined {
  try {
    const placeholders = new Set<string>();
    const plurals: string[][] = [];
    collect(new IntlMessageFormat(text, bcp47, undefined, { ignoreTag: true }).getAst(), placeholders, plurals);
    return { placeholders, plurals };
  } catch {
    return undefined;
  }
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

function faultOfText(text: string, reference: string, bcp47: string): MessageFault["kind"] | undefined {
  if (text.trim() === "") return "empty";
  const shape = shapeOf(text, bcp47);
  const expected = shapeOf(reference, REFERENCE_LANGUAGE);
  if (shape === undefined || expected === undefined) return "syntax";
  if (!isSameSet(shape.placeholders, expected.placeholders)) return "placeholders";
  const categories = new Intl.PluralRules(bcp47).resolvedOptions().pluralCategories;
  const isWhole = shape.plurals.every((options) => categories.every((category) => options.includes(category)));
  return isWhole && shape.plurals.length === expected.plurals.length ? undefined : "plural";
}

function hasSection(language: PaperLanguage, key: string): boolean {
  return SECTION_LANGUAGES[key.split(".")[0] ?? ""]?.includes(language) ?? true;
}

function faultsOfLanguage(language: PaperLanguage, table: MessageTable, reference: MessageTable): MessageFault[] {
  const faults: MessageFault[] = [];
  for (const [key, expected] of reference.messages) {
    if (!hasSection(language, key)) continue;
    const text = table.messages.get(key);
    const kind = text === undefined ? "missing" : faultOfText(text, expected, table.meta.bcp47);
    if (kind !== undefined) faults.push({ language, key, kind });
  }
  for (const key of table.messages.keys()) {
    if (!reference.messages.has(key) || !hasSection(language, key)) faults.push({ language, key, kind: "unknown" });
  }
  return faults;
}

function tryTable(file: unknown): MessageTable | undefined {
  try {
    return toMessageTable(file);
  } catch {
    return undefined;
  }
}

/**
 * Lists what is wrong with the message files, measured against Finnish: keys, placeholders and plural forms.
 *
 * Pure. An empty list means that every paper can be written in every language; it says nothing about the wording.
 */
export function findMessageFaults(files: Readonly<Record<PaperLanguage, unknown>>): MessageFault[] {
  const reference = tryTable(files[REFERENCE_LANGUAGE]);
  if (reference === undefined) return [{ language: REFERENCE_LANGUAGE, key: "_meta", kind: "fileInvalid" }];
  return (Object.keys(files) as PaperLanguage[]).flatMap((language) => {
    const table = tryTable(files[language]);
    if (table === undefined) return [{ language, key: "_meta", kind: "fileInvalid" as const }];
    return faultsOfLanguage(language, table, reference);
  });
}
