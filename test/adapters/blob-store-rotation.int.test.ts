import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toKeyId } from "../../src/adapters/blob-store-envelope.ts";
import { blobPathOf } from "../../src/adapters/blob-store-files.ts";
import { createFolderBlobStore } from "../../src/adapters/blob-store-folder.ts";
import { countKeyUse, rotateBlobs } from "../../src/adapters/blob-store-rotation.ts";

const PROCESS = join(import.meta.dirname, "rotating-process.ts");
const BLOBS = 120;
const KILLS = 8;
const [OLD, NEW] = [randomBytes(32), randomBytes(32)];

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ilmo-rotation-"));
  folder = join(root, "blobs");
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

async function fill(key: Uint8Array | undefined, count: number): Promise<Map<string, Buffer>> {
  const store = createFolderBlobStore({ folder, ...(key === undefined ? {} : { key }) });
  const contents = new Map<string, Buffer>();
  for (let index = 0; index < count; index += 1) {
    const bytes = randomBytes(index * 100);
    contents.set((await store.put(bytes)).sha256, bytes);
  }
  return contents;
}

async function expectAllReadable(
  contents: ReadonlyMap<string, Buffer>,
  key: Uint8Array,
  previousKeys: readonly Uint8Array[],
): Promise<void> {
  const store = createFolderBlobStore({ folder, key, previousKeys });
  for (const [sha256, bytes] of contents) expect(Buffer.from(await store.get(sha256)).equals(bytes), sha256).toBe(true);
}

const rotate = (): ReturnType<typeof rotateBlobs> => rotateBlobs({ folder, key: NEW, previousKeys: [OLD] }, () => {});

describe("rotateBlobs", () => {
  it("wraps anew what lies under the earlier key and encrypts what lies in plain, so that the earlier key may go", async () => {
    const plain = await fill(undefined, 5);
    const old = await fill(OLD, 7);
    expect(await countKeyUse(folder)).toEqual({ byKey: new Map([[toKeyId(OLD), 6]]), plain: 5 });
    expect(await rotate()).toEqual({ encrypted: 5, rewrapped: 6, alreadyDone: 0 });
    expect(await countKeyUse(folder)).toEqual({ byKey: new Map([[toKeyId(NEW), 11]]), plain: 0 });
    await expectAllReadable(new Map([...plain, ...old]), NEW, []);
    expect(await rotate()).toEqual({ encrypted: 0, rewrapped: 0, alreadyDone: 11 });
  });

  it("loses nothing when it is killed at any instant, and goes on where it stopped", async () => {
    const contents = await fill(OLD, BLOBS);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const args = [PROCESS, folder, OLD.toString("base64"), NEW.toString("base64")];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
      await delay(Math.random() * 12);
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      await expectAllReadable(contents, NEW, [OLD]);
    }
    const rest = await rotate();
    expect(rest.rewrapped + rest.alreadyDone).toBe(BLOBS);
    await expectAllReadable(contents, NEW, []);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });

  it("stops at a damaged blob and leaves it as it is", async () => {
    const [sha256 = ""] = (await fill(OLD, 2)).keys();
    const path = blobPathOf(folder, sha256);
    appendFileSync(path, "x");
    await expect(rotate()).rejects.toMatchObject({ code: "fileDamaged" });
    expect(existsSync(path)).toBe(true);
    expect((await countKeyUse(folder)).byKey.get(toKeyId(OLD))).toBeGreaterThanOrEqual(1);
  });

  it("stops when a blob's key is not known", async () => {
    await fill(randomBytes(32), 1);
    await expect(rotate()).rejects.toMatchObject({ code: "configInvalid" });
  });
});
