import { mkdtempSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import pino from "pino";
import { type OfficeStore, openOffice } from "../../src/compose.ts";
import { Config } from "../../src/config.ts";
import { IlmoError } from "../../src/errors.ts";
import type { InspectFile } from "../../src/intake/ports.ts";
import type { Log } from "../../src/log.ts";
import type { MailAccount } from "../../src/mail-config.ts";
import type { MailFilter, MailMessage } from "../../src/pipeline/mail-store-port.ts";
import { type MailService, startMail } from "../../src/service-mail.ts";
import { createHome, removeHome } from "../adapters/test-home.ts";

/** The real store and mailbox; what is in a message is what its X-Test lines say. */
export interface MailOffice {
  readonly config: Config;
  readonly office: OfficeStore;
  /** Everything that was logged. */
  readonly logged: () => string;
  readonly start: (change?: MailChange) => MailService;
  readonly mail: (filter?: MailFilter) => Promise<MailMessage[]>;
  /** Ends every submission that is in work, as the line does when it has read it. */
  readonly finishAll: () => Promise<void>;
  readonly close: () => Promise<void>;
}

type MailSettings = Partial<Record<keyof Config["mail"], unknown>>;
export interface MailChange {
  readonly mail?: MailSettings;
  readonly senders?: Config["senders"];
}

/** X-Test lines stand in a letter's header. */
const HEAD_BYTES = 4_096;

const UNITS: Config["senders"] = [
  { unit: "Vastaanottokeskus Koe", addresses: [], domains: ["unit.example"], language: "sv" },
  { unit: "Kotoutumispalvelut", addresses: ["one@town.example"], domains: [], language: "fi" },
];

/** Waits until something holds; says what it waited for when it never does. */
export async function eventually<T>(what: string, look: () => Promise<T | null | undefined | false>, timeoutMs = 20_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`expected ${what}, which did not come about`);
    await delay(25);
  }
}

export async function inspectText(path: string): ReturnType<InspectFile> {
  const handle = await open(path);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0).finally(() => handle.close());
  const text = buffer.toString("latin1", 0, bytesRead);
  if (text.includes("X-Test-Damaged: yes")) throw new IlmoError("fileDamaged", "Expected pages; there are none.");
  const parts = Number(/X-Test-Parts: (\d+)/.exec(text)?.[1] ?? 1);
  const bad = Number(/X-Test-Bad: (\d+)/.exec(text)?.[1] ?? 0);
  const partOf = (index: number) =>
    ({
      sha256: String(index).padStart(64, "0"),
      sizeBytes: 1,
      mediaType: "pdf",
      originalName: null,
      use: index < parts ? "read" : "unreadable",
      faultCode: index < parts ? null : "fileEncrypted",
    }) as const;
  return { use: "container", signature: "none", parts: Array.from({ length: parts + bad }, (_, index) => partOf(index)) };
}

export const openTestWorkFolder = async (): Promise<{ path: string; remove: () => Promise<void> }> => {
  const path = mkdtempSync(join(tmpdir(), "ilmo-mail-work-"));
  await mkdir(path, { recursive: true });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

/** Settings of a test office at a folder. */
export function mailConfig(home: string, accounts: readonly MailAccount[], change: MailChange = {}): Config {
  const mail = {
    accounts: accounts.map(({ caFile, ...account }) => ({ ...account, ...(account.fingerprint256 === undefined ? { caFile } : {}) })),
    pollMs: 200,
    socketTimeoutMs: 5_000,
    reconnectMs: [50, 100],
    from: "ilmo@office.example",
    ...change.mail,
  };
  return Config.parse({ home, inbox: join(home, "inbox"), outbox: join(home, "outbox"), senders: change.senders ?? UNITS, mail });
}

export async function openMailOffice(accounts: readonly MailAccount[]): Promise<MailOffice> {
  const home = createHome();
  const config = mailConfig(home, accounts);
  let logged = "";
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged += chunk.toString();
      done();
    },
  });
  const log: Log = pino({ level: "trace" }, stream);
  const office = await openOffice(config, log, false);
  const running: MailService[] = [];
  return {
    config,
    office,
    logged: () => logged,
    start: (change) => {
      const changed = change === undefined ? config : mailConfig(home, accounts, change);
      const service = startMail({ config: changed, office, log, inspect: inspectText, openWorkFolder: openTestWorkFolder });
      running.push(service);
      return service;
    },
    mail: (filter) => office.store.listMail(filter),
    finishAll: async () => {
      for (const { id } of await office.store.listSubmissions({ state: "received" })) await office.store.finishSubmission(id);
    },
    close: async () => {
      await Promise.all(running.map((service) => service.stop()));
      await office.close();
      removeHome(home);
    },
  };
}

export interface LetterFacts {
  readonly from?: string;
  readonly id?: string;
  readonly headers?: readonly string[];
  readonly text?: string;
  /** One PDF of this size, bytes before encoding; null = none. */
  readonly pdfBytes?: number | null;
  /** In place of an invented one. */
  readonly pdf?: Uint8Array;
}

let count = 0;

/** A message of an invented unit with one PDF. */
export function makeLetter({
  from = "clerk@unit.example",
  id,
  headers = [],
  text = "Hei",
  pdfBytes = 900,
  pdf: realPdf,
}: LetterFacts = {}): Buffer {
  count += 1;
  const head = [
    `From: Maija Virkailija <${from}>`,
    "To: intake@office.example",
    "Subject: Lomake Matti Meikalainen",
    `Message-ID: ${id ?? `<letter-${count}-${process.pid}@unit.example>`}`,
    "Date: Mon, 2 Mar 2026 09:15:00 +0200",
    "MIME-Version: 1.0",
    ...headers,
    'Content-Type: multipart/mixed; boundary="b1"',
    "",
    "--b1",
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
  ];
  const content = realPdf ?? Buffer.concat([Buffer.from(`%PDF-1.4 ${count} `), Buffer.alloc(pdfBytes ?? 0, "x")]);
  const encoded = Buffer.from(content).toString("base64");
  const pdf = [
    "--b1",
    "Content-Type: application/pdf; name=lomake.pdf",
    "Content-Disposition: attachment; filename=lomake.pdf",
    "Content-Transfer-Encoding: base64",
    "",
    encoded.replace(/.{76}/g, "$&\r\n"),
  ];
  return Buffer.from([...head, ...(pdfBytes === null ? [] : pdf), "--b1--", ""].join("\r\n"));
}
