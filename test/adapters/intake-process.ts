import { randomUUID } from "node:crypto";
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { createFolderBlobStore } from "../../src/adapters/blob-store-folder.ts";
import { watchFolder } from "../../src/adapters/folder-watch.ts";
import { Config } from "../../src/config.ts";
import { IlmoError } from "../../src/errors.ts";
import type { IncomingSubmission, IntakeStore } from "../../src/intake/ports.ts";

/** A row of the store that this process keeps in a file, one line each. */
export interface StoredRow {
  readonly id: string;
  readonly state: "received" | "duplicate" | "quarantined";
  readonly sha256s: readonly string[];
}

/** A store that survives the death of its process: a line that is not whole was never written. */
function openFileStore(path: string): IntakeStore {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole !== text) truncateSync(path, Buffer.byteLength(whole));
  const lines = whole.split("\n").filter(Boolean);
  const rows = lines.map((line) => JSON.parse(line) as StoredRow);
  const add = ({ id, files }: IncomingSubmission, state: StoredRow["state"]): void => {
    const row = { id, state, sha256s: files.map(({ sha256 }) => sha256) };
    const handle = openSync(path, "a");
    appendFileSync(handle, `${JSON.stringify(row)}\n`);
    fsyncSync(handle);
    closeSync(handle);
    rows.push(row);
  };
  return {
    record: async (submission) => {
      const content = submission.files.map(({ sha256 }) => sha256).join();
      const first = rows.find(({ state, sha256s }) => state === "received" && sha256s.join() === content);
      const known = rows.find(({ id }) => id === submission.id);
      if (!known) add(submission, first ? "duplicate" : "received");
      const isDuplicate = known ? known.state === "duplicate" : first !== undefined;
      if (isDuplicate && first) return { kind: "duplicate", submissionId: submission.id, duplicateOf: first.id };
      return { kind: known ? "alreadyRecorded" : "recorded", submissionId: submission.id };
    },
    recordQuarantined: async (submission) => {
      if (!rows.some(({ id }) => id === submission.id)) add(submission, "quarantined");
    },
  };
}

// Run as a program of its own, so that it can be killed.
if (process.argv[1] === import.meta.filename) {
  const [inbox = "", home = ""] = process.argv.slice(2);
  const intake = { scanMs: 50, quietMs: 60, renamedQuietMs: 20 };
  await watchFolder({
    config: Config.parse({ home, inbox, outbox: join(home, "outbox"), intake }),
    store: openFileStore(join(home, "rows.jsonl")),
    blobs: createFolderBlobStore({ folder: join(home, "blobs") }),
    inspect: async (path) => {
      if (readFileSync(path, "utf8").startsWith("bad")) throw new IlmoError("fileUnsupported", "Expected pages; this is something else.");
      return { use: "read", parts: [], signature: "none" };
    },
    onEvent: () => {},
    newId: randomUUID,
    now: () => new Date(),
    nowMs: () => performance.now(),
  });
}
