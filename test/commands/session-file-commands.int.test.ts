import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { exportSessions, importSessions, loadSessionFile } from "../../src/commands/session-file-commands.ts";
import { withOffice } from "../../src/commands/with-office.ts";
import type { Config } from "../../src/config.ts";
import { callOff } from "../../src/pipeline/session-operations.ts";
import { holdOffice } from "./hold-office.ts";
import { quietTerminal } from "./quiet-terminal.ts";

let home: string;
let config: Config;
let said: string[];
let json: unknown[];
const terminal = quietTerminal(
  (text) => void said.push(text),
  (value) => void json.push(value),
);

holdOffice((office) => {
  ({ home, config } = office);
});

beforeEach(() => {
  said = [];
  json = [];
});

const file = (name: string, text: string): string => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};

const HEADER = "Tunnus;Kieli;Päivä;Aika;Paikka;Osoite;Tila";
const WRONG = `${HEADER}\nA;ar;9.3.2027;9.00;TE-toimisto;Ratapihantie 7;Sali 1\nB;kurdi;9.3.2027;12.30;TE-toimisto;Salakatu 1;Sali 1\n`;

describe("importSessions", () => {
  it("takes nothing in when a row is wrong, and tells the row, the column and what was expected", async () => {
    const failure: unknown = await importSessions(config, terminal, file("wrong.csv", WRONG)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "sessionInvalid", message: expect.stringContaining('row 3, column "Kieli"') as unknown });
    expect(String(failure)).not.toMatch(/Salakatu|kurdi;/);
    await exportSessions(config, terminal, { format: "json" });
    expect(json).toMatchObject([{ sessions: [] }]);
  });

  it("takes the right rows when asked to, and tells what it left out", async () => {
    await importSessions(config, terminal, file("wrong.csv", WRONG), { skipWrong: true });
    expect(json).toMatchObject([{ imported: 1, added: ["A"], skipped: [{ rowNumber: 3, column: "Kieli" }] }]);
    expect(said.join("\n")).toContain("skipped: row 3");
  });

  it("refuses two sessions in one room at a time, and keeps what was there", async () => {
    const twice = `${HEADER}\nC;so;9.3.2027;10.00;TE-toimisto;Ratapihantie 7;Sali 1\nD;so;10.3.2027;10.00;TE-toimisto;Ratapihantie 7;Sali 1\n`;
    await expect(importSessions(config, terminal, file("twice.csv", twice))).rejects.toMatchObject({ code: "sessionInvalid" });
    await exportSessions(config, terminal, { format: "json" });
    expect(json).toMatchObject([{ sessions: [{ id: "A" }] }]);
  });

  it("tells which sessions are in a language that the office does not serve", async () => {
    const foreign = `${HEADER}\nE;kmr;9.3.2027;15.00;TE-toimisto;Ratapihantie 7;Sali 5\n`;
    await importSessions(config, terminal, file("foreign.csv", foreign));
    expect(json).toMatchObject([{ added: ["E"], notServed: ["E"] }]);
    expect(said.join("\n")).toContain("nobody is sent there: E.");
    await withOffice(config, ({ store }) => callOff(store, { sessionId: "E", by: "test", reason: "officeError" }));
  });

  it("keeps the office's rules when a file has none", async () => {
    await importSessions(config, terminal, file("rules.json", JSON.stringify({ rules: { minDaysBefore: 5 }, sessions: [] })));
    await importSessions(config, terminal, file("none.json", JSON.stringify({ sessions: [] })));
    json = [];
    await exportSessions(config, terminal, { format: "json" });
    expect(json).toMatchObject([{ rules: { minDaysBefore: 5 } }]);
  });
});

describe("exportSessions", () => {
  it.each(["csv", "json"])("writes %s that is taken in again without a change", async (format) => {
    const out = join(home, `out.${format}`);
    await exportSessions(config, terminal, { format, out });
    json = [];
    await importSessions(config, terminal, out);
    expect(json).toMatchObject([{ imported: 2, added: [], changed: [], unchanged: ["A", "E"] }]);
    expect(readFileSync(out, "utf8").startsWith(format === "csv" ? "\uFEFF" : "{")).toBe(true);
    expect((await loadSessionFile(out)).sessions).toMatchObject([
      { id: "A", room: "Sali 1" },
      { id: "E", state: "cancelled" },
    ]);
  });

  it("refuses another format and writes nothing", async () => {
    const out = join(home, "out.xml");
    await expect(exportSessions(config, terminal, { format: "xml", out })).rejects.toMatchObject({ code: "usage" });
    expect(existsSync(out)).toBe(false);
  });
});

describe("loadSessionFile", () => {
  it.each([
    ["a file that is not there", "no.json", "usage"],
    ["a file without sessions", "wrong.csv", "sessionInvalid"],
  ])("refuses %s", async (_, name, code) => {
    await expect(loadSessionFile(join(home, name))).rejects.toMatchObject({ code });
  });
});
