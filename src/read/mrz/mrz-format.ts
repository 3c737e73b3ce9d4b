/** Characters of a machine-readable zone; a recogniser is asked for these only. */
export const MRZ_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
const DIGITS = "0123456789";
const DIGITS_OR_FILLER = `${DIGITS}<`;
const SEXES = "MFX<";

/** Columns of one line, 0-based, end exclusive. */
export interface Span {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A check digit and what it covers, in order. */
export interface Check {
  readonly digit: Span;
  readonly covers: readonly Span[];
  /** A filler in the digit's place passes when the covered part is empty (TD3 optional data). */
  readonly mayBeFiller: boolean;
}

export type MrzField =
  | "documentCode"
  | "issuingState"
  | "documentNumber"
  | "birthDate"
  | "sex"
  | "expiryDate"
  | "nationality"
  | "optional1"
  | "optional2"
  | "names";

/** One layout of a machine-readable zone. @see ICAO Doc 9303, parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (visas MRV-A, MRV-B) */
export interface MrzFormat {
  readonly name: "TD1" | "TD2" | "TD3" | "MRVA" | "MRVB";
  readonly lineCount: number;
  readonly columns: number;
  readonly fields: Readonly<Record<MrzField, Span | null>>;
  readonly checks: readonly Check[];
  /** No check digit covers the whole zone, so that only its first letter tells it from a zone of another size. */
  readonly firstLetterDecides: boolean;
  /** Characters that each column of each line may hold. */
  readonly allowed: readonly (readonly string[])[];
}

const span = (line: number, from: number, to: number): Span => ({ line, from, to });
const check = (digit: Span, covers: readonly Span[], mayBeFiller = false): Check => ({ digit, covers, mayBeFiller });

/** Returns the allowed characters of a line from [length, characters] runs. */
const runs = (...parts: readonly (readonly [number, string])[]): string[] =>
  parts.flatMap(([length, set]) => Array<string>(length).fill(set));

const TD1: MrzFormat = {
  name: "TD1",
  lineCount: 3,
  columns: 30,
  fields: {
    documentCode: span(0, 0, 2),
    issuingState: span(0, 2, 5),
    documentNumber: span(0, 5, 14),
    optional1: span(0, 15, 30),
    birthDate: span(1, 0, 6),
    sex: span(1, 7, 8),
    expiryDate: span(1, 8, 14),
    nationality: span(1, 15, 18),
    optional2: span(1, 18, 29),
    names: span(2, 0, 30),
  },
  checks: [
    check(span(0, 14, 15), [span(0, 5, 14)]),
    check(span(1, 6, 7), [span(1, 0, 6)]),
    check(span(1, 14, 15), [span(1, 8, 14)]),
    check(span(1, 29, 30), [span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)]),
  ],
  firstLetterDecides: false,
  allowed: [
    runs([1, "ACI"], [4, LETTERS], [9, MRZ_ALPHABET], [1, DIGITS_OR_FILLER], [15, MRZ_ALPHABET]),
    runs([7, DIGITS], [1, SEXES], [7, DIGITS], [3, LETTERS], [11, MRZ_ALPHABET], [1, DIGITS]),
    runs([30, LETTERS]),
  ],
};

/** What two-line formats differ in. */
interface TwoLines {
  readonly name: "TD2" | "TD3" | "MRVA" | "MRVB";
  readonly columns: number;
  readonly firstLetters: string;
  /** Optional data have a check digit of their own. */
  readonly hasOptionalCheck: boolean;
  /** The last column is a check digit over all numbers; visas have none. */
  readonly hasComposite: boolean;
}

const twoLines = ({ name, columns, firstLetters, hasOptionalCheck, hasComposite }: TwoLines): MrzFormat => {
  const end = hasComposite ? columns - 1 : columns;
  const optionalEnd = hasOptionalCheck ? end - 1 : end;
  const optional = span(1, 28, optionalEnd);
  return {
    name,
    lineCount: 2,
    columns,
    fields: {
      documentCode: span(0, 0, 2),
      issuingState: span(0, 2, 5),
      names: span(0, 5, columns),
      documentNumber: span(1, 0, 9),
      nationality: span(1, 10, 13),
      birthDate: span(1, 13, 19),
      sex: span(1, 20, 21),
      expiryDate: span(1, 21, 27),
      optional1: optional,
      optional2: null,
    },
    checks: [
      check(span(1, 9, 10), [span(1, 0, 9)]),
      check(span(1, 19, 20), [span(1, 13, 19)]),
      check(span(1, 27, 28), [span(1, 21, 27)]),
      ...(hasOptionalCheck ? [check(span(1, optionalEnd, end), [optional], true)] : []),
      ...(hasComposite ? [check(span(1, end, columns), [span(1, 0, 10), span(1, 13, 20), span(1, 21, end)])] : []),
    ],
    firstLetterDecides: !hasComposite,
    allowed: [
      runs([1, firstLetters], [columns - 1, LETTERS]),
      runs(
        [9, MRZ_ALPHABET],
        [1, DIGITS],
        [3, LETTERS],
        [7, DIGITS],
        [1, SEXES],
        [7, DIGITS],
        [optionalEnd - 28, MRZ_ALPHABET],
        ...(hasOptionalCheck ? [[1, DIGITS_OR_FILLER] as const] : []),
        ...(hasComposite ? [[1, DIGITS] as const] : []),
      ),
    ],
  };
};

const TD3 = twoLines({ name: "TD3", columns: 44, firstLetters: "P", hasOptionalCheck: true, hasComposite: true });
const MRVA = twoLines({ name: "MRVA", columns: 44, firstLetters: "V", hasOptionalCheck: false, hasComposite: false });
const TD2 = twoLines({ name: "TD2", columns: 36, firstLetters: "ACI", hasOptionalCheck: false, hasComposite: true });
const MRVB = twoLines({ name: "MRVB", columns: 36, firstLetters: "V", hasOptionalCheck: false, hasComposite: false });

/** The formats by their size on paper: which of a group a zone is of shows only when it is read. */
export const MRZ_SIZES: readonly (readonly MrzFormat[])[] = [[TD1], [TD3, MRVA], [TD2, MRVB]];

export const MRZ_FORMATS: readonly MrzFormat[] = MRZ_SIZES.flat();

/** Returns the text of a span. Pure. */
export function textOf(lines: readonly string[], { line, from, to }: Span): string {
  return (lines[line] ?? "").slice(from, to);
}
