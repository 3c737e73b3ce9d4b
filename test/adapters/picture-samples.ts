import sharp, { type Sharp } from "sharp";

/** A white picture with one black rectangle, so that place, turn and scale can be seen. */
export interface SamplePicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** Grey pixels of a sample picture. */
export function drawSample({ widthPx, heightPx, box }: SamplePicture): Uint8Array {
  const data = new Uint8Array(widthPx * heightPx).fill(255);
  for (let y = box.top; y < box.top + box.height; y += 1) data.fill(0, y * widthPx + box.left, y * widthPx + box.left + box.width);
  return data;
}

/** The sample picture, opened by sharp. */
export function openSample(picture: SamplePicture): Sharp {
  return sharp(drawSample(picture), { raw: { width: picture.widthPx, height: picture.heightPx, channels: 1 } }).toColourspace("b-w");
}

/** Smallest rectangle around everything darker than middle grey. */
export function findInk(raster: { readonly widthPx: number; readonly heightPx: number; readonly data: Uint8Array }): SamplePicture["box"] {
  let [left, top, right, bottom] = [raster.widthPx, raster.heightPx, -1, -1];
  for (const [index, value] of raster.data.entries()) {
    if (value >= 128) continue;
    const [x, y] = [index % raster.widthPx, Math.floor(index / raster.widthPx)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}
