import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sync } from "node-ical";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readPdfFacts } from "../../src/adapters/document-gate.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/adapters/embedded-postgres.ts";
import { printDoorLists, writeCalendars } from "../../src/commands/session-day-commands.ts";
import { withOffice } from "../../src/commands/with-office.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { saveSessions } from "../../src/pipeline/save-sessions.ts";
import { createSession } from "../adapters/store-inputs.ts";
import { createHome, removeHome } from "../adapters/test-home.ts";
import { quietTerminal } from "./quiet-terminal.ts";

const DAY = "2099-03-16";
let home: string;
let config: Config;
let server: EmbeddedPostgres;
let json: unknown[];
const terminal = quietTerminal(
  () => {},
  (value) => void json.push(value),
);

beforeAll(async () => {
  home = createHome();
  config = loadConfig({ ILMO_HOME: home, ILMO_OUTBOX: join(home, "outbox"), ILMO_LOG_LEVEL: "silent" }, home);
  server = await startEmbeddedPostgres({ home });
  const shared = { date: DAY, code: "AR-1603", host: "Maija Matkalainen" };
  await withOffice(config, ({ store }) =>
    saveSessions(
      store,
      [
        createSession({ ...shared, id: "A", time: "9.00", place: "TE-toimisto, Pasila", room: "Sali 1", interpreter: "Layla Tulkki" }),
        createSession({ ...shared, id: "B", time: "13.00", place: "TE-toimisto, Tikkurila", room: "Sali 2" }),
      ],
      "test",
    ),
  );
});

afterAll(async () => {
  await server.stop();
  removeHome(home);
});

beforeEach(() => {
  json = [];
});

describe("writeCalendars", () => {
  it("writes a file for each host and interpreter once, and again for the session that changed", async () => {
    await writeCalendars(config, terminal, {});
    await writeCalendars(config, terminal, {});
    await withOffice(config, async ({ store }) => {
      const [session] = (await store.listSessions()).filter(({ id }) => id === "B");
      if (session !== undefined) await saveSessions(store, [{ ...session, room: "Sali 9" }], "test");
    });
    await writeCalendars(config, terminal, { session: "B" });
    const [first, second, third] = json as { sessionId: string; role: string; sequence: number; relativePath: string }[][];
    expect(first?.map(({ sessionId, role }) => [sessionId, role])).toEqual([
      ["A", "host"],
      ["A", "interpreter"],
      ["B", "host"],
    ]);
    expect(second).toEqual([]);
    expect(third).toMatchObject([{ sessionId: "B", role: "host", sequence: 1 }]);
    const text = readFileSync(join(config.outbox, third?.[0]?.relativePath ?? ""), "utf8");
    const events = Object.values(sync.parseICS(text)).filter((item) => item?.type === "VEVENT");
    expect(events).toMatchObject([{ sequence: 1, location: expect.stringContaining("Sali 9") as unknown }]);
  });
});

describe("printDoorLists", () => {
  it("prints one list a place through the gates, and none for a day without sessions", async () => {
    await printDoorLists(config, terminal, { date: "16.3.2099" });
    await printDoorLists(config, terminal, { date: "17.3.2099" });
    expect(json).toMatchObject([
      { files: [expect.stringContaining("Pasila") as unknown, expect.stringContaining("Tikkurila") as unknown] },
      { files: [] },
    ]);
    const names = readdirSync(join(config.outbox, "door-lists")).filter((name) => name.endsWith(".pdf"));
    expect(names).toHaveLength(2);
    const facts = await readPdfFacts(readFileSync(join(config.outbox, "door-lists", names.toSorted()[0] ?? "")));
    expect(facts.pages[0]?.text).toContain("Sali 1");
    expect(facts.pages[0]?.text).not.toMatch(/Sali 9|Maija|Layla/);
  });

  it("refuses what is no day", async () => {
    await expect(printDoorLists(config, terminal, { date: "huomenna" })).rejects.toMatchObject({ code: "usage" });
  });
});
