import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadUnitPasswords, passwordsFor, type UnitPasswords } from "../../src/adapters/unit-passwords.ts";

const UNITS: UnitPasswords = [
  { senders: ["desk@one.example"], passwords: ["a", "b"] },
  { senders: ["@two.example"], passwords: ["c", "a"] },
];
const from = (address: string) => ({ kind: "one", address }) as const;

describe("passwordsFor", () => {
  it.each([
    ["desk@one.example", ["a", "b", "c"]],
    ["anybody@two.example", ["c", "a", "b"]],
    ["desk@nottwo.example", ["a", "b", "c"]],
  ])("tries those of %s first, and each once", (address, passwords) => {
    expect(passwordsFor(UNITS, from(address))).toEqual(passwords);
  });

  it("tries all of them when nobody knows who sent the file, and no more than a hundred", () => {
    expect(passwordsFor(UNITS, undefined)).toEqual(["a", "b", "c"]);
    const many = [{ senders: [], passwords: Array.from({ length: 500 }, (_, index) => String(index)) }];
    expect(passwordsFor(many, { kind: "ambiguous" })).toHaveLength(100);
  });
});

describe("loadUnitPasswords", () => {
  it("holds none without a file, and never quotes a file that it cannot read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ilmo-passwords-"));
    try {
      const file = join(folder, "passwords.toml");
      writeFileSync(file, 'secret-word = ["');
      const fault: unknown = await loadUnitPasswords(file).catch((error: unknown) => error);
      expect(fault).toMatchObject({ code: "configInvalid" });
      expect(`${String(fault)} ${String((fault as Error).cause)}`).not.toContain("secret-word");
      expect(await loadUnitPasswords(undefined)).toEqual([]);
      writeFileSync(file, '[[unit]]\nsenders = ["Desk@One.example"]\npasswords = ["a"]\n');
      expect(await loadUnitPasswords(file)).toEqual([{ senders: ["desk@one.example"], passwords: ["a"] }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
