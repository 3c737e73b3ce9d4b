import type { InkPicture } from "./measure-strokes.ts";

/** Radii of round office stamps, mm. */
const MIN_RADIUS_MM = 7;
const MAX_RADIUS_MM = 24;
/** A point lies on the ring within this, mm: half a ring's line and the rubber's unevenness. */
const RING_REACH_MM = 0.45;
const RING_BINS = 90;
/** Share of a ring's visible part that must be inked; rings crossed by signatures measured 0.93 or more. */
const MIN_RING_SHARE = 0.75;
/** At least this share of the ring must lie in the picture and not under printed lines. */
const MIN_RING_VISIBLE = 0.4;
const RING_TRIALS = 1500;
/** Sides of framed stamps, mm, and how far they are turned at most, degrees. */
const MIN_SIDE_MM = 9;
const MAX_TURN_DEG = 35;
const SIDE_REACH_MM = 0.35;
const MIN_SIDE_SHARE = 0.8;
/** Ink this far outside the outer line still belongs to the stamp, mm. */
const STAMP_MARGIN_MM = 0.8;

/** A stamp's outline; `contains` takes px of the picture it was found in. */
export interface StampOutline {
  readonly kind: "ring" | "frame";
  /** Share of the outline that was found, 0-1. */
  readonly share: number;
  contains(x: number, y: number): boolean;
  /** Whether a point lies on the outline's own line. */
  isOutline(x: number, y: number): boolean;
}

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

function circleThrough(a: readonly number[], b: readonly number[], c: readonly number[]): Circle | undefined {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const [cx = 0, cy = 0] = c;
  const d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by));
  if (Math.abs(d) < 1) return undefined;
  const aa = ax * ax + ay * ay;
  const bb = bx * bx + by * by;
  const cc = cx * cx + cy * cy;
  const x = (aa * (by - cy) + bb * (cy - ay) + cc * (ay - by)) / d;
  const y = (aa * (cx - bx) + bb * (ax - cx) + cc * (bx - ax)) / d;
  return { x, y, radius: Math.hypot(ax - x, ay - y) };
}

/** The picture with its ink as a mask and a steady source of picks. */
interface Field {
  readonly picture: InkPicture;
  readonly printed: Uint8Array;
  readonly inked: Uint8Array;
  readonly points: readonly (readonly [number, number])[];
}

/** Returns whether ink lies within a reach of a point: 1 yes, 0 no, -1 cannot be seen. */
function probe({ picture, printed, inked }: Field, x: number, y: number, reach: number): number {
  const cx = Math.round(x);
  const cy = Math.round(y);
  if (cx < 0 || cy < 0 || cx >= picture.widthPx || cy >= picture.heightPx) return -1;
  for (let ny = Math.max(0, cy - reach); ny <= Math.min(picture.heightPx - 1, cy + reach); ny++) {
    for (let nx = Math.max(0, cx - reach); nx <= Math.min(picture.widthPx - 1, cx + reach); nx++) {
      if (inked[ny * picture.widthPx + nx]) return 1;
    }
  }
  return printed[cy * picture.widthPx + cx] ? -1 : 0;
}

function ringShare(field: Field, circle: Circle, reach: number): { share: number; visible: number } {
  let hit = 0;
  let seen = 0;
  for (let bin = 0; bin < RING_BINS; bin++) {
    const angle = (2 * Math.PI * bin) / RING_BINS;
    const found = probe(field, circle.x + circle.radius * Math.cos(angle), circle.y + circle.radius * Math.sin(angle), reach);
    if (found >= 0) seen++;
    if (found === 1) hit++;
  }
  return { share: seen === 0 ? 0 : hit / seen, visible: seen / RING_BINS };
}

/** A ring is a line: just inside and outside of it the paper must mostly show. */
function isThinRing(field: Field, circle: Circle, gapPx: number): boolean {
  const beside = [-2.2, 2.2].map((factor) => ringShare(field, { ...circle, radius: circle.radius + factor * gapPx }, 0).share);
  return Math.min(...beside) < 0.5;
}

function findRing(field: Field): StampOutline | undefined {
  const { pxPerMm } = field.picture;
  const { points } = field;
  const reach = Math.max(1, Math.round(RING_REACH_MM * pxPerMm * 0.5));
  let best: { circle: Circle; share: number } | undefined;
  let state = 1;
  const pick = (): readonly [number, number] => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return points[Math.floor((state / 4294967296) * points.length)] ?? [0, 0];
  };
  for (let trial = 0; trial < RING_TRIALS; trial++) {
    const circle = circleThrough(pick(), pick(), pick());
    if (circle === undefined || circle.radius < MIN_RADIUS_MM * pxPerMm || circle.radius > MAX_RADIUS_MM * pxPerMm) continue;
    const { share, visible } = ringShare(field, circle, reach);
    if (visible < MIN_RING_VISIBLE || share < MIN_RING_SHARE || share <= (best?.share ?? 0)) continue;
    if (isThinRing(field, circle, RING_REACH_MM * pxPerMm)) best = { circle, share };
  }
  return best === undefined ? undefined : ringOutline(field, best.circle, best.share);
}

