import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { buildZip } from "../../fixtures/hostile/archives.ts";
import { type HonestFiles, makeHonestFiles } from "../../fixtures/hostile/hostile-set.ts";
import { buildMail } from "../../fixtures/hostile/mails.ts";
import type { FolderWatch } from "../../src/adapters/folder-watch-port.ts";
import { openTestInbox, SOON, sha256Of, type TestInbox } from "./intake-fakes.ts";
import { startTestOpener, type TestOpener } from "./opener-samples.ts";

describe("watchFolder with mails and archives", () => {
  let box: TestInbox;
  let opener: TestOpener;
  let honest: HonestFiles;
  let watch: FolderWatch;

  beforeAll(async () => {
    honest = await makeHonestFiles();
    box = openTestInbox();
    opener = startTestOpener();
    watch = await box.start({ inspect: opener.opener.inspect });
  });
  afterAll(async () => {
    await box.close();
    await opener.close();
  });

  const rowOf = async (original: Uint8Array) => {
    const hash = sha256Of(original);
    await vi.waitFor(() => expect(box.store.rows.some(({ files }) => files[0]?.sha256 === hash)).toBe(true), SOON);
    return box.store.rows.find(({ files }) => files[0]?.sha256 === hash);
  };

  it("keeps a dropped mail as it is and records what lay in it behind it", async () => {
    const cut = honest.pdf.subarray(0, 300);
    const parts = [
      { type: "application/pdf", name: "form.pdf", content: honest.pdf },
      { type: "application/pdf", name: "cut.pdf", content: cut },
    ];
    const mail = buildMail({ parts });
    box.drop("message.eml", mail);
    const row = await rowOf(mail);
    expect(row?.state).toBe("received");
    expect(
      row?.files.map(({ fileIndex, originalName, mediaType, part }) => [fileIndex, originalName, mediaType, part?.use, part?.parentIndex]),
    ).toEqual([
      [0, "message.eml", "mail", "container", null],
      [1, "form.pdf", "pdf", "read", 0],
      [2, "cut.pdf", "pdf", "unreadable", 0],
    ]);
    expect(box.blobs.bytes.get(sha256Of(mail))).toEqual(Buffer.from(mail));
    expect(box.blobs.bytes.has(sha256Of(honest.pdf))).toBe(true);
    expect(box.blobs.bytes.has(sha256Of(cut))).toBe(true);
    await vi.waitFor(() => expect(box.names("done")).toEqual(["message.eml", "message.eml.reason.txt"]), SOON);
    const note = readFileSync(box.path("done", "message.eml.reason.txt"), "utf8");
    expect(note).toContain("Liitteitä, joita ei voitu lukea: 1.");
    expect(note).not.toContain("cut.pdf");
  });

  it("takes the note along when the rest cannot be used either", async () => {
    await vi.waitFor(() => expect(box.claims()).toEqual([]), SOON);
    const [row] = box.store.rows;
    expect(await watch.putAside(row?.id ?? "", "formMissing", "no form")).toBe(true);
    expect(box.names("done")).toEqual([]);
    expect(box.names("quarantine")).toEqual(["message.eml", "message.eml.reason.txt"]);
  });

  it("puts a locked archive aside whole, with a note that says how to unlock it", async () => {
    const zip = await buildZip([{ name: "form.pdf", content: honest.pdf, options: { password: "unknown" } }]);
    box.drop("locked.zip", zip);
    const row = await rowOf(zip);
    expect([row?.state, row?.code, row?.files.length]).toEqual(["quarantined", "fileEncrypted", 1]);
    await vi.waitFor(() => expect(box.names("quarantine")).toEqual(expect.arrayContaining(["locked.zip", "locked.zip.reason.txt"])), SOON);
    // Its name is there a moment before its bytes.
    await vi.waitFor(() => expect(readFileSync(box.path("quarantine", "locked.zip")).equals(zip)).toBe(true), SOON);
    expect(readFileSync(box.path("quarantine", "locked.zip.reason.txt"), "utf8")).toContain("ilmo unlock");
  });
});
