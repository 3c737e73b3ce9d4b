import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeSet } from "../../fixtures/make-set.ts";
import { makeOwnForm } from "../../fixtures/own-forms.ts";
import { TYPEFACES } from "../../fixtures/typefaces.ts";
import { FORM_LANGUAGES } from "../../src/forms/registration-form-labels.ts";
import type { IsoDate } from "../../src/model/time.ts";

/** One scanned PDF of the set. */
export interface SpeedCase {
  readonly folder: string;
  readonly pdf: string;
  readonly pages: number;
}

interface CaseTruth {
  readonly files: readonly { readonly name: string; readonly container: string; readonly pages: readonly unknown[] }[];
}

/** About one case in two is a scanned PDF, of three to four pages. */
const CASES_PER_PAGE = 0.7;

/** Only what every program can open: PDFs whose pages are pictures. */
function readCases(set: string): SpeedCase[] {
  const cases: SpeedCase[] = [];
  for (const name of readdirSync(set).toSorted()) {
    const folder = join(set, name);
    if (!existsSync(join(folder, "truth.json"))) continue;
    const { files } = JSON.parse(readFileSync(join(folder, "truth.json"), "utf8")) as CaseTruth;
    const [file] = files;
    const isScan = file !== undefined && files.length === 1 && (file.container === "pdf-image" || file.container === "pdf-g4");
    if (isScan) cases.push({ folder, pdf: join(folder, file.name), pages: file.pages.length });
  }
  return cases;
}

/** Makes scanned PDFs of at least `pages` pages in `out`, once; returns as many as make up that number. */
export async function makeSpeedSet(out: string, pages: number, seed: string): Promise<SpeedCase[]> {
  const set = join(out, `${seed}-${pages}`);
  if (!existsSync(join(set, "sessions.json")) || readCases(set).length === 0) {
    mkdirSync(set, { recursive: true });
    const forms = await Promise.all(FORM_LANGUAGES.map((language) => makeOwnForm(language)));
    const count = Math.ceil(pages * CASES_PER_PAGE);
    const onCase = (caseId: string): boolean => process.stderr.write(`\r\u001B[Kmaking scans: ${caseId} of ${count}`);
    await makeSet({ out: set, count, seed, from: "2026-09-07" as IsoDate, forms, faces: TYPEFACES, onCase });
    process.stderr.write("\r\u001B[K");
  }
  const chosen: SpeedCase[] = [];
  for (const one of readCases(set)) {
    if (chosen.reduce((sum, { pages: count }) => sum + count, 0) >= pages) break;
    chosen.push(one);
  }
  return chosen;
}
