import type { PointPx, TextLine } from "../read/attachment/ports.ts";

/** Grid of text probability, row-major, 0-1. */
export interface ProbabilityMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Probability from which a pixel counts as text; the value the detection model was published with. */
const TEXT_FROM = 0.3;
/** Lines whose pixels are on average less probable than this are noise; the model's published value is 0.6, faint copies need 0.5. */
const LINE_FROM = 0.5;
/** The model marks the core of a line; its outline lies this share of area/perimeter further out (published value 1.6). */
const GROW_RATIO = 1.6;
/** Smaller blobs are specks, pixels of the map. */
const MIN_PIXELS = 12;
const MIN_SIDE_PX = 3;

interface Blob {
  readonly score: number;
  /** Left and right end of the blob on each of its rows: enough to span its outline. */
  readonly outline: readonly PointPx[];
}

/**
 * Returns the oriented rectangles around the connected text areas of a map, in the map's pixels.
 *
 * Pure. @see DBNet (Liao et al. 2020), section 3.6, for thresholds and growing
 */
export function findBoxes(map: ProbabilityMap): TextLine[] {
  const lines: TextLine[] = [];
  for (const blob of findBlobs(map)) {
    if (blob.score < LINE_FROM) continue;
    const rectangle = smallestRectangle(blob.outline);
    if (rectangle !== null) lines.push({ corners: rectangle, score: blob.score });
  }
  return lines;
}

function findBlobs(map: ProbabilityMap): Blob[] {
  const seen = new Uint8Array(map.data.length);
  const stack: number[] = [];
  const blobs: Blob[] = [];
  for (let start = 0; start < map.data.length; start++) {
    if (seen[start] === 1 || (map.data[start] ?? 0) < TEXT_FROM) continue;
    const blob = floodFrom(map, start, seen, stack);
    if (blob !== null) blobs.push(blob);
  }
  return blobs;
}

function floodFrom(map: ProbabilityMap, start: number, seen: Uint8Array, stack: number[]): Blob | null {
  const rows = new Map<number, { left: number; right: number }>();
  let pixels = 0;
  let sum = 0;
  seen[start] = 1;
  stack.push(start);
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const x = index % map.width;
    const y = (index - x) / map.width;
    pixels++;
    sum += map.data[index] ?? 0;
    const row = rows.get(y);
    if (row === undefined) rows.set(y, { left: x, right: x });
    else {
      row.left = Math.min(row.left, x);
      row.right = Math.max(row.right, x);
    }
    visit(map, x > 0, index - 1, seen, stack);
    visit(map, x + 1 < map.width, index + 1, seen, stack);
    visit(map, y > 0, index - map.width, seen, stack);
    visit(map, y + 1 < map.height, index + map.width, seen, stack);
  }
  if (pixels < MIN_PIXELS) return null;
  const outline = [...rows].flatMap(([y, { left, right }]) => [
    { x: left, y },
    { x: right + 1, y },
    { x: left, y: y + 1 },
    { x: right + 1, y: y + 1 },
  ]);
  return { score: sum / pixels, outline };
}

function visit(map: ProbabilityMap, isInside: boolean, index: number, seen: Uint8Array, stack: number[]): void {
  if (!isInside || seen[index] === 1 || (map.data[index] ?? 0) < TEXT_FROM) return;
  seen[index] = 1;
  stack.push(index);
}

/** Returns the convex hull, counter-clockwise (monotone chain). */
function hullOf(points: readonly PointPx[]): PointPx[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

function halfHull(ordered: readonly PointPx[]): PointPx[] {
  const chain: PointPx[] = [];
  for (const point of ordered) {
    while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
    chain.push(point);
  }
  return chain.slice(0, -1);
}

function turn(a: PointPx | undefined, b: PointPx | undefined, c: PointPx): number {
  if (a === undefined || b === undefined) return 0;
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

interface Frame {
  readonly cos: number;
  readonly sin: number;
  readonly minU: number;
  readonly maxU: number;
  readonly minV: number;
  readonly maxV: number;
}

/** Returns the rectangle of least area around the points, grown by the model's rule; null when it is a speck. */
function smallestRectangle(points: readonly PointPx[]): TextLine["corners"] | null {
  const hull = hullOf(points);
  let best: Frame | null = null;
  let bestArea = Number.POSITIVE_INFINITY;
  for (let i = 0; i < hull.length; i++) {
    const a = hull[i];
    const b = hull[(i + 1) % hull.length];
    if (a === undefined || b === undefined) continue;
    const frame = frameAlong(hull, Math.atan2(b.y - a.y, b.x - a.x));
    const area = (frame.maxU - frame.minU) * (frame.maxV - frame.minV);
    if (area < bestArea) {
      bestArea = area;
      best = frame;
    }
  }
  return best === null ? null : cornersOf(best);
}

function frameAlong(hull: readonly PointPx[], angle: number): Frame {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of hull) {
    const u = x * cos + y * sin;
    const v = y * cos - x * sin;
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  return { cos, sin, minU, maxU, minV, maxV };
}

function cornersOf(frame: Frame): TextLine["corners"] | null {
  const length = frame.maxU - frame.minU;
  const height = frame.maxV - frame.minV;
  if (Math.min(length, height) < MIN_SIDE_PX) return null;
  const grow = (length * height * GROW_RATIO) / (2 * (length + height));
  const corner = (u: number, v: number): PointPx => ({ x: u * frame.cos - v * frame.sin, y: u * frame.sin + v * frame.cos });
  const ring = [
    corner(frame.minU - grow, frame.minV - grow),
    corner(frame.maxU + grow, frame.minV - grow),
    corner(frame.maxU + grow, frame.maxV + grow),
    corner(frame.minU - grow, frame.maxV + grow),
  ] as const;
  return startAtTopLeft(ring);
}

type Ring = readonly [PointPx, PointPx, PointPx, PointPx];

/** Turns the ring until its first side is long and, for a lying line, starts at the left (for a standing one at the top). */
function startAtTopLeft(ring: Ring): Ring {
  const [a, b, c, d] = ring;
  const candidates: Ring[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  const long = Math.max(sideOf(a, b), sideOf(b, c));
  const fits = candidates.filter(([first, second]) => sideOf(first, second) >= long - 1e-6);
  return fits.find(([first, second]) => leadsRightOrDown(first, second)) ?? ring;
}

function sideOf(a: PointPx, b: PointPx): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function leadsRightOrDown(from: PointPx, to: PointPx): boolean {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  return Math.abs(dx) >= Math.abs(dy) ? dx > 0 : dy > 0;
}
