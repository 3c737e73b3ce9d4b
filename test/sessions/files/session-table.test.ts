import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SESSION_STATES, Session } from "../../../src/model/session.ts";
import { formatSessionTable } from "../../../src/sessions/files/format-session-table.ts";
import { parseCsv } from "../../../src/sessions/files/parse-csv.ts";
import { parseSessionTable } from "../../../src/sessions/files/parse-session-table.ts";
import { SESSION_COLUMNS } from "../../../src/sessions/files/session-columns.ts";
import { formatRowFault } from "../../../src/sessions/files/table.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const parseText = (text: string): ReturnType<typeof parseSessionTable> => parseSessionTable(parseCsv(bytesOf(text)));

const HEADER = "Kieli;Päivä;Aika;Paikka;Osoite";
const ROW = "ar;2026-03-09;9.00;TE-toimisto;Ratapihantie 7";
const AR_SESSION = { id: "AR-0903-2026-0900", code: "AR-0903", language: "ar", date: "2026-03-09", time: "9.00", place: "TE-toimisto" };

/** Text as people and attackers write it: separators, quotes, line breaks, formula signs, other scripts. */
const anyText = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc
      .tuple(fc.constantFrom("=", "+", "-", "@", "'", "'=", "''@", "\t", "\r", '"', ";", "\n", "\r\n", "\uFEFF", "د"), fc.string())
      .map((parts) => parts.join("")),
  )
  .filter((text) => text.trim() !== "");
const anyId = anyText.map((text) => text.trim());
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const anySession: fc.Arbitrary<Session> = fc
  .record({
    id: anyId,
    code: anyId,
    language: fc.constantFrom("ar", "so", "ckb", "kmr", "prs", "fa", "en", "tir"),
    date: fc
      .date({ min: new Date("2020-01-01"), max: new Date("2039-12-31"), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
    time: fc.constantFrom("9.00", "12:30", "09:05", "0.00", "23:59"),
    place: anyText,
    address: anyText,
    room: optional(anyText),
    host: optional(anyText),
    interpreter: optional(anyText),
    durationHours: optional(fc.integer({ min: 1, max: 9 })),
    capacity: fc.integer({ min: 1, max: 500 }),
    kind: fc.constantFrom("groupInfo", "skillsSurvey"),
    state: fc.constantFrom(...SESSION_STATES),
    seriesId: optional(anyId),
    minParticipants: optional(fc.integer({ min: 1, max: 35 })),
  })
  .map((session) => Session.parse(session));

describe("formatSessionTable", () => {
  it("gives a table that is read back as the same sessions", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anySession, { selector: ({ id }) => id, maxLength: 8 }), (sessions) => {
        const parsed = parseText(formatSessionTable(sessions));
        expect(parsed.faults).toEqual([]);
        expect(parsed.sessions.map(({ session }) => session)).toEqual(sessions);
      }),
      { numRuns: 300 },
    );
  });

  it("has a column for every field of a session", () => {
    expect(SESSION_COLUMNS.map(({ field }) => field).toSorted()).toEqual(Object.keys(Session.shape).toSorted());
  });

  it("escapes cells that a spreadsheet would run", () => {
    const session = Session.parse({
      ...AR_SESSION,
      address: "x",
      host: '=HYPERLINK("http://x")',
      room: "-1",
      interpreter: "@a",
      place: "+3",
    });
    const [, row = ""] = formatSessionTable([session]).split("\r\n");
    for (const cell of [`"'=HYPERLINK(""http://x"")"`, `"'-1"`, `"'@a"`, `"'+3"`]) expect(row.split(";")).toContain(cell);
  });

  it("starts with a byte order mark and ends every row with CRLF", () => {
    const text = formatSessionTable([Session.parse({ ...AR_SESSION, address: "x" })]);
    expect(text.startsWith('\uFEFF"Tunnus";"Koodi"')).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(text.endsWith('"\r\n')).toBe(true);
  });
});

