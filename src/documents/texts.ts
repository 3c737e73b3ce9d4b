import { IntlMessageFormat } from "intl-messageformat";
import { IlmoError } from "../errors.ts";
import { escapeHtml } from "./clean-datum.ts";
import { MESSAGE_FILES, type MessageMeta, type MessageTable, toMessageTable } from "./message-files.ts";
import type { PaperLanguage } from "./paper-language.ts";

export type TextValues = Readonly<Record<string, string | number>>;

/** The texts of one language. */
export interface Texts {
  readonly language: PaperLanguage;
  readonly meta: MessageMeta;
  has(key: string): boolean;
  /**
   * Returns a message as plain text: for titles and for parts that form one run, such as a date.
   *
   * @throws textMissing when the key or a value is missing
   */
  plain(key: string, values?: TextValues): string;
  /**
   * Returns a message as HTML; each value becomes a `<bdi>`, so that it cannot turn the words around it.
   *
   * @throws textMissing when the key or a value is missing
   */
  html(key: string, values?: TextValues): string;
}

/** Values that a reader copies or dials, and names: not broken over two lines while they are short. */
const UNBROKEN = new Set(["reference", "phone", "email", "code", "time", "office"]);
/** A line of the narrow column holds about this many letters. */
const UNBROKEN_LETTERS = 36;

/** A value on its way through the formatter, which hands objects back untouched. */
class Isolate {
  readonly html: string;
  constructor(name: string, value: string) {
    this.html = `<bdi${UNBROKEN.has(name) && value.length <= UNBROKEN_LETTERS ? ' class="unbroken"' : ""}>${escapeHtml(value)}</bdi>`;
  }
}

function toIsolates(values: TextValues): Record<string, number | Isolate> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? value : new Isolate(name, value)]),
  );
}

function createTexts(language: PaperLanguage, { meta, messages }: MessageTable): Texts {
  const formats = new Map<string, IntlMessageFormat>();

  function formatOf(key: string): IntlMessageFormat {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const text = messages.get(key);
    if (text === undefined) throw missing(key);
    // Western digits in every language: the number on the door and on the timetable has them too.
    const format = new IntlMessageFormat(text, `${meta.bcp47}-u-nu-latn`, undefined, { ignoreTag: true });
    formats.set(key, format);
    return format;
  }

  function missing(key: string, cause?: unknown): IlmoError {
    return new IlmoError("textMissing", "Expected a text with all its values; complete the language's file in templates/messages.", {
      cause,
      context: { language, key },
    });
  }

  function guarded<T>(key: string, format: (message: IntlMessageFormat) => T): T {
    try {
      return format(formatOf(key));
    } catch (error) {
      throw error instanceof IlmoError ? error : missing(key, error);
    }
  }

  return {
    language,
    meta,
    has: (key) => messages.has(key),
    plain: (key, values = {}) => guarded(key, (message) => String(message.format({ ...values }))),
    html: (key, values = {}) =>
      guarded(key, (message) =>
        message
          .formatToParts<Isolate>(toIsolates(values))
          .map(({ value }) => (value instanceof Isolate ? value.html : escapeHtml(String(value))))
          .join(""),
      ),
  };
}

/** Returns the name of a language in the language of the texts; of one that the files do not name, as the standard data name it. Pure. */
export function languageNameIn(texts: Texts, code: string): string {
  if (texts.has(`languages.${code}`)) return texts.plain(`languages.${code}`);
  try {
    return new Intl.DisplayNames(texts.meta.bcp47, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

const loaded = new Map<PaperLanguage, Texts>();

/** Returns the texts of a language, made once. */
export function textsOf(language: PaperLanguage): Texts {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const texts = createTexts(language, toMessageTable(MESSAGE_FILES[language]));
  loaded.set(language, texts);
  return texts;
}
