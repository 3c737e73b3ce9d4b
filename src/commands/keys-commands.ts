import { join } from "node:path";
import { toKeyId } from "../adapters/blob-store-envelope.ts";
import { loadBlobKeys } from "../adapters/blob-store-keys.ts";
import { countKeyUse, rotateBlobs } from "../adapters/blob-store-rotation.ts";
import { INBOX_LOCK, tryDatabaseLock } from "../adapters/database-lock.ts";
import { withUpkeepLock } from "../adapters/upkeep-lock.ts";
import type { OfficeStore } from "../compose.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { SERVICE_KEYS_META } from "../upkeep.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** `ilmo keys status`: which key wraps how many blobs, and which of the keys may be dropped. Keys are shown by their id only. */
export async function showKeys(config: Config, terminal: Terminal): Promise<void> {
  const { key, previousKeys } = loadBlobKeys(config);
  const { byKey, plain } = await countKeyUse(join(config.home, "blobs"));
  const present = key === undefined ? null : toKeyId(key);
  const earlier = previousKeys.map(toKeyId);
  const known = [...new Set([...(present === null ? [] : [present]), ...earlier, ...byKey.keys()])];
  const stateOf = (id: string): string => {
    if (id === present) return "present key";
    if (!earlier.includes(id)) return "NOT CONFIGURED: these blobs cannot be opened";
    return byKey.has(id) ? "earlier key, still needed" : "earlier key, may be dropped";
  };
  const keys = known.map((id) => ({ id, blobs: byKey.get(id) ?? 0, state: stateOf(id) }));
  terminal.line(formatTable([["key", "blobs", "state"], ...keys.map(({ id, blobs, state }) => [id, String(blobs), state])]));
  terminal.line(`in plain: ${plain}${plain > 0 && present !== null ? " (`ilmo keys rotate` encrypts them)" : ""}`);
  terminal.json({ keys, plain, present });
}

/** @throws notAllowed when a service runs that could not open what is rotated */
async function assertServiceKnows(keyId: string, { databaseUrl, store }: OfficeStore): Promise<void> {
  const lock = await tryDatabaseLock(databaseUrl, INBOX_LOCK);
  if (lock !== null) return lock.release();
  const known = await store.getMeta(SERVICE_KEYS_META);
  if (Array.isArray(known) && known.includes(keyId)) return;
  throw new IlmoError(
    "notAllowed",
    "Expected the running service to know the present key. Restart it with the new configuration, then rotate.",
  );
}

/** `ilmo keys rotate`: brings every blob under the present key, beside the running service. @throws configInvalid, fileDamaged */
export async function rotateKeys(config: Config, terminal: Terminal): Promise<void> {
  const { key, previousKeys } = loadBlobKeys(config);
  if (key === undefined)
    throw new IlmoError(
      "configInvalid",
      "Expected a blobKey or blobKeyFile to rotate to. Make one with: openssl rand -base64 32; move the old one to previousBlobKeys.",
    );
  await withOffice(config, async (office) => {
    const { databaseUrl } = office;
    await assertServiceKnows(toKeyId(key), office);
    const rotated = await withUpkeepLock(databaseUrl, () =>
      rotateBlobs({ folder: join(config.home, "blobs"), key, previousKeys }, ({ encrypted, rewrapped, alreadyDone }) =>
        terminal.progress(`${encrypted + rewrapped + alreadyDone} blobs`),
      ),
    );
    terminal.progressDone();
    terminal.line(`${rotated.rewrapped} wrapped anew, ${rotated.encrypted} encrypted, ${rotated.alreadyDone} were under the present key.`);
    terminal.line("`ilmo keys status` says whether an earlier key may be dropped.");
    terminal.json(rotated);
  });
}
