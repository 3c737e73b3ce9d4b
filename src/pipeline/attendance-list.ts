import type { Attendance, AttendanceState, RowDoubt } from "../model/attendance.ts";
import { needsPerson } from "../sessions/settle-attendance.ts";
import type { RosterPrint, RosterScan } from "./attendance-store-port.ts";
import type { Store } from "./store-port.ts";

/** One person of a session's list. */
export interface AttendanceRow {
  readonly registrationId: string;
  readonly reference: string;
  readonly state: AttendanceState | null;
  /** `open`: no page with the person's row has come back. */
  readonly status: Attendance["status"] | "open";
  readonly languageTest: boolean | null;
  readonly skillsSurvey: boolean | null;
  readonly doubts: readonly RowDoubt[];
  readonly decidedBy: string | null;
}

/** A print of which pages are still out. */
export interface MissingPages {
  readonly version: number;
  readonly pageNumbers: readonly number[];
}

export interface AttendanceList {
  readonly rows: readonly AttendanceRow[];
  /** Of prints of which at least one page came back, and of the newest print. */
  readonly missingPages: readonly MissingPages[];
}

function toRow(registrationId: string, reference: string, seat: Attendance | undefined): AttendanceRow {
  if (seat === undefined) {
    const unknown = { state: null, languageTest: null, skillsSurvey: null, doubts: [], decidedBy: null };
    return { registrationId, reference, status: "open", ...unknown };
  }
  const { state, status, languageTest, skillsSurvey, doubts, decidedBy } = seat;
  return { registrationId, reference, state, status, languageTest, skillsSurvey, doubts, decidedBy };
}

/** Returns the pages of each print that have not come back readable. Pure. */
export function findMissingPages(prints: readonly RosterPrint[], scans: readonly RosterScan[]): MissingPages[] {
  return prints.flatMap(({ version, pages }, index) => {
    const own = scans.filter((scan) => scan.version === version);
    const isNewest = index === prints.length - 1;
    if (own.length === 0 && !(isNewest && scans.length === 0)) return [];
    const back = new Set(own.filter(({ state }) => state === "read").map(({ pageNumber }) => pageNumber));
    const pageNumbers = Array.from({ length: pages }, (_, page) => page + 1).filter((page) => !back.has(page));
    return pageNumbers.length === 0 ? [] : [{ version, pageNumbers }];
  });
}

/** Returns everybody who has, or on a print that came back had, a seat in the session, in the order of the newest print. */
export async function listSessionAttendance(sessionId: string, store: Store): Promise<AttendanceList> {
  const prints = await store.listRosterPrints(sessionId);
  const scans = await store.listRosterScans(sessionId);
  const seats = new Map((await store.listAttendance({ sessionId })).map((seat) => [seat.registrationId, seat]));
  const booked = (await store.listBookings(sessionId)).filter(({ state }) => state === "booked").map((booking) => booking.registrationId);
  const order = new Set([
    ...(prints.at(-1)?.registrationIds ?? []).filter((id) => booked.includes(id) || seats.has(id)),
    ...booked,
    ...seats.keys(),
  ]);
  const rows: AttendanceRow[] = [];
  for (const registrationId of order) {
    const { reference } = await store.getRegistration(registrationId);
    rows.push(toRow(registrationId, reference, seats.get(registrationId)));
  }
  return { rows, missingPages: findMissingPages(prints, scans) };
}

/** Something on a signed roster that a person must look at. */
export interface AttendanceTask {
  /** Names the task: a reference, or scan and row. */
  readonly id: string;
  readonly kind: "row" | "walkIn" | "unknownRoster";
  readonly sessionId: string | null;
  readonly reference: string | null;
  readonly version: number;
  readonly pageNumber: number;
  readonly rowNumber: number | null;
  readonly doubts: readonly RowDoubt[];
  /** Small PNG, base64. */
  readonly png: string | null;
}

function newestRowOf(scans: readonly RosterScan[], registrationId: string): { scan: RosterScan; row: RosterScan["rows"][number] } | null {
  for (const scan of scans.toReversed()) {
    const row = scan.rows.find((item) => item.registrationId === registrationId);
    if (row !== undefined) return { scan, row };
  }
  return null;
}

async function findRowTasks(sessionId: string, scans: readonly RosterScan[], store: Store): Promise<AttendanceTask[]> {
  const tasks: AttendanceTask[] = [];
  for (const seat of (await store.listAttendance({ sessionId })).filter(needsPerson)) {
    const { reference } = await store.getRegistration(seat.registrationId);
    const found = newestRowOf(scans, seat.registrationId);
    tasks.push({
      id: reference,
      kind: "row",
      sessionId,
      reference,
      version: found?.scan.version ?? 0,
      pageNumber: found?.scan.pageNumber ?? 0,
      rowNumber: found?.row.seen.rowNumber ?? null,
      doubts: seat.doubts,
      png: found?.row.seen.png ?? null,
    });
  }
  return tasks.toSorted((a, b) => a.pageNumber - b.pageNumber || (a.rowNumber ?? 0) - (b.rowNumber ?? 0));
}

/** Spare rows in which something stands: somebody came who was not on the list. Pure. */
function findWalkInTasks(sessionId: string, scans: readonly RosterScan[]): AttendanceTask[] {
  return scans
    .filter(({ state }) => state === "read")
    .flatMap(({ id, version, pageNumber, rows }) =>
      rows
        .filter(({ registrationId, closedBy }) => registrationId === null && closedBy === null)
        .filter(({ seen }) => [seen.came, seen.late, seen.signature, seen.written].some((mark) => mark !== "no"))
        .map(({ seen }) => ({
          id: `${id}:${seen.rowNumber}`,
          kind: "walkIn" as const,
          sessionId,
          reference: null,
          version,
          pageNumber,
          rowNumber: seen.rowNumber,
          doubts: ["walkInWritten" as const],
          png: seen.png ?? null,
        })),
    );
}

/** Returns what a person must look at: rows of one session, or of all, walk-ins and pages that nobody knows. */
export async function listAttendanceTasks(sessionIds: readonly string[], store: Store): Promise<AttendanceTask[]> {
  const tasks: AttendanceTask[] = [];
  for (const sessionId of sessionIds) {
    const scans = await store.listRosterScans(sessionId, { withPictures: true });
    tasks.push(...(await findRowTasks(sessionId, scans, store)), ...findWalkInTasks(sessionId, scans));
  }
  const unknown = (await store.listRosterScans(null)).filter(({ closedBy }) => closedBy === null);
  for (const { id, version, pageNumber } of unknown)
    tasks.push({
      id,
      kind: "unknownRoster",
      sessionId: null,
      reference: null,
      version,
      pageNumber,
      rowNumber: null,
      doubts: [],
      png: null,
    });
  return tasks;
}