/** Stamps have up to three concentric rings; the outermost bounds the stamp. */
function ringOutline(field: Field, circle: Circle, share: number): StampOutline {
  const { pxPerMm } = field.picture;
  const radii = [circle.radius];
  for (let factor = 0.5; factor <= 1.5; factor += 0.02) {
    const ring = { ...circle, radius: circle.radius * factor };
    const isRing = ringShare(field, ring, 1).share >= MIN_RING_SHARE && isThinRing(field, ring, RING_REACH_MM * pxPerMm);
    if (isRing) radii.push(ring.radius);
  }
  const line = RING_REACH_MM * 1.6 * pxPerMm;
  const outer = Math.max(...radii) + STAMP_MARGIN_MM * pxPerMm + line;
  return {
    kind: "ring",
    share,
    contains: (x, y) => Math.hypot(x - circle.x, y - circle.y) <= outer,
    isOutline: (x, y) => {
      const distance = Math.hypot(x - circle.x, y - circle.y);
      return radii.some((radius) => Math.abs(distance - radius) <= line);
    },
  };
}

/** A straight inked line of the picture in the turned axes of a stamp: position across, start and end along, px. */
interface Side {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const MAX_GAP_MM = 1.2;

/** Returns the long inked runs along one turned axis. */
function sidesAlong(field: Field, angle: number): Side[] {
  const { pxPerMm } = field.picture;
  const binPx = Math.max(1, SIDE_REACH_MM * pxPerMm);
  const rows = new Map<number, number[]>();
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  for (const [x, y] of field.points) {
    const row = Math.round((y * cos - x * sin) / binPx);
    const values = rows.get(row) ?? [];
    values.push(x * cos + y * sin);
    rows.set(row, values);
  }
  const sides: Side[] = [];
  const minPx = MIN_SIDE_MM * pxPerMm;
  for (const [row, values] of rows) {
    if (values.length < minPx / 3) continue;
    values.sort((a, b) => a - b);
    let from = values[0] ?? 0;
    let last = from;
    for (const value of [...values.slice(1), Number.POSITIVE_INFINITY]) {
      if (value - last <= MAX_GAP_MM * pxPerMm) {
        last = value;
        continue;
      }
      if (last - from >= minPx) sides.push({ at: row * binPx, from, to: last });
      from = value;
      last = value;
    }
  }
  return sides;
}

interface TurnedBox {
  readonly angle: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function frameShare(field: Field, box: TurnedBox, reach: number): number {
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const at = (along: number, across: number): number => probe(field, along * cos - across * sin, along * sin + across * cos, reach);
  const steps = 40;
  const shares: number[] = [];
  for (const side of ["top", "bottom", "left", "right"] as const) {
    let hit = 0;
    let seen = 0;
    for (let i = 0; i <= steps; i++) {
      const along = box.left + ((box.right - box.left) * i) / steps;
      const across = box.top + ((box.bottom - box.top) * i) / steps;
      const found = side === "top" || side === "bottom" ? at(along, box[side]) : at(box[side], across);
      if (found >= 0) seen++;
      if (found === 1) hit++;
    }
    if (seen > steps / 4) shares.push(hit / seen);
  }
  return shares.length < 3 ? 0 : Math.min(...shares);
}

function findFrame(field: Field): StampOutline | undefined {
  const { pxPerMm } = field.picture;
  const reach = Math.max(1, Math.round(SIDE_REACH_MM * pxPerMm));
  let best: { box: TurnedBox; share: number } | undefined;
  for (let degrees = -MAX_TURN_DEG; degrees <= MAX_TURN_DEG; degrees++) {
    const angle = (degrees * Math.PI) / 180;
    const sides = sidesAlong(field, angle)
      .toSorted((a, b) => b.to - b.from - (a.to - a.from))
      .slice(0, 12);
    for (const upper of sides) {
      for (const lower of sides) {
        if (lower.at - upper.at < (MIN_SIDE_MM / 2) * pxPerMm) continue;
        if (Math.abs(lower.from - upper.from) > 2 * pxPerMm || Math.abs(lower.to - upper.to) > 2 * pxPerMm) continue;
        const box = { angle, left: (upper.from + lower.from) / 2, right: (upper.to + lower.to) / 2, top: upper.at, bottom: lower.at };
        const share = frameShare(field, box, reach);
        if (share >= MIN_SIDE_SHARE && share > (best?.share ?? 0)) best = { box, share };
      }
    }
  }
  return best === undefined ? undefined : frameOutline(best.box, best.share, pxPerMm);
}

function frameOutline(box: TurnedBox, share: number, pxPerMm: number): StampOutline {
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const margin = STAMP_MARGIN_MM * pxPerMm;
  const depth = (x: number, y: number): number => {
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    return Math.min(along - box.left, box.right - along, across - box.top, box.bottom - across);
  };
  return {
    kind: "frame",
    share,
    contains: (x, y) => depth(x, y) >= -margin,
    isOutline: (x, y) => Math.abs(depth(x, y)) <= margin,
  };
}

/**
 * Finds a round or framed stamp, also a turned one, one that reaches beyond the picture or one that is signed over. Pure.
 *
 * @param printed where the form's own print hides what lies beneath
 * @param threshold ink from which a pixel counts, 0-255
 */
export function findStamp(picture: InkPicture, printed: Uint8Array, threshold: number): StampOutline | undefined {
  const inked = new Uint8Array(picture.ink.length);
  const points: [number, number][] = [];
  for (let at = 0; at < inked.length; at++) {
    if ((picture.ink[at] ?? 0) < threshold) continue;
    inked[at] = 1;
    points.push([at % picture.widthPx, Math.floor(at / picture.widthPx)]);
  }
  if (points.length < MIN_SIDE_MM * picture.pxPerMm * 2) return undefined;
  const field: Field = { picture, printed, inked, points };
  return findRing(field) ?? findFrame(field);
}
