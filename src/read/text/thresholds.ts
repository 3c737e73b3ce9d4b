import type { TextContent } from "../../model/field.ts";

/**
 * When a text may be used without a look. All confidences are the engines' own, 0-1, of their least sure letter or word.
 */
export interface TextThresholds {
  /** Both readers spell the same and nothing else proves it: the least each of them must say. */
  readonly agreeShapes: number;
  readonly agreeWords: number;
  /** Both spell the same and a list, a grammar with a check or the lexicon knows the spelling. */
  readonly listedShapes: number;
  readonly listedWords: number;
}

const CODE: TextThresholds = { agreeShapes: 0.5, agreeWords: 0.3, listedShapes: 0, listedWords: 0.3 };
const LISTED: TextThresholds = { agreeShapes: 0.9, agreeWords: 0.85, listedShapes: 0.3, listedWords: 0.2 };
const FREE: TextThresholds = { agreeShapes: 0.7, agreeWords: 0.85, listedShapes: 0.3, listedWords: 0.7 };

/** The one table of thresholds, by kind of content. */
export const TEXT_THRESHOLDS: Readonly<Record<TextContent, TextThresholds>> = {
  name: { agreeShapes: 0.75, agreeWords: 0.85, listedShapes: 0.5, listedWords: 0.85 },
  // Only for codes that fail their check: the form may say so, but a shared misreading is likelier than elsewhere.
  identityCode: { ...CODE, agreeShapes: 0.97, agreeWords: 0.85 },
  date: CODE,
  partialDate: CODE,
  phone: { ...CODE, agreeShapes: 0.6, agreeWords: 0.6 },
  email: { ...CODE, agreeShapes: 0.85, agreeWords: 0.6 },
  postalCode: CODE,
  cardNumber: { ...CODE, agreeShapes: 0.7, agreeWords: 0.5 },
  customerNumber: { ...CODE, agreeShapes: 0.6, agreeWords: 0.5 },
  number: { ...CODE, agreeShapes: 0.9, agreeWords: 0.8 },
  licence: { ...CODE, agreeShapes: 0.9, agreeWords: 0.8 },
  postOffice: LISTED,
  municipality: LISTED,
  country: LISTED,
  language: LISTED,
  educationLevel: LISTED,
  occupation: LISTED,
  permitGround: LISTED,
  unit: { ...FREE, agreeShapes: 0.8 },
  sessionRef: { ...FREE, listedShapes: 0.3, listedWords: 0 },
  freeText: FREE,
};

/**
 * One reader alone, on a value that its list or grammar holds exactly. Measured over the scanned forms and 820 lines in 150
 * typefaces: list entries read exactly were right in 724 of 724 (words >= 0.5) and 749 of 749 (shapes, any confidence), codes
 * in 770 of 770 (shapes >= 0.98).
 */
export const SINGLE_READER = { words: 0.85, shapes: 0.8, nearNeighbour: 0.95, codeShapes: 0.98 } as const;

/** A phone number that has not the usual ten digits may have lost one in both readers. */
export const UNUSUAL_PHONE: TextThresholds = { ...CODE, agreeShapes: 0.95, agreeWords: 0.85 };

/**
 * When a zone counts as blank. Darkness 0-255 of its darkest 0.25 mm²; ink of letter-sized pieces in mm².
 *
 * Bare paper measures 3 to 30, what shines through from the back 30 to 60, the hairlines of a fine pen 59 to 62, other writing 130 and
 * more. What is as pale as `writtenFrom` at most is read for a person; below `darknessBelow` there is nothing.
 */
export const BLANK_INK = { darknessBelow: 48, writtenFrom: 70, mm2Below: 0.3, scatteredMm2Below: 0.4 } as const;

/**
 * On a page whose own writing is faint, a still paler zone may hold writing: it counts as blank only below this share of the page's
 * typical writing, and below `leastDarkness` where too few zones are written to tell.
 */
export const FAINT_PAGE = { blankShare: 0.45, leastDarkness: 35, leastWritten: 3 } as const;
