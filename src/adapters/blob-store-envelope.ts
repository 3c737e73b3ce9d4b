import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { IlmoError } from "../errors.ts";

/**
 * Layout of an encrypted blob: magic, id of the office's key, the blob's own key wrapped with it, nonce, ciphertext, tag.
 * Changing the office's key means wrapping 32 bytes anew, not encrypting the blob again.
 */
const MAGIC = Buffer.from("ILMOENC1");
const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + WRAPPED_BYTES + NONCE_BYTES;
const ALGORITHM = "aes-256-gcm";

/** Says which key wrapped a blob without telling the key. */
function keyIdOf(key: Uint8Array): Buffer {
  return createHash("sha256").update("ilmo blob key\0").update(key).digest().subarray(0, KEY_ID_BYTES);
}

function wrapKey(dataKey: Uint8Array, officeKey: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, officeKey, nonce);
  return Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
}

function openSealed(key: Uint8Array, nonce: Uint8Array, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, nonce);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
}

/** Encrypts a stream under a key of its own, wrapped with the office's key. */
export function createEncrypter(officeKey: Uint8Array): Transform {
  const dataKey = randomBytes(KEY_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, dataKey, nonce);
  let isHeaderOut = false;
  return new Transform({
    transform(this: Transform, chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      if (!isHeaderOut) this.push(Buffer.concat([MAGIC, keyIdOf(officeKey), wrapKey(dataKey, officeKey), nonce]));
      isHeaderOut = true;
      done(null, cipher.update(chunk));
    },
    flush(this: Transform, done: TransformCallback) {
      if (!isHeaderOut) this.push(Buffer.concat([MAGIC, keyIdOf(officeKey), wrapKey(dataKey, officeKey), nonce]));
      this.push(cipher.final());
      done(null, cipher.getAuthTag());
    },
  });
}

/** Tells an encrypted blob from a plain one. Pure. */
export function isEncrypted(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_BYTES + TAG_BYTES && MAGIC.equals(bytes.subarray(0, MAGIC.length));
}

/**
 * Returns the plain bytes of an encrypted blob. Pure.
 *
 * @param officeKeys the present key and earlier ones
 * @throws configInvalid when none of the keys wrapped it; fileDamaged when a bit changed
 */
export function decryptBlob(bytes: Buffer, officeKeys: readonly Uint8Array[]): Buffer {
  const keyId = bytes.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES);
  const officeKey = officeKeys.find((key) => timingSafeEqual(keyIdOf(key), keyId));
  if (!officeKey) {
    throw new IlmoError("configInvalid", "Expected the key that encrypted this blob among blobKey, blobKeyFile and previousBlobKeys.");
  }
  const wrapped = bytes.subarray(MAGIC.length + KEY_ID_BYTES, HEADER_BYTES - NONCE_BYTES);
  try {
    const dataKey = openSealed(officeKey, wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES));
    return openSealed(dataKey, bytes.subarray(HEADER_BYTES - NONCE_BYTES, HEADER_BYTES), bytes.subarray(HEADER_BYTES));
  } catch (cause) {
    throw new IlmoError("fileDamaged", "Expected the blob as it was stored, but its bytes changed. Restore it from a backup.", { cause });
  }
}
