import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openTestInbox, SOON, type TestInbox } from "./intake-fakes.ts";

let box: TestInbox;
beforeEach(() => {
  box = openTestInbox();
});
afterEach(() => box.close());

function dropFolder(name: string, files: Record<string, string>): void {
  const elsewhere = join(box.folder, "elsewhere-folder");
  mkdirSync(elsewhere);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(elsewhere, path, ".."), { recursive: true });
    writeFileSync(join(elsewhere, path), content);
  }
  renameSync(elsewhere, box.path(name));
}

describe("watchFolder with folders", () => {
  it("takes a folder as one submission, in the order and with the day that its meta.json gives", async () => {
    await box.start();
    const meta = { caseId: "x", receivedAt: "2026-09-14", channel: "secure-mail", files: ["z.txt"] };
    dropFolder("batch", {
      "10.txt": "ten",
      "9.txt": "nine",
      "z.txt": "first",
      "sub/1.txt": "deep",
      "meta.json": JSON.stringify(meta),
      "Thumbs.db": "x",
    });
    await vi.waitFor(() => expect(box.names("done")).toEqual(["batch"]), SOON);
    expect(box.store.rows).toMatchObject([{ state: "received", receivedOn: "2026-09-14", channel: "secure-mail" }]);
    const files = box.store.rows[0]?.files ?? [];
    expect(files.map(({ originalName }) => originalName)).toEqual(["z.txt", "9.txt", "10.txt", "sub/1.txt"]);
    expect(files.map(({ fileIndex }) => fileIndex)).toEqual([0, 1, 2, 3]);
    expect(box.names(join("done", "batch"))).toContain("meta.json");
  });

  it.each([
    ["is not JSON", "{"],
    ["lacks its day", JSON.stringify({ channel: "post" })],
    ["has a channel with spaces", JSON.stringify({ receivedAt: "2026-09-14", channel: "a b" })],
    ["names a file that is not there", JSON.stringify({ receivedAt: "2026-09-14", channel: "post", files: ["../secret"] })],
  ])("puts a folder aside whose meta.json %s", async (_, meta) => {
    await box.start();
    dropFolder("batch", { "a.txt": "a", "meta.json": meta });
    await vi.waitFor(
      () => expect(box.store.rows).toMatchObject([{ state: "quarantined", code: "metaInvalid", files: [{ originalName: "a.txt" }] }]),
      SOON,
    );
    await vi.waitFor(() => expect(box.events).toHaveLength(1), SOON);
    expect(box.names("quarantine")).toEqual(["batch", "batch.reason.txt"]);
    expect(readFileSync(box.path("quarantine", "batch.reason.txt"), "utf8")).toContain("meta.json");
  });

  it("waits until the whole folder is quiet", async () => {
    await box.start({}, { quietMs: 1_500 });
    mkdirSync(box.path("slow"));
    for (const number of [1, 2, 3]) {
      writeFileSync(box.path("slow", `${number}.txt`), `${number}`);
      await sleep(600);
    }
    await vi.waitFor(() => expect(box.store.rows).toMatchObject([{ files: [{}, {}, {}] }]), SOON);
    expect(box.store.rows).toHaveLength(1);
  });

  it("gives an empty folder time to be filled, then puts it aside", async () => {
    const watch = await box.start();
    mkdirSync(box.path("New folder"));
    await vi.waitFor(() => expect(watch.status().waiting).toMatchObject([{ reason: "fileEmpty" }]), SOON);
    await vi.waitFor(() => expect(box.names("quarantine")).toEqual(["New folder", "New folder.reason.txt"]), SOON);
    expect(box.store.rows).toMatchObject([{ code: "fileEmpty", files: [] }]);
  });

  it("puts a folder aside that holds a link, and does not follow it", async () => {
    await box.start();
    mkdirSync(join(box.folder, "staged"));
    symlinkSync("/etc", join(box.folder, "staged", "etc"));
    renameSync(join(box.folder, "staged"), box.path("with-link"));
    await vi.waitFor(() => expect(box.store.rows).toMatchObject([{ code: "fileUnsafe", files: [] }]), SOON);
  });

  it.each([
    ["too many files", Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`${index}.txt`, `${index}`])), { maxLeaves: 3 }],
    ["too many bytes", { "a.txt": "12345", "b.txt": "123456" }, { maxFileBytes: 10 }],
    ["too many levels", { "1/2/3/4/5/6/7/8/a.txt": "x" }, {}],
  ])("puts a folder aside with %s", async (_, files, intake) => {
    await box.start({}, intake);
    dropFolder("heavy", files);
    await vi.waitFor(() => expect(box.store.rows).toMatchObject([{ state: "quarantined", code: "fileTooLarge", files: [] }]), SOON);
    await vi.waitFor(() => expect(box.names("quarantine")).toEqual(["heavy", "heavy.reason.txt"]), SOON);
  });
});
