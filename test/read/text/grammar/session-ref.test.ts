import { describe, expect, it } from "vitest";
import type { Session } from "../../../../src/model/session.ts";
import { resolveSession } from "../../../../src/read/text/grammar/session-ref.ts";

const session = (id: string, language: string, date: string, time: string, place: string): Session => ({
  id,
  code: id.slice(0, 7),
  language,
  date,
  time,
  place,
  address: "Esimerkkikatu 1",
  capacity: 35,
  kind: "groupInfo",
  state: "open",
});

const SESSIONS = [
  session("AR-0710-900", "ar", "2026-10-07", "9.00", "TE-toimisto, Pasila"),
  session("AR-0710-1230", "ar", "2026-10-07", "12.30", "TE-toimisto, Tikkurila"),
  session("FA-0710-900", "fa", "2026-10-07", "9.00", "TE-toimisto, Pasila"),
  session("SO-0810-900", "so", "2026-10-08", "9.00", "Esimerkin vastaanottokeskus"),
];

describe("resolveSession", () => {
  it("writes the date with the digits that its look-alikes stand for", () => {
    expect(resolveSession("arabia O7.10.202G klo 9.00", SESSIONS)?.text).toBe("arabia 07.10.2026 klo 9.00");
  });

  it("writes a session's code with the letters and digits that its look-alikes stand for", () => {
    expect(resolveSession("S0-O81O / 8.10.2026 9.00", SESSIONS)).toMatchObject({ text: "SO-0810 / 8.10.2026 9.00", parts: 4 });
    expect(resolveSession("S0-0910 / 9.10.2026 9.00", SESSIONS)).toBeNull();
  });

  it("names the session but explains not every word when one belongs to nothing", () => {
    const resolved = resolveSession("somali 8.10.2026 ar 9.00 Esimerkin vastaanottokeskus", SESSIONS);
    expect(resolved).toMatchObject({ session: { id: "SO-0810-900" }, isFullyExplained: false });
    expect(resolveSession("somali 8.10.2026 at 9.00 Esimerkin vastaanottokeskus", SESSIONS)?.isFullyExplained).toBe(true);
  });

  it.each([
    ["arabia 7.10.2026 klo 9.00 Pasila", "AR-0710-900", 4],
    ["Arabic 07.10.2026 12.30 Tikkurila", "AR-0710-1230", 4],
    ["arabiska, 7.10.2026, 9.00", "AR-0710-900", 3],
    ["FA-0710 / 07.10.2026 9.00", "FA-0710-900", 4],
    ["somali 8.10.2026", "SO-0810-900", 2],
    ["SO-0810", "SO-0810-900", 2],
    ["arabia O7.10.202G klo 9.00", "AR-0710-900", 3],
    ["арабский 07.10.2026 9.00 Pasila", "AR-0710-900", 4],
  ])("reads %s as %s with %i parts", (text, id, parts) => {
    const resolved = resolveSession(text, SESSIONS);
    expect(resolved).toMatchObject({ isFullyExplained: true, parts });
    expect(resolved?.session.id).toBe(id);
  });

  it.each([
    ["two sessions fit", "arabia 7.10.2026"],
    ["the date has no session", "arabia 8.10.2026 9.00"],
    ["the time is another", "somali 8.10.2026 12.30"],
    ["the place is another", "arabia 7.10.2026 9.00 Tikkurila"],
    ["only a date is written", "8.10.2026"],
    ["two dates are written", "somali 8.10.2026 7.10.2026"],
    ["nothing is written", ""],
  ])("returns null when %s", (_why, text) => {
    expect(resolveSession(text, SESSIONS)).toBeNull();
  });

  it("spells the place as the list does when a letter or a space was misread", () => {
    const resolved = resolveSession("somali 8.10.2026 9.00 Esimerkin vastaanottoke skus", SESSIONS);
    expect(resolved?.text).toBe("somali 8.10.2026 9.00 Esimerkin vastaanottokeskus");
    expect(resolveSession("somali 8.10.2026 9.00 Esimerkin vastaanottakeskus", SESSIONS)?.text).toBe(resolved?.text);
    expect(resolveSession("arabia, 7.10.2026, 9.00, Pasiia", SESSIONS)).toBeNull();
    expect(resolveSession("arabia, 7.10.2026, 9.00, Pasila", SESSIONS)?.text).toBe("arabia, 7.10.2026, 9.00, Pasila");
  });

  it("gives two readings of the same mark the same key", () => {
    const a = resolveSession("arabia, 7.10.2026, 9.00, Pasila", SESSIONS);
    const b = resolveSession("Arabic 07.10.2026 klo 9.00 Pasila", SESSIONS);
    expect(a?.key).toBe(b?.key);
  });
});
