import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toKeyId } from "../../src/adapters/blob-store-envelope.ts";
import { countKeyUse } from "../../src/adapters/blob-store-rotation.ts";
import { INBOX_LOCK, tryDatabaseLock } from "../../src/adapters/database-lock.ts";
import { rotateKeys, showKeys } from "../../src/commands/keys-commands.ts";
import type { Terminal } from "../../src/commands/terminal.ts";
import type { Config } from "../../src/config.ts";
import { SERVICE_KEYS_META } from "../../src/upkeep.ts";
import { type OfficePlace, openOfficePlace } from "../office-place.ts";

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];

let place: OfficePlace;
let changed: Config;
const shown: unknown[] = [];
const terminal: Terminal = { line: () => {}, json: (value) => shown.push(value), progress: () => {}, progressDone: () => {}, isJson: true };

beforeAll(async () => {
  place = await openOfficePlace({ blobKey: OLD.toString("base64") });
  changed = { ...place.config, blobKey: NEW.toString("base64"), previousBlobKeys: [OLD.toString("base64")] };
  await place.office.blobs.put(Buffer.from("an original"));
});

afterAll(() => place.remove());

describe("ilmo keys rotate", () => {
  it("waits until the running service knows the new key, then rotates and lets the earlier one go", async () => {
    const { office, config } = place;
    const service = await tryDatabaseLock(office.databaseUrl, INBOX_LOCK);
    await office.store.setMeta(SERVICE_KEYS_META, [toKeyId(OLD)]);
    await expect(rotateKeys(changed, terminal)).rejects.toMatchObject({ code: "notAllowed" });
    const blobs = join(config.home, "blobs");
    expect((await countKeyUse(blobs)).byKey.get(toKeyId(OLD))).toBe(1);
    await showKeys(changed, terminal);
    expect(shown.at(-1)).toMatchObject({ keys: [{ state: "present key" }, { blobs: 1, state: "earlier key, still needed" }] });

    await office.store.setMeta(SERVICE_KEYS_META, [toKeyId(NEW), toKeyId(OLD)]);
    await rotateKeys(changed, terminal);
    await service?.release();
    await showKeys(changed, terminal);
    expect(shown.at(-1)).toMatchObject({
      keys: [
        { blobs: 1, state: "present key" },
        { blobs: 0, state: "earlier key, may be dropped" },
      ],
    });
  });

  it("wants a key to rotate to", async () => {
    const { blobKey: _blobKey, ...plain } = place.config;
    await expect(rotateKeys(plain, terminal)).rejects.toMatchObject({ code: "configInvalid" });
  });
});
