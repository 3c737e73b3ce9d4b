import { findGateFailures, type GateFailure, type PdfFacts } from "./find-gate-failures.ts";
import { FLOWING, type Paper, type PaperExpectation } from "./paper.ts";

/** Many papers as one document for one printing. */
export interface PaperBatch {
  readonly language: string;
  readonly direction: "ltr";
  readonly title: string;
  readonly layout: "batch";
  /** Each paper in a box of its own language and direction, numbered by `data-part` from 0. */
  readonly body: string;
  readonly papers: readonly Paper[];
}

/** A paper of a batch that may not leave. */
export interface BatchFailure {
  /** 0-based place in the batch. */
  readonly index: number;
  readonly gates: readonly (GateFailure | "overflow" | "flowing")[];
}

/** The document is for the printer in the corner: nobody reads its title, the papers in it have their own languages. */
const BATCH = { language: "fi-FI", direction: "ltr", title: "Tulostuserä", layout: "batch" } as const;

/** Returns papers as one document. Pure. */
export function toBatch(papers: readonly Paper[]): PaperBatch {
  const parts = papers.map(
    ({ layout, language, direction, body }, index) =>
      `<div class="part ${layout}" data-part="${index}" lang="${language}" dir="${direction}">${body}</div>`,
  );
  return { ...BATCH, body: parts.join("\n"), papers };
}

/** Returns the papers whose number of pages is not known before they are printed: they cannot be told apart in a batch. Pure. */
export function findFlowing(papers: readonly Paper[]): BatchFailure[] {
  return papers.flatMap(({ expectation }, index) => (expectation.pages === FLOWING ? [{ index, gates: ["flowing" as const] }] : []));
}

const pagesOf = ({ pages }: PaperExpectation): number => (pages === FLOWING ? 1 : pages);

/** A document's facts with the fonts of each page. */
export type BatchFacts = Omit<PdfFacts, "fontNames" | "pages"> & {
  readonly pages: readonly (PdfFacts["pages"][number] & { readonly fontNames: readonly string[] })[];
};

/**
 * Lists the papers of a printed batch that fail a gate, each judged by its own pages. A document that is not the batch at all
 * (pages, language, title) fails every paper.
 *
 * Pure.
 */
export function findBatchFailures(
  facts: BatchFacts,
  { papers, language, title }: PaperBatch,
  fontPrefixes: readonly string[],
): BatchFailure[] {
  const pages = papers.reduce((sum, { expectation }) => sum + pagesOf(expectation), 0);
  const isBatch = facts.pages.length === pages && facts.language === language && facts.title === title;
  if (!isBatch) return papers.map((_, index) => ({ index, gates: ["pageCount"] }));
  let first = 0;
  return papers.flatMap(({ expectation }, index) => {
    const own = facts.pages.slice(first, first + pagesOf(expectation));
    first += pagesOf(expectation);
    const fontNames = [...new Set(own.flatMap((page) => page.fontNames))];
    const ownFacts = { language: expectation.language, title: expectation.title, isTagged: facts.isTagged, fontNames, pages: own };
    const gates = findGateFailures(ownFacts, expectation, fontPrefixes);
    return gates.length === 0 ? [] : [{ index, gates }];
  });
}
