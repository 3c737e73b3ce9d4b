import { PDFDocument } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/adapters/embedded-postgres.ts";
import {
  acceptUnknownMail,
  checkMail,
  finishTask,
  listLostLetters,
  listTasks,
  listUnknownMail,
  refuseUnknownMail,
  resendLetter,
  showMailStatus,
} from "../../src/commands/mail-commands.ts";
import { showStatus } from "../../src/commands/office-commands.ts";
import { withOffice } from "../../src/commands/with-office.ts";
import type { Config } from "../../src/config.ts";
import type { MailStatus } from "../../src/pipeline/mail-status.ts";
import type { Answer, MailMessage, Task } from "../../src/pipeline/mail-store-port.ts";
import { type Dovecot, startDovecot } from "../adapters/dovecot.ts";
import { startSmtpServer, type TestSmtpServer } from "../adapters/smtp-server.ts";
import { createHome, removeHome } from "../adapters/test-home.ts";
import { type LetterFacts, mailConfig, makeLetter } from "../pipeline/mail-setup.ts";
import { quietTerminal } from "./quiet-terminal.ts";

let home: string;
let config: Config;
let postgres: EmbeddedPostgres;
let dovecot: Dovecot;
let smtp: TestSmtpServer;
let said: string[];
let json: unknown[];
const terminal = quietTerminal(
  (text) => void said.push(text),
  (value) => void json.push(value),
);

beforeAll(async () => {
  home = createHome();
  [dovecot, smtp, postgres] = [await startDovecot(), await startSmtpServer(), await startEmbeddedPostgres({ home })];
  const mail = {
    smtp: { host: "127.0.0.1", port: smtp.port, security: "plain", user: "ilmo", password: "s3cret" },
    acknowledgements: "send",
    authservIds: ["mx.office.example"],
  };
  config = { ...mailConfig(home, [dovecot.account("main")], { mail }), logLevel: "silent" };
});
afterAll(async () => {
  await postgres.stop();
  await smtp.stop();
  await dovecot.stop();
  removeHome(home);
});
beforeEach(() => {
  said = [];
  json = [];
  smtp.received.length = 0;
  smtp.behave("take");
});

const PROVEN = "Authentication-Results: mx.office.example; dmarc=pass header.from=unit.example";
/** A page that can be read, different from all others. */
async function makePdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage().drawText(`page ${performance.now()}`);
  return document.save();
}
const put = async (facts: LetterFacts): Promise<void> => {
  const client = await dovecot.client("main");
  await client.append("INBOX", makeLetter({ pdf: await makePdf(), ...facts }));
  await client.logout();
};
const mailWith = (id: string): Promise<MailMessage | undefined> =>
  withOffice(config, async ({ store }) => (await store.listMail()).find(({ messageId }) => messageId === id));
const finishAll = (): Promise<void> =>
  withOffice(config, async ({ store }) => {
    for (const { id } of await store.listSubmissions({ state: "received" })) await store.finishSubmission(id);
  });

describe("ilmo mail check", () => {
  it("takes in what is there, and brings it to its end at the next check", async () => {
    await put({ id: "<one@unit.example>", headers: [PROVEN] });
    await checkMail(config, terminal);
    expect(json).toEqual([{ recorded: 1, opened: 1, ended: 0, sent: 0 }]);
    await finishAll();
    await checkMail(config, terminal);
    expect(json[1]).toEqual({ recorded: 0, opened: 0, ended: 1, sent: 1 });
    await checkMail(config, terminal);
    expect(await mailWith("<one@unit.example>")).toMatchObject({ isMoved: true });
  });
});

describe("ilmo mail unknown, accept and refuse", () => {
  it("keeps doubtful messages apart until a named person decides", async () => {
    const forged = "Authentication-Results: mx.office.example; dmarc=fail header.from=unit.example";
    await put({ id: "<stranger@x.example>", from: "somebody@x.example" });
    await put({ id: "<forged@unit.example>", headers: [forged, PROVEN] });
    await put({ id: "<unproven@unit.example>", headers: ["Authentication-Results: mx.elsewhere.example; dmarc=pass"] });
    await checkMail(config, terminal);
    json = [];
    await listUnknownMail(config, terminal);
    const listed = json[0] as { reference: string; fromAddress: string; doubt: string }[];
    expect(listed.map(({ fromAddress, doubt }) => [fromAddress, doubt])).toEqual([
      ["somebody@x.example", "senderUnknown"],
      ["clerk@unit.example", "senderForged"],
      ["clerk@unit.example", "senderUnproven"],
    ]);
    const [stranger, forgery] = listed.map(({ reference }) => reference);
    await acceptUnknownMail(config, terminal, stranger ?? "", { by: "Virkailija Koe", unit: "Uusi yksikkö" });
    await refuseUnknownMail(config, terminal, forgery ?? "", "Virkailija Koe");
    await checkMail(config, terminal);
    await finishAll();
    await checkMail(config, terminal);
    await checkMail(config, terminal);
    const accepted = await mailWith("<stranger@x.example>");
    expect(accepted).toMatchObject({ state: "ended", unit: "Uusi yksikkö", isMoved: true, place: { folder: "Processed" } });
    expect(accepted?.submissionId).not.toBeNull();
    expect(await mailWith("<forged@unit.example>")).toMatchObject({
      state: "refused",
      submissionId: null,
      place: { folder: "Quarantine" },
    });
    expect(smtp.received.map(({ to }) => to)).toEqual(["somebody@x.example"]);
    const audit = await withOffice(config, ({ store }) => store.listAudit());
    expect(audit.map(({ actor, action }) => [actor, action])).toEqual(
      expect.arrayContaining([
        ["Virkailija Koe", "mail.accepted"],
        ["Virkailija Koe", "mail.refused"],
      ]),
    );
  });

  it("decides nothing twice", async () => {
    const forged = await mailWith("<forged@unit.example>");
    await expect(acceptUnknownMail(config, terminal, forged?.reference ?? "", { by: "X" })).rejects.toMatchObject({ code: "notAllowed" });
    await expect(refuseUnknownMail(config, terminal, "M-A2A2-22", "X")).rejects.toMatchObject({ code: "notFound" });
  });
});

