import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Config } from "../src/config.ts";
import { removeLeftovers } from "../src/upkeep.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const HOUR_MS = 3_600_000;

let root: string;
let config: Config;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ilmo-upkeep-"));
  config = Config.parse({ home: join(root, "home"), inbox: join(root, "inbox"), outbox: join(root, "outbox") });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, ageHours: number): string {
  const at = new Date(NOW.getTime() - ageHours * HOUR_MS);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  utimesSync(path, at, at);
  return path;
}

describe("removeLeftovers", () => {
  it.each([
    { what: "half-written papers", place: ["outbox", "invitations", ".tmp", ".a.tmp"], keptHours: 2, goneHours: 3 },
    { what: "pictures of roster rows", place: ["outbox", "attendance-review", "row.png"], keptHours: 29 * 24, goneHours: 31 * 24 },
  ])("removes $what when they are old, and not before", async ({ place, keptHours, goneHours }) => {
    const path = put(join(root, ...place), keptHours);
    await removeLeftovers(config, NOW);
    expect(existsSync(path)).toBe(true);
    put(path, goneHours);
    await removeLeftovers(config, NOW);
    expect(existsSync(path)).toBe(false);
  });

  it("removes originals that a killed reading laid out, and leaves those of a reading that may still run", async () => {
    const [old, young] = ["old", "young"].map((name) => join(config.home, "reading", name));
    for (const folder of [old ?? "", young ?? ""]) put(join(folder, "0"), 0);
    const threeHoursAgo = new Date(NOW.getTime() - 3 * HOUR_MS);
    utimesSync(old ?? "", threeHoursAgo, threeHoursAgo);
    utimesSync(young ?? "", NOW, NOW);
    await removeLeftovers(config, NOW);
    expect(existsSync(old ?? "")).toBe(false);
    expect(existsSync(young ?? "")).toBe(true);
  });

  it("leaves finished papers alone, however old", async () => {
    const paper = put(join(config.outbox, "invitations", "K7M3-92-ar-v1.pdf"), 24 * 365);
    await removeLeftovers(config, NOW);
    expect(existsSync(paper)).toBe(true);
  });
});
