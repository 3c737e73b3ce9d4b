import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BlobStore } from "../../src/pipeline/blob-store-port.ts";

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("half");
  throw new Error("the scanner went away");
}

/** What every blob store does; run it with a way to make one below an empty folder. */
export function describeBlobStore(name: string, create: (folder: string) => BlobStore): void {
  describe(`blob store: ${name}`, () => {
    let folder: string;
    let store: BlobStore;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "ilmo-blobs-"));
      store = create(join(folder, "blobs"));
    });

    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it.each([0, 1, 65_536, 300_001])("gives back %i bytes under their SHA-256", async (sizeBytes) => {
      const bytes = randomBytes(sizeBytes);
      const blob = await store.put(bytes);
      expect(blob).toEqual({ sha256: sha256Of(bytes), sizeBytes });
      expect(Buffer.from(await store.get(blob.sha256)).equals(bytes)).toBe(true);
      expect(await store.has(blob.sha256)).toBe(true);
    });

    it("takes a stream and a file as it takes bytes", async () => {
      const bytes = randomBytes(200_000);
      writeFileSync(join(folder, "scan"), bytes);
      async function* chunks(): AsyncGenerator<Uint8Array> {
        yield bytes.subarray(0, 70_000);
        yield bytes.subarray(70_000);
      }
      const expected = { sha256: sha256Of(bytes), sizeBytes: bytes.length };
      expect(await store.put(chunks())).toEqual(expected);
      expect(await store.put({ path: join(folder, "scan") })).toEqual(expected);
      expect(Buffer.from(await store.get(expected.sha256)).equals(bytes)).toBe(true);
    });

    it("stores the same bytes once, also when two store them at the same time", async () => {
      const bytes = randomBytes(5_000);
      const blobs = await Promise.all([store.put(bytes), store.put(bytes), store.put(bytes)]);
      expect(new Set(blobs.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(bytes)]));
      expect(Buffer.from(await store.get(sha256Of(bytes))).equals(bytes)).toBe(true);
    });

    it("keeps nothing of a source that breaks off", async () => {
      await expect(store.put(breaking())).rejects.toThrow();
      expect(await store.has(sha256Of(Buffer.from("half")))).toBe(false);
    });

    it("copies the bytes to a file", async () => {
      const { sha256 } = await store.put(Buffer.from("page"));
      await store.copyTo(sha256, join(folder, "copy"));
      expect(readFileSync(join(folder, "copy"), "utf8")).toBe("page");
    });

    it("says that it lacks a blob, and refuses a name that is no hash", async () => {
      const missing = "0".repeat(64);
      expect(await store.has(missing)).toBe(false);
      await expect(store.get(missing)).rejects.toMatchObject({ code: "notFound" });
      await expect(store.get("../../etc/passwd")).rejects.toMatchObject({ code: "notFound" });
    });
  });
}
