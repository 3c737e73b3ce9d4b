import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Config } from "../src/config.ts";
import { openLog } from "../src/log.ts";
import { localDay } from "../src/model/time.ts";
import { type Service, startService } from "../src/service.ts";
import { type Dovecot, startDovecot } from "./adapters/dovecot.ts";
import { startSmtpServer, type TestSmtpServer } from "./adapters/smtp-server.ts";
import { createHome, removeHome } from "./adapters/test-home.ts";
import { makeLiveSubmissions } from "./live-submissions.ts";
import { eventually, mailConfig, makeLetter } from "./pipeline/mail-setup.ts";

const READING_MS = 120_000;

describe("a form that comes by mail", () => {
  let home: string;
  let dovecot: Dovecot;
  let smtp: TestSmtpServer;
  let service: Service;

  beforeAll(async () => {
    home = createHome();
    [dovecot, smtp] = [await startDovecot(), await startSmtpServer()];
    const mail = {
      smtp: { host: "127.0.0.1", port: smtp.port, security: "plain", user: "ilmo", password: "s3cret" },
      acknowledgements: "send",
    };
    const config = Config.parse({ ...mailConfig(home, [dovecot.account("main")], { mail }), environment: "test" });
    service = await startService(config, openLog({ logLevel: "silent" }), () => {});
  });
  afterAll(async () => {
    await service.stop();
    await smtp.stop();
    await dovecot.stop();
    removeHome(home);
  });

  it("goes down the whole line, is acknowledged, and lies in Processed at the end", async () => {
    const { files } = await makeLiveSubmissions(1, localDay(new Date()));
    const [form] = files;
    if (form === undefined) throw new Error("expected a form");
    const client = await dovecot.client("main");
    await client.append("INBOX", makeLetter({ id: "<form@unit.example>", pdf: form.bytes }));
    const moved = await eventually(
      "the move",
      async () => (await service.office.store.listMail()).find(({ isMoved }) => isMoved),
      READING_MS,
    );
    expect(moved).toMatchObject({ kind: "forms", state: "ended", place: { folder: "Processed" } });
    const registrations = await service.office.store.listRegistrations({ submissionId: moved.submissionId ?? "" });
    expect(registrations).toHaveLength(1);
    const letter = await eventually("the acknowledgement", async () => smtp.received[0]);
    expect(letter.text).toContain(moved.reference);
    expect(letter.text).toContain("Attachments read: 1.");
  });
});