describe("parseSessionTable", () => {
  it.each([
    ["semicolons and LF", `${HEADER}\n${ROW}\n`],
    [
      "commas, CRLF and quotes",
      `${HEADER.replaceAll(";", ",")}\r\n${ROW.replaceAll(";", ",").replace("Ratapihantie 7", '"Ratapihantie 7"')}\r\n`,
    ],
    ["a byte order mark", `\uFEFF${HEADER}\n${ROW}`],
    [
      "English headers, a Finnish day, a name of a language",
      `Language;DATE;time;Place;Address\narabia;9.3.2026;9.00;TE-toimisto;Ratapihantie 7`,
    ],
    ["a time with seconds", `${HEADER}\n${ROW.replace("9.00", "9.00.00")}`],
    ["empty rows and cells", `${HEADER};Tila\n\n;;;;;\n${ROW};\n`],
  ])("reads %s", (_, text) => {
    const { sessions, faults } = parseText(text);
    expect(faults).toEqual([]);
    expect(sessions.map(({ session }) => session)).toMatchObject([{ ...AR_SESSION, address: "Ratapihantie 7", capacity: 35 }]);
    expect(sessions[0]?.session).not.toHaveProperty("room");
  });

  it.each(["windows-1252", "utf-16le"])("reads letters in %s", (encoding) => {
    const text = `${HEADER};Vetäjä\n${ROW};Åke Mäki–Öhman €`;
    const latin = [...text].map((letter) => ({ "–": 0x96, "€": 0x80 })[letter] ?? letter.charCodeAt(0));
    const bytes = encoding === "utf-16le" ? Buffer.from(`\uFEFF${text}`, "utf16le") : Uint8Array.from(latin);
    expect(parseSessionTable(parseCsv(bytes)).sessions[0]?.session.host).toBe("Åke Mäki–Öhman €");
  });

  it("keeps a comma in an unquoted cell when semicolons part the cells", () => {
    expect(parseText(`${HEADER}\nar;2026-03-09;9.00;TE-toimisto, Pasila, 2. krs;x`).sessions[0]?.session.place).toBe(
      "TE-toimisto, Pasila, 2. krs",
    );
  });

  it("tells row, column and what was expected of every wrong row, and not what stands there", () => {
    const { sessions, faults } = parseText(
      [
        `${HEADER};Paikkoja;Vaihe;Tunnus`,
        `${ROW};35;open;A`,
        `kurdi;31.2.2026;25.00;;Salainenkatu 1;0;auki;B`,
        `${ROW};12,5;open;A`,
        `${ROW};35;open;A`,
      ].join("\n"),
    );
    expect(sessions.map(({ rowNumber }) => rowNumber)).toEqual([2]);
    expect(faults.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [3, "Kieli"],
      [3, "Päivä"],
      [3, "Aika"],
      [3, "Paikka"],
      [3, "Paikkoja"],
      [3, "Vaihe"],
      [4, "Paikkoja"],
      [5, "id"],
    ]);
    expect(faults.map(formatRowFault)[1]).toBe('row 3, column "Päivä": expected a day such as 2026-03-09 or 9.3.2026');
    expect(JSON.stringify(faults)).not.toMatch(/Salainen|auki|31\.2/);
  });

  it("tells missing, unknown and repeated headers and reads no row", () => {
    const { sessions, faults } = parseText(`Kieli;Päivä;Aika;Paikka;Language;Väri\n${ROW};x`);
    expect(sessions).toEqual([]);
    expect(faults.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [1, "Language"],
      [1, "6"],
      [1, null],
    ]);
  });

  it.each(["persia", "kurdi", "kurdish", "persian"])("does not guess which language %s is", (language) => {
    expect(parseText(`${HEADER}\n${ROW.replace("ar;", `${language};`)}`).faults).toMatchObject([{ rowNumber: 2, column: "Kieli" }]);
  });

  it("names the line of an open quote and nothing of its text", () => {
    const failure = (() => {
      try {
        return parseText(`${HEADER}\n"Salainen;x`);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toMatchObject({ code: "fileDamaged", message: expect.stringContaining("line") as unknown });
    expect(JSON.stringify([String(failure), failure])).not.toContain("Salainen");
  });
});
