import { createCipheriv, createDecipheriv, createHash, type DecipherGCM, randomBytes, timingSafeEqual } from "node:crypto";
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
/** Bytes at the beginning of a file that tell whether it is an envelope, and under which key. */
export const ENVELOPE_HEAD_BYTES = HEADER_BYTES + TAG_BYTES;
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

function findKey(header: Buffer, officeKeys: readonly Uint8Array[]): Uint8Array {
  const keyId = header.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES);
  const found = officeKeys.find((key) => timingSafeEqual(keyIdOf(key), keyId));
  if (found) return found;
  throw new IlmoError("configInvalid", "Expected the key that encrypted this blob among blobKey, blobKeyFile and previousBlobKeys.", {
    context: { keyId: keyId.toString("hex") },
  });
}

const damaged = (cause: unknown): IlmoError =>
  new IlmoError("fileDamaged", "Expected the bytes as they were encrypted, but they changed. Restore them from a backup.", { cause });

/** Returns the blob's own key out of its header. @throws configInvalid, fileDamaged */
function unwrapKey(header: Buffer, officeKeys: readonly Uint8Array[]): Buffer {
  const officeKey = findKey(header, officeKeys);
  const wrapped = header.subarray(MAGIC.length + KEY_ID_BYTES, HEADER_BYTES - NONCE_BYTES);
  try {
    return openSealed(officeKey, wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES));
  } catch (cause) {
    throw damaged(cause);
  }
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
  return bytes.length >= ENVELOPE_HEAD_BYTES && MAGIC.equals(bytes.subarray(0, MAGIC.length));
}

/**
 * Returns the plain bytes of an encrypted blob. Pure.
 *
 * @param officeKeys the present key and earlier ones
 * @throws configInvalid when none of the keys wrapped it; fileDamaged when a bit changed
 */
export function decryptBlob(bytes: Buffer, officeKeys: readonly Uint8Array[]): Buffer {
  const dataKey = unwrapKey(bytes, officeKeys);
  try {
    return openSealed(dataKey, bytes.subarray(HEADER_BYTES - NONCE_BYTES, HEADER_BYTES), bytes.subarray(HEADER_BYTES));
  } catch (cause) {
    throw damaged(cause);
  }
}

/**
 * Decrypts a stream of any length. What comes out may be used only after the stream has ended well: its tag stands at the end.
 *
 * The stream fails with configInvalid when none of the keys wrapped it, with fileDamaged when a bit changed.
 */
export function createDecrypter(officeKeys: readonly Uint8Array[]): Transform {
  let pending = Buffer.alloc(0);
  let decipher: DecipherGCM | undefined;
  const open = (header: Buffer): DecipherGCM => {
    if (!MAGIC.equals(header.subarray(0, MAGIC.length))) throw damaged("no envelope");
    return createDecipheriv(ALGORITHM, unwrapKey(header, officeKeys), header.subarray(HEADER_BYTES - NONCE_BYTES, HEADER_BYTES));
  };
  const take = (chunk: Buffer): Buffer => {
    pending = Buffer.concat([pending, chunk]);
    if (!decipher && pending.length >= HEADER_BYTES) {
      decipher = open(pending.subarray(0, HEADER_BYTES));
      pending = pending.subarray(HEADER_BYTES);
    }
    if (!decipher || pending.length <= TAG_BYTES) return Buffer.alloc(0);
    const plain = decipher.update(pending.subarray(0, pending.length - TAG_BYTES));
    pending = pending.subarray(pending.length - TAG_BYTES);
    return plain;
  };
  const finish = (): Buffer => {
    if (!decipher || pending.length < TAG_BYTES) throw damaged("cut off");
    decipher.setAuthTag(pending);
    return decipher.final();
  };
  const settle = (work: () => Buffer, done: TransformCallback): void => {
    try {
      done(null, work());
    } catch (error) {
      done(error instanceof IlmoError ? error : damaged(error));
    }
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => settle(() => take(chunk), done),
    flush: (done) => settle(finish, done),
  });
}

/** Returns the id (hex) of the key that wrapped an encrypted blob, by its first bytes; null when it lies in plain. Pure. */
export function wrappingKeyOf(head: Buffer): string | null {
  return isEncrypted(head) ? head.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES).toString("hex") : null;
}

/** Returns the id (hex) of a key. Pure. */
export function toKeyId(key: Uint8Array): string {
  return keyIdOf(key).toString("hex");
}

/** Returns an encrypted blob with its own key wrapped by another office key; its content stays as it is. @throws configInvalid, fileDamaged */
export function rewrapBlob(bytes: Buffer, officeKeys: readonly Uint8Array[], newKey: Uint8Array): Buffer {
  const dataKey = unwrapKey(bytes, officeKeys);
  return Buffer.concat([MAGIC, keyIdOf(newKey), wrapKey(dataKey, newKey), bytes.subarray(HEADER_BYTES - NONCE_BYTES)]);
}
