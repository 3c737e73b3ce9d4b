import type { FormTemplate } from "../../../src/model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../../src/model/page.ts";

/** Numbers 0-1 from a fixed sequence. */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const DPI = 200;
const WIDTH_MM = 210;
const HEIGHT_MM = 297;

export interface DrawnForm {
  readonly blank: GreyRaster;
  readonly zones: readonly RectMm[];
}

interface DrawPlan {
  readonly seed: number;
  /** Rows of cells that change places: the drift of a new version. */
  readonly swappedRows?: readonly (readonly [number, number])[];
}

interface Row {
  readonly cells: readonly { readonly share: number; readonly labelSeed: number }[];
  readonly titleSeed: number | null;
}

/** Draws a page of ruled cells with word-like labels. The same seed gives the same page. */
export function drawForm(plan: DrawPlan): DrawnForm {
  const random = sequence(plan.seed);
  const rows: Row[] = Array.from({ length: 17 }, (_, index) => ({
    cells: Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({ share: 0.6 + random(), labelSeed: Math.floor(random() * 1e6) })),
    titleSeed: index % 4 === 0 ? Math.floor(random() * 1e6) : null,
  }));
  for (const pair of plan.swappedRows ?? []) swap(rows, pair);
  const blank = paper(WIDTH_MM, HEIGHT_MM, DPI);
  const zones: RectMm[] = [];
  word(blank, { x: 18, y: 15, height: 4, letters: 24 }, sequence(plan.seed + 7));
  let y = 30;
  for (const row of rows) {
    if (row.titleSeed !== null) {
      word(blank, { x: 18, y: y + 1.5, height: 3, letters: 14 }, sequence(row.titleSeed));
      y += 7;
    }
    drawRow(blank, row, y, zones);
    y += 13;
  }
  word(blank, { x: 18, y: 286, height: 2.2, letters: 12 }, sequence(plan.seed + 9));
  return { blank, zones };
}

function swap(rows: Row[], [a, b]: readonly [number, number]): void {
  const [first, second] = [rows[a], rows[b]];
  if (first && second) {
    rows[a] = { ...second, titleSeed: first.titleSeed };
    rows[b] = { ...first, titleSeed: second.titleSeed };
  }
}

function drawRow(blank: GreyRaster, row: Row, y: number, zones: RectMm[]): void {
  const total = row.cells.reduce((sum, cell) => sum + cell.share, 0);
  let x = 16;
  for (const cell of row.cells) {
    const width = (178 * cell.share) / total;
    frame(blank, { x, y, width, height: 13 });
    word(blank, { x: x + 1.5, y: y + 1.2, height: 2, letters: 8 + (cell.labelSeed % 9) }, sequence(cell.labelSeed));
    zones.push({ x: x + 1, y: y + 4.5, width: width - 2, height: 7.5 });
    x += width;
  }
}

export function paper(widthMm: number, heightMm: number, dpi: number): GreyRaster {
  const widthPx = Math.ceil((widthMm * dpi) / 25.4);
  const heightPx = Math.ceil((heightMm * dpi) / 25.4);
  return { widthPx, heightPx, dpi, data: new Uint8Array(widthPx * heightPx).fill(255) };
}

export function fillRect(raster: GreyRaster, rect: RectMm, value: number): void {
  const scale = raster.dpi / 25.4;
  const left = Math.max(0, Math.round(rect.x * scale));
  const right = Math.min(raster.widthPx, Math.max(left + 1, Math.round((rect.x + rect.width) * scale)));
  const top = Math.max(0, Math.round(rect.y * scale));
  const bottom = Math.min(raster.heightPx, Math.max(top + 1, Math.round((rect.y + rect.height) * scale)));
  for (let y = top; y < bottom; y++) raster.data.fill(value, y * raster.widthPx + left, y * raster.widthPx + right);
}

function frame(raster: GreyRaster, { x, y, width, height }: RectMm): void {
  const line = 0.25;
  fillRect(raster, { x, y, width, height: line }, 20);
  fillRect(raster, { x, y: y + height, width, height: line }, 20);
  fillRect(raster, { x, y, width: line, height }, 20);
  fillRect(raster, { x: x + width, y, width: line, height: height + line }, 20);
}

/** Word-like ink: letters of two or three strokes. */
export function word(
  raster: GreyRaster,
  at: { readonly x: number; readonly y: number; readonly height: number; readonly letters: number },
  random: () => number,
): void {
  const pen = at.height * 0.16;
  const advance = at.height * 0.75;
  for (let letter = 0; letter < at.letters; letter++) {
    if (random() < 0.12) continue;
    const x = at.x + letter * advance;
    const tall = random() < 0.4 ? at.height : at.height * 0.7;
    const top = at.y + at.height - tall;
    fillRect(raster, { x, y: top, width: pen, height: tall }, 20);
    if (random() < 0.6) fillRect(raster, { x: x + advance * 0.55, y: at.y + at.height * 0.3, width: pen, height: at.height * 0.7 }, 20);
    if (random() < 0.7) fillRect(raster, { x, y: top + random() * (tall - pen), width: advance * 0.6, height: pen }, 20);
  }
}

