import { describe, expect, it } from "vitest";
import { Session } from "../../../src/model/session.ts";
import { parseSessionJson } from "../../../src/sessions/files/parse-session-json.ts";

const SESSION = { id: "A", code: "AR-0903", language: "ar", date: "2026-03-09", time: "9.00", place: "TE-toimisto", address: "Katu 1" };

describe("parseSessionJson", () => {
  it("reads sessions and rules, with what is not said filled in", () => {
    const parsed = parseSessionJson(JSON.stringify({ rules: { minDaysBefore: 5 }, sessions: [SESSION] }));
    expect(parsed.rules).toMatchObject({ minDaysBefore: 5, maxDaysBefore: 14 });
    expect(parsed.sessions).toEqual([{ rowNumber: 1, session: Session.parse(SESSION) }]);
    expect(parsed.faults).toEqual([]);
  });

  it("says when a file has no rules, so that the office's stay", () => {
    expect(parseSessionJson(JSON.stringify({ sessions: [] })).rules).toBeNull();
  });

  it("tells every wrong entry with its place and field", () => {
    const wrong = [SESSION, { ...SESSION, id: "B", date: "9.3.2026", capacity: 0 }, "x", { ...SESSION, id: "C", time: "9" }, SESSION];
    const parsed = parseSessionJson(JSON.stringify({ sessions: wrong }));
    expect(parsed.sessions.map(({ rowNumber }) => rowNumber)).toEqual([1]);
    expect(parsed.faults.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [2, "date"],
      [2, "capacity"],
      [3, ""],
      [4, "time"],
      [5, "id"],
    ]);
  });

  it.each([
    ["no JSON", "{"],
    ["no list", '{"sessions":{}}'],
    ["wrong rules", '{"rules":{"capacity":0},"sessions":[]}'],
  ])("refuses %s", (_, text) => {
    expect(() => parseSessionJson(text)).toThrow(expect.objectContaining({ code: "sessionInvalid" }));
  });
});
