import type { FormLayout, Zone } from "../../../src/model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../../src/model/page.ts";
import { type AlignedPage, FRAME_DPI } from "../../../src/read/align/aligned-page.ts";

const PX_PER_MM = FRAME_DPI / 25.4;

/** A point in mm. */
export type Point = readonly [number, number];

/** A picture that is drawn on in millimetres. */
export interface Sheet {
  readonly raster: GreyRaster;
  /** A round-ended stroke through the points. */
  stroke(points: readonly Point[], widthMm: number, grey: number): void;
  /** A filled rectangle. */
  solid(rect: RectMm, grey: number): void;
  /** The outline of a rectangle. */
  frame(rect: RectMm, lineMm: number, grey: number): void;
}

function darken(raster: GreyRaster, x: number, y: number, share: number, grey: number): void {
  const at = y * raster.widthPx + x;
  const paper = raster.data[at] ?? 255;
  raster.data[at] = Math.min(paper, paper * (1 - share) + grey * share);
}

function distanceToSegment(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

function drawSegment(raster: GreyRaster, from: Point, to: Point, radiusPx: number, grey: number): void {
  const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - radiusPx - 1));
  const right = Math.min(raster.widthPx - 1, Math.ceil(Math.max(from[0], to[0]) + radiusPx + 1));
  const top = Math.max(0, Math.floor(Math.min(from[1], to[1]) - radiusPx - 1));
  const bottom = Math.min(raster.heightPx - 1, Math.ceil(Math.max(from[1], to[1]) + radiusPx + 1));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const share = radiusPx + 0.5 - distanceToSegment(x, y, from, to);
      if (share > 0) darken(raster, x, y, Math.min(1, share), grey);
    }
  }
}

/** Returns a white sheet. */
export function sheetOf(widthMm: number, heightMm: number, data?: Uint8Array): Sheet {
  const widthPx = Math.round(widthMm * PX_PER_MM);
  const heightPx = Math.round(heightMm * PX_PER_MM);
  const raster = { widthPx, heightPx, dpi: FRAME_DPI, data: data ?? new Uint8Array(widthPx * heightPx).fill(255) };
  const toPx = ([x, y]: Point): Point => [x * PX_PER_MM, y * PX_PER_MM];
  const stroke = (points: readonly Point[], lineMm: number, grey: number): void => {
    points.forEach((point, i) => {
      drawSegment(raster, toPx(points[Math.max(0, i - 1)] ?? point), toPx(point), (lineMm * PX_PER_MM) / 2, grey);
    });
  };
  return {
    raster,
    stroke,
    solid(rect, grey) {
      for (let y = Math.round(rect.y * PX_PER_MM); y < Math.round((rect.y + rect.height) * PX_PER_MM); y++) {
        for (let x = Math.round(rect.x * PX_PER_MM); x < Math.round((rect.x + rect.width) * PX_PER_MM); x++) darken(raster, x, y, 1, grey);
      }
    },
    frame({ x, y, width, height }, lineMm, grey) {
      const corners: readonly Point[] = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
        [x, y],
      ];
      stroke(corners, lineMm, grey);
    },
  };
}

/** Numbers in [0, 1) that are the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How a scan differs from the sheet of paper that was scanned. */
export interface ScanFaults {
  readonly shiftPx?: Point;
  /** Brightness of the paper at the left and at the right edge, 0-255. */
  readonly light?: readonly [number, number];
  /** Standard deviation of scanner noise, grey levels. */
  readonly noise?: number;
  /** Passes of a 3 x 3 mean. */
  readonly blur?: number;
  /** Everything below becomes black, everything else white. */
  readonly bilevelBelow?: number;
  readonly seed?: number;
}

function blurred(raster: GreyRaster): Uint8Array {
  const { widthPx, heightPx, data } = raster;
  const soft = data.slice();
  for (let y = 1; y < heightPx - 1; y++) {
    for (let x = 1; x < widthPx - 1; x++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += data[(y + dy) * widthPx + x + dx] ?? 255;
      soft[y * widthPx + x] = sum / 9;
    }
  }
  return soft;
}

/** Returns the sheet as a scanner sees it: shifted, blurred, in uneven light, noisy, bilevel. */
export function scanOf(sheet: Sheet, faults: ScanFaults = {}): GreyRaster {
  const { widthPx, heightPx, dpi, data } = sheet.raster;
  const [dx, dy] = faults.shiftPx ?? [0, 0];
  const random = randomOf(faults.seed ?? 1);
  let scan = new Uint8Array(data.length).fill(255);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (x - dx < 0 || y - dy < 0 || x - dx >= widthPx || y - dy >= heightPx) continue;
      scan[y * widthPx + x] = data[(y - dy) * widthPx + x - dx] ?? 255;
    }
  }
  for (let pass = 0; pass < (faults.blur ?? 0); pass++) scan = Uint8Array.from(blurred({ widthPx, heightPx, dpi, data: scan }));
  const [left, right] = faults.light ?? [255, 255];
  for (let i = 0; i < scan.length; i++) {
    const light = (left + ((right - left) * (i % widthPx)) / widthPx) / 255;
    const noise = faults.noise === undefined ? 0 : (random() + random() + random() - 1.5) * 2 * faults.noise;
    const value = (scan[i] ?? 255) * light + noise;
    scan[i] = faults.bilevelBelow === undefined ? Math.min(255, Math.max(0, value)) : value < faults.bilevelBelow ? 0 : 255;
  }
  return { widthPx, heightPx, dpi, data: scan };
}

function cut(raster: GreyRaster, rect: RectMm, dpi: number): GreyRaster {
  const widthPx = Math.round((rect.width * dpi) / 25.4);
  const heightPx = Math.round((rect.height * dpi) / 25.4);
  const data = new Uint8Array(widthPx * heightPx).fill(255);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const fromX = Math.round(rect.x * PX_PER_MM + (x * FRAME_DPI) / dpi);
      const fromY = Math.round(rect.y * PX_PER_MM + (y * FRAME_DPI) / dpi);
      if (fromX < 0 || fromY < 0 || fromX >= raster.widthPx || fromY >= raster.heightPx) continue;
      data[y * widthPx + x] = raster.data[fromY * raster.widthPx + fromX] ?? 255;
    }
  }
  return { widthPx, heightPx, dpi, data };
}

const NO_DRIFT = { drifted: false, isOtherVersion: false, displacedShare: 0 };

/** Returns a scan and its blank as an aligned page of a layout with these zones. */
export function alignedPageOf(scan: GreyRaster, blank: GreyRaster, zones: readonly Zone[]): AlignedPage {
  const size = { widthMm: scan.widthPx / PX_PER_MM, heightMm: scan.heightPx / PX_PER_MM };
  const layout: FormLayout = {
    id: "TEST/fi/1.0",
    code: "TEST",
    language: "fi",
    version: "1.0",
    pages: [{ pageNumber: 1, ...size, words: [], marks: [] }],
    zones: [...zones],
  };
  return {
    layout,
    pageNumber: 1,
    rotation: 0,
    raster: scan,
    blank,
    sourceDpi: FRAME_DPI,
    quality: 1,
    drift: NO_DRIFT,
    localQuality: () => 1,
    crop: (rect, dpi) => cut(scan, rect, dpi),
    blankCrop: (rect, dpi) => cut(blank, rect, dpi),
    toSource: (rect) => ({
      x: Math.round(rect.x * PX_PER_MM),
      y: Math.round(rect.y * PX_PER_MM),
      width: Math.round(rect.width * PX_PER_MM),
      height: Math.round(rect.height * PX_PER_MM),
    }),
  };
}
