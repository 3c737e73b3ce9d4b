import { readFile } from "node:fs/promises";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { SessionFile } from "../model/session.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** `ilmo sessions import <json>`: takes sessions and rules of a file into the store. @throws sessionInvalid, usage */
export async function importSessions(config: Config, terminal: Terminal, path: string): Promise<void> {
  const file = await loadSessionFile(path);
  await withOffice(config, async ({ store }) => {
    await store.upsertSessions(file.sessions);
    await store.setMeta("sessionRules", file.rules);
  });
  terminal.line(`${file.sessions.length} sessions taken in.`);
  terminal.json({ imported: file.sessions.length });
}

/** Reads a session file. @throws usage when it cannot be read, sessionInvalid naming the first wrong place */
export async function loadSessionFile(path: string): Promise<SessionFile> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new IlmoError("usage", "Expected a readable JSON file with sessions; the one named cannot be read.", { cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new IlmoError("sessionInvalid", "Expected a JSON file with sessions; this one is not JSON.", { cause });
  }
  const parsed = SessionFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new IlmoError(
    "sessionInvalid",
    `Expected sessions as documented in the README; wrong at ${first?.path.join(".")}: ${first?.message}.`,
  );
}

/** `ilmo sessions list`. */
export async function listSessions(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const sessions = await store.listSessions();
    const rows: string[][] = [["session", "language", "date", "time", "place", "booked", "waiting", "seats"]];
    const list: object[] = [];
    for (const session of sessions) {
      const bookings = await store.listBookings(session.id);
      const booked = bookings.filter((booking) => booking.state === "booked").length;
      const waiting = bookings.filter((booking) => booking.state === "waiting").length;
      const { id, language, date, time, place, capacity } = session;
      rows.push([id, language, date, time, place, String(booked), String(waiting), String(capacity)]);
      list.push({ ...session, booked, waiting });
    }
    terminal.line(formatTable(rows));
    terminal.json(list);
  });
}