/** Returns a form of the given drawn pages, every zone a text field. */
export function templateOf(id: string, pages: readonly DrawnForm[]): FormTemplate {
  return {
    layout: {
      id,
      code: "TEST",
      language: "fi",
      version: "1.0",
      pages: pages.map((_, index) => ({ pageNumber: index + 1, widthMm: WIDTH_MM, heightMm: HEIGHT_MM, words: [], marks: [] })),
      zones: pages.flatMap((page, index) =>
        page.zones.map((rect, n) => ({ field: `p${index}f${n}`, kind: "text" as const, pageNumber: index + 1, rect, multiline: false })),
      ),
    },
    blanks: pages.map((page) => page.blank),
  };
}

/** Writes word-like ink into every second zone, as a person would. */
export function fillIn(form: DrawnForm, seed: number): GreyRaster {
  const filled = { ...form.blank, data: form.blank.data.slice() };
  const random = sequence(seed);
  form.zones.forEach((zone, index) => {
    if (index % 2 === 0) word(filled, { x: zone.x + 2, y: zone.y + 2, height: 3.5, letters: Math.floor(zone.width / 5) }, random);
  });
  return filled;
}

export type PointMap = (x: number, y: number) => readonly [number, number];

export interface ScanPlan {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  /** Where a pixel of the scan (continuous) lies on the page, mm. */
  readonly toPageMm: PointMap;
  readonly ground?: number;
  readonly noise?: number;
}

/** Returns the page as a scanner or a camera would see it. */
export function scanOf(page: GreyRaster, plan: ScanPlan): GreyRaster {
  const data = new Uint8Array(plan.widthPx * plan.heightPx);
  const random = sequence(99);
  const scale = page.dpi / 25.4;
  for (let y = 0; y < plan.heightPx; y++) {
    for (let x = 0; x < plan.widthPx; x++) {
      const [xMm, yMm] = plan.toPageMm(x + 0.5, y + 0.5);
      const value = sampleAt(page, xMm * scale - 0.5, yMm * scale - 0.5) ?? plan.ground ?? 255;
      const noisy = value + (random() - 0.5) * (plan.noise ?? 0);
      data[y * plan.widthPx + x] = Math.min(255, Math.max(0, Math.round(noisy)));
    }
  }
  return { widthPx: plan.widthPx, heightPx: plan.heightPx, dpi: plan.dpi, data };
}

function sampleAt(raster: GreyRaster, x: number, y: number): number | null {
  const px = Math.floor(x);
  const py = Math.floor(y);
  if (px < 0 || py < 0 || px >= raster.widthPx - 1 || py >= raster.heightPx - 1) return null;
  const at = (dx: number, dy: number) => raster.data[(py + dy) * raster.widthPx + px + dx] ?? 255;
  const fx = x - px;
  const fy = y - py;
  return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy;
}

/** Turned clockwise by `deg` about the middle, stretched, shifted (mm): page -> scan at `dpi`, and back. */
export function flatScan(plan: {
  readonly deg?: number;
  readonly sx?: number;
  readonly sy?: number;
  readonly dxMm?: number;
  readonly dyMm?: number;
  readonly dpi?: number;
  readonly quarterTurns?: number;
}): { readonly plan: ScanPlan; readonly toScanPx: PointMap } {
  const { deg = 0, sx = 1, sy = 1, dxMm = 0, dyMm = 0, dpi = DPI, quarterTurns = 0 } = plan;
  const lying = quarterTurns % 2 === 1;
  const widthPx = Math.round(((lying ? HEIGHT_MM : WIDTH_MM) * dpi) / 25.4);
  const heightPx = Math.round(((lying ? WIDTH_MM : HEIGHT_MM) * dpi) / 25.4);
  const angle = ((deg + 90 * quarterTurns) * Math.PI) / 180;
  const [cos, sin, scale] = [Math.cos(angle), Math.sin(angle), dpi / 25.4];
  const toScanPx: PointMap = (xMm, yMm) => {
    const x = (xMm - WIDTH_MM / 2) * sx + dxMm;
    const y = (yMm - HEIGHT_MM / 2) * sy + dyMm;
    return [widthPx / 2 + scale * (cos * x - sin * y), heightPx / 2 + scale * (sin * x + cos * y)];
  };
  const toPageMm: PointMap = (u, v) => {
    const [a, b] = [(u - widthPx / 2) / scale, (v - heightPx / 2) / scale];
    return [(cos * a + sin * b - dxMm) / sx + WIDTH_MM / 2, (-sin * a + cos * b - dyMm) / sy + HEIGHT_MM / 2];
  };
  return { plan: { widthPx, heightPx, dpi, toPageMm }, toScanPx };
}
