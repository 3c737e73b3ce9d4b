import type { GreyRaster, Rotation } from "../../model/page.ts";

/** Returns the raster upright whose content is turned clockwise by `rotation` degrees. Pure. */
export function turnUpright(raster: GreyRaster, rotation: Rotation): GreyRaster {
  if (rotation === 0) return raster;
  if (rotation === 180) return { ...raster, data: raster.data.toReversed() };
  const { widthPx, heightPx, data } = raster;
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const target = rotation === 90 ? (widthPx - 1 - x) * heightPx + y : x * heightPx + (heightPx - 1 - y);
      turned[target] = data[y * widthPx + x] ?? 255;
    }
  }
  return { widthPx: heightPx, heightPx: widthPx, dpi: raster.dpi, data: turned };
}
