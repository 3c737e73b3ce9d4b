import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { type OfficeStore, openOffice } from "../src/compose.ts";
import { Config } from "../src/config.ts";
import { openLog } from "../src/log.ts";
import { SUBMISSION_QUEUE } from "../src/pipeline/queues.ts";
import type { StoredRegistration } from "../src/pipeline/store-port.ts";
import { createReading, createRegistration, createSubmission, toSubmissionReading } from "./adapters/store-inputs.ts";
import { createHome, removeHome } from "./adapters/test-home.ts";

/** A whole office in a folder of its own, on the embedded database, whose clock a test can turn back. */
export interface OfficePlace {
  readonly config: Config;
  readonly office: OfficeStore;
  /** Runs a statement that no part of ilmo would run, such as making something old. */
  readonly sql: (statement: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  /** Records a submission of these contents and reads one registration a surname off it. */
  readonly take: (contents: readonly string[], surnames: readonly string[], personKeys?: readonly string[]) => Promise<Taken>;
  readonly remove: () => Promise<void>;
}

export interface Taken {
  readonly submissionId: string;
  readonly sha256s: readonly string[];
  readonly registrations: readonly StoredRegistration[];
}

export async function openOfficePlace(change: Partial<Config> = {}): Promise<OfficePlace> {
  const root = createHome();
  const config = Config.parse({ home: join(root, "home"), inbox: join(root, "inbox"), outbox: join(root, "outbox"), ...change });
  for (const folder of ["done", "duplicate", "quarantine"]) mkdirSync(join(config.inbox, folder), { recursive: true });
  mkdirSync(join(config.outbox, "import"), { recursive: true });
  const office = await openOffice(config, openLog({ logLevel: "silent" }), false);
  const client = new Client({ connectionString: office.databaseUrl });
  await client.connect();

  const take: OfficePlace["take"] = async (contents, surnames, personKeys = []) => {
    const blobs = await Promise.all(contents.map((content) => office.blobs.put(Buffer.from(content))));
    const submission = createSubmission(contents);
    const files = submission.files.map((file, index) => ({ ...file, ...blobs[index] }));
    const data = { submissionId: submission.id };
    await office.store.recordSubmission({ ...submission, files }, { name: SUBMISSION_QUEUE, data });
    const registrations = surnames.map((surname, index) =>
      createRegistration(index + 1, { reading: readingWithPicture(surname), personKeys: [...personKeys] }),
    );
    const saved = await office.store.saveReading(submission.id, toSubmissionReading(registrations), registrations);
    await office.store.finishSubmission(submission.id);
    return { submissionId: submission.id, sha256s: blobs.map(({ sha256 }) => sha256), registrations: saved };
  };

  return {
    config,
    office,
    sql: async (statement, values = []) => (await client.query(statement, [...values])).rows as Record<string, unknown>[],
    take,
    remove: async () => {
      await client.end();
      await office.close();
      removeHome(config.home);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function readingWithPicture(surname: string): ReturnType<typeof createReading> {
  const reading = createReading(surname);
  const crop = { fileIndex: 0, pageIndex: 0, rect: { x: 0, y: 0, width: 1, height: 1 }, png: randomBytes(30).toString("base64") };
  return { ...reading, readings: reading.readings.map((item) => ({ ...item, crop })) };
}
