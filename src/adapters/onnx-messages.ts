/** One field of a protocol buffer message: its number, how it lies on the wire, and its number or bytes. */
export interface WireField {
  readonly number: number;
  readonly wireType: number;
  readonly value: bigint | Uint8Array;
}

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const NUMBER_SHIFT = 3;
const WIRE_TYPE_MASK = 7;
const CONTINUES = 0x80;
const PAYLOAD_MASK = 0x7f;
const PAYLOAD_BITS = 7n;

/**
 * Returns the fields of a message in their order; nested messages stay bytes.
 *
 * Pure. @see Protocol Buffers documentation, Encoding
 */
export function parseFields(bytes: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const take = (length: number): Uint8Array => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const takeVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += PAYLOAD_BITS) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & PAYLOAD_MASK) << shift;
      if (byte < CONTINUES) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(takeVarint());
    const wireType = key & WIRE_TYPE_MASK;
    const number = key >> NUMBER_SHIFT;
    if (wireType === VARINT) fields.push({ number, wireType, value: takeVarint() });
    else if (wireType === BYTES) fields.push({ number, wireType, value: take(Number(takeVarint())) });
    else if (wireType === FIXED_32 || wireType === FIXED_64) fields.push({ number, wireType, value: take(wireType === FIXED_32 ? 4 : 8) });
    else throw new RangeError(`Expected wire type 0, 1, 2 or 5; got ${wireType}. The model is damaged.`);
  }
  return fields;
}

/** Returns the message made of the fields. Pure. */
export function formatFields(fields: readonly WireField[]): Uint8Array {
  const parts = fields.flatMap(({ number, wireType, value }) => {
    const key = formatVarint(BigInt((number << NUMBER_SHIFT) | wireType));
    if (typeof value === "bigint") return [key, formatVarint(value)];
    return wireType === BYTES ? [key, formatVarint(BigInt(value.length)), value] : [key, value];
  });
  return Buffer.concat(parts);
}

function formatVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= BigInt(CONTINUES)) {
    bytes.push(Number(rest & BigInt(PAYLOAD_MASK)) | CONTINUES);
    rest >>= PAYLOAD_BITS;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

/** Returns a field that holds bytes, a text or a whole number. Pure. */
export function fieldOf(number: number, value: Uint8Array | string | number): WireField {
  if (typeof value === "number") return { number, wireType: VARINT, value: BigInt(value) };
  return { number, wireType: BYTES, value: typeof value === "string" ? Buffer.from(value, "utf8") : value };
}

/** Returns the bytes of every field with the number. Pure. */
export function bytesOf(fields: readonly WireField[], number: number): Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && typeof field.value !== "bigint" ? [field.value] : []));
}

/** Returns the texts of every field with the number. Pure. */
export function textsOf(fields: readonly WireField[], number: number): string[] {
  return bytesOf(fields, number).map((bytes) => Buffer.from(bytes).toString("utf8"));
}

/** Returns the whole numbers of every field with the number, packed or not. Pure. */
export function numbersOf(fields: readonly WireField[], number: number): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap(({ value }) => (typeof value === "bigint" ? [Number(value)] : unpack(value)));
}

function unpack(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & PAYLOAD_MASK) << shift;
    shift += PAYLOAD_BITS;
    if (byte >= CONTINUES) continue;
    numbers.push(Number(value));
    value = 0n;
    shift = 0n;
  }
  return numbers;
}
