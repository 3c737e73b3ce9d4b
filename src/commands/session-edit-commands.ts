import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { GROUP_INFO, Session, type SessionRules, SessionState } from "../model/session.ts";
import { localDay } from "../model/time.ts";
import { saveSessions } from "../pipeline/save-sessions.ts";
import { assertNamed } from "../pipeline/seat-operations.ts";
import { loadSessionRules } from "../pipeline/session-context.ts";
import { callOff, merge, split } from "../pipeline/session-operations.ts";
import type { Store } from "../pipeline/store-port.ts";
import { findPublicHoliday } from "../sessions/find-public-holiday.ts";
import type { Overflow } from "../sessions/merge-sessions.ts";
import { planSeries, REPEATS, type Repeat, type SeriesPlan, toSessionCode } from "../sessions/plan-series.ts";
import { parseReason } from "../sessions/seat-reasons.ts";
import { findSession, parseCount, parseDay, tellDifferences } from "./session-lookup.ts";
import type { Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** What `add` and `edit` take, as typed. */
export interface SessionOptions {
  readonly by: string;
  readonly language?: string;
  readonly date?: string;
  readonly time?: string;
  readonly place?: string;
  readonly address?: string;
  readonly room?: string;
  readonly host?: string;
  readonly interpreter?: string;
  readonly hours?: string;
  readonly capacity?: string;
  readonly min?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly code?: string;
}

export interface AddOptions extends SessionOptions {
  readonly id?: string;
  readonly repeat?: string;
  readonly count?: string;
}

/** Returns the facts that were typed; an empty text takes a fact away. */
function typedFacts(options: SessionOptions): Record<string, string | number | undefined> {
  const { by: _by, hours, capacity, min, date, state, ...texts } = options;
  const typed = {
    ...texts,
    ...(date === undefined ? {} : { date: parseDay(date) }),
    ...(hours === undefined ? {} : { durationHours: parseCount(hours) }),
    ...(capacity === undefined ? {} : { capacity: parseCount(capacity) }),
    ...(min === undefined ? {} : { minParticipants: parseCount(min) }),
    ...(state === undefined ? {} : { state: parseState(state) }),
  };
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value === "" ? undefined : value]));
}

function parseState(text: string): SessionState {
  const parsed = SessionState.safeParse(text);
  if (parsed.success && parsed.data !== "cancelled") return parsed.data;
  throw new IlmoError("usage", "Expected planned, open, closed or held as state. A session is cancelled with `ilmo sessions cancel`.");
}

