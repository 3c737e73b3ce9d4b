import type { GreyRaster, RectMm } from "../../model/page.ts";

/** Writing areas of less width are none, mm. */
const LEAST_WIDTH_MM = 8;
/** Paper kept clear before a ruling, mm. */
const CLEAR_MM = 0.7;
/** A ruling runs on above and below the writing area; no letter does, mm. */
const BEYOND_MM = 1.2;
/** A ruling is darker than the paper beside it by this much, 0-255. */
const LEAST_DARKER = 20;
/** Share of its length that a scan shows of a ruling. */
const LEAST_SHOWN = 0.85;
/** A writing area ends this far before the next field's on the same row, mm. */
const NEXT_FIELD_MM = 1.5;
const SAME_ROW_MM = 4;

/**
 * Returns a writing area ending where its cell ends: at the first upright ruling right of its beginning, else before the next field.
 *
 * Pure. A field that stands elsewhere may have a wider or narrower cell than before. Beyond the form's own right edge scanners draw
 * lines of their own.
 */
export function boundByRulings(rect: RectMm, others: readonly RectMm[], edgeMm: number, raster: GreyRaster): RectMm {
  const nexts = others.filter(({ x, y }) => Math.abs(y - rect.y) < SAME_ROW_MM && x > rect.x + LEAST_WIDTH_MM);
  const last = Math.min(...nexts.map(({ x }) => x - NEXT_FIELD_MM), edgeMm);
  const ruling = firstRuling(rect, last + NEXT_FIELD_MM, raster);
  const end = ruling === null ? Math.min(rect.x + rect.width, last) : Math.min(ruling - CLEAR_MM, last);
  return { ...rect, width: Math.max(LEAST_WIDTH_MM, end - rect.x) };
}

function pxPerMmOf({ dpi }: GreyRaster): number {
  return dpi / 25.4;
}

/** Returns where an upright line crosses the whole height of a writing area, right of its beginning, mm; null where none does. */
function firstRuling(rect: RectMm, untilMm: number, raster: GreyRaster): number | null {
  const scale = pxPerMmOf(raster);
  const top = Math.max(0, Math.round((rect.y - BEYOND_MM) * scale));
  const bottom = Math.min(raster.heightPx, Math.round((rect.y + rect.height + BEYOND_MM) * scale));
  for (let x = Math.round((rect.x + LEAST_WIDTH_MM) * scale); x < Math.min(untilMm * scale, raster.widthPx - 4); x++)
    if (isRuling(raster, x, top, bottom)) return x / scale;
  return null;
}

/** Paper beside a ruling is looked at this far from it, px of the frame. */
const BESIDE_PX = 7;

function isRuling({ data, widthPx }: GreyRaster, x: number, top: number, bottom: number): boolean {
  let shown = 0;
  for (let y = top; y < bottom; y++) {
    const row = y * widthPx + x;
    const own = Math.min(data[row - 1] ?? 255, data[row] ?? 255, data[row + 1] ?? 255);
    const paper = Math.min(data[row - BESIDE_PX] ?? 255, data[row + BESIDE_PX] ?? 255);
    if (paper - own >= LEAST_DARKER) shown += 1;
  }
  return shown >= LEAST_SHOWN * (bottom - top);
}
