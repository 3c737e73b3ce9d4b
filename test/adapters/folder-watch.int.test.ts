import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { IlmoError } from "../../src/errors.ts";
import { openTestInbox, SOON, sha256Of, type TestInbox, TINY_PDF } from "./intake-fakes.ts";
import { buildTiff } from "./tiff-samples.ts";

const unsupported = new IlmoError("fileUnsupported", "Expected pages; this is something else.");

let box: TestInbox;
beforeEach(() => {
  box = openTestInbox();
});
afterEach(() => box.close());

describe("watchFolder with single files", () => {
  it("records a file, keeps its bytes and puts the original into done under its own name", async () => {
    await box.start();
    box.drop("scan 1.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.events).toMatchObject([{ kind: "recorded", fileCount: 1 }]), SOON);
    expect(box.names("done")).toEqual(["scan 1.pdf"]);
    expect(box.store.rows).toMatchObject([
      {
        state: "received",
        channel: "folder",
        source: "inbox",
        files: [{ fileIndex: 0, sha256: sha256Of(TINY_PDF), originalName: "scan 1.pdf", mediaType: "pdf" }],
      },
    ]);
    expect(Buffer.from(box.blobs.bytes.get(sha256Of(TINY_PDF)) ?? []).toString()).toBe(TINY_PDF);
    expect(readFileSync(box.path("done", "scan 1.pdf"), "utf8")).toBe(TINY_PDF);
    expect(box.names()).toEqual(["done"]);
    expect(box.claims()).toEqual([]);
    expect(JSON.stringify(box.events)).not.toContain("scan");
  });

  it("takes files that were there before it started", async () => {
    box.drop("a.pdf", TINY_PDF);
    await box.start();
    await vi.waitFor(() => expect(box.names("done")).toEqual(["a.pdf"]), SOON);
  });

  it("puts the same content aside as a duplicate, with a note that names the first", async () => {
    await box.start();
    box.drop("a.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.names("done")).toEqual(["a.pdf"]), SOON);
    box.drop("b.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.events).toHaveLength(2), SOON);
    expect(box.names("duplicate")).toEqual(["b.pdf", "b.pdf.reason.txt"]);
    const note = readFileSync(box.path("duplicate", "b.pdf.reason.txt"), "utf8");
    expect(note).toContain("KAKSOISKAPPALE");
    expect(note).toContain("DUBBLETT");
    expect(note).toContain("DUPLICATE");
    expect(note).toContain(box.store.rows[0]?.id);
  });

  it("puts what cannot be read into quarantine with a note and a record", async () => {
    await box.start({ inspect: async () => Promise.reject(unsupported) });
    box.drop("letter.docx", "some text");
    await vi.waitFor(() => expect(box.events).toMatchObject([{ kind: "quarantined", code: "fileUnsupported" }]), SOON);
    expect(box.names("quarantine")).toEqual(["letter.docx", "letter.docx.reason.txt"]);
    expect(box.store.rows).toMatchObject([{ state: "quarantined", code: "fileUnsupported", files: [{ sha256: sha256Of("some text") }] }]);
    const note = readFileSync(box.path("quarantine", "letter.docx.reason.txt"), "utf8");
    for (const word of ["muotoa", "format", "kind", box.store.rows[0]?.id]) expect(note).toContain(word);
  });

  it("never overwrites an original of the same name", async () => {
    await box.start();
    for (const number of [1, 2, 3]) {
      box.drop("scan.txt", `content ${number}`);
      await vi.waitFor(() => expect(box.events).toHaveLength(number), SOON);
    }
    expect(box.names("done")).toEqual(["scan (2).txt", "scan (3).txt", "scan.txt"]);
    expect(box.names("done").map((name) => readFileSync(box.path("done", name), "utf8"))).toEqual(["content 2", "content 3", "content 1"]);
  });

  it("keeps a name that is not UTF-8 as it is", async () => {
    await box.start();
    const name = Buffer.from("h\xe4\xe4st\xf6.txt", "latin1");
    writeFileSync(Buffer.concat([Buffer.from(`${box.inbox}/`), name]), "x");
    await vi.waitFor(() => expect(box.store.rows).toMatchObject([{ files: [{ originalName: "häästö.txt" }] }]), SOON);
    await vi.waitFor(() => expect(readdirSync(box.path("done"), { encoding: "buffer" })).toEqual([name]), SOON);
  });

  it("leaves other programs' files alone", async () => {
    const names = [".hidden", "Thumbs.db", "a.part", "b.tmp", "c.crdownload", "desktop.ini", "~$form.docx"];
    for (const name of names) writeFileSync(box.path(name), TINY_PDF);
    mkdirSync(box.path("@eaDir"));
    const watch = await box.start();
    box.drop("last.pdf", TINY_PDF);
    await vi.waitFor(() => expect(box.names("done")).toEqual(["last.pdf"]), SOON);
    expect(box.names()).toEqual([...names, "@eaDir", "done"].toSorted());
    expect(watch.status().waiting).toEqual([]);
  });

  it("does not open links or pipes", async () => {
    await box.start();
    const secret = join(box.folder, "secret");
    writeFileSync(secret, "secret");
    symlinkSync(secret, box.path("link.pdf"));
    execFileSync("/usr/bin/mkfifo", [box.path("pipe.pdf")]);
    await vi.waitFor(() => expect(box.events).toHaveLength(2), SOON);
    expect(box.names("quarantine")).toEqual(["link.pdf", "link.pdf.reason.txt", "pipe.pdf", "pipe.pdf.reason.txt"]);
    expect(box.store.rows.map(({ code, files }) => [code, files.length])).toEqual([
      ["fileUnsafe", 0],
      ["fileUnsafe", 0],
    ]);
    expect(box.blobs.bytes.size).toBe(0);
    expect(lstatSync(box.path("quarantine", "link.pdf")).isSymbolicLink()).toBe(true);
    expect(readFileSync(secret, "utf8")).toBe("secret");
  });

  it("refuses a file beyond the size limit without reading it", async () => {
    await box.start({}, { maxFileBytes: 10 });
    box.drop("big.txt", "12345678901");
    await vi.waitFor(() => expect(box.store.rows).toMatchObject([{ state: "quarantined", code: "fileTooLarge", files: [] }]), SOON);
  });
});

describe("watchFolder with files that are being written", () => {
  const page = { data: new Uint8Array(64), widthPx: 32, heightPx: 16, bitsPerSample: 1, compression: 1, photometric: 1 };

  it("waits over a scanner's pauses, even where the file is whole at each pause", async () => {
    await box.start({}, { quietMs: 1_500 });
    for (const pages of [1, 2, 3, 4]) {
      writeFileSync(box.path("fax.tif"), buildTiff(Array.from({ length: pages }, () => page)));
      await sleep(600);
    }
    await vi.waitFor(() => expect(box.names("done")).toEqual(["fax.tif"]), SOON);
    expect(box.store.rows).toMatchObject([{ files: [{ sha256: sha256Of(buildTiff([page, page, page, page])) }] }]);
  });

  it("waits for the end of a PDF over a pause longer than the quiet time", async () => {
    const watch = await box.start({}, { incompleteMs: 10_000 });
    writeFileSync(box.path("slow.pdf"), TINY_PDF.slice(0, 40));
    await vi.waitFor(() => expect(watch.status().waiting).toMatchObject([{ name: "slow.pdf", reason: "fileIncomplete" }]), SOON);
    appendFileSync(box.path("slow.pdf"), TINY_PDF.slice(40));
    await vi.waitFor(() => expect(box.store.rows).toMatchObject([{ files: [{ sha256: sha256Of(TINY_PDF) }] }]), SOON);
  });

  it("shows an unfinished file as waiting, and puts it aside when nothing comes for long", async () => {
    const watch = await box.start();
    writeFileSync(box.path("half.pdf"), TINY_PDF.slice(0, 40));
    writeFileSync(box.path("empty.pdf"), "");
    await vi.waitFor(
      () =>
        expect(
          watch
            .status()
            .waiting.map(({ reason }) => reason)
            .toSorted(),
        ).toEqual(["fileEmpty", "fileIncomplete"]),
      SOON,
    );
    expect(watch.status().oldestWaitingMs).toBeGreaterThan(0);
    await vi.waitFor(() => expect(box.store.rows.map(({ code }) => code).toSorted()).toEqual(["fileEmpty", "fileIncomplete"]), SOON);
    await vi.waitFor(() => expect(box.names("quarantine")).toHaveLength(4), SOON);
    expect(watch.status().waiting).toEqual([]);
  });

  it("takes a finished download soon after its rename", async () => {
    const watch = await box.start({}, { quietMs: 60_000 });
    writeFileSync(box.path("form.pdf.part"), TINY_PDF);
    for (let look = 0; look < 2; look += 1) await watch.scanNow();
    renameSync(box.path("form.pdf.part"), box.path("form.pdf"));
    await vi.waitFor(() => expect(box.names("done")).toEqual(["form.pdf"]), SOON);
  });

  it("waits again when a file changes after it was claimed, and records only what it became", async () => {
    let isFirst = true;
    const blobs = {
      put: async (source: AsyncIterable<Uint8Array>) => {
        const stored = await box.blobs.put(source);
        const [id = ""] = box.claims();
        if (isFirst) appendFileSync(join(box.home, "work", "inbox", id, "item"), " and more");
        isFirst = false;
        return stored;
      },
    };
    await box.start({ blobs });
    box.drop("a.txt", "text");
    await vi.waitFor(() => expect(box.names("done")).toEqual(["a.txt"]), SOON);
    expect(box.store.rows).toMatchObject([{ files: [{ sha256: sha256Of("text and more") }] }]);
  });

  it("loses none of 40 files that re-use one name within 60 ms", async () => {
    await box.start({}, { quietMs: 60, renamedQuietMs: 20, scanMs: 50 });
    for (let number = 0; number < 40; number += 1) {
      await vi.waitFor(() => expect(existsSync(box.path("scan.txt"))).toBe(false), { timeout: 20_000, interval: 5 });
      await sleep(number % 3 === 0 ? 0 : 20 * (number % 3));
      writeFileSync(box.path("scan.txt"), `page ${number}`);
    }
    await vi.waitFor(() => expect(box.store.rows).toHaveLength(40), SOON);
    const seen = box.store.rows.map(({ files }) => files[0]?.sha256);
    expect(new Set(seen)).toEqual(new Set(Array.from({ length: 40 }, (_, number) => sha256Of(`page ${number}`))));
    await vi.waitFor(() => expect(box.names("done")).toHaveLength(40), SOON);
  });

  it("takes each of 5,000 files renamed in at once exactly once", async () => {
    const burst = join(box.folder, "burst");
    mkdirSync(burst);
    for (let number = 0; number < 5_000; number += 1) writeFileSync(join(burst, `${number}.txt`), `form ${number}`);
    await box.start();
    for (const name of readdirSync(burst)) renameSync(join(burst, name), box.path(name));
    await vi.waitFor(() => expect(box.events).toHaveLength(5_000), { timeout: 150_000, interval: 500 });
    expect(box.names("done")).toHaveLength(5_000);
    expect(new Set(box.store.rows.map(({ files }) => files[0]?.sha256)).size).toBe(5_000);
    expect(box.store.rows).toHaveLength(5_000);
    expect(box.names()).toEqual(["done"]);
  });
});
