import { describe, expect, it } from "vitest";
import { judgeSession } from "../../../src/read/text/judge-session.ts";
import { lineOf } from "./reading-samples.ts";

const SESSIONS = [
  {
    id: "AR-0710-900",
    code: "AR-0710",
    language: "ar",
    date: "2026-10-07",
    time: "9.00",
    place: "TE-toimisto, Pasila",
    address: "",
    capacity: 35,
    kind: "groupInfo",
    state: "open" as const,
  },
  {
    id: "SO-0810-900",
    code: "SO-0810",
    language: "so",
    date: "2026-10-08",
    time: "9.00",
    place: "TE-toimisto, Pasila",
    address: "",
    capacity: 35,
    kind: "groupInfo",
    state: "open" as const,
  },
];

describe("judgeSession", () => {
  it("accepts a mark that both readers resolve to one session", () => {
    const verdict = judgeSession([lineOf({ words: "SO-0810 / 8.10.2026 9.00" })], SESSIONS);
    expect(verdict).toMatchObject({ isProved: true, evidence: ["codeList", "twoReaders"] });
  });

  it.each([" -", " –", " |", "._"])("leaves the box's own line at the end out of the mark: %s", (rest) => {
    expect(judgeSession([lineOf({ words: `SO-0810 / 8.10.2026 9.00${rest}` })], SESSIONS)?.value).toBe("SO-0810 / 8.10.2026 9.00");
  });

  it("accepts one reader's mark when language, date, time and place check each other", () => {
    const verdict = judgeSession([lineOf({ words: "arabia 7.10.2026 9.00 Pasila", shapes: "araba7.1O.zo26" })], SESSIONS);
    expect(verdict).toMatchObject({ isProved: true, value: "arabia 7.10.2026 9.00 Pasila", evidence: ["codeList"] });
  });

  it("guesses the session of a mark whose language is written in Cyrillic letters, on a Russian form only", () => {
    const line = lineOf({ words: "apa6cknn 7.10.2026 9.00 Pasila", shapes: "apa6ckn 7.10.2026 9.00 Pasila" });
    expect(judgeSession([line], SESSIONS, "ru")).toMatchObject({ value: "арабский 7.10.2026 9.00 Pasila", isProved: false });
    expect(judgeSession([line], SESSIONS, "fi")).toBe(null);
  });

  describe("with a reader of Cyrillic letters", () => {
    const seenAs = (language: string, confidence: number, latin = "apa6cknn") => {
      const word = (text: string, sure: number) => ({ text, confidence: sure });
      const words = [word(language, confidence), ...["7.10.2026", "9.00", "Раз11а"].map((text) => word(text, 0.2))];
      const line = lineOf({ words: `${latin} 7.10.2026 9.00 Pasila`, shapes: `${latin} 7.10.2026 9.00 Pasila` });
      return [{ ...line, cyrillic: { text: words.map(({ text }) => text).join(" "), confidence: 0.2, words } }];
    };

    it("accepts the session whose language it names and the others' look bears out", () => {
      const verdict = judgeSession(seenAs("арабский", 0.95), SESSIONS, "ru");
      expect(verdict).toMatchObject({ value: "арабский 7.10.2026 9.00 Pasila", isProved: true });
    });

    it.each([
      ["it is unsure", seenAs("арабский", 0.6)],
      ["the others saw another language", seenAs("арабский", 0.95, "comanu")],
    ])("leaves the session to a person when %s", (_, lines) => {
      expect(judgeSession(lines, SESSIONS, "ru")?.isProved).toBe(false);
    });

    it("finds no session for a language that has none on that day", () => {
      expect(judgeSession(seenAs("сомали", 0.95, "comanu"), SESSIONS, "ru")?.isProved ?? false).toBe(false);
    });
  });

  it("leaves one reader's short mark to a person", () => {
    expect(judgeSession([lineOf({ words: "arabia 7.10.2026", shapes: "?" })], SESSIONS)).toMatchObject({ isProved: false });
  });

  it("leaves contradicting readers to a person", () => {
    const line = lineOf({ words: "arabia 7.10.2026 9.00 Pasila", shapes: "somali 8.10.2026 9.00 Pasila" });
    expect(judgeSession([line], SESSIONS)?.isProved).toBe(false);
  });

  it("returns null when the mark fits no session", () => {
    expect(judgeSession([lineOf({ words: "arabia 9.10.2026 9.00" })], SESSIONS)).toBeNull();
  });
});
