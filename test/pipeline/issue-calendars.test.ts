import { sync, type VEvent } from "node-ical";
import { beforeEach, describe, expect, it } from "vitest";
import { Session } from "../../src/model/session.ts";
import type { CalendarEntry } from "../../src/pipeline/announcement-store-port.ts";
import { issueCalendars, type WrittenCalendar } from "../../src/pipeline/issue-calendars.ts";

const SESSION = Session.parse({
  id: "AR-2708-2026-0900",
  code: "AR-2708",
  language: "ar",
  date: "2026-08-27",
  time: "9.00",
  place: "TE-toimisto",
  address: "Katu 1",
  host: "Maija Matkalainen",
  interpreter: "Layla Tulkki",
});

let entries: Map<string, CalendarEntry>;
let files: Map<string, string>;

beforeEach(() => {
  entries = new Map();
  files = new Map();
});

const issue = (change: Partial<Session> = {}): Promise<WrittenCalendar[]> =>
  issueCalendars(
    { ...SESSION, ...change },
    {
      store: {
        listCalendarEntries: async () => [...entries.values()],
        saveCalendarEntry: async (entry) => void entries.set(entry.uid, entry),
      },
      outbox: {
        write: async (path, bytes) => {
          files.set(path, new TextDecoder().decode(bytes));
          return "";
        },
      },
      office: { name: "TE-toimisto", email: "a@te.example", senderId: "UUSIMAA" },
      languageNameOf: () => "arabia",
    },
  );

function readBack(path: string | undefined): VEvent {
  const [found] = Object.values(sync.parseICS(files.get(path ?? "") ?? "")).filter((item) => item?.type === "VEVENT");
  if (found?.type !== "VEVENT") throw new Error("expected one event");
  return found;
}

describe("issueCalendars", () => {
  it("writes a file for the host and one for the interpreter, naming neither", async () => {
    const written = await issue();
    expect(written.map(({ role, sequence }) => [role, sequence])).toEqual([
      ["host", 0],
      ["interpreter", 0],
    ]);
    expect([...files.keys(), ...files.values(), ...entries.keys()].join("\n")).not.toMatch(/Maija|Layla/i);
    expect(new Set(written.map(({ relativePath }) => readBack(relativePath).uid)).size).toBe(2);
  });

  it("writes nothing again while nothing has changed", async () => {
    await issue();
    expect(await issue({ host: " maija  MATKALAINEN" })).toEqual([]);
    expect(await issue({ capacity: 20 })).toEqual([]);
  });

  it("keeps the uid and raises the sequence when the session moves", async () => {
    const [first] = await issue();
    const { uid } = readBack(first?.relativePath);
    const [second] = await issue({ time: "12.30" });
    expect(second?.relativePath).toBe(first?.relativePath);
    expect(readBack(second?.relativePath)).toMatchObject({ uid, sequence: 1, status: "CONFIRMED" });
    expect(readBack(second?.relativePath).start.toISOString()).toBe("2026-08-27T09:30:00.000Z");
  });

  it("cancels for everybody when the session is called off, once", async () => {
    await issue();
    const cancelled = await issue({ state: "cancelled" });
    expect(cancelled.map(({ isCancelled, sequence }) => [isCancelled, sequence])).toEqual([
      [true, 1],
      [true, 1],
    ]);
    expect(readBack(cancelled[0]?.relativePath)).toMatchObject({ status: "CANCELLED", method: "CANCEL" });
    expect(await issue({ state: "cancelled" })).toEqual([]);
  });

  it("tells nobody of a cancellation who was not told of the session", async () => {
    expect(await issue({ state: "cancelled" })).toEqual([]);
  });

  it("cancels for the interpreter who was replaced and invites the new one", async () => {
    const before = await issue();
    const after = await issue({ interpreter: "Omar Toinen" });
    expect(after.map(({ role, sequence, isCancelled }) => [role, sequence, isCancelled])).toEqual([
      ["interpreter", 0, false],
      ["interpreter", 1, true],
    ]);
    expect(after[1]?.relativePath).toBe(before[1]?.relativePath);
  });
});
