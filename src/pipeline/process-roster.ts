import { IlmoError } from "../errors.ts";
import type { RosterPageReading } from "../model/attendance.ts";
import type { ReadPage, RosterPageCode, SubmissionReading } from "../model/reading.ts";
import type { NewRosterScan, RosterPrint } from "./attendance-store-port.ts";
import type { BlobStore } from "./blob-store-port.ts";
import { layOutFiles, type WorkFolder } from "./lay-out-files.ts";
import type { RosterReader } from "./roster-reader-port.ts";
import { settleSession } from "./settle-session.ts";
import { toStableUuid } from "./stable-id.ts";
import type { Store, Submission } from "./store-port.ts";

export interface RosterPorts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly rosters: RosterReader;
  readonly openWorkFolder: (submissionId: string) => Promise<WorkFolder>;
}

interface RosterPage {
  readonly source: ReadPage["source"];
  readonly code: RosterPageCode;
  /** null when no print of this office bears the code. */
  readonly print: RosterPrint | null;
}

/** Returns the pages of a submission that are a signed roster's. Pure. */
export function rosterPagesOf({ unassignedPages }: SubmissionReading): (ReadPage & { readonly roster: RosterPageCode })[] {
  return unassignedPages.flatMap((page) => (page.roster === undefined ? [] : [{ ...page, roster: page.roster }]));
}

/** Two sessions may bear the same code: a page that could be either's is nobody's. */
async function findPrint(code: RosterPageCode, store: Store): Promise<RosterPrint | null> {
  const prints = await store.findRosterPrints(code);
  const [print] = prints;
  return prints.length === 1 && print !== undefined && print.pages === code.pages ? print : null;
}

function placeOf(
  submission: Submission,
  { source, code, print }: RosterPage,
): Omit<NewRosterScan, "state" | "quality" | "showsPaleInk" | "rows"> {
  return {
    id: toStableUuid("rosterScan", submission.id, source.fileIndex, source.pageIndex),
    submissionId: submission.id,
    fileIndex: source.fileIndex,
    pageIndex: source.pageIndex,
    ...code,
    sessionId: print?.sessionId ?? null,
    scannedOn: submission.receivedOn,
  };
}

function toScan(submission: Submission, page: RosterPage, reading: RosterPageReading | undefined): NewRosterScan {
  const place = placeOf(submission, page);
  if (page.print === null || reading === undefined) return { ...place, state: "unknown", quality: 0, showsPaleInk: false, rows: [] };
  const { registrationIds } = page.print;
  const rows = reading.rows.map((seen) => ({ registrationId: registrationIds[seen.rowNumber - 1] ?? null, seen }));
  return { ...place, state: reading.state, quality: reading.quality, showsPaleInk: reading.showsPaleInk, rows };
}

async function readKnownPages(submission: Submission, pages: readonly RosterPage[], ports: RosterPorts): Promise<RosterPageReading[]> {
  const fileIndexes = new Set(pages.map(({ source }) => source.fileIndex));
  const folder = await ports.openWorkFolder(submission.id);
  try {
    const originals = submission.files.filter(({ fileIndex }) => fileIndexes.has(fileIndex));
    const files = await layOutFiles(originals, folder, ports.blobs);
    const requests = [];
    for (const { source, code, print } of pages) {
      if (print === null) continue;
      const printPath = `${folder.path}/print-${print.sha256}`;
      await ports.blobs.copyTo(print.sha256, printPath);
      requests.push({ ...source, code, printPath, participants: print.registrationIds.length });
    }
    return requests.length === 0 ? [] : await ports.rosters.read({ files, pages: requests });
  } finally {
    await folder.remove();
  }
}

function refuseUnknown(pages: readonly RosterPage[]): IlmoError {
  return new IlmoError(
    "rosterUnknown",
    "Expected a signed roster that this office printed; no print bears the code of these pages. Check that the session is in the calendar and that its roster was printed here; set the attendance by hand with `ilmo attendance set`.",
    { context: { pages: pages.length } },
  );
}

/**
 * Reads the roster pages of a submission and sets the attendance of the people who stand on them.
 *
 * Rows are known by the print that the page's code names: who stood where on that very paper. Pages of an unknown print become
 * a task; a submission that consists of nothing else is put aside. May run any number of times with the same result.
 *
 * @throws rosterUnknown when nothing of the submission is known; file*, parser* of the reading
 */
export async function processRosterPages(submission: Submission, reading: SubmissionReading, ports: RosterPorts): Promise<void> {
  const pages: RosterPage[] = [];
  for (const { source, roster } of rosterPagesOf(reading))
    pages.push({ source, code: roster, print: await findPrint(roster, ports.store) });
  if (pages.length === 0) return;
  const isNothingKnown = pages.every(({ print }) => print === null) && reading.registrations.length === 0;
  if (isNothingKnown) throw refuseUnknown(pages);
  const readings = await readKnownPages(submission, pages, ports);
  const readingOf = ({ source }: RosterPage): RosterPageReading | undefined =>
    readings.find((item) => item.fileIndex === source.fileIndex && item.pageIndex === source.pageIndex);
  const sessionIds = new Set(pages.flatMap(({ print }) => (print === null ? [] : [print.sessionId])));
  await ports.store.inTransaction(async (transaction) => {
    for (const page of pages) await transaction.saveRosterScan(toScan(submission, page, readingOf(page)));
    for (const sessionId of [...sessionIds].toSorted()) await settleSession(sessionId, transaction);
  });
}
