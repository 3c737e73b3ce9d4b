import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MailMessage } from "../../src/pipeline/mail-store-port.ts";
import { type Dovecot, startDovecot } from "../adapters/dovecot.ts";
import { startTcpProxy, type TcpProxy } from "../adapters/tcp-proxy.ts";
import { eventually, type LetterFacts, type MailOffice, makeLetter, openMailOffice } from "./mail-setup.ts";

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("taking in mail from a real server", () => {
  let dovecot: Dovecot;
  let proxy: TcpProxy;
  let setup: MailOffice;

  const countIn = async (user: string, folder: string): Promise<number> => {
    const client = await dovecot.client(user);
    const status = await client.status(folder, { messages: true }).catch(() => false as const);
    await client.logout();
    return status === false ? 0 : (status.messages ?? 0);
  };
  const put = async (user: string, facts: LetterFacts = {}): Promise<Buffer> => {
    const letter = makeLetter(facts);
    const client = await dovecot.client(user);
    await client.append("INBOX", letter);
    await client.logout();
    return letter;
  };
  const find = (account: string, is: (message: MailMessage) => boolean) => async (): Promise<MailMessage | undefined> =>
    (await setup.mail({ account })).find(is);
  const withId = (id: string) => (message: MailMessage) => message.messageId === id;

  beforeAll(async () => {
    dovecot = await startDovecot();
    proxy = await startTcpProxy(dovecot.port);
    setup = await openMailOffice([
      dovecot.account("main"),
      dovecot.account("second", { caFile: undefined, fingerprint256: dovecot.fingerprint256 }),
      dovecot.account("weak", { port: proxy.port }),
    ]);
    setup.start({ mail: { socketTimeoutMs: 1_000, maxMessageBytes: 8 * 1024 * 1024 } });
  });

  afterAll(async () => {
    await setup.close();
    proxy.close();
    await dovecot.stop();
  });

  it("records a message before it moves it, and moves it when its submission has ended", async () => {
    const letter = await put("main", { id: "<first@unit.example>" });
    const waiting = await eventually(
      "a recorded message",
      find("main", ({ state }) => state === "waiting"),
    );
    expect(waiting).toMatchObject({ kind: "forms", unit: "Vastaanottokeskus Koe", language: "sv", isMoved: false, documentCount: 1 });
    const submission = await setup.office.store.getSubmission(waiting.submissionId ?? "");
    expect(submission).toMatchObject({ channel: "mail", source: "main", state: "received" });
    expect(submission.files[0]).toMatchObject({ mediaType: "message/rfc822", sha256: sha256Of(letter) });
    expect(Buffer.from(await setup.office.blobs.get(sha256Of(letter))).equals(letter)).toBe(true);
    expect(await countIn("main", "INBOX")).toBe(1);
    await setup.finishAll();
    await eventually("the move", async () => (await countIn("main", "Processed")) === 1);
    expect(await countIn("main", "INBOX")).toBe(0);
    await eventually(
      "the note of the move",
      find("main", ({ isMoved }) => isMoved),
    );
  });

  it("takes several accounts at once, one of them by the print of its certificate", async () => {
    await put("second");
    await eventually(
      "mail of the second account",
      find("second", ({ state }) => state === "waiting"),
    );
    const checks = await setup.office.store.listMailChecks();
    expect(checks.map(({ account, fault }) => ({ account, fault }))).toEqual([
      { account: "main", fault: null },
      { account: "second", fault: null },
      { account: "weak", fault: null },
    ]);
  });

  it("links a message that is delivered twice to the first one, whatever its way here was", async () => {
    const id = "<twice@unit.example>";
    const letter = await put("main", { id });
    await eventually("the first delivery", find("main", withId(id)));
    const client = await dovecot.client("second");
    await client.append(
      "INBOX",
      Buffer.concat([Buffer.from("Received: from relay.example by mx.example; Mon, 2 Mar 2026 09:15:01 +0200\r\n"), letter]),
    );
    await client.logout();
    const second = await eventually(
      "the second delivery",
      find("second", (message) => withId(id)(message) && message.state === "waiting"),
    );
    const first = await eventually(
      "the first submission",
      find("main", (message) => withId(id)(message) && message.submissionId !== null),
    );
    expect(second).toMatchObject({ isDuplicate: true, submissionId: first.submissionId });
  });

  it("lets nobody hide a message behind its Message-ID", async () => {
    const id = "<forestalled@unit.example>";
    await put("main", { id, from: "attacker@elsewhere.example", text: "first" });
    await eventually("the attacker's message", find("main", withId(id)));
    await put("main", { id, text: "the real one" });
    const real = await eventually(
      "the real message",
      find("main", (message) => withId(id)(message) && message.state === "waiting"),
    );
    expect(real).toMatchObject({ isDuplicate: false, fromAddress: "clerk@unit.example" });
  });

  it.each([
    ["all parts readable", ["X-Test-Parts: 2"], "Processed"],
    ["some parts not readable", ["X-Test-Parts: 1", "X-Test-Bad: 1"], "Partial"],
    ["nothing readable", ["X-Test-Damaged: yes"], "Quarantine"],
  ])("moves a message with %s where it belongs", async (name, headers, folder) => {
    const id = `<outcome-${name.replaceAll(" ", "-")}@unit.example>`;
    await put("main", { id, headers });
    await eventually(
      "the message",
      find("main", (message) => withId(id)(message) && message.state !== "recorded"),
    );
    await setup.finishAll();
    const moved = await eventually(
      "the move",
      find("main", (message) => withId(id)(message) && message.isMoved),
    );
    expect(moved.place.folder).toBe(folder);
  });

  it("leaves a message that is too large on the server, in quarantine, with a task", async () => {
    const id = "<large@unit.example>";
    await put("main", { id, pdfBytes: 7 * 1024 * 1024 });
    const moved = await eventually(
      "the move",
      find("main", (message) => withId(id)(message) && message.isMoved),
    );
    expect(moved).toMatchObject({ kind: "tooLarge", sha256: null, place: { folder: "Quarantine" } });
    const tasks = await setup.office.store.listTasks({ isOpen: true });
    expect(tasks.filter(({ mailId }) => mailId === moved.id).map(({ kind }) => kind)).toEqual(["messageTooLarge"]);
  });

  it("takes a message whole when the connection is cut in the middle of it, and once", async () => {
    const id = "<cut@unit.example>";
    const before = proxy.connections();
    const letter = makeLetter({ id, pdfBytes: 3 * 1024 * 1024 });
    proxy.cutAfter(1_500_000);
    const client = await dovecot.client("weak");
    await client.append("INBOX", letter);
    await client.logout();
    const taken = await eventually("the message", find("weak", withId(id)));
    expect(taken.sha256).toBe(sha256Of(letter));
    expect(proxy.connections()).toBeGreaterThan(before);
    expect((await setup.mail({ account: "weak" })).length).toBe(1);
  });

  it("finds out that a link is only half open, and connects anew", async () => {
    const id = "<half-open@unit.example>";
    const before = proxy.connections();
    proxy.freeze();
    await put("weak", { id });
    await eventually("the message", find("weak", withId(id)));
    expect(proxy.connections()).toBeGreaterThan(before);
  });

  it("goes on after the server was started again", async () => {
    await dovecot.restart();
    const id = "<restart@unit.example>";
    await put("main", { id });
    await eventually("the message", find("main", withId(id)));
  });

  it("does not fetch again what only has new numbers, nor forget to move it", async () => {
    const id = "<renumbered@unit.example>";
    await put("second", { id });
    const before = await eventually(
      "the message",
      find("second", (message) => withId(id)(message) && message.state === "waiting"),
    );
    dovecot.renumber("second", 987_654_321);
    await dovecot.restart();
    const after = await eventually(
      "the new numbers",
      find("second", (message) => withId(id)(message) && message.place.uidValidity === "987654321"),
    );
    expect(after).toMatchObject({ id: before.id, submissionId: before.submissionId });
    await setup.finishAll();
    await eventually(
      "the move",
      find("second", (message) => withId(id)(message) && message.isMoved),
    );
    expect((await setup.mail({ account: "second" })).filter(withId(id))).toHaveLength(1);
    await eventually("an empty inbox", async () => (await countIn("second", "INBOX")) === 0);
  });

  it("tells a refused login, and goes in when the password is right", async () => {
    const passwordFile = join(setup.config.home, "password");
    writeFileSync(passwordFile, "wrong\n");
    const account = dovecot.account("locked", { password: undefined, passwordFile });
    const service = setup.start({ mail: { accounts: [account] } });
    const fault = await eventually("the fault", async () =>
      (await setup.office.store.listMailChecks()).find((check) => check.account === "locked" && check.fault !== null),
    );
    expect(fault).toMatchObject({ fault: "mailLoginRefused", lastSuccessAt: null });
    writeFileSync(passwordFile, "s3cret\n");
    await put("locked");
    await eventually(
      "the message",
      find("locked", () => true),
    );
    await service.stop();
  });

  it("talks to no server with another certificate", async () => {
    const account = dovecot.account("pinned", { caFile: undefined, fingerprint256: "0".repeat(64) });
    const service = setup.start({ mail: { accounts: [account] } });
    const fault = await eventually("the fault", async () =>
      (await setup.office.store.listMailChecks()).find((check) => check.account === "pinned" && check.fault !== null),
    );
    expect(fault).toMatchObject({ fault: "mailUnavailable", lastSuccessAt: null });
    await service.stop();
  });

  it("lets only one process watch an account", async () => {
    const service = setup.start();
    await eventually("the second watch to wait", async () => setup.logged().includes("another process watches this mailbox"));
    await service.stop();
  });

  it("writes no subject, address, name or password to the log", () => {
    const logged = setup.logged();
    expect(logged).toContain("mail was taken in");
    for (const secret of ["Meikalainen", "Lomake", "unit.example", "Maija", "s3cret", "lomake.pdf", "elsewhere"])
      expect(logged).not.toContain(secret);
  });
});
