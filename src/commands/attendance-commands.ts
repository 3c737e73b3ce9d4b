import { join } from "node:path";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { ATTENDANCE_STATES, type AttendanceState, STATES_OF_PRESENCE } from "../model/attendance.ts";
import { localDay } from "../model/time.ts";
import { type AttendanceRow, type AttendanceTask, listAttendanceTasks, listSessionAttendance } from "../pipeline/attendance-list.ts";
import { confirmAttendances, type Official, setAttendance } from "../pipeline/attendance-operations.ts";
import { toFileStem } from "../pipeline/issue-roster.ts";
import { assertNamed } from "../pipeline/seat-operations.ts";
import type { Store } from "../pipeline/store-port.ts";
import { formatCsv } from "../sessions/files/format-csv.ts";
import { noteView } from "./note-view.ts";
import { findRegistration, findSession } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** Returns the named person at work now. @throws notAllowed without a name */
export function officialOf(by: string): Official {
  const now = new Date();
  return { by: assertNamed(by), at: now.toISOString(), today: localDay(now) };
}

/**
 * Returns the session in which a registration has a seat or an attendance.
 *
 * @throws notFound when it has none; usage when it has several and none is named
 */
export async function findSeatSession(store: Store, registrationId: string, named: string | undefined): Promise<string> {
  if (named !== undefined) return (await findSession(store, named)).id;
  const booking = await store.findBooking(registrationId);
  const seats = await store.listAttendance({ registrationIds: [registrationId] });
  const sessionIds = [...new Set([...(booking?.state === "booked" ? [booking.sessionId] : []), ...seats.map((seat) => seat.sessionId)])];
  const [only] = sessionIds;
  if (only === undefined)
    throw new IlmoError("notFound", "Expected a registration with a seat; this one has none. Name the session with --session.");
  if (sessionIds.length > 1)
    throw new IlmoError("usage", `Expected one session; this registration has ${sessionIds.join(", ")}. Name it with --session.`);
  return only;
}

const yesNo = (value: boolean | null): string => (value === null ? "?" : value ? "yes" : "no");

const rowText = ({ reference, state, status, doubts, languageTest, skillsSurvey, decidedBy }: AttendanceRow): string[] => [
  reference,
  state ?? "-",
  status,
  yesNo(languageTest),
  yesNo(skillsSurvey),
  doubts.join(" "),
  decidedBy ?? "",
];

/** `ilmo attendance show <session>`: everybody of the list, by reference; pages that are still out. */
export async function showAttendance(config: Config, terminal: Terminal, session: string): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const { id } = await findSession(store, session);
    const { rows, missingPages } = await listSessionAttendance(id, store);
    await noteView(store, { action: "attendance.listed", count: rows.length });
    terminal.line(formatTable([["reference", "state", "status", "language test", "skills survey", "doubts", "by"], ...rows.map(rowText)]));
    for (const { version, pageNumbers } of missingPages)
      terminal.line(`Version ${version}: page ${pageNumbers.join(", ")} has not come back readable; its rows stay open.`);
    terminal.json({ sessionId: id, rows, missingPages });
  });
}

export interface SetOptions {
  readonly by: string;
  readonly reason?: string;
  readonly session?: string;
  readonly languageTest?: boolean;
  readonly skillsSurvey?: boolean;
}

function parseState(text: string): AttendanceState {
  const state = ATTENDANCE_STATES.find((item) => item.toLowerCase() === text.toLowerCase());
  if (state !== undefined) return state;
  throw new IlmoError("usage", `Expected one of ${ATTENDANCE_STATES.join(", ")}; another word came.`);
}

/** `ilmo attendance set <registration> <state>`. @throws notFound, usage, notAllowed */
export async function setOne(
  config: Config,
  terminal: Terminal,
  [registration, stateText]: readonly [string, string],
  options: SetOptions,
): Promise<void> {
  const state = parseState(stateText);
  const official = officialOf(options.by);
  const { languageTest, skillsSurvey } = options;
  await withOffice(config, async ({ store }) => {
    const { id: registrationId, reference } = await findRegistration(store, registration);
    const sessionId = await findSeatSession(store, registrationId, options.session);
    const followUps = { ...(languageTest === undefined ? {} : { languageTest }), ...(skillsSurvey === undefined ? {} : { skillsSurvey }) };
    const order = { sessionId, registrationId, state, reason: options.reason ?? null, ...followUps };
    const seat = await setAttendance(store, order, official, config.absence);
    terminal.line(`${reference}: ${state} in ${sessionId}.`);
    terminal.json({ reference, ...seat });
  });
}

