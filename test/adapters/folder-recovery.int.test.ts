import { fork } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openFolderClaims } from "../../src/adapters/folder-claims.ts";
import { IlmoError } from "../../src/errors.ts";
import { openTestInbox, SOON, sha256Of, type TestInbox, TINY_PDF } from "./intake-fakes.ts";
import type { StoredRow } from "./intake-process.ts";

const hang = (): Promise<never> => new Promise(() => {});

let box: TestInbox;
beforeEach(() => {
  box = openTestInbox();
});
afterEach(() => box.close());

function dropAll(from: number, to: number): void {
  for (let number = from; number < to; number += 1) {
    box.drop(`file-${number}.pdf`, `${TINY_PDF}% ${number}`);
    box.drop(`copy-${number}.pdf`, `${TINY_PDF}% ${number}`);
    box.drop(`bad-${number}.txt`, `bad ${number}`);
    const staged = join(box.folder, "staged");
    mkdirSync(staged);
    writeFileSync(join(staged, "1.pdf"), `${TINY_PDF}% one of ${number}`);
    writeFileSync(join(staged, "2.pdf"), `${TINY_PDF}% two of ${number}`);
    renameSync(staged, box.path(`folder-${number}`));
  }
}

const run = () => fork(join(import.meta.dirname, "intake-process.ts"), [box.inbox, box.home], { execArgv: [], stdio: "ignore" });

function rows(): StoredRow[] {
  const path = join(box.home, "rows.jsonl");
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as StoredRow);
}

function blobBytes(sha256: string): string {
  return sha256Of(readFileSync(join(box.home, "blobs", sha256.slice(0, 2), sha256.slice(2, 4), sha256)));
}