/** Returns a session of typed facts. @throws usage naming the first option that is missing or wrong */
function toSession(facts: Record<string, unknown>): Session {
  const parsed = Session.safeParse(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new IlmoError(
    "usage",
    `Expected a session with language, date, time, place and address; wrong at ${first?.path.join(".")}: ${first?.message}.`,
  );
}

function assertServed(language: string, { servedLanguages }: SessionRules): void {
  if (servedLanguages.includes(language)) return;
  throw new IlmoError(
    "usage",
    `Expected a language in which sessions are held (${servedLanguages.join(", ")}); another one came. \`ilmo sessions rules --languages\` adds languages; each stands for itself.`,
  );
}

/** @throws usage for a public holiday */
function assertOfficeOpen(date: string): void {
  const day = parseDay(date);
  const holiday = findPublicHoliday(day);
  if (holiday !== null) throw new IlmoError("usage", `Expected a day on which the office is open; ${day} is ${holiday}.`);
}

/** @throws usage for a day that is past: nobody can be invited to it */
function assertNotPast(date: string): void {
  if (date < localDay(new Date())) throw new IlmoError("usage", `Expected a day from today on; ${date} is past.`);
}

function parseRepeat(text: string): Repeat {
  const found = REPEATS.find((repeat) => repeat === text);
  if (found === undefined) throw new IlmoError("usage", `Expected --repeat ${REPEATS.join(" or ")}; another text came.`);
  return found;
}

/** One session under the id that was given, or as many as were asked for under ids of their own. */
function planOf(options: AddOptions, facts: Record<string, string | number | undefined>): SeriesPlan {
  const {
    id: _id,
    code: _code,
    ...outline
  } = toSession({ kind: GROUP_INFO, ...facts, id: options.id ?? "new", code: options.code ?? "new" });
  if (options.repeat !== undefined) {
    if (options.id !== undefined || options.code !== undefined)
      throw new IlmoError("usage", "Expected no --id and no --code for a series: every session gets its own.");
    return planSeries(outline, { repeat: parseRepeat(options.repeat), count: parseCount(options.count ?? "1") });
  }
  assertOfficeOpen(outline.date);
  const [session] = planSeries(outline, { repeat: "weekly", count: 1 }).sessions;
  if (session === undefined) return { sessions: [], skipped: [] };
  return { sessions: [{ ...session, id: options.id ?? session.id, code: options.code ?? session.code }], skipped: [] };
}

/** `add` never changes a session that is there. */
async function assertNew(store: Store, sessions: readonly Session[]): Promise<void> {
  const known = new Map((await store.listSessions()).map((session) => [session.id, session]));
  const isOther = (session: Session): boolean => {
    const old = known.get(session.id);
    return old !== undefined && (old.place !== session.place || old.room !== session.room || old.date !== session.date);
  };
  const taken = sessions.filter(isOther).map(({ id }) => id);
  if (taken.length === 0) return;
  throw new IlmoError(
    "sessionInvalid",
    `Expected ids that are free; ${taken.join(", ")} exist elsewhere. Give another --id, or change them with \`ilmo sessions edit\`.`,
  );
}

/** `ilmo sessions add`: one session or a series. @throws usage, sessionInvalid, notAllowed */
export async function addSessions(config: Config, terminal: Terminal, options: AddOptions): Promise<void> {
  const by = assertNamed(options.by);
  const { id: _id, repeat: _repeat, count: _count, ...facts } = options;
  await withOffice(config, async ({ store }) => {
    const rules = await loadSessionRules(store);
    const { sessions, skipped } = planOf(options, { capacity: rules.capacity, ...typedFacts(facts) });
    for (const { language, date } of sessions) {
      assertServed(language, rules);
      assertNotPast(date);
    }
    await assertNew(store, sessions);
    const saved = await saveSessions(store, sessions, by);
    for (const { date, holiday } of skipped) terminal.line(`${date} is passed over: ${holiday}.`);
    for (const { id, date, time } of sessions)
      terminal.line(`${id}  ${date} ${time}  ${saved.added.includes(id) ? "added" : "is there already"}`);
    terminal.json({ ...saved, skipped });
  });
}

/** `ilmo sessions edit <session>`: what is typed changes, the rest stays. @throws usage, notFound, sessionInvalid, notAllowed */
export async function editSession(config: Config, terminal: Terminal, idOrCode: string, options: SessionOptions): Promise<void> {
  const by = assertNamed(options.by);
  await withOffice(config, async ({ store }) => {
    const old = await findSession(store, idOrCode);
    const merged = toSession({ ...old, ...typedFacts(options) });
    // The code names the day: it follows the day unless somebody chose it.
    const isOwnCode = options.code !== undefined || old.code !== toSessionCode(old);
    const session = { ...merged, code: isOwnCode ? merged.code : toSessionCode(merged) };
    if (session.date !== old.date) {
      assertNotPast(session.date);
      assertOfficeOpen(session.date);
    }
    if (session.language !== old.language) assertServed(session.language, await loadSessionRules(store));
    const saved = await saveSessions(store, [session], by);
    terminal.line(saved.changed.length === 0 ? "Nothing to change: it is so already." : `${session.id} changed.`);
    if (session.code !== old.code) terminal.line(`Its code follows the day: ${session.code}, before ${old.code}. Papers are printed anew.`);
    if (saved.promoted.length > 0)
      terminal.line(`${saved.promoted.length} who waited have a seat now; their invitations are printed by the service.`);
    terminal.json({ ...saved, session });
  });
}

export interface TwoSessionOptions {
  readonly by: string;
  readonly overflow?: string;
  readonly keep?: string;
  readonly reason?: string;
  readonly moveTo?: string;
}

function parseOverflow(text: string | undefined): Overflow {
  if (text === undefined || text === "refuse") return "refuse";
  if (text === "wait") return "wait";
  throw new IlmoError("usage", "Expected --overflow wait (the rest wait in the other session) or refuse; another text came.");
}

/** `ilmo sessions merge <from> <into>`. @throws notFound, notAllowed */
export async function mergeTwo(
  config: Config,
  terminal: Terminal,
  ids: readonly [string, string],
  options: TwoSessionOptions,
): Promise<void> {
  const by = assertNamed(options.by);
  await withOffice(config, async ({ store }) => {
    const [from, into] = [await findSession(store, ids[0]), await findSession(store, ids[1])];
    const request = { fromId: from.id, intoId: into.id, by, overflow: parseOverflow(options.overflow) };
    await tellDifferences(store, terminal, await merge(store, request));
  });
}

/** `ilmo sessions split <from> <into> [--keep n]`. @throws notFound, notAllowed */
export async function splitTwo(
  config: Config,
  terminal: Terminal,
  ids: readonly [string, string],
  options: TwoSessionOptions,
): Promise<void> {
  const by = assertNamed(options.by);
  await withOffice(config, async ({ store }) => {
    const [from, into] = [await findSession(store, ids[0]), await findSession(store, ids[1])];
    const people = (await store.listBookings(from.id)).length;
    const keep = options.keep === undefined ? Math.ceil(people / 2) : parseCount(options.keep);
    const request = { fromId: from.id, intoId: into.id, by, overflow: parseOverflow(options.overflow), keep };
    await tellDifferences(store, terminal, await split(store, request));
  });
}

/** Who was only announced is told nothing by a cancelled session: the sending unit must hear of it. */
async function tellAwaited(store: Store, terminal: Terminal, sessionId: string): Promise<void> {
  const awaited = (await store.listAnnouncements(sessionId)).filter(({ registrationId }) => registrationId === null);
  if (awaited.length === 0) return;
  terminal.line(
    `${awaited.length} announced people are still awaited there. Tell the sending units (\`ilmo sessions announced\`), or take them along: \`ilmo sessions merge ${sessionId} <other session>\`.`,
  );
}

/** `ilmo sessions cancel <session> --reason …`: with `--move-to` its people go to another session at once. @throws notFound, notAllowed, usage */
export async function cancelWhole(config: Config, terminal: Terminal, idOrCode: string, options: TwoSessionOptions): Promise<void> {
  const by = assertNamed(options.by);
  const reason = parseReason("cancelSession", options.reason ?? "");
  await withOffice(config, async ({ store }) => {
    const { id } = await findSession(store, idOrCode);
    if (options.moveTo === undefined) {
      await tellDifferences(store, terminal, await callOff(store, { sessionId: id, by, reason }));
      await tellAwaited(store, terminal, id);
      return;
    }
    const into = await findSession(store, options.moveTo);
    const request = { fromId: id, intoId: into.id, by, overflow: parseOverflow(options.overflow) };
    await tellDifferences(store, terminal, await merge(store, request, reason));
  });
}