/** `ilmo attendance confirm <session>`: takes over what the rosters say clearly. */
export async function confirmSession(config: Config, terminal: Terminal, session: string, by: string): Promise<void> {
  const official = officialOf(by);
  await withOffice(config, async ({ store }) => {
    const { id } = await findSession(store, session);
    const count = await confirmAttendances(store, id, official, config.absence);
    terminal.line(
      `${count.confirmed} rows confirmed, ${count.absences} of them absences; ${count.waiting} wait for a look (\`ilmo attendance review\`).`,
    );
    terminal.json({ sessionId: id, ...count });
  });
}

/** Written without names, so that the folder may be looked at by anybody who may see the roster. */
function pictureName({ sessionId, version, pageNumber, rowNumber }: AttendanceTask): string {
  return `${toFileStem(sessionId ?? "unknown")}-v${version}-p${pageNumber}-row${String(rowNumber ?? 0).padStart(2, "0")}.png`;
}

const taskText = (task: AttendanceTask, picture: string | null): string[] => [
  task.id,
  task.kind,
  task.sessionId ?? "-",
  task.rowNumber === null ? "-" : String(task.rowNumber),
  task.doubts.join(" "),
  picture ?? "-",
];

/** `ilmo attendance review [session]`: rows that need a person, their pictures written to a folder. */
export async function reviewAttendance(
  config: Config,
  terminal: Terminal,
  session: string | undefined,
  { out = join(config.outbox, "attendance-review") }: { readonly out?: string },
): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const sessionIds = session === undefined ? (await store.listSessions()).map(({ id }) => id) : [(await findSession(store, session)).id];
    const tasks = await listAttendanceTasks(sessionIds, store);
    await noteView(store, { action: "attendancePictures.viewed", count: tasks.length });
    const rows: string[][] = [];
    const list: object[] = [];
    for (const [index, task] of tasks.entries()) {
      terminal.progress(`picture ${index + 1} of ${tasks.length}`);
      const picture = task.png === null ? null : join(out, pictureName(task));
      if (picture !== null && task.png !== null) await writeFileWhole(picture, Buffer.from(task.png, "base64"));
      rows.push(taskText(task, picture));
      const { png: _png, ...facts } = task;
      list.push({ ...facts, picture });
    }
    terminal.progressDone();
    terminal.line(tasks.length === 0 ? "Nothing waits." : formatTable([["task", "kind", "session", "row", "doubts", "picture"], ...rows]));
    terminal.json(list);
  });
}

/** `ilmo attendance close <task>`: a walk-in's row or an unknown page needs nobody any more. @throws notFound, usage */
export async function closeTask(
  config: Config,
  terminal: Terminal,
  task: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<void> {
  const official = officialOf(by);
  const [scanId = "", row] = task.split(":");
  if (!/^[0-9a-f-]{36}$/.test(scanId))
    throw new IlmoError("usage", "Expected a task of the kind walkIn or unknownRoster, as `ilmo attendance review` lists it.");
  await withOffice(config, async ({ store }) => {
    await store.inTransaction(async (transaction) => {
      await transaction.closeRosterTask({ scanId, rowNumber: row === undefined ? null : Number(row) }, official.by, reason);
      await transaction.audit({ actor: official.by, action: "attendance.taskClosed", registrationId: null, detail: task });
    });
    terminal.line("Closed.");
    terminal.json({ closed: task });
  });
}

/** `ilmo attendance follow-up <session>`: who was there and goes on to the language test and the skills survey. */
export async function listFollowUps(
  config: Config,
  terminal: Terminal,
  session: string,
  { csv }: { readonly csv?: boolean },
): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const { id } = await findSession(store, session);
    const { rows } = await listSessionAttendance(id, store);
    const there = rows.filter(({ state }) => state !== null && STATES_OF_PRESENCE.includes(state));
    const list = there.map(({ reference, state, languageTest, skillsSurvey }) => ({ reference, state, languageTest, skillsSurvey }));
    const table = [
      ["reference", "state", "language test", "skills survey"],
      ...there.map((row) => [row.reference, row.state ?? "-", yesNo(row.languageTest), yesNo(row.skillsSurvey)]),
    ];
    terminal.line(csv === true ? formatCsv(table).trimEnd() : formatTable(table));
    terminal.json(list);
  });
}
