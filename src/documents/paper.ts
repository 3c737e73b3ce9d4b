/** Number of pages of a paper that takes as many as its text needs. */
export const FLOWING = "flowing";

/** What must be found on a finished PDF before it may leave. */
export interface PaperExpectation {
  readonly pages: number | typeof FLOWING;
  /** BCP 47 of the whole document. */
  readonly language: string;
  readonly title: string;
  /** Everything that a reader can read, as plain text. */
  readonly text: string;
  /** What the code on each page says, page by page; empty for a page without one. */
  readonly codes: readonly string[];
}

/** A paper as HTML, ready to print, with what its PDF is checked against. */
export interface Paper {
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly title: string;
  /** Classes of `<body>`: which rules of the style sheet hold. */
  readonly layout:
    | "invitation"
    | "invitation referral"
    | "roster"
    | "completion-request"
    | "instruction"
    | "instruction door-list"
    | "texts-review";
  /** HTML inside `<body>`. */
  readonly body: string;
  readonly expectation: PaperExpectation;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  "#x27": "'",
  "#x3D": "=",
  "#x60": "`",
};

/** Returns what a reader can read of a paper's HTML: pictures and tags gone. Pure. */
export function readableTextOf(body: string): string {
  return body
    .replace(/<svg[\s\S]*?<\/svg>/gu, " ")
    .replace(/<\/?(?:bdi|b|strong|span|small)\b[^>]*>/gu, "")
    .replace(/<[^>]*>/gu, " ")
    .replace(/&(#?\w+);/gu, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\u00ad/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

export type PaperParts = Omit<Paper, "expectation"> & Pick<PaperExpectation, "pages" | "codes">;

/** Returns a paper whose expectation follows from its own text. Pure. */
export function toPaper({ pages, codes, ...paper }: PaperParts): Paper {
  return { ...paper, expectation: { pages, codes, language: paper.language, title: paper.title, text: readableTextOf(paper.body) } };
}