describe("ilmo tasks", () => {
  it("lists what people must do, the most urgent first, until they say that it is done", async () => {
    await put({ id: "<hello@unit.example>", headers: [PROVEN], pdfBytes: null, text: "Hei, kysymys." });
    await put({ id: "<code@unit.example>", headers: [PROVEN], text: "Henkilön tunnus on 131052-308T." });
    const link = "Lue viesti: https://securemail.unit.example/m/1a2b. Viesti on luettavissa 14 päivää.";
    await put({ id: "<notice@unit.example>", headers: [PROVEN], pdfBytes: null, text: link });
    await checkMail(config, terminal);
    json = [];
    await listTasks(config, terminal, false);
    const tasks = json[0] as (Task & { reference: string })[];
    expect(tasks.map(({ kind }) => kind)).toEqual(["openLink", "readLetter", "plainMailIdentityCode"]);
    expect(said.join("\n")).not.toMatch(/131052|unit\.example|https/);
    const notice = await mailWith("<notice@unit.example>");
    expect(tasks[0]).toMatchObject({ reference: notice?.reference, detail: "deltagon", dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    await finishTask(config, terminal, String(tasks[0]?.id), "Virkailija Koe");
    await listTasks(config, terminal, false);
    expect((json.at(-1) as Task[]).map(({ kind }) => kind)).toEqual(["readLetter", "plainMailIdentityCode"]);
    await expect(finishTask(config, terminal, String(tasks[0]?.id), "X")).rejects.toMatchObject({ code: "notFound" });
    await expect(finishTask(config, terminal, "one", "X")).rejects.toMatchObject({ code: "usage" });
  });
});

describe("ilmo mail letters and resend", () => {
  it("sends a letter again that may not have arrived, when a named person says so", async () => {
    await finishAll();
    await checkMail(config, terminal);
    smtp.behave("cutAfterData");
    await put({ id: "<letter@unit.example>", headers: [PROVEN], pdfBytes: null, text: "Hei" });
    await checkMail(config, terminal);
    json = [];
    await listLostLetters(config, terminal);
    const [lost] = json[0] as Answer[];
    expect(lost).toMatchObject({ state: "unsure", kind: "acknowledgement" });
    smtp.behave("take");
    smtp.received.length = 0;
    await resendLetter(config, terminal, lost?.id ?? "", "Virkailija Koe");
    await checkMail(config, terminal);
    expect(smtp.received).toHaveLength(1);
    await expect(resendLetter(config, terminal, lost?.id ?? "", "X")).rejects.toMatchObject({ code: "notFound" });
  });
});

describe("ilmo mail status and status", () => {
  it("tell what waits and that the mailbox was checked", async () => {
    await showMailStatus(config, terminal);
    const status = json[0] as MailStatus;
    expect(status.accounts).toMatchObject([{ account: "main", isAlarm: false, silentMinutes: 0, fault: null }]);
    expect(status).toMatchObject({ held: 1, areSendersProven: true, openTasks: 3 });
    await showStatus(config, terminal);
    expect(said.join("\n")).toContain("messages of unknown senders that wait for a decision: 1");
  });

  it("raise an alarm about a mailbox that was never reached", async () => {
    const [account] = config.mail.accounts;
    const away = { ...config, mail: { ...config.mail, accounts: [{ ...(account ?? dovecot.account("x")), name: "away", port: 1 }] } };
    await expect(checkMail(away, terminal)).rejects.toMatchObject({ code: "mailUnavailable" });
    await showStatus({ ...away, mail: { ...away.mail, alarmAfterMinutes: 0 } }, terminal);
    expect(said.join("\n")).toMatch(/mailbox away: ALARM: no successful check for \d+ minutes \(mailUnavailable\)/);
  });
});
