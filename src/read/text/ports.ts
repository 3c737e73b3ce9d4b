import type { GreyRaster } from "../../model/page.ts";

/**
 * Letters that a reading may consist of.
 *
 * `names`: Swedish and Finnish letters (å ä ö) for names and short words; `text`: the same for sentences;
 * `codes`: ASCII with digits, `@` and `_` for codes, dates, phones and e-mail; `cyrillic`: Russian letters.
 */
export type LetterSet = "names" | "text" | "codes" | "cyrillic";

/** How the lines of one zone are to be read. */
export interface TextProfile {
  readonly letters: LetterSet;
  /** The only characters that may come out; absent = all of the letter set. */
  readonly whitelist?: string;
}

/** One character with its own confidence, 0-1, and its place along the line, 0-1 of the line picture's width. */
export interface RecognisedChar {
  readonly char: string;
  readonly confidence: number;
  readonly at: number;
}

/** One word with its own confidence, 0-1. */
export interface RecognisedWord {
  readonly text: string;
  readonly confidence: number;
}

/** What an engine saw in the picture of one line. */
export interface RecognisedLine {
  readonly text: string;
  /** 0-1, the engine's own scale: comparable within one engine, not between two. */
  readonly confidence: number;
  /** Absent when the engine does not tell. */
  readonly chars?: readonly RecognisedChar[];
  /** Absent when the engine does not tell. */
  readonly words?: readonly RecognisedWord[];
}

/**
 * An engine that reads the picture of one line of dark text on light paper.
 *
 * `recognise` answers in the order of the pictures; an unreadable picture gives an empty text with confidence 0.
 */
export interface TextRecogniser {
  recognise(lines: readonly GreyRaster[], profile: TextProfile): Promise<readonly RecognisedLine[]>;
  close(): Promise<void>;
}

/** The two readers of every text: their agreement is evidence because they were trained apart. */
export interface TextEngines {
  /** Knows å ä ö, spaces and words (tesseract). */
  readonly words: TextRecogniser;
  /** Surest on digits and handwriting-like letters, has no å ö and loses spaces (PP-OCR). */
  readonly shapes: TextRecogniser;
  /** Knows Cyrillic letters, which the other two see as Latin ones; absent where the machine lacks its data. */
  readonly cyrillic?: TextRecogniser;
}
