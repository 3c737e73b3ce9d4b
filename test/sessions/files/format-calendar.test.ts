import { sync, type VEvent } from "node-ical";
import { describe, expect, it } from "vitest";
import { Session } from "../../../src/model/session.ts";
import { type CalendarEvent, formatCalendar } from "../../../src/sessions/files/format-calendar.ts";
import { toInstant } from "../../../src/sessions/files/to-instant.ts";

const SESSION = Session.parse({
  id: "AR-2708-2026-0900",
  code: "AR-2708",
  language: "ar",
  date: "2026-08-27",
  time: "9.00",
  place: "TE-toimisto, Tikkurila",
  room: "Sali 2; toinen kerros",
  address: "Kielotie 13",
  host: "Maija Matkalainen",
  durationHours: 2,
});

const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  session: SESSION,
  role: "host",
  uid: "0b1c@uusimaa.ilmo",
  sequence: 0,
  isCancelled: false,
  languageName: "arabia",
  office: { name: "TE-toimisto", email: "toimisto@te.example" },
  ...change,
});

/** Reads a calendar file back with another program than the one that wrote it. */
function readBack(text: string): VEvent {
  const [found] = Object.values(sync.parseICS(text)).filter((item) => item?.type === "VEVENT");
  if (found?.type !== "VEVENT") throw new Error("expected one event");
  return found;
}

describe("formatCalendar", () => {
  it("says when, where and in which language, and is known by its uid and sequence", () => {
    const found = readBack(formatCalendar(event({ sequence: 3 })));
    expect(found).toMatchObject({
      uid: "0b1c@uusimaa.ilmo",
      sequence: 3,
      status: "CONFIRMED",
      method: "PUBLISH",
      summary: "Ryhmäinfo AR-2708, arabia (vetäjä)",
      location: "TE-toimisto, Tikkurila, Sali 2; toinen kerros, Kielotie 13",
    });
    expect(found.start.toISOString()).toBe("2026-08-27T06:00:00.000Z");
    expect(found.end?.toISOString()).toBe("2026-08-27T08:00:00.000Z");
  });

  it("takes three hours when the session does not say its length", () => {
    const { durationHours: _length, ...open } = SESSION;
    expect(readBack(formatCalendar(event({ session: open }))).end?.toISOString()).toBe("2026-08-27T09:00:00.000Z");
  });

  it("cancels the entry under the same uid", () => {
    expect(readBack(formatCalendar(event({ isCancelled: true, sequence: 4 })))).toMatchObject({
      uid: "0b1c@uusimaa.ilmo",
      sequence: 4,
      status: "CANCELLED",
      method: "CANCEL",
    });
  });

  it("folds long lines and ends them with CRLF", () => {
    const text = formatCalendar(
      event({ session: { ...SESSION, place: "Pitkänimisen kaupunginosan monitoimitalon suuri kokoussali ääöö".repeat(3) } }),
    );
    const lines = text.split("\r\n");
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(75);
    expect(lines.join("")).not.toMatch(/[\r\n]/);
    expect(readBack(text).location).toContain("ääööPitkänimisen");
  });

  it("names no person", () => {
    expect(formatCalendar(event())).not.toMatch(/Maija|Matkalainen|ATTENDEE/);
  });
});

describe("toInstant", () => {
  it.each([
    ["2026-01-15", "9.00", "2026-01-15T07:00:00.000Z", "winter"],
    ["2026-07-15", "09:00", "2026-07-15T06:00:00.000Z", "summer"],
    ["2026-03-28", "23.30", "2026-03-28T21:30:00.000Z", "the evening before the clock goes on"],
    ["2026-03-29", "9.00", "2026-03-29T06:00:00.000Z", "the day the clock goes on"],
    ["2026-03-29", "2.59", "2026-03-29T00:59:00.000Z", "the last minute before it goes on"],
    ["2026-03-29", "4.00", "2026-03-29T01:00:00.000Z", "the first minute after it went on"],
    ["2026-10-25", "9.00", "2026-10-25T07:00:00.000Z", "the day the clock goes back"],
    ["2026-10-25", "3.30", "2026-10-25T00:30:00.000Z", "the hour that comes twice"],
    ["2026-10-25", "4.00", "2026-10-25T02:00:00.000Z", "the hour after it"],
  ])("gives %s %s as %s (%s)", (date, time, expected) => {
    expect(toInstant(date, time).toISOString()).toBe(expected);
  });

  it("refuses what is no time", () => {
    expect(() => toInstant("2026-01-15", "25.00")).toThrow(expect.objectContaining({ code: "sessionInvalid" }));
  });
});
