import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FindingCode } from "../../src/model/finding.ts";
import type { FieldReading } from "../../src/model/reading.ts";
import type { LetterSender } from "../../src/pipeline/mail-ports.ts";
import type { Answer, MailMessage } from "../../src/pipeline/mail-store-port.ts";
import { SUBMISSION_QUEUE } from "../../src/pipeline/queues.ts";
import { markInterrupted, sendAnswers } from "../../src/pipeline/send-answers.ts";
import { type Dovecot, startDovecot } from "../adapters/dovecot.ts";
import { startSmtpServer, type TestSmtpServer } from "../adapters/smtp-server.ts";
import { createReading, createRegistration, createSubmission, toSubmissionReading } from "../adapters/store-inputs.ts";
import { eventually, type LetterFacts, type MailChange, type MailOffice, makeLetter, openMailOffice } from "./mail-setup.ts";

describe("answering mail", () => {
  let dovecot: Dovecot;
  let smtp: TestSmtpServer;
  let setup: MailOffice;

  const settings = (): MailChange["mail"] & object => ({
    smtp: { host: "127.0.0.1", port: smtp.port, security: "plain", user: "ilmo", password: "s3cret" },
    acknowledgements: "send",
    completionRequests: "draft",
  });

  beforeAll(async () => {
    [dovecot, smtp] = [await startDovecot(), await startSmtpServer()];
    setup = await openMailOffice([dovecot.account("main", { addresses: ["intake@office.example"] })]);
  });
  afterAll(async () => {
    await setup.close();
    await smtp.stop();
    await dovecot.stop();
  });
  beforeEach(() => {
    smtp.received.length = 0;
    smtp.behave("take");
  });

  const put = async (facts: LetterFacts): Promise<void> => {
    const client = await dovecot.client("main");
    await client.append("INBOX", makeLetter(facts));
    await client.logout();
  };
  const ended = (id: string): Promise<MailMessage> =>
    eventually(`the end of ${id}`, async () => {
      await setup.finishAll();
      return (await setup.mail()).find(({ messageId, isMoved }) => messageId === id && isMoved);
    });
  const answersTo = async (message: MailMessage): Promise<Answer[]> =>
    (await setup.office.store.listAnswers()).filter(({ mailId }) => mailId === message.id);

  it("does not send again what was on its way when the process died", async () => {
    const { store, blobs } = setup.office;
    const ports = { store, blobs, config: setup.config, now: () => new Date() };
    const letter = { to: "clerk@unit.example", subject: "s", text: "t", inReplyTo: null };
    await store.addAnswer({ key: "k", kind: "acknowledgement", way: "send", account: null, mailId: null, registrationId: null, letter });
    const dying: LetterSender = { compose: async () => new Uint8Array(), send: () => Promise.reject(new Error("killed")) };
    await expect(sendAnswers(dying, ports)).rejects.toThrow("killed");
    expect(await markInterrupted(ports)).toBe(1);
    const sent: string[] = [];
    const well: LetterSender = { ...dying, send: async ({ to }) => ({ kind: sent.push(to) > 0 ? "sent" : "unsure" }) };
    expect(await sendAnswers(well, ports)).toBe(0);
    expect(sent).toEqual([]);
    expect((await store.listAnswers())[0]).toMatchObject({ state: "unsure", faultCode: "interrupted" });
  });

  describe("while the service runs", () => {
    beforeAll(() => {
      setup.start({ mail: settings() });
    });

    it("acknowledges forms with time, number and reference, and without a word of the letter", async () => {
      await put({ id: "<ack@unit.example>", headers: ["X-Test-Parts: 2", "X-Test-Bad: 1"], text: "Asia koskee: Meikalainen 010190-999P" });
      const message = await ended("<ack@unit.example>");
      const letter = await eventually("the answer", async () => smtp.received[0]);
      expect(letter.to).toBe("clerk@unit.example");
      const text = letter.text.replaceAll("=\r\n", "");
      expect(text).toContain(message.reference);
      expect(text).toContain("2/3");
      expect(text).toMatch(/^In-Reply-To: <ack@unit\.example>\r$/m);
      for (const secret of ["Meikalainen", "010190", "lomake.pdf", "Maija", "Lomake Matti"]) expect(text).not.toContain(secret);
      expect((await answersTo(message)).map(({ state }) => state)).toEqual(["done"]);
    });

    it("says that a link is not an arrived document, and asks a person to open it in time", async () => {
      const text =
        "Sinulle on saapunut suojattu viesti: https://securemail.unit.example/message/a1b2c3 Viesti on luettavissa 20.3.2126 asti.";
      await put({ id: "<link@unit.example>", pdfBytes: null, text });
      const message = await ended("<link@unit.example>");
      expect(message).toMatchObject({ kind: "notice", place: { folder: "Quarantine" }, submissionId: null });
      const letter = await eventually("the answer", async () => smtp.received[0]);
      expect(letter.text.replaceAll("=\r\n", "")).toContain("CONTENT HAS NOT BEEN RECEIVED");
      const task = (await setup.office.store.listTasks({ isOpen: true })).find(({ mailId }) => mailId === message.id);
      expect(task).toMatchObject({ kind: "openLink", detail: "deltagon" });
      expect(task?.dueOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    });

    it.each([
      ["an automatic answer", ["Auto-Submitted: auto-replied"], "clerk@unit.example"],
      ["a list", ["List-Id: <news.unit.example>"], "clerk@unit.example"],
      ["bulk mail", ["Precedence: bulk"], "clerk@unit.example"],
      ["a message without a return path", ["Return-Path: <>"], "clerk@unit.example"],
      ["somebody unknown", [], "stranger@elsewhere.example"],
    ])("does not answer %s", async (name, headers, from) => {
      const id = `<quiet-${name.replaceAll(" ", "-")}@unit.example>`;
      await put({ id, headers, from });
      expect(await answersTo(await ended(id))).toEqual([]);
      expect(smtp.received).toEqual([]);
    });

    it("answers a message once, however often it is delivered", async () => {
      const id = "<again@unit.example>";
      await put({ id });
      const first = await ended(id);
      await put({ id, text: "the same Message-ID, another text" });
      await eventually("the second delivery", async () => {
        await setup.finishAll();
        return (await setup.mail()).filter(({ messageId, isMoved }) => messageId === id && isMoved).length === 2;
      });
      await eventually("the answer", async () => (await answersTo(first))[0]?.state === "done");
      expect(smtp.received).toHaveLength(1);
    });

    it("stops answering an address that answers every answer, and goes on answering others", async () => {
      const from = "holiday@unit.example";
      const ids = Array.from({ length: 7 }, (_, index) => `<holiday-${index}@unit.example>`);
      for (const id of ids) await put({ id, from, pdfBytes: null, text: "Olen lomalla." });
      const messages = [];
      for (const id of ids) messages.push(await ended(id));
      expect(messages.map(({ kind }) => kind)).toEqual(ids.map(() => "letter"));
      const answers = await Promise.all(messages.map(answersTo));
      expect(answers.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
      await put({ id: "<holiday-form@unit.example>", from });
      expect(await answersTo(await ended("<holiday-form@unit.example>"))).toHaveLength(1);
      await eventually("the letters", async () => smtp.received.length === 6);
    });

    it("gives a letter up that the server refuses for good, where everybody sees it", async () => {
      smtp.behave({ code: 550, at: "rcpt" });
      await put({ id: "<refused@unit.example>" });
      const message = await ended("<refused@unit.example>");
      const answer = await eventually("the answer", async () => (await answersTo(message)).find(({ state }) => state === "givenUp"));
      expect(answer).toMatchObject({ attempts: 1, faultCode: "550" });
      expect((await setup.office.store.countMail()).answers.givenUp).toBe(1);
    });

    it("waits with a letter that the server does not take now, and sends it later", async () => {
      smtp.behave({ code: 451, at: "data" });
      await put({ id: "<later@unit.example>" });
      const message = await ended("<later@unit.example>");
      const waiting = await eventually("the refusal", async () => (await answersTo(message)).find(({ attempts }) => attempts === 1));
      expect(waiting).toMatchObject({ state: "waiting", faultCode: "451" });
      expect(Date.parse(waiting.nextTryAt)).toBeGreaterThan(Date.parse(waiting.createdAt) + 30_000);
    });

    it("sends no letter twice whose fate it does not know", async () => {
      smtp.behave("cutAfterData");
      await put({ id: "<unsure@unit.example>" });
      const message = await ended("<unsure@unit.example>");
      await eventually("the doubt", async () => (await answersTo(message)).find(({ state }) => state === "unsure"));
      smtp.behave("take");
      await put({ id: "<next@unit.example>" });
      await ended("<next@unit.example>");
      await eventually("the next letter", async () => smtp.received.length === 2);
      expect((await answersTo(message))[0]).toMatchObject({ state: "unsure", attempts: 1 });
    });

    describe("completion requests", () => {
      const addRequest = async (submissionId: string, isNonDisclosed: boolean): Promise<string> => {
        const { store } = setup.office;
        const reading = createReading("Meikalainen");
        const secret: FieldReading = { field: "nonDisclosure", value: true, confidence: 1, status: "accepted", evidence: ["clearInk"] };
        const findings: FindingCode[] = ["signatureMissing"];
        const registration = createRegistration(1, {
          reading: isNonDisclosed ? { ...reading, readings: [...reading.readings, secret] } : reading,
          check: {
            findings: findings.map((code) => ({ code, severity: "error" })),
            route: "groupInfo",
            sessionId: null,
            sessionProposed: false,
          },
        });
        const [saved] = await store.saveReading(submissionId, toSubmissionReading([registration]), [registration]);
        if (saved === undefined) throw new Error("expected a registration");
        const paper = {
          kind: "completionRequest",
          language: "fi",
          version: 1,
          sha256: "0".repeat(64),
          sessionId: null,
          submissionId: null,
        };
        await store.saveDocument({ ...paper, relativePath: `completion-requests/${saved.reference}.pdf`, registrationId: saved.id });
        return saved.reference;
      };

      it("puts a draft to the sending unit into the drafts folder, naming nobody, once", async () => {
        await put({ id: "<incomplete@unit.example>" });
        const waiting = await eventually("the submission", async () =>
          (await setup.mail()).find(({ messageId, state }) => messageId === "<incomplete@unit.example>" && state === "waiting"),
        );
        const reference = await addRequest(waiting.submissionId ?? "", false);
        const client = await dovecot.client("main");
        const draft = await eventually("the draft", async () => {
          const status = await client.status("Drafts", { messages: true }).catch(() => false as const);
          if (status === false || !status.messages) return null;
          await client.mailboxOpen("Drafts");
          return client.fetchOne("1", { source: true, flags: true });
        });
        const text = draft.source?.toString("utf8").replaceAll("=\r\n", "") ?? "";
        expect(draft.flags).toContain("\\Draft");
        expect(text).toMatch(/^To: clerk@unit\.example\r$/m);
        expect(text).toMatch(/^In-Reply-To: <incomplete@unit\.example>\r$/m);
        expect(text).not.toMatch(/^Auto-Submitted/m);
        expect(text).toContain(reference);
        expect(text).not.toContain("Meikalainen");
        await put({ id: "<after-the-draft@unit.example>" });
        await ended("<after-the-draft@unit.example>");
        expect((await client.status("Drafts", { messages: true })) as object).toMatchObject({ messages: 1 });
      });

      it("writes about nobody under non-disclosure", async () => {
        await put({ id: "<hidden@unit.example>" });
        const waiting = await eventually("the submission", async () =>
          (await setup.mail()).find(({ messageId, state }) => messageId === "<hidden@unit.example>" && state === "waiting"),
        );
        await addRequest(waiting.submissionId ?? "", true);
        await put({ id: "<visible@unit.example>" });
        await ended("<visible@unit.example>");
        const requests = (await setup.office.store.listAnswers()).filter(({ kind }) => kind === "completionRequest");
        expect(requests.map(({ mailId }) => mailId)).not.toContain(waiting.id);
      });

      it("writes to nobody about a form that came by another way from an unknown unit", async () => {
        const submission = createSubmission();
        await setup.office.store.recordSubmission(submission, { name: SUBMISSION_QUEUE, data: { submissionId: submission.id } });
        await addRequest(submission.id, false);
        await put({ id: "<meanwhile@unit.example>" });
        await ended("<meanwhile@unit.example>");
        const requests = (await setup.office.store.listAnswers()).filter(({ kind }) => kind === "completionRequest");
        expect(requests.every(({ mailId }) => mailId !== null)).toBe(true);
      });
    });
  });
});
