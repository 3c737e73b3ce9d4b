import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolderBlobStore } from "../../src/adapters/blob-store-folder.ts";
import { loadBlobKeys } from "../../src/adapters/blob-store-keys.ts";
import { describeBlobStore } from "./blob-store-contract.ts";
import { createMemoryBlobStore } from "./memory-blob-store.ts";

const KEY = randomBytes(32);

describeBlobStore("memory", createMemoryBlobStore);
describeBlobStore("folder", (folder) => createFolderBlobStore({ folder }));
describeBlobStore("folder with a key", (folder) => createFolderBlobStore({ folder, key: KEY }));

describe("createFolderBlobStore", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ilmo-blobs-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const fileOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  it("names files after their content in two levels of folders, and leaves no temporary file", async () => {
    const { sha256 } = await createFolderBlobStore({ folder }).put(Buffer.from("page"));
    expect(readFileSync(fileOf(sha256), "utf8")).toBe("page");
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });

  it("refuses a blob whose bytes changed, and heals it when the same bytes come again", async () => {
    const store = createFolderBlobStore({ folder });
    const { sha256 } = await store.put(Buffer.from("page"));
    writeFileSync(fileOf(sha256), "pagf");
    await expect(store.get(sha256)).rejects.toMatchObject({ code: "fileDamaged" });
    await store.put(Buffer.from("page"));
    expect(Buffer.from(await store.get(sha256)).toString()).toBe("page");
  });

  it("shows nothing of an encrypted blob on disk, and refuses it after any changed byte", async () => {
    const store = createFolderBlobStore({ folder, key: KEY });
    const { sha256 } = await store.put(Buffer.from("Matkalainen, Maija"));
    const stored = readFileSync(fileOf(sha256));
    expect(stored.includes("Matkalainen")).toBe(false);
    for (let position = 0; position < stored.length; position += 7) {
      const changed = Buffer.from(stored);
      changed[position] = (changed[position] ?? 0) ^ 1;
      writeFileSync(fileOf(sha256), changed);
      await expect(store.get(sha256)).rejects.toThrow();
    }
  });

  it("encrypts the same bytes differently each time", async () => {
    const { sha256 } = await createFolderBlobStore({ folder, key: KEY }).put(Buffer.from("page"));
    const first = readFileSync(fileOf(sha256));
    rmSync(fileOf(sha256));
    await createFolderBlobStore({ folder, key: KEY }).put(Buffer.from("page"));
    expect(readFileSync(fileOf(sha256)).equals(first)).toBe(false);
  });

  it("opens blobs of an earlier key and plain ones, and names the missing key as the fault", async () => {
    const plain = await createFolderBlobStore({ folder }).put(Buffer.from("plain"));
    const old = await createFolderBlobStore({ folder, key: KEY }).put(Buffer.from("old"));
    const present = createFolderBlobStore({ folder, key: randomBytes(32), previousKeys: [KEY] });
    expect(Buffer.from(await present.get(plain.sha256)).toString()).toBe("plain");
    expect(Buffer.from(await present.get(old.sha256)).toString()).toBe("old");
    await expect(createFolderBlobStore({ folder }).get(old.sha256)).rejects.toMatchObject({ code: "configInvalid" });
  });

  it("removes temporary files that a killed process left a day ago, no younger ones", () => {
    mkdirSync(join(folder, "tmp"), { recursive: true });
    for (const name of ["old", "young"]) writeFileSync(join(folder, "tmp", name), "half");
    const twoDaysAgo = Date.now() / 1_000 - 2 * 86_400;
    utimesSync(join(folder, "tmp", "old"), twoDaysAgo, twoDaysAgo);
    createFolderBlobStore({ folder });
    expect(readdirSync(join(folder, "tmp"))).toEqual(["young"]);
  });

  it("says that storage is at fault when the folder cannot be written", () => {
    writeFileSync(join(folder, "file"), "");
    const below = join(folder, "file", "blobs");
    expect(() => createFolderBlobStore({ folder: below })).toThrow(expect.objectContaining({ code: "storageUnavailable" }));
    expect(() => createFolderBlobStore({ folder: "/proc/blobs" })).toThrow(expect.objectContaining({ code: "unexpected" }));
  });
});

describe("loadBlobKeys", () => {
  it("takes a key from the setting or from a file, and none when none is set", () => {
    const folder = mkdtempSync(join(tmpdir(), "ilmo-key-"));
    writeFileSync(join(folder, "key"), `${KEY.toString("base64")}\n`);
    expect(loadBlobKeys({ blobKey: KEY.toString("base64"), previousBlobKeys: [] }).key).toEqual(KEY);
    expect(loadBlobKeys({ blobKeyFile: join(folder, "key"), previousBlobKeys: [] }).key).toEqual(KEY);
    expect(loadBlobKeys({ previousBlobKeys: [] })).toEqual({ previousKeys: [] });
    rmSync(folder, { recursive: true });
  });

  it.each([
    { title: "31 bytes", settings: { blobKey: randomBytes(31).toString("base64"), previousBlobKeys: [] } },
    { title: "a file that is not there", settings: { blobKeyFile: "/nowhere/key", previousBlobKeys: [] } },
  ])("refuses $title", ({ settings }) => {
    expect(() => loadBlobKeys(settings)).toThrow(expect.objectContaining({ code: "configInvalid" }));
  });
});
