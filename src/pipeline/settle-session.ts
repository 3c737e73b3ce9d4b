import type { Attendance } from "../model/attendance.ts";
import type { Session } from "../model/session.ts";
import { judgeRow, pageEvidenceOf } from "../sessions/judge-attendance.ts";
import { mergeScans, type RowScan } from "../sessions/merge-scans.ts";
import { settleAttendance } from "../sessions/settle-attendance.ts";
import type { RosterScan } from "./attendance-store-port.ts";
import type { Store, TransactionStore } from "./store-port.ts";

/** Who sets attendance when no person does. */
const MACHINE = "ilmo";

/** Returns the scans of each person's row on a session's pages. Pure. */
export function scansByPerson(scans: readonly RosterScan[], session: Pick<Session, "date">): Map<string, RowScan[]> {
  const byPerson = new Map<string, RowScan[]>();
  for (const scan of scans) {
    const isRead = scan.state === "read";
    const rows = scan.rows.map(({ seen }) => seen);
    const page = pageEvidenceOf({ ...scan, state: isRead ? "read" : "unreadable", rows }, scan.scannedOn < session.date);
    for (const { registrationId, seen } of scan.rows) {
      if (registrationId === null) continue;
      const own = byPerson.get(registrationId) ?? [];
      byPerson.set(registrationId, [...own, { row: seen, outcome: judgeRow(seen, page) }]);
    }
  }
  return byPerson;
}

/** Instant of the newest scan of a person's row, ms. */
function newestScanOf(scans: readonly RosterScan[], registrationId: string): number {
  const own = scans.filter(({ rows }) => rows.some((row) => row.registrationId === registrationId));
  return Math.max(...own.map(({ createdAt }) => Date.parse(createdAt)));
}

function isAfter(instantMs: number, decidedAt: string | null): boolean {
  return decidedAt !== null && instantMs > Date.parse(decidedAt);
}

/** Whether two agree in everything but the order of their fields. */
function isSame(a: Attendance | null, b: Attendance): boolean {
  const facts = ({ state, status, languageTest, skillsSurvey, doubts }: Attendance): string =>
    JSON.stringify([state, status, languageTest, skillsSurvey, ...doubts]);
  return a !== null && facts(a) === facts(b);
}

/** Says in codes what changed. Pure. */
function describe({ sessionId, state, status, doubts }: Attendance): string {
  return `${sessionId}: ${state ?? "open"} (${[status, ...doubts].join(", ")})`;
}

/** Returns the session, or null. */
export async function findSession(sessionId: string, store: Pick<Store, "listSessions">): Promise<Session | null> {
  return (await store.listSessions()).find(({ id }) => id === sessionId) ?? null;
}

/**
 * Sets the attendance of everybody on a session's scanned pages anew from all scans.
 *
 * The same scans give the same attendance, whatever their order; what a person confirmed stays.
 */
export async function settleSession(sessionId: string, transaction: TransactionStore): Promise<void> {
  await transaction.lockAttendance(sessionId);
  const session = await findSession(sessionId, transaction);
  if (session === null) return;
  const scans = await transaction.listRosterScans(sessionId);
  const known = new Map((await transaction.listAttendance({ sessionId })).map((item) => [item.registrationId, item]));
  for (const [registrationId, rowScans] of scansByPerson(scans, session)) {
    const before = known.get(registrationId) ?? null;
    const hasNewerScan = isAfter(newestScanOf(scans, registrationId), before?.decidedAt ?? null);
    const after = settleAttendance({ sessionId, registrationId, known: before, outcome: mergeScans(rowScans), hasNewerScan });
    if (isSame(before, after)) continue;
    await transaction.saveAttendance(after);
    await transaction.audit({ actor: MACHINE, action: "attendance.read", registrationId, detail: describe(after) });
  }
}
