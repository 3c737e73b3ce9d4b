import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHome, removeHome } from "./adapters/test-home.ts";

const MAIN = resolve(import.meta.dirname, "../src/main.ts");

let home: string;

beforeAll(() => {
  home = createHome();
});

afterAll(() => {
  removeHome(home);
});

function ilmo(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8", env: { ...process.env, ILMO_HOME: home } });
}

describe("the command line", () => {
  it("says a fault to people on the error output and ends with the code of its kind", () => {
    const { status, stdout, stderr } = ilmo("forms", "remove", "nothing");
    expect(status).toBe(8);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^ilmo: Expected a layout id .*\[layoutInvalid\]\n$/);
  });

  it.each([
    ["before", ["--json", "forms", "remove", "nothing"]],
    ["after", ["forms", "remove", "nothing", "--json"]],
  ])("says a fault to programs too when --json stands %s the command", (_title, args) => {
    const { status, stdout } = ilmo(...args);
    expect(status).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject({ fault: { code: "layoutInvalid" } });
  });

  it("ends with the code for usage when a command does not exist", () => {
    expect(ilmo("nonsense").status).toBe(2);
  });
});
