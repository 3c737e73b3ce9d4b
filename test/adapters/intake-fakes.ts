import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WatchFolderOptions, watchFolder } from "../../src/adapters/folder-watch.ts";
import type { FolderWatch, IntakeEvent } from "../../src/adapters/folder-watch-port.ts";
import { Config } from "../../src/config.ts";
import type { FaultCode } from "../../src/errors.ts";
import type { IncomingSubmission, IntakeBlobs, IntakeStore } from "../../src/intake/ports.ts";

export interface RecordedSubmission extends IncomingSubmission {
  readonly state: "received" | "duplicate" | "quarantined";
  readonly code?: FaultCode;
}

/** A store that keeps its rows in memory, with the rules that the port promises. */
export function createMemoryIntakeStore(): IntakeStore & { readonly rows: RecordedSubmission[] } {
  const rows: RecordedSubmission[] = [];
  const byId = new Map<string, RecordedSubmission>();
  const firstByContent = new Map<string, string>();
  const add = (row: RecordedSubmission): void => {
    rows.push(row);
    byId.set(row.id, row);
  };
  return {
    rows,
    record: async (submission) => {
      const { id } = submission;
      if (byId.has(id)) return { kind: "alreadyRecorded", submissionId: id };
      const content = submission.files
        .map(({ sha256 }) => sha256)
        .toSorted()
        .join();
      const duplicateOf = firstByContent.get(content);
      add({ ...submission, state: duplicateOf ? "duplicate" : "received" });
      if (duplicateOf) return { kind: "duplicate", submissionId: id, duplicateOf };
      firstByContent.set(content, id);
      return { kind: "recorded", submissionId: id };
    },
    recordQuarantined: async (submission, code) => {
      if (!byId.has(submission.id)) add({ ...submission, state: "quarantined", code });
    },
  };
}

/** A blob store that keeps the bytes in memory. */
export function createMemoryIntakeBlobs(): IntakeBlobs & { readonly bytes: Map<string, Uint8Array> } {
  const bytes = new Map<string, Uint8Array>();
  return {
    bytes,
    put: async (source) => {
      const parts: Uint8Array[] = [];
      for await (const part of source) parts.push(part);
      const whole = Buffer.concat(parts);
      const sha256 = createHash("sha256").update(whole).digest("hex");
      bytes.set(sha256, whole);
      return { sha256, sizeBytes: whole.length };
    },
  };
}

export const sha256Of = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** Short times, in the proportions of the real ones. */
export const SHORT_TIMES = { scanMs: 50, quietMs: 250, renamedQuietMs: 60, incompleteMs: 1_000 };

/** An inbox of its own with a watcher that can be started again and again. */
export interface TestInbox {
  readonly folder: string;
  readonly inbox: string;
  readonly home: string;
  readonly store: ReturnType<typeof createMemoryIntakeStore>;
  readonly blobs: ReturnType<typeof createMemoryIntakeBlobs>;
  readonly events: IntakeEvent[];
  readonly start: (changed?: Partial<WatchFolderOptions>, intake?: Record<string, number>) => Promise<FolderWatch>;
  /** Names in the inbox or in one of its outcome folders, sorted. */
  readonly names: (outcome?: string) => string[];
  readonly path: (...names: string[]) => string;
  /** Drops a file whole, as a program does that writes elsewhere and renames. */
  readonly drop: (name: string, content: string | Uint8Array) => void;
  /** Folders of claims that have not got to their end. */
  readonly claims: () => string[];
  /** Forgets the watchers that were started: they hang, as a dead process would. */
  readonly abandon: () => void;
  readonly close: () => Promise<void>;
}

function listNames(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

/** A PDF as far as its structure goes. */
export const TINY_PDF = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n30\n%%EOF\n";

/** How long a test waits for something that happens soon. */
export const SOON = { timeout: 20_000, interval: 25 };

export function openTestInbox(): TestInbox {
  const folder = mkdtempSync(join(tmpdir(), "ilmo-intake-"));
  const [inbox, home] = [join(folder, "inbox"), join(folder, "home")];
  mkdirSync(inbox);
  mkdirSync(home);
  const store = createMemoryIntakeStore();
  const blobs = createMemoryIntakeBlobs();
  const events: IntakeEvent[] = [];
  const watches: FolderWatch[] = [];
  const path = (...names: string[]): string => join(inbox, ...names);
  return {
    folder,
    inbox,
    home,
    store,
    blobs,
    events,
    path,
    start: async (changed = {}, intake = {}) => {
      const config = Config.parse({ home, inbox, outbox: join(folder, "outbox"), intake: { ...SHORT_TIMES, ...intake } });
      const watch = await watchFolder({
        config,
        store,
        blobs,
        inspect: async () => ({ use: "read", parts: [], signature: "none" }),
        onEvent: (event) => events.push(event),
        newId: randomUUID,
        now: () => new Date(),
        nowMs: () => performance.now(),
        retryMs: [50, 50],
        ...changed,
      });
      watches.push(watch);
      return watch;
    },
    names: (outcome = ".") => listNames(path(outcome)),
    drop: (name, content) => {
      const elsewhere = join(folder, "elsewhere");
      writeFileSync(elsewhere, content);
      renameSync(elsewhere, path(name));
    },
    claims: () => listNames(join(home, "work", "inbox")),
    abandon: () => {
      for (const watch of watches.splice(0)) void watch.close();
    },
    close: async () => {
      await Promise.all(watches.map((watch) => watch.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
