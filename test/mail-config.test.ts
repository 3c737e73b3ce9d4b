import { describe, expect, it } from "vitest";
import { Config } from "../src/config.ts";
import { MailConfig, SenderUnit } from "../src/mail-config.ts";

const ACCOUNT = { name: "main", host: "imap.office.example", user: "intake", password: "x" };
const accepts = (account: object): boolean => MailConfig.safeParse({ accounts: [{ ...ACCOUNT, ...account }] }).success;

describe("MailConfig", () => {
  it("asks for TLS unless told otherwise, and answers nobody by itself", () => {
    const { accounts, acknowledgements, completionRequests } = MailConfig.parse({ accounts: [ACCOUNT] });
    expect(accounts[0]).toMatchObject({ security: "tls", folder: "INBOX" });
    expect([acknowledgements, completionRequests]).toEqual(["off", "off"]);
  });

  it.each([
    ["plain talk to another machine", { security: "plain" }, false],
    ["plain talk to a name that only begins like this machine", { security: "plain", host: "localhost.elsewhere.example" }, false],
    ["plain talk on this machine", { security: "plain", host: "127.0.0.1" }, true],
    ["no secret", { password: undefined }, false],
    ["two secrets", { tokenCommand: ["token"] }, false],
    ["a token from a command", { password: undefined, tokenCommand: ["token", "--fresh"] }, true],
    ["a name that could be anybody's", { name: "Maija Meikäläinen" }, false],
    ["a print with colons", { fingerprint256: `${"AB:".repeat(31)}AB` }, true],
    ["a setting that there is not", { passwordfile: "/etc/ilmo/imap-password" }, false],
    ["half a print", { fingerprint256: "ab".repeat(16) }, false],
  ])("with %s: %o is %s", (_what, change, isTaken) => {
    expect(accepts(change)).toBe(isTaken);
  });
});

describe("Config", () => {
  it.each([
    ["mail", { mail: { authServIds: ["mx.office.example"] } }],
    ["the top", { blobkeyFile: "/etc/ilmo/key" }],
    ["smime", { smime: { trustedFile: [] } }],
    ["a sender", { senders: [{ unit: "Yksikkö", domain: ["unit.example"] }] }],
  ])("refuses a misspelt setting in %s: what it was to guard would stand open in silence", (_where, settings) => {
    expect(Config.safeParse(settings).success).toBe(false);
  });
});

describe("SenderUnit", () => {
  it("compares in small letters", () => {
    expect(SenderUnit.parse({ unit: "Yksikkö", addresses: ["One@Unit.example"], domains: ["Unit.EXAMPLE"] })).toMatchObject({
      addresses: ["one@unit.example"],
      domains: ["unit.example"],
      language: "fi",
    });
  });
});
