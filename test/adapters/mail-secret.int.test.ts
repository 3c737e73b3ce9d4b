import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openMailSecret } from "../../src/adapters/mail-secret.ts";

const folder = mkdtempSync(join(tmpdir(), "ilmo-secret-"));
afterAll(() => rmSync(folder, { recursive: true }));
const server = (change: object) => ({ host: "x", security: "tls" as const, user: "intake", ...change });

describe("openMailSecret", () => {
  it("keeps a token until the server refuses it, and then asks for another one", async () => {
    const counter = join(folder, "count");
    const secret = openMailSecret(server({ tokenCommand: ["sh", "-c", `echo x >>${counter}; wc -l <${counter}`] }));
    expect(await secret.login()).toEqual({ user: "intake", accessToken: "1" });
    expect(await secret.login()).toEqual({ user: "intake", accessToken: "1" });
    expect(secret.forget()).toBe(true);
    expect(await secret.login()).toEqual({ user: "intake", accessToken: "2" });
  });

  it("reads a file's first line, anew after a refusal", async () => {
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, "old\n");
    const secret = openMailSecret(server({ passwordFile }));
    expect(await secret.login()).toEqual({ user: "intake", pass: "old" });
    writeFileSync(passwordFile, "new\nsecond line\n");
    secret.forget();
    expect(await secret.login()).toEqual({ user: "intake", pass: "new" });
  });

  it("knows that a password of the configuration does not change", async () => {
    const secret = openMailSecret(server({ password: "x" }));
    await secret.login();
    expect(secret.forget()).toBe(false);
  });

  it.each([
    ["a command that fails", { tokenCommand: ["sh", "-c", "echo secret-hint >&2; exit 3"] }],
    ["a file that is not there", { tokenFile: join(folder, "nothing") }],
  ])("tells %s without its words", async (_what, change) => {
    const fault = await openMailSecret(server(change))
      .login()
      .catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "mailLoginRefused" });
    expect(String(fault)).not.toMatch(/secret-hint|nothing/);
  });
});
