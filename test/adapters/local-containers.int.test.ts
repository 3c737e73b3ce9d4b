import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildZip } from "../../fixtures/hostile/archives.ts";
import { HOSTILE_PASSWORD, type HonestFiles, makeHonestFiles } from "../../fixtures/hostile/hostile-set.ts";
import { buildMail } from "../../fixtures/hostile/mails.ts";
import { openContainers } from "../../src/adapters/local-containers.ts";
import { findLocalSubmission } from "../../src/adapters/local-submissions.ts";
import { startTestOpener, type TestOpener } from "./opener-samples.ts";

describe("openContainers", () => {
  let box: TestOpener;
  let honest: HonestFiles;
  beforeAll(async () => {
    honest = await makeHonestFiles();
    box = startTestOpener({}, [HOSTILE_PASSWORD]);
  });
  afterAll(() => box.close());

  const open = async (name: string, bytes: Uint8Array, { opener } = box) => {
    const path = join(box.folder, name);
    writeFileSync(path, bytes);
    const submission = await findLocalSubmission(path);
    if (submission === null) throw new Error("expected a submission");
    return openContainers(submission, opener, join(box.folder, "home"));
  };

  it("puts the files of a mail into its place, named after it, and removes them afterwards", async () => {
    const zip = await buildZip([{ name: "scan.png", content: honest.png }]);
    const parts = [
      { type: "application/pdf", name: "form.pdf", content: honest.pdf },
      { type: "application/zip", name: "more.zip", content: zip },
      { type: "application/msword", name: "letter.doc", content: "x" },
    ];
    const { submission, unreadable, remove } = await open("mail.eml", buildMail({ parts }));
    expect(submission.files.map(({ fileIndex, name }) => [fileIndex, name])).toEqual([
      [0, "mail.eml/form.pdf"],
      [1, "mail.eml/more.zip/scan.png"],
    ]);
    expect(submission.files.map(({ path }) => readFileSync(path))).toEqual([Buffer.from(honest.pdf), Buffer.from(honest.png)]);
    expect(unreadable).toBe(1);
    await remove();
    expect(submission.files.some(({ path }) => existsSync(path))).toBe(false);
  });

  it("leaves other files where they are and unlocks a PDF whose password is known", async () => {
    const plain = await open("form.pdf", honest.pdf);
    expect(plain.submission.files[0]?.path).toBe(join(box.folder, "form.pdf"));
    const locked = await open("locked.pdf", honest.lockedPdf);
    expect(locked.submission.files.map(({ name }) => name)).toEqual(["locked.pdf"]);
    expect(readFileSync(locked.submission.files[0]?.path ?? "").includes("/Encrypt")).toBe(false);
    await Promise.all([plain.remove(), locked.remove()]);
  });

  it("says of a PDF whose password is not known that it needs one", async () => {
    const stranger = startTestOpener({}, ["another password"]);
    try {
      await expect(open("locked.pdf", honest.lockedPdf, stranger)).rejects.toMatchObject({
        code: "fileEncrypted",
        message: expect.stringContaining("a PDF that opens without a password; this one needs one"),
      });
    } finally {
      await stranger.close();
    }
  });
});
