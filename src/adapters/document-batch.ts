import type { Paper } from "../documents/paper.ts";
import { type BatchFailure, findFlowing, toBatch } from "../documents/paper-batch.ts";
import { IlmoError } from "../errors.ts";
import type { PrintBrowser } from "./chromium.ts";
import { checkBatch } from "./document-gate.ts";

/** Papers of one document: 100 letters take 760 MB of memory with the browser, 200 take 1,050 MB; a full session is 36 papers. */
export const MAX_BATCH_PAPERS = 100;

/** What came of one printing: bytes that may leave, or the papers that keep them back. */
type Attempt = { readonly bytes: Uint8Array; readonly failures: [] } | { readonly bytes: null; readonly failures: readonly BatchFailure[] };

async function tryPrint(papers: readonly Paper[], browser: PrintBrowser): Promise<Attempt> {
  const batch = toBatch(papers);
  try {
    const bytes = await browser.print(batch);
    const failures = await checkBatch(bytes, batch);
    return failures.length === 0 ? { bytes, failures: [] } : { bytes: null, failures };
  } catch (error) {
    const parts = error instanceof IlmoError && error.code === "documentGateFailed" ? error.context.parts : undefined;
    if (typeof parts !== "string") throw error;
    return { bytes: null, failures: parts.split(",").map((part) => ({ index: Number(part), gates: ["overflow"] })) };
  }
}

/**
 * Prints papers as one document. A paper that fails a gate is left out and the rest is printed again, until all of the rest may leave.
 *
 * @throws usage for more papers than one document takes; documentGateFailed when the browser's PDF cannot be read back; parserTimeout, parserCrashed, toolMissing
 */
export async function printBatch(
  papers: readonly Paper[],
  browser: PrintBrowser,
): Promise<{ readonly paper: { readonly bytes: Uint8Array; readonly pages: number } | null; readonly failures: readonly BatchFailure[] }> {
  if (papers.length > MAX_BATCH_PAPERS)
    throw new IlmoError("usage", `Expected at most ${MAX_BATCH_PAPERS} papers in one print job; ${papers.length} came. Divide them.`);
  const failures = findFlowing(papers);
  for (;;) {
    const out = new Set(failures.map(({ index }) => index));
    const places = papers.flatMap((_, index) => (out.has(index) ? [] : [index]));
    const rest = papers.filter((_, index) => !out.has(index));
    if (rest.length === 0) return { paper: null, failures };
    const attempt = await tryPrint(rest, browser);
    if (attempt.bytes !== null) {
      const pages = rest.reduce((sum, { expectation }) => sum + Number(expectation.pages), 0);
      return { paper: { bytes: attempt.bytes, pages }, failures: failures.toSorted((a, b) => a.index - b.index) };
    }
    failures.push(...attempt.failures.map(({ index, gates }) => ({ index: places[index] ?? index, gates })));
  }
}
