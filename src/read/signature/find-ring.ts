import { probe, STAMP_MARGIN_MM, type StampField, type StampOutline } from "./stamp-outline.ts";

/** Radii of round office stamps, mm. */
const MIN_RADIUS_MM = 7;
const MAX_RADIUS_MM = 24;
/** A point lies on the ring within this, mm: half a ring's line and the rubber's unevenness. */
const LINE_MM = 0.45;
const BINS = 90;
/** Share of a ring's visible part that must be inked; stamps measured 0.93 or more, circles through text and frames up to 0.9. */
const MIN_SHARE = 0.88;
/** At least this share of the ring must lie in the picture and not under printed lines. */
const MIN_VISIBLE = 0.4;
/** Three points of a stamp's ring are picked together about once in thirty trials, even with a signature beside it. */
const TRIALS = 1500;

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

type Spot = readonly [number, number];

function circleThrough([ax, ay]: Spot, [bx, by]: Spot, [cx, cy]: Spot): Circle | undefined {
  const d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by));
  if (Math.abs(d) < 1) return undefined;
  const aa = ax * ax + ay * ay;
  const bb = bx * bx + by * by;
  const cc = cx * cx + cy * cy;
  const x = (aa * (by - cy) + bb * (cy - ay) + cc * (ay - by)) / d;
  const y = (aa * (cx - bx) + bb * (ax - cx) + cc * (bx - ax)) / d;
  return { x, y, radius: Math.hypot(ax - x, ay - y) };
}

function ringShare(field: StampField, { x, y, radius }: Circle, reachPx: number): { share: number; visible: number } {
  let hit = 0;
  let seen = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const angle = (2 * Math.PI * bin) / BINS;
    const found = probe(field, x + radius * Math.cos(angle), y + radius * Math.sin(angle), reachPx);
    if (found >= 0) seen++;
    if (found === 1) hit++;
  }
  return { share: seen === 0 ? 0 : hit / seen, visible: seen / BINS };
}

/** A ring is a line: just inside or outside of it the paper must mostly show. */
function isThin(field: StampField, circle: Circle): boolean {
  const gap = 2.2 * LINE_MM * field.pxPerMm;
  const beside = [-gap, gap].map((step) => ringShare(field, { ...circle, radius: circle.radius + step }, 0).share);
  return Math.min(...beside) < 0.5;
}

/** Returns the same picks for the same picture. */
function pickerOf(points: readonly Spot[]): () => Spot {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return points[Math.floor((state / 4294967296) * points.length)] ?? [0, 0];
  };
}

/** Stamps have up to three concentric rings; the outermost bounds the stamp. */
function ringOutline(field: StampField, circle: Circle, share: number): StampOutline {
  const radii = [circle.radius];
  for (let factor = 0.5; factor <= 1.5; factor += 0.02) {
    const ring = { ...circle, radius: circle.radius * factor };
    if (ringShare(field, ring, 1).share >= MIN_SHARE && isThin(field, ring)) radii.push(ring.radius);
  }
  const line = LINE_MM * 1.6 * field.pxPerMm;
  const outer = Math.max(...radii) + STAMP_MARGIN_MM * field.pxPerMm + line;
  const distanceOf = (x: number, y: number): number => Math.hypot(x / 2 - circle.x, y / 2 - circle.y);
  return {
    kind: "ring",
    share,
    contains: (x, y) => distanceOf(x, y) <= outer,
    isOutline: (x, y) => radii.some((radius) => Math.abs(distanceOf(x, y) - radius) <= line),
  };
}

/** Finds a round stamp by circles through three of its points. Pure. */
export function findRing(field: StampField): StampOutline | undefined {
  const pick = pickerOf(field.points);
  let best: { circle: Circle; share: number } | undefined;
  for (let trial = 0; trial < TRIALS; trial++) {
    const circle = circleThrough(pick(), pick(), pick());
    if (circle === undefined || circle.radius < MIN_RADIUS_MM * field.pxPerMm || circle.radius > MAX_RADIUS_MM * field.pxPerMm) continue;
    const { share, visible } = ringShare(field, circle, 1);
    if (visible < MIN_VISIBLE || share < MIN_SHARE || share <= (best?.share ?? 0)) continue;
    if (isThin(field, circle)) best = { circle, share };
  }
  return best === undefined ? undefined : ringOutline(field, best.circle, best.share);
}
