import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSmtpSender } from "../../src/adapters/smtp-sender.ts";
import type { MailSender } from "../../src/mail-config.ts";
import type { OutgoingLetter } from "../../src/pipeline/mail-ports.ts";
import { startSmtpServer, type TestSmtpServer } from "./smtp-server.ts";

const LETTER: OutgoingLetter = {
  from: "ilmo@office.example",
  to: "clerk@unit.example",
  subject: "Viesti vastaanotettu, viite M-K7M3-92",
  text: "Viestinne on vastaanotettu.\nÅländsk ö.\n",
  messageId: "<7f1c@office.example>",
  inReplyTo: "<letter-1@unit.example>",
  date: new Date("2026-03-02T07:15:00Z"),
  isAutomatic: true,
};

describe("createSmtpSender", () => {
  let server: TestSmtpServer;
  const settings = (change: Partial<MailSender> = {}): MailSender => ({
    host: "127.0.0.1",
    port: server.port,
    security: "plain",
    user: "ilmo",
    password: "s3cret",
    ...change,
  });
  const send = (change: Partial<MailSender> = {}) => createSmtpSender(settings(change), { socketTimeoutMs: 2_000 }).send(LETTER);

  beforeAll(async () => {
    server = await startSmtpServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.received.length = 0;
    server.behave("take");
  });

  it("sends an answer that no machine answers and that belongs to the letter it answers", async () => {
    expect(await send()).toEqual({ kind: "sent" });
    expect(server.received.map(({ to }) => to)).toEqual(["clerk@unit.example"]);
    const text = server.received[0]?.text.replaceAll("\r\n ", " ") ?? "";
    expect(text).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    expect(text).toMatch(/^X-Auto-Response-Suppress: All\r$/m);
    expect(text).toMatch(/^In-Reply-To: <letter-1@unit\.example>\r$/m);
    expect(text).toMatch(/^References: <letter-1@unit\.example>\r$/m);
    expect(text).toMatch(/^Message-ID: <7f1c@office\.example>\r$/m);
  });

  it.each([
    ["a recipient for now", { code: 451, at: "rcpt" }, { kind: "temporary", responseCode: 451 }],
    ["the text for now", { code: 452, at: "data" }, { kind: "temporary", responseCode: 452 }],
    ["a recipient for ever", { code: 550, at: "rcpt" }, { kind: "refused", responseCode: 550 }],
    ["the text for ever", { code: 554, at: "data" }, { kind: "refused", responseCode: 554 }],
  ] as const)("tells that the server refuses %s", async (_what, mood, outcome) => {
    server.behave(mood);
    expect(await send()).toEqual(outcome);
  });

  it("does not know what became of a letter when the connection is cut after its text", async () => {
    server.behave("cutAfterData");
    expect(await send()).toEqual({ kind: "unsure" });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ["nobody listens", { port: 1 }],
    ["the login is refused", { password: "wrong" }],
    ["the server speaks no TLS", { security: "tls", host: "localhost" }],
    ["the server offers no STARTTLS", { security: "starttls", host: "localhost" }],
  ] as const)("has sent nothing when %s", async (_what, change) => {
    expect(await send(change)).toEqual({ kind: "unreachable" });
    expect(server.received).toEqual([]);
  });
});
