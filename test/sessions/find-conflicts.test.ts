import { describe, expect, it } from "vitest";
import type { Session } from "../../src/model/session.ts";
import { assertNoConflicts, findConflicts } from "../../src/sessions/find-conflicts.ts";
import { sessionOf } from "./hall-builder.ts";

const STAFF = { room: "2.12", host: "Aino Ohjaaja", interpreter: "Omar Tulkki" };
const morning = sessionOf("MORNING", { ...STAFF, time: "9.00", durationHours: 3 });

describe("findConflicts", () => {
  it.each<[string, Partial<Session>, string[]]>([
    ["the same time", {}, ["room", "host", "interpreter"]],
    ["a start in the last minute", { time: "11.59" }, ["room", "host", "interpreter"]],
    ["a start when the other ends", { time: "12.00" }, []],
    ["an end when the other starts", { time: "7:00", durationHours: 2 }, []],
    ["an end just after the other starts", { time: "6:01", durationHours: 3 }, ["room", "host", "interpreter"]],
    ["another day", { date: "2026-09-25" }, []],
    ["another room and people", { room: "2.13", host: "Eero Ohjaaja", interpreter: "Lul Tulkki" }, []],
    ["the room in another place", { place: "TE-toimisto, Tikkurila", host: "Eero", interpreter: "Lul" }, []],
    ["the host only", { room: "2.13", interpreter: "Lul" }, ["host"]],
    ["the interpreter only, spelled otherwise", { room: "2.13", host: "Eero", interpreter: " omar  TULKKI" }, ["interpreter"]],
  ])("compares %s", (_, change, expected) => {
    const other = sessionOf("OTHER", { ...STAFF, durationHours: 3, ...change });
    expect(findConflicts([other], [morning]).map(({ over }) => over)).toEqual(expected);
  });

  it("takes three hours where no length is said, and knows no conflict where nothing is said", () => {
    const noLength = sessionOf("NONE", { room: "2.12", time: "9.00" });
    expect(findConflicts([sessionOf("LATE", { room: "2.12", time: "11.59" })], [noLength])).toHaveLength(1);
    expect(findConflicts([sessionOf("NEXT", { room: "2.12", time: "12.00" })], [noLength])).toEqual([]);
    expect(findConflicts([sessionOf("X")], [sessionOf("Y")])).toEqual([]);
  });

  it("compares changed sessions with each other, not with their old selves, and heeds no session that is called off", () => {
    const twin = sessionOf("TWIN", { room: "2.12" });
    expect(findConflicts([morning, twin], [])).toEqual([{ sessionId: "TWIN", otherId: "MORNING", over: "room" }]);
    expect(findConflicts([{ ...morning, room: "2.14" }, twin], [morning])).toEqual([]);
    expect(findConflicts([twin], [{ ...morning, state: "cancelled" }])).toEqual([]);
    expect(findConflicts([{ ...twin, state: "cancelled" }], [morning])).toEqual([]);
  });
});

describe("assertNoConflicts", () => {
  it("names sessions and what they share, never a person", () => {
    const attempt = (): void => assertNoConflicts([sessionOf("OTHER", STAFF)], [morning]);
    expect(attempt).toThrow(/OTHER and MORNING \(room\), OTHER and MORNING \(host\), OTHER and MORNING \(interpreter\)/);
    expect(attempt).not.toThrow(/Aino|Omar/);
    expect(attempt).toThrow(expect.objectContaining({ code: "sessionInvalid" }));
  });
});
