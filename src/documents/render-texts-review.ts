import type { IsoDate } from "../model/time.ts";
import { formatShortDay } from "./format-when.ts";
import { MESSAGE_FILES, toMessageTable } from "./message-files.ts";
import { FLOWING, type Paper, toPaper } from "./paper.ts";
import { type PaperLanguage, REVIEW_LANGUAGES } from "./paper-language.ts";
import type { Templates } from "./paper-templates.ts";
import { sampleTexts } from "./review-samples.ts";
import { languageNameIn, type Texts, type TextValues, textsOf } from "./texts.ts";

interface Piece {
  readonly lang: string;
  readonly dir: string;
  readonly text: string;
}

const pieceOf = ({ meta }: Texts, text: string): Piece => ({ lang: meta.bcp47, dir: meta.dir, text });

/** The reviewer's own sheet is written in Finnish and English: one of them is known to everybody who translates for the office. */
const READERS = REVIEW_LANGUAGES.map(textsOf);

function label(key: string, values: (texts: Texts) => TextValues = () => ({})): Piece[] {
  return READERS.map((texts) => pieceOf(texts, texts.plain(`review.${key}`, values(texts))));
}

function rowsOf(language: PaperLanguage): object[] {
  const { messages } = toMessageTable(MESSAGE_FILES[language]);
  const translations = textsOf(language);
  const sources = READERS.filter((texts) => texts.language !== language);
  return [...messages].map(([key, message]) => ({
    key,
    sources: sources.filter((texts) => texts.has(key)).flatMap((texts) => piecesOf(texts, key)),
    translations: sampleTexts(translations, key, message).map((text) => pieceOf(translations, text)),
  }));
}

function piecesOf(texts: Texts, key: string): Piece[] {
  const message = toMessageTable(MESSAGE_FILES[texts.language]).messages.get(key);
  return message === undefined ? [] : sampleTexts(texts, key, message).map((text) => pieceOf(texts, text));
}

/**
 * Returns the sheets on which a reviewer checks every text of a language: Finnish and English beside it, filled with invented data,
 * a box and a line for each, and a place to sign.
 *
 * Pure.
 */
export function renderTextsReview(language: PaperLanguage, printedOn: IsoDate, templates: Templates): Paper {
  const own = textsOf(language);
  const rows = rowsOf(language);
  const by = own.meta.reviewedBy;
  const state = (texts: Texts) => (by === null ? texts.plain("review.unreviewed") : texts.plain("review.reviewed", { by }));
  const [main] = READERS;
  const titles = label("title", (texts) => ({ language: languageNameIn(texts, language) }));
  const body = templates.textsReview({
    lang: main?.meta.bcp47 ?? "",
    titles,
    states: [
      ...label("state", (texts) => ({ state: state(texts) })),
      ...label("printed", () => ({ date: formatShortDay(printedOn) })),
      ...label("texts", () => ({ count: rows.length })),
    ],
    intros: label("intro"),
    columns: ["key", "source", "translation", "right", "correction"].map((key) => label(key)),
    rows,
    signoffs: label("signoff"),
    names: label("name"),
    signeds: label("signed"),
  });
  return toPaper({
    language: main?.meta.bcp47 ?? "",
    direction: "ltr",
    title: titles.map(({ text }) => text).join(" / "),
    layout: "texts-review",
    body,
    pages: FLOWING,
    codes: [],
  });
}
