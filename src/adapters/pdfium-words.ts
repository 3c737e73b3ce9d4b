import type { TextLayerWord } from "../model/page.ts";
import { type Pdfium, readNumbers, withScratch } from "./pdfium-library.ts";

const MM_PER_INCH = 25.4;
const POINTS_PER_INCH = 72;
const TEXT_MODE_INVISIBLE = 3;
/** Device units per point: places come back as whole numbers, so ask in hundredths of a point. */
const UNITS_PER_POINT = 100;
/** A dense A4 page of print has about 5,000 characters. */
const MAX_CHARACTERS = 200_000;
/** A gap wider than this share of the letter height starts a new word even without a space. */
const WORD_GAP = 0.6;

interface Letter {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface PageFrame {
  readonly pdfium: Pdfium;
  readonly page: number;
  readonly widthPt: number;
  readonly heightPt: number;
}

/** Place of a point of the page as displayed (turned, cropped), in mm from the top left corner. */
function toDisplayMm(frame: PageFrame, x: number, y: number): { readonly x: number; readonly y: number } {
  const { pdfium, page, widthPt, heightPt } = frame;
  const width = Math.round(widthPt * UNITS_PER_POINT);
  const height = Math.round(heightPt * UNITS_PER_POINT);
  const mmPerUnit = MM_PER_INCH / POINTS_PER_INCH / UNITS_PER_POINT;
  return withScratch(pdfium, 8, (pointer) => {
    pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, pointer, pointer + 4);
    const [unitsX = 0, unitsY = 0] = readNumbers(pdfium, pointer, 2, "i32");
    return { x: unitsX * mmPerUnit, y: unitsY * mmPerUnit };
  });
}

function isInvisible(pdfium: Pdfium, textPage: number, index: number): boolean {
  const object = pdfium.FPDFText_GetTextObject(textPage, index);
  return object !== 0 && pdfium.FPDFTextObj_GetTextRenderMode(object) === TEXT_MODE_INVISIBLE;
}

function readLetter(frame: PageFrame, textPage: number, index: number): Letter | undefined {
  const { pdfium } = frame;
  const code = pdfium.FPDFText_GetUnicode(textPage, index);
  if (code <= 0x20 || code === 0xa0 || code === 0xfffe || code > 0x10_ff_ff || isInvisible(pdfium, textPage, index)) return undefined;
  const box = withScratch(pdfium, 32, (pointer) => {
    if (!pdfium.FPDFText_GetCharBox(textPage, index, pointer, pointer + 8, pointer + 16, pointer + 24)) return undefined;
    return [0, 8, 16, 24].map((offset) => pdfium.pdfium.getValue(pointer + offset, "double"));
  });
  if (!box) return undefined;
  const [left = 0, right = 0, bottom = 0, top = 0] = box;
  const a = toDisplayMm(frame, left, bottom);
  const b = toDisplayMm(frame, right, top);
  return {
    text: String.fromCodePoint(code),
    left: Math.min(a.x, b.x),
    right: Math.max(a.x, b.x),
    top: Math.min(a.y, b.y),
    bottom: Math.max(a.y, b.y),
  };
}

function toWord(letters: readonly Letter[]): TextLayerWord {
  const x = Math.min(...letters.map((letter) => letter.left));
  const y = Math.min(...letters.map((letter) => letter.top));
  const right = Math.max(...letters.map((letter) => letter.right));
  const bottom = Math.max(...letters.map((letter) => letter.bottom));
  return {
    text: letters
      .map((letter) => letter.text)
      .join("")
      .normalize("NFC"),
    rect: { x, y, width: right - x, height: bottom - y },
  };
}

function startsNewWord(previous: Letter | undefined, next: Letter): boolean {
  if (!previous) return false;
  const height = Math.max(previous.bottom - previous.top, next.bottom - next.top, 1);
  const gapX = Math.max(next.left - previous.right, previous.left - next.right);
  const gapY = Math.max(next.top - previous.bottom, previous.top - next.bottom);
  return gapX > WORD_GAP * height || gapY > WORD_GAP * height;
}

/**
 * Returns the words that are drawn on an open page, in the file's order.
 *
 * Invisible text (a scanner's own recognition laid over the picture) is left out: it is a guess, not what was written.
 */
export function readWords(frame: PageFrame): TextLayerWord[] {
  const { pdfium, page } = frame;
  const textPage = pdfium.FPDFText_LoadPage(page);
  if (textPage === 0) return [];
  try {
    const words: TextLayerWord[] = [];
    let letters: Letter[] = [];
    const finishWord = (): void => {
      if (letters.length > 0) words.push(toWord(letters));
      letters = [];
    };
    const count = Math.min(pdfium.FPDFText_CountChars(textPage), MAX_CHARACTERS);
    for (let index = 0; index < count; index += 1) {
      const letter = readLetter(frame, textPage, index);
      if (!letter || startsNewWord(letters.at(-1), letter)) finishWord();
      if (letter) letters.push(letter);
    }
    finishWord();
    return words;
  } finally {
    pdfium.FPDFText_ClosePage(textPage);
  }
}
