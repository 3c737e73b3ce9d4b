import { inflateSync } from "node:zlib";
import { IlmoError } from "../errors.ts";

/**
 * Code points of ready-shaped Arabic letters (Arabic Presentation Forms A and B).
 * A font that maps them makes the PDF's text read "ﺑ" where a person wrote "ب": search and screen readers then fail.
 */
const PRESENTATION_FORMS = [
  [0xfb50, 0xfdff],
  [0xfe70, 0xfeff],
] as const;

interface SfntTable {
  readonly tag: string;
  readonly data: Buffer;
}

const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;

function tablesOfWoff(woff: Buffer): SfntTable[] {
  if (woff.toString("latin1", 0, 4) !== "wOFF") {
    throw new IlmoError("textMissing", "Expected a WOFF 1.0 font. Install the project's own font packages again.");
  }
  return Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const entry = WOFF_HEADER_BYTES + index * WOFF_ENTRY_BYTES;
    const offset = woff.readUInt32BE(entry + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(entry + 8));
    const isPacked = packed.length < woff.readUInt32BE(entry + 12);
    return { tag: woff.toString("latin1", entry, entry + 4), data: isPacked ? inflateSync(packed) : Buffer.from(packed) };
  });
}

/** Returns code point -> glyph of a cmap subtable of format 4 or 12; other formats give an empty map. */
function mappingOfSubtable(table: Buffer): Map<number, number> {
  const mapping = new Map<number, number>();
  const format = table.readUInt16BE(0);
  if (format === 12) {
    for (let group = 0; group < table.readUInt32BE(12); group += 1) {
      const at = 16 + group * 12;
      const first = table.readUInt32BE(at);
      for (let code = first; code <= table.readUInt32BE(at + 4); code += 1) mapping.set(code, table.readUInt32BE(at + 8) + code - first);
    }
  }
  if (format === 4) {
    const doubled = table.readUInt16BE(6);
    for (let segment = 0; segment < doubled; segment += 2) {
      const end = table.readUInt16BE(14 + segment);
      const start = table.readUInt16BE(16 + doubled + segment);
      const delta = table.readUInt16BE(16 + 2 * doubled + segment);
      const rangeAt = 16 + 3 * doubled + segment;
      const range = table.readUInt16BE(rangeAt);
      for (let code = start; code <= end && code !== 0xffff; code += 1) {
        const listed = range === 0 ? code : table.readUInt16BE(rangeAt + range + 2 * (code - start));
        const glyph = range !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff;
        if (glyph !== 0) mapping.set(code, glyph);
      }
    }
  }
  return mapping;
}

/** Returns code point -> glyph of a whole `cmap` table. */
function mappingOfCmap(cmap: Buffer): Map<number, number> {
  const mapping = new Map<number, number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const offset = cmap.readUInt32BE(8 + index * 8);
    for (const [code, glyph] of mappingOfSubtable(cmap.subarray(offset))) mapping.set(code, glyph);
  }
  return mapping;
}

/** Returns a `cmap` with one format 12 subtable (Windows, UCS-4), one group per code point: size does not matter here. */
function cmapOf(mapping: ReadonlyMap<number, number>): Buffer {
  const entries = [...mapping].toSorted(([a], [b]) => a - b);
  const table = Buffer.alloc(12 + 16 + entries.length * 12);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + entries.length * 12, 16);
  table.writeUInt32BE(entries.length, 24);
  for (const [index, [code, glyph]] of entries.entries()) {
    const at = 28 + index * 12;
    table.writeUInt32BE(code, at);
    table.writeUInt32BE(code, at + 4);
    table.writeUInt32BE(glyph, at + 8);
  }
  return table;
}

function checksumOf(data: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 4 <= data.length; at += 4) sum = (sum + data.readUInt32BE(at)) >>> 0;
  return sum;
}

function padded(data: Buffer): Buffer {
  return data.length % 4 === 0 ? data : Buffer.concat([data, Buffer.alloc(4 - (data.length % 4))]);
}

/** Returns the tables as one TrueType file. */
function toSfnt(tables: readonly SfntTable[]): Buffer {
  const log = Math.floor(Math.log2(tables.length));
  const head = Buffer.alloc(12 + 16 * tables.length);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(16 * 2 ** log, 6);
  head.writeUInt16BE(log, 8);
  head.writeUInt16BE(16 * tables.length - 16 * 2 ** log, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (const [index, { tag, data }] of tables.entries()) {
    const part = padded(data);
    head.write(tag, 12 + 16 * index, "latin1");
    head.writeUInt32BE(checksumOf(part), 16 + 16 * index);
    head.writeUInt32BE(offset, 20 + 16 * index);
    head.writeUInt32BE(data.length, 24 + 16 * index);
    parts.push(part);
    offset += part.length;
  }
  return Buffer.concat(parts);
}

/** A font ready for print: a TrueType file and the code points that it draws. */
export interface PrintFont {
  readonly sfnt: Buffer;
  readonly codePoints: ReadonlySet<number>;
}

/**
 * Returns a WOFF font as TrueType whose character map has no Arabic presentation forms.
 *
 * Pure. The letters keep their shapes: those come from the font's shaping rules, not from the map.
 *
 * @throws textMissing when the bytes are no WOFF 1.0 font
 */
export function stripPresentationForms(woff: Buffer): PrintFont {
  const tables = tablesOfWoff(woff);
  const cmap = tables.find(({ tag }) => tag === "cmap");
  if (cmap === undefined) throw new IlmoError("textMissing", "Expected a font with a character map. Install the font packages again.");
  const mapping = mappingOfCmap(cmap.data);
  for (const [first, last] of PRESENTATION_FORMS) for (let code: number = first; code <= last; code += 1) mapping.delete(code);
  const kept = tables.map((table) => (table === cmap ? { tag: "cmap", data: cmapOf(mapping) } : table));
  return { sfnt: toSfnt(kept), codePoints: new Set(mapping.keys()) };
}