describe("watchFolder after faults and crashes", () => {
  it("tries again while the store is away and loses nothing", async () => {
    let failures = 1;
    const record: typeof box.store.record = async (submission) => {
      failures -= 1;
      if (failures >= 0) throw new IlmoError("unexpected", "Expected an answer.");
      return box.store.record(submission);
    };
    await box.start({ store: { ...box.store, record } });
    box.drop("a.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.events.map(({ kind }) => kind)).toEqual(["postponed", "recorded"]), SOON);
    expect(box.names("done")).toEqual(["a.pdf"]);
  });

  it("puts a file aside when its inspection crashes every time", async () => {
    await box.start({ inspect: async () => Promise.reject(new IlmoError("parserCrashed", "Expected an answer.")) });
    box.drop("a.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.events.map(({ kind }) => kind)).toEqual(["postponed", "postponed", "quarantined"]), SOON);
    expect(box.names("quarantine")).toEqual(["a.pdf", "a.pdf.reason.txt"]);
  });

  it.each([
    ["before the bytes are stored", { blobs: { put: hang } }],
    ["while the file is inspected", { inspect: hang }],
  ])("brings a file to its end that a crash left %s", async (_, hanging) => {
    const first = await box.start(hanging);
    box.drop("a.pdf", TINY_PDF);
    await vi.waitFor(() => expect(first.status().claimedCount).toBe(1), SOON);
    expect(box.names()).toEqual([]);
    box.abandon();
    await box.start();
    await vi.waitFor(() => expect(box.names("done")).toEqual(["a.pdf"]), SOON);
    expect(box.store.rows).toHaveLength(1);
  });

  it("records once what a crash left between record and move", async () => {
    const record: typeof box.store.record = async (submission) => {
      await box.store.record(submission);
      return hang();
    };
    await box.start({ store: { ...box.store, record } });
    box.drop("a.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.store.rows).toHaveLength(1), SOON);
    box.abandon();
    await box.start();
    await vi.waitFor(() => expect(box.names("done")).toEqual(["a.pdf"]), SOON);
    expect(box.store.rows).toHaveLength(1);
    await vi.waitFor(() => expect(box.claims()).toEqual([]), SOON);
  });

  it("shows and keeps trying an inbox that is not there", async () => {
    renameSync(box.inbox, `${box.inbox}-away`);
    const watch = await box.start();
    await vi.waitFor(() => expect(box.events).toMatchObject([{ kind: "inboxFault", systemCode: "ENOENT" }]), SOON);
    expect(watch.status().lastScanAt).toBeNull();
    renameSync(`${box.inbox}-away`, box.inbox);
    box.drop("a.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.names("done")).toEqual(["a.pdf"]), SOON);
  });
});

describe("putAside", () => {
  it.each([
    ["a file", () => box.drop("a.pdf", TINY_PDF), "a.pdf"],
    [
      "a folder",
      () => {
        mkdirSync(join(box.folder, "staged"));
        writeFileSync(join(box.folder, "staged", "1.pdf"), TINY_PDF);
        renameSync(join(box.folder, "staged"), box.path("batch"));
      },
      "batch",
    ],
  ])("moves %s that could not be read after all from done to quarantine, with a note", async (_, drop, name) => {
    const watch = await box.start();
    drop();
    await vi.waitFor(() => expect(box.events).toMatchObject([{ kind: "recorded" }]), SOON);
    const [id = ""] = box.store.rows.map((row) => row.id);
    expect(await watch.putAside(id, "fileDamaged", "Expected a whole file.")).toBe(true);
    expect([box.names("done"), box.names("quarantine"), box.claims()]).toEqual([[], [name, `${name}.reason.txt`], []]);
    const note = readFileSync(box.path("quarantine", `${name}.reason.txt`), "utf8");
    for (const part of [id, box.store.rows[0]?.receivedOn, "[fileDamaged: Expected a whole file.]"]) expect(note).toContain(part);
    expect(await watch.putAside(id, "fileDamaged", "again")).toBe(false);
  });

  it("leaves a file alone that has got the name of an original since", async () => {
    const watch = await box.start();
    box.drop("a.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.events).toMatchObject([{ kind: "recorded" }]), SOON);
    renameSync(box.path("done", "a.pdf"), join(box.folder, "taken-away"));
    writeFileSync(box.path("done", "a.pdf"), "another");
    expect(await watch.putAside(box.store.rows[0]?.id ?? "", "fileDamaged", "x")).toBe(false);
    expect(box.names("done")).toEqual(["a.pdf"]);
  });
});

describe("openFolderClaims after a crash inside the move", () => {
  const ID = "0b7d2c1e-1111-4222-8333-944455556666";
  const journal = {
    id: ID,
    name: Buffer.from("a.pdf").toString("base64"),
    kind: "file" as const,
    signature: "s",
    claimedAt: "2026-09-14T10:00:00.000Z",
  };

  it.each([
    ["nothing was moved", (work: string) => renameSync(join(work, "item"), box.path("a.pdf")), [], ["a.pdf", "quarantine"]],
    ["the original is claimed", () => {}, [ID], ["quarantine"]],
    ["a place is reserved", (work: string) => reserve(work), [ID], ["quarantine"]],
    ["the note is written too", (work: string) => reserve(work, "old note"), [ID], ["quarantine"]],
    ["the original is in its place", (work: string) => renameSync(join(work, "item"), box.path("quarantine", "a.pdf")), [], ["quarantine"]],
  ])("goes on from where %s", async (_, arrange, recovered, inInbox) => {
    mkdirSync(box.path("quarantine"));
    box.drop("a.pdf", TINY_PDF);
    await openFolderClaims(box.inbox, box.home).claim(journal);
    arrange(join(box.home, "work", "inbox", ID));
    const claims = openFolderClaims(box.inbox, box.home);
    const found = await claims.recover();
    expect(found.map(({ id }) => id)).toEqual(recovered);
    for (const claim of found) await claims.finish(claim, { kind: "quarantine", code: "fileDamaged", note: "new note" });
    expect(box.names()).toEqual(inInbox);
    expect(box.claims()).toEqual([]);
    if (found.length === 0) return;
    expect(box.names("quarantine")).toEqual(["a.pdf", "a.pdf.reason.txt"]);
    expect(readFileSync(box.path("quarantine", "a.pdf"), "utf8")).toBe(TINY_PDF);
    expect(readFileSync(box.path("quarantine", "a.pdf.reason.txt"), "utf8")).toBe("new note");
  });

  function reserve(work: string, note?: string): void {
    writeFileSync(join(work, "target.json"), JSON.stringify({ name: journal.name }));
    writeFileSync(box.path("quarantine", "a.pdf"), "");
    if (note) writeFileSync(box.path("quarantine", "a.pdf.reason.txt"), note);
  }

  it("keeps a claimed thing whose journal was lost, under its id", async () => {
    box.drop("a.pdf", TINY_PDF);
    await openFolderClaims(box.inbox, box.home).claim(journal);
    writeFileSync(join(box.home, "work", "inbox", ID, "claim.json"), "");
    await box.start();
    await vi.waitFor(() => expect(box.events).toMatchObject([{ kind: "recorded", submissionId: ID }]), SOON);
    expect(box.names("done")).toEqual([ID]);
    expect(box.store.rows).toMatchObject([{ files: [{ sha256: sha256Of(TINY_PDF) }] }]);
  });
});

describe("watchFolder killed at any instant", () => {
  const KILLS = 25;

  it("brings every submission to its end exactly once", async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      if (kill < 10) dropAll(kill, kill + 1);
      const child = run();
      await sleep(150 + Math.floor(Math.random() * 700));
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGKILL");
      await gone;
    }
    const last = run();
    const outcomes = ["done", "duplicate", "quarantine"];
    await vi.waitFor(() => expect([box.names(), box.claims()]).toEqual([outcomes, []]), { timeout: 60_000, interval: 200 });
    const gone = new Promise((done) => last.once("exit", done));
    last.kill("SIGKILL");
    await gone;

    const originals = outcomes.flatMap((outcome) => box.names(outcome).filter((name) => !name.endsWith(".reason.txt")));
    const dropped = ["file", "copy", "folder"].flatMap((kind) =>
      Array.from({ length: 10 }, (_, number) => (kind === "folder" ? `folder-${number}` : `${kind}-${number}.pdf`)),
    );
    expect(originals.toSorted()).toEqual([...dropped, ...Array.from({ length: 10 }, (_, number) => `bad-${number}.txt`)].toSorted());
    const recorded = rows();
    expect(recorded).toHaveLength(40);
    const count = (state: string): number => recorded.filter((row) => row.state === state).length;
    expect([count("received"), count("duplicate"), count("quarantined")]).toEqual([20, 10, 10]);
    expect([box.names("done").length, box.names("duplicate").length, box.names("quarantine").length]).toEqual([20, 20, 20]);
    for (const { sha256s } of recorded) for (const sha256 of sha256s) expect(blobBytes(sha256)).toBe(sha256);
    for (const name of box.names("done").filter((done) => done.startsWith("folder")))
      expect(readdirSync(box.path("done", name))).toEqual(["1.pdf", "2.pdf"]);
  });
});
