import { openSample, type SamplePicture } from "./picture-samples.ts";

type Field = readonly [tag: number, type: 3 | 4 | 5, value: number];

/** One page of a TIFF that a test writes itself: compressed data and what the directory says of it. */
export interface SampleTiffPage {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerSample: number;
  readonly compression: number;
  readonly photometric: number;
  readonly dpi?: { readonly x: number; readonly y: number };
  readonly orientation?: number;
  readonly isReduced?: boolean;
}

const TILE_STEP = 16;

/** Group 4 fax data of a picture, taken out of the one-tile TIFF that libtiff makes of it. The width is a multiple of 16. */
export async function toGroup4Page(picture: SamplePicture, dpi?: { readonly x: number; readonly y: number }): Promise<SampleTiffPage> {
  const tile = { tile: true, tileWidth: picture.widthPx, tileHeight: Math.ceil(picture.heightPx / TILE_STEP) * TILE_STEP };
  const tiff = await openSample(picture)
    .tiff({ compression: "ccittfax4", bitdepth: 1, ...tile })
    .toBuffer();
  const fields = new Map<number, number>();
  const directory = tiff.readUInt32LE(4);
  for (let entry = 0; entry < tiff.readUInt16LE(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    const isShort = tiff.readUInt16LE(at + 2) === 3;
    fields.set(tiff.readUInt16LE(at), isShort ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8));
  }
  const start = fields.get(324) ?? 0;
  const { widthPx, heightPx } = picture;
  const data = new Uint8Array(tiff.subarray(start, start + (fields.get(325) ?? 0)));
  return { data, widthPx, heightPx, bitsPerSample: 1, compression: 4, photometric: fields.get(262) ?? 0, ...(dpi && { dpi }) };
}

function fieldsOf(page: SampleTiffPage, dataOffset: number, resolutionOffset: number): Field[] {
  const fields: Field[] = [
    [254, 4, page.isReduced ? 1 : 0],
    [256, 4, page.widthPx],
    [257, 4, page.heightPx],
    [258, 3, page.bitsPerSample],
    [259, 3, page.compression],
    [262, 3, page.photometric],
    [273, 4, dataOffset],
    [274, 3, page.orientation ?? 1],
    [277, 3, 1],
    [278, 4, page.heightPx],
    [279, 4, page.data.length],
  ];
  if (page.dpi) fields.push([282, 5, resolutionOffset], [283, 5, resolutionOffset + 8], [296, 3, 2]);
  return fields;
}

/** A little-endian TIFF with one strip a page. */
export function buildTiff(pages: readonly SampleTiffPage[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])];
  let offset = 8;
  for (const [index, page] of pages.entries()) {
    const count = page.dpi ? 14 : 11;
    const directoryBytes = 2 + count * 12 + 4;
    const resolutionOffset = offset + directoryBytes;
    const dataOffset = resolutionOffset + (page.dpi ? 16 : 0);
    const next = dataOffset + page.data.length + (page.data.length % 2);
    const block = Buffer.alloc(next - offset);
    block.writeUInt16LE(count, 0);
    for (const [entry, [tag, type, value]] of fieldsOf(page, dataOffset, resolutionOffset).entries()) {
      const at = 2 + entry * 12;
      block.writeUInt16LE(tag, at);
      block.writeUInt16LE(type, at + 2);
      block.writeUInt32LE(1, at + 4);
      block.writeUInt32LE(value, at + 8);
    }
    block.writeUInt32LE(index === pages.length - 1 ? 0 : next, directoryBytes - 4);
    if (page.dpi) for (const [at, value] of [page.dpi.x, 1, page.dpi.y, 1].entries()) block.writeUInt32LE(value, directoryBytes + at * 4);
    block.set(page.data, dataOffset - offset);
    parts.push(block);
    offset = next;
  }
  return new Uint8Array(Buffer.concat(parts));
}
