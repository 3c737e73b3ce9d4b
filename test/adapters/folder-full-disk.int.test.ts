import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFolderBlobStore } from "../../src/adapters/blob-store-folder.ts";
import { openTestInbox, sha256Of, type TestInbox, TINY_PDF } from "./intake-fakes.ts";

/** A claim that met a full disk is tried again after five seconds. */
const RECOVERED = { timeout: 20_000 };
/** No folder of this file system takes a file, not even from root: it stands for a disk that is full. */
const REFUSING = "/sys/kernel";

let box: TestInbox;

beforeEach(() => {
  box = openTestInbox();
});

afterEach(() => box.close());

/** Makes a folder refuse every new file; returns how to end that. */
function fillUp(folder: string): () => void {
  const away = join(box.folder, "away");
  renameSync(folder, away);
  symlinkSync(REFUSING, folder);
  return () => {
    rmSync(folder);
    renameSync(away, folder);
  };
}

const tried = (times: number): void => expect(box.events.filter(({ kind }) => kind === "postponed").length).toBeGreaterThanOrEqual(times);

describe("watchFolder on a full disk", () => {
  it("keeps the original untouched while the blob store takes nothing, shows it as waiting, and takes it in when there is room", async () => {
    const folder = join(box.home, "blobs");
    const blobs = createFolderBlobStore({ folder });
    const makeRoom = fillUp(join(folder, "tmp"));
    const watch = await box.start({ blobs, retryMs: [50] });
    box.drop("scan.pdf", TINY_PDF);
    await vi.waitFor(() => tried(1), RECOVERED);
    expect(box.events.find(({ kind }) => kind === "postponed")).toMatchObject({ code: "storageUnavailable" });
    expect(box.store.rows).toEqual([]);
    expect(watch.status()).toMatchObject({ claimedCount: 1, oldestClaimedAt: expect.any(String) });
    const [claim = ""] = box.claims();
    expect(readFileSync(join(box.home, "work", "inbox", claim, "item"), "utf8")).toBe(TINY_PDF);
    makeRoom();
    await vi.waitFor(() => expect(box.names("done")).toEqual(["scan.pdf"]), RECOVERED);
    expect(box.store.rows).toMatchObject([{ state: "received" }]);
    expect(await blobs.has(sha256Of(TINY_PDF))).toBe(true);
  });

  it("does not put a good file aside because its outcome folder takes nothing for long", async () => {
    mkdirSync(box.path("done"), { recursive: true });
    const makeRoom = fillUp(box.path("done"));
    await box.start({ retryMs: [50] });
    box.drop("scan.pdf", TINY_PDF);
    await vi.waitFor(() => tried(2), RECOVERED);
    expect(box.store.rows).toMatchObject([{ state: "received" }]);
    makeRoom();
    await vi.waitFor(() => expect(box.names("done")).toEqual(["scan.pdf"]), RECOVERED);
    expect(box.names("quarantine")).toEqual([]);
    expect(box.claims()).toEqual([]);
  });
});
