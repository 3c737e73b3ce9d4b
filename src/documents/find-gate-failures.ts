import { FLOWING, type PaperExpectation } from "./paper.ts";

/** What a finished PDF holds, read back by other programs than the one that wrote it. */
export interface PdfFacts {
  readonly language: string | null;
  readonly title: string | null;
  readonly isTagged: boolean;
  readonly fontNames: readonly string[];
  readonly pages: readonly {
    readonly text: string;
    /** Glyphs drawn as "character missing". */
    readonly missingGlyphs: number;
    /** Texts of the QR codes seen on a picture of 72 dpi. */
    readonly codes: readonly string[];
  }[];
}

export type GateFailure = "pageCount" | "language" | "title" | "tags" | "missingGlyph" | "foreignFont" | "textMissing" | "code";

/**
 * Share of the words in Arabic script that a reader of the PDF must find. Lam-alef ligatures come out of a PDF turned round,
 * so a tenth of the words is spelt otherwise though nothing is wrong; text that was not drawn at all falls far below.
 */
export const MIN_ARABIC_WORD_SHARE = 0.7;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ARABIC = /\p{Script=Arabic}/u;

function wordsOf(text: string): string[] {
  return text.normalize("NFKC").match(WORD) ?? [];
}

function shareFound(words: readonly string[], text: string): number {
  return words.length === 0 ? 1 : words.filter((word) => text.includes(word)).length / words.length;
}

/** Words may be split over two lines or runs: spaces and everything that is no letter or digit are dropped on both sides. */
function isTextThere(expected: string, pages: PdfFacts["pages"]): boolean {
  const found = wordsOf(pages.map(({ text }) => text).join(" ")).join("");
  const words = wordsOf(expected);
  const arabic = words.filter((word) => ARABIC.test(word));
  const other = words.filter((word) => !ARABIC.test(word));
  return shareFound(other, found) === 1 && shareFound(arabic, found) >= MIN_ARABIC_WORD_SHARE;
}

/**
 * Lists why a PDF may not leave the office; an empty list lets it out.
 *
 * Pure.
 *
 * @param fontPrefixes PostScript names of the bundled fonts begin with one of these
 */
export function findGateFailures(facts: PdfFacts, expected: PaperExpectation, fontPrefixes: readonly string[]): GateFailure[] {
  const { pages } = facts;
  const isBundled = (name: string) => fontPrefixes.some((prefix) => name.replace(/^[A-Z]{6}\+/u, "").startsWith(prefix));
  const hasCodes = expected.codes.every((code, index) => code === "" || (pages[index]?.codes.includes(code) ?? false));
  const checks: readonly (readonly [GateFailure, boolean])[] = [
    ["pageCount", expected.pages === FLOWING ? pages.length > 0 : pages.length === expected.pages],
    ["language", facts.language?.toLowerCase() === expected.language.toLowerCase()],
    ["title", facts.title === expected.title],
    ["tags", facts.isTagged],
    ["missingGlyph", pages.every(({ missingGlyphs }) => missingGlyphs === 0)],
    ["foreignFont", facts.fontNames.length > 0 && facts.fontNames.every(isBundled)],
    ["textMissing", isTextThere(expected.text, pages)],
    ["code", hasCodes],
  ];
  return checks.filter(([, holds]) => !holds).map(([failure]) => failure);
}
