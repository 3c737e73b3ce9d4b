import { IlmoError } from "../errors.ts";
import type { PartHead, PartSink } from "./part-sink.ts";

/** Attributes of the stream. @see MS-OXTNEF 2.1.3.2 */
const ATTRIBUTE = { renderData: 0x00069002, title: 0x00018010, data: 0x0006800f, properties: 0x00069005 } as const;
const ATTACHMENT_LEVEL = 2;
const STREAM_HEAD_BYTES = 6;
/** Level, id and length before the data, and a sum behind it. */
const ATTRIBUTE_HEAD_BYTES = 9;
const CHECKSUM_BYTES = 2;

/** MAPI properties of an attachment. @see MS-OXPROPS */
const PROPERTY = { data: 0x3701, shortName: 0x3704, longName: 0x3707, mimeType: 0x370e, contentId: 0x3712 } as const;
const TYPE = { text8: 0x1e, text16: 0x1f, binary: 0x102, object: 0x0d } as const;
const MANY = 0x1000;
const FIRST_NAMED = 0x8000;
/** An interface id stands before an embedded object. */
const OBJECT_ID_BYTES = 16;
/** Bytes of the types whose size is fixed, padded to four. */
const FIXED_SIZES: ReadonlyMap<number, number> = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x0a, 4],
  [0x0b, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);

const TNEF_SIGNATURE = 0x223e9f78;

const damaged = (): IlmoError =>
  new IlmoError(
    "fileDamaged",
    "Expected a whole Outlook container (winmail.dat); this one ends in the middle. Ask the sender to send PDF files.",
  );

/** Reads numbers one after the other and never beyond the end. */
class Cursor {
  readonly #bytes: Buffer;
  offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.offset;
  }

  take(length: number): Buffer {
    if (length > this.left) throw damaged();
    this.offset += length;
    return this.#bytes.subarray(this.offset - length, this.offset);
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  u16(): number {
    return this.take(2).readUInt16LE();
  }

  u32(): number {
    return this.take(4).readUInt32LE();
  }

  /** Data with its length before it, padded to four bytes. */
  padded(): Buffer {
    const data = this.take(this.u32());
    this.take(Math.min((4 - (data.length % 4)) % 4, this.left));
    return data;
  }
}

interface Property {
  readonly id: number;
  readonly type: number;
  readonly value: Buffer;
}

function skipName(cursor: Cursor): void {
  cursor.take(OBJECT_ID_BYTES);
  if (cursor.u32() === 0) cursor.take(4);
  else cursor.padded();
}

/** Reads one property; of several values the first. Every value takes at least one byte, so the loop is bounded by the input. */
function readProperty(cursor: Cursor): Property {
  const type = cursor.u16();
  const id = cursor.u16();
  if (id >= FIRST_NAMED) skipName(cursor);
  const baseType = type & ~MANY;
  const fixed = FIXED_SIZES.get(baseType);
  const isVariable = fixed === undefined;
  const count = isVariable || (type & MANY) !== 0 ? cursor.u32() : 1;
  let value: Buffer | undefined;
  for (let index = 0; index < count; index += 1) {
    const next = isVariable ? cursor.padded() : cursor.take(fixed);
    value ??= next;
  }
  return { id, type: baseType, value: value ?? Buffer.alloc(0) };
}

function readProperties(bytes: Buffer): Property[] {
  const cursor = new Cursor(bytes);
  const count = cursor.u32();
  const found: Property[] = [];
  for (let index = 0; index < count && cursor.left > 0; index += 1) found.push(readProperty(cursor));
  return found;
}

function textOf(value: Buffer, isWide: boolean): string {
  return value.toString(isWide ? "utf16le" : "latin1").replace(/\0+$/, "");
}

/** One attachment while its attributes come. */
class Attachment {
  title: string | null = null;
  data: Buffer | null = null;
  #properties: readonly Property[] = [];

  set properties(found: readonly Property[]) {
    this.#properties = found;
  }

  #text(id: number): string | null {
    const property = this.#properties.find((item) => item.id === id);
    return property === undefined ? null : textOf(property.value, property.type === TYPE.text16);
  }

  /** An embedded message is a stream of its own, behind an interface id. */
  #embedded(): Buffer | null {
    const object = this.#properties.find((item) => item.id === PROPERTY.data && (item.type === TYPE.object || item.type === TYPE.binary));
    if (object === undefined) return null;
    return object.type === TYPE.object ? object.value.subarray(OBJECT_ID_BYTES) : object.value;
  }

  toPart(): { head: PartHead; bytes: Buffer } | null {
    const bytes = this.data !== null && this.data.length > 0 ? this.data : this.#embedded();
    if (bytes === null || bytes.length === 0) return null;
    const name = this.#text(PROPERTY.longName) ?? this.title ?? this.#text(PROPERTY.shortName);
    const head = { name, declaredType: this.#text(PROPERTY.mimeType), isInline: this.#text(PROPERTY.contentId) !== null };
    return { head, bytes };
  }
}

/** The sum of the bytes, in 16 bits. */
function sumOf(data: Buffer): number {
  let sum = 0;
  for (const byte of data) sum = (sum + byte) & 0xffff;
  return sum;
}

/** Collects attachments; what comes whole before the stream breaks off is kept. */
function readAttachments(cursor: Cursor): { found: Attachment[]; isWhole: boolean } {
  const found: Attachment[] = [];
  let isWhole = true;
  const current = (): Attachment => {
    if (found.length === 0) found.push(new Attachment());
    return found.at(-1) as Attachment;
  };
  try {
    while (cursor.left > ATTRIBUTE_HEAD_BYTES) {
      const level = cursor.u8();
      const id = cursor.u32();
      if (level !== 1 && level !== ATTACHMENT_LEVEL) break; // other bytes behind the last attribute
      const data = cursor.take(cursor.u32());
      isWhole &&= cursor.left >= CHECKSUM_BYTES && sumOf(data) === cursor.u16();
      if (level !== ATTACHMENT_LEVEL) continue;
      if (id === ATTRIBUTE.renderData) found.push(new Attachment());
      else if (id === ATTRIBUTE.title) current().title = textOf(data, false);
      else if (id === ATTRIBUTE.data) current().data = data;
      else if (id === ATTRIBUTE.properties) current().properties = readProperties(data);
    }
    return { found, isWhole };
  } catch (error) {
    if (!(error instanceof IlmoError)) throw error;
    return { found, isWhole: false };
  }
}

/**
 * Takes the attachments out of a winmail.dat. Every step goes forward in the bytes, so that no file can make it hang.
 *
 * @returns whether the stream was whole
 * @throws fileDamaged when it is not such a stream; fileTooLarge
 * @see MS-OXTNEF
 */
export async function readTnef(bytes: Buffer, sink: PartSink): Promise<boolean> {
  const cursor = new Cursor(bytes);
  if (bytes.length < STREAM_HEAD_BYTES || cursor.u32() !== TNEF_SIGNATURE) throw damaged();
  cursor.u16();
  const { found, isWhole } = readAttachments(cursor);
  for (const attachment of found) {
    const part = attachment.toPart();
    if (part !== null) await sink.put(part.head, part.bytes);
  }
  return isWhole;
}
