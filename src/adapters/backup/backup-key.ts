import { createHmac, randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { IlmoError } from "../../errors.ts";

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** 2^17 rounds in blocks of 8: about 0.4 s and 128 MB for one guess (RFC 7914; OWASP's floor for stored passwords). */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };
const MIN_PASSPHRASE_LENGTH = 12;

/** The two keys that a passphrase gives: one hides the parts, the other seals the manifest. */
export interface BackupKey {
  readonly salt: Buffer;
  readonly encryption: Buffer;
  readonly seal: (manifest: Uint8Array) => Buffer;
}

/** Returns the keys of a passphrase; without a salt, new ones. Takes half a second on purpose. */
export function deriveBackupKey(passphrase: string, salt: Buffer = randomBytes(SALT_BYTES)): BackupKey {
  const bytes = scryptSync(passphrase, salt, 2 * KEY_BYTES, SCRYPT);
  const sealing = bytes.subarray(KEY_BYTES);
  return {
    salt,
    encryption: bytes.subarray(0, KEY_BYTES),
    seal: (manifest) => createHmac("sha256", sealing).update(manifest).digest(),
  };
}

/** Tells whether a seal is that of these bytes. Pure. */
export function isSealOf(seal: Uint8Array, manifest: Uint8Array, key: BackupKey): boolean {
  const expected = key.seal(manifest);
  return seal.length === expected.length && timingSafeEqual(seal, expected);
}

/** Returns the passphrase that stands on the first line of a file. @throws configInvalid */
export function loadPassphrase(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new IlmoError("configInvalid", "Expected the passphrase file to be readable.", {
      context: { systemCode: (error as NodeJS.ErrnoException).code ?? null },
    });
  }
  const [passphrase = ""] = text.split(/\r?\n/);
  if (passphrase.length >= MIN_PASSPHRASE_LENGTH) return passphrase;
  throw new IlmoError("configInvalid", `Expected a passphrase of at least ${MIN_PASSPHRASE_LENGTH} characters on the file's first line.`);
}
