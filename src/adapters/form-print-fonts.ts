import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import fontkit from "@cantoo/fontkit";
import type { PDFDocument, PDFFont } from "@cantoo/pdf-lib";
import { IlmoError } from "../errors.ts";

/** The font's package splits it by alphabet; the first file that has a letter draws it. */
const SUBSETS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"] as const;
const WEIGHTS = { regular: 400, bold: 700 } as const;

/** A stretch of text that one font file can draw. */
export interface TextRun {
  readonly text: string;
  readonly font: PDFFont;
  readonly widthPt: number;
}

/** The embedded typeface of a printed form. */
export interface PrintFonts {
  runs(text: string, style: { readonly isBold: boolean; readonly sizePt: number }): TextRun[];
}

interface FontFile {
  readonly font: PDFFont;
  readonly codePoints: ReadonlySet<number>;
}

const resolve = createRequire(import.meta.url).resolve;

async function embedWeight(document: PDFDocument, weight: number): Promise<FontFile[]> {
  const files: FontFile[] = [];
  for (const subset of SUBSETS) {
    const bytes = await readFile(resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-${weight}-normal.woff`));
    // Ligatures would print as one sign and search as none.
    const font = await document.embedFont(bytes, { subset: true, features: { liga: false, clig: false } });
    files.push({ font, codePoints: new Set(font.getCharacterSet()) });
  }
  return files;
}

function fileFor(files: readonly FontFile[], char: string): FontFile {
  const found = files.find((file) => file.codePoints.has(char.codePointAt(0) ?? 0));
  if (found !== undefined) return found;
  throw new IlmoError("textMissing", "Expected a text in Latin or Cyrillic letters: the bundled typeface lacks one of its signs.");
}

function splitRuns(files: readonly FontFile[], text: string, sizePt: number): TextRun[] {
  const runs: { text: string; font: PDFFont }[] = [];
  for (const char of text) {
    const last = runs.at(-1);
    const canStay = last !== undefined && files.some((file) => file.font === last.font && file.codePoints.has(char.codePointAt(0) ?? 0));
    if (canStay) last.text += char;
    else runs.push({ text: char, font: fileFor(files, char).font });
  }
  return runs.map((run) => ({ ...run, widthPt: run.font.widthOfTextAtSize(run.text, sizePt) }));
}

/** Embeds the bundled Noto Sans into a PDF; only the letters used end up in the file. */
export async function embedPrintFonts(document: PDFDocument): Promise<PrintFonts> {
  document.registerFontkit(fontkit);
  const regular = await embedWeight(document, WEIGHTS.regular);
  const bold = await embedWeight(document, WEIGHTS.bold);
  return { runs: (text, { isBold, sizePt }) => splitRuns(isBold ? bold : regular, text, sizePt) };
}
