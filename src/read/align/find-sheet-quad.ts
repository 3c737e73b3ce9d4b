import { findSideLines, type SideLine } from "./find-side-lines.ts";
import { fitHomography, type Homography, type Point } from "./geometry.ts";
import type { GreyMap } from "./grey-map.ts";
import type { PageSizeMm } from "./strip-profiles.ts";

/** Corners of a sheet of paper in a photo, clockwise from the top left as the picture is shown. */
export type Quad = readonly [Point, Point, Point, Point];

/** Least share of the picture that the sheet covers, and of its sides that are visible as edges. */
const LEAST_AREA = 0.2;
const LEAST_EDGE_SHARE = 0.3;

/** Where one side does not stand out from the ground it is put where a sheet of this ratio ends. */
const PAPER_RATIO = Math.SQRT2;
const LEAST_RATIO = 1.22;
const GREATEST_RATIO = 1.58;
const UNLIKELY_SHAPE = 0.75;
/** Outlines offered: a grey bar of the form or a shadow's edge can pass for a side. */
const OFFERED = 3;
/** Outlines whose corners differ less are one, pixels at 50 dpi. */
const SAME_CORNER_PX = 15;
/** Around a sheet on a table it is darker than on it, at most this share of its brightness. */
const DARKER_AROUND = 0.93;

/** Returns the likely outlines of a bright sheet on a darker ground, best first; none for a scan. Pure. */
export function findSheetQuads(grey: GreyMap): Quad[] {
  const turned = transposed(grey);
  const sides: Sides = {
    left: findSideLines(grey, 1),
    right: findSideLines(grey, -1),
    top: findSideLines(turned, 1),
    bottom: findSideLines(turned, -1),
  };
  const offered: Quad[] = [];
  for (const { quad } of allQuads(grey, sides).toSorted((a, b) => b.score - a.score)) {
    if (offered.length === OFFERED) break;
    if (offered.every((other) => !isSame(other, quad)) && isDarkerAround(grey, quad)) offered.push(quad);
  }
  return offered;
}

interface Sides {
  readonly left: readonly SideLine[];
  readonly right: readonly SideLine[];
  readonly top: readonly SideLine[];
  readonly bottom: readonly SideLine[];
}

interface ScoredQuad {
  readonly quad: Quad;
  readonly score: number;
}

function allQuads(grey: GreyMap, sides: Sides): ScoredQuad[] {
  const found: ScoredQuad[] = [];
  const consider = (l: SideLine, r: SideLine, t: SideLine, b: SideLine) => {
    const quad = crossings(grey, l, r, t, b);
    const area = quad && isInPicture(grey, quad) ? areaOf(quad) / (grey.width * grey.height) : 0;
    const edges = quad && area >= LEAST_AREA ? edgeShare(quad, [t, r, b, l]) : 0;
    // Of two outlines with equally clear sides the larger is the sheet, the smaller something printed on it.
    if (quad && edges >= LEAST_EDGE_SHARE) found.push({ quad, score: edges * Math.sqrt(area) * shapeWeight(quad) });
  };
  for (const l of sides.left) {
    for (const r of sides.right) {
      for (const t of sides.top) for (const b of sides.bottom) consider(l, r, t, b);
      for (const ratio of [PAPER_RATIO, 1 / PAPER_RATIO]) {
        const reach = ratio * (r.at - l.at);
        for (const t of sides.top) consider(l, r, t, { at: t.at + reach, lean: t.lean, votes: 0 });
        for (const b of sides.bottom) consider(l, r, { at: b.at - reach, lean: b.lean, votes: 0 }, b);
      }
    }
  }
  for (const t of sides.top) {
    for (const b of sides.bottom) {
      for (const ratio of [PAPER_RATIO, 1 / PAPER_RATIO]) {
        const reach = ratio * (b.at - t.at);
        for (const l of sides.left) consider(l, { at: l.at + reach, lean: l.lean, votes: 0 }, t, b);
        for (const r of sides.right) consider({ at: r.at - reach, lean: r.lean, votes: 0 }, r, t, b);
      }
    }
  }
  return found;
}

/** Corners of a sheet may be cut off by this share of the picture. */
const CUT_SHARE = 0.08;

function isInPicture(grey: GreyMap, quad: Quad): boolean {
  const [overX, overY] = [CUT_SHARE * grey.width, CUT_SHARE * grey.height];
  return quad.every(({ x, y }) => x > -overX && y > -overY && x < grey.width + overX && y < grey.height + overY);
}

/** Sheets have sides of 1 : 1.29 (Letter) to 1 : 1.41 (A4), seen aslant a little more or less. */
function shapeWeight(quad: Quad): number {
  const { across, down } = extentOf(quad);
  const ratio = Math.max(across / down, down / across);
  return ratio > LEAST_RATIO && ratio < GREATEST_RATIO ? 1 : UNLIKELY_SHAPE;
}

function isSame(a: Quad, b: Quad): boolean {
  return a.every((corner, i) => Math.hypot(corner.x - (b[i]?.x ?? 0), corner.y - (b[i]?.y ?? 0)) < SAME_CORNER_PX);
}

function isDarkerAround(grey: GreyMap, quad: Quad): boolean {
  const step = 6;
  const sums = { inside: 0, insideCount: 0, outside: 0, outsideCount: 0 };
  for (let y = step; y < grey.height; y += step) {
    for (let x = step; x < grey.width; x += step) {
      const value = grey.data[y * grey.width + x] ?? 0;
      if (isInside(quad, x, y)) {
        sums.inside += value;
        sums.insideCount++;
      } else {
        sums.outside += value;
        sums.outsideCount++;
      }
    }
  }
  if (sums.outsideCount === 0 || sums.insideCount === 0) return false;
  return sums.outside / sums.outsideCount < (DARKER_AROUND * sums.inside) / sums.insideCount;
}

function isInside(quad: Quad, x: number, y: number): boolean {
  return quad.every((a, i) => {
    const b = quad[(i + 1) % 4] ?? a;
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0;
  });
}

function transposed(grey: GreyMap): GreyMap {
  const data = new Uint8Array(grey.data.length);
  for (let y = 0; y < grey.height; y++) for (let x = 0; x < grey.width; x++) data[x * grey.height + y] = grey.data[y * grey.width + x] ?? 0;
  return { width: grey.height, height: grey.width, data };
}

function crossings(grey: GreyMap, left: SideLine, right: SideLine, top: SideLine, bottom: SideLine): Quad | null {
  if (right.at - left.at < grey.width / 4 || bottom.at - top.at < grey.height / 4) return null;
  return [crossing(grey, left, top), crossing(grey, right, top), crossing(grey, right, bottom), crossing(grey, left, bottom)];
}

/** x = a + p (y - h / 2) and y = b + q (x - w / 2). */
function crossing(grey: GreyMap, steep: SideLine, flat: SideLine): Point {
  const { width, height } = grey;
  const x = (steep.at + steep.lean * (flat.at - (flat.lean * width) / 2 - height / 2)) / (1 - steep.lean * flat.lean);
  return { x, y: flat.at + flat.lean * (x - width / 2) };
}

function areaOf(quad: Quad): number {
  let doubled = 0;
  for (let i = 0; i < 4; i++) {
    const [a, b] = [quad[i] ?? quad[0], quad[(i + 1) % 4] ?? quad[0]];
    doubled += a.x * b.y - b.x * a.y;
  }
  return doubled / 2;
}

/** Votes of the four sides over their lengths: 1 = every side is a strong edge from corner to corner. */
function edgeShare(quad: Quad, sides: readonly SideLine[]): number {
  let votes = 0;
  let length = 0;
  for (let i = 0; i < 4; i++) {
    const [a, b] = [quad[i] ?? quad[0], quad[(i + 1) % 4] ?? quad[0]];
    const side = Math.hypot(b.x - a.x, b.y - a.y);
    votes += Math.min(side, sides[i]?.votes ?? 0);
    length += side;
  }
  return votes / length;
}

/** Returns the map from millimetres of an upright sheet to the picture, and whether the sheet lies on its side. Pure. */
export function quadToSheet(quad: Quad, size: PageSizeMm): { readonly toLow: Homography; readonly lying: boolean } | null {
  const [tl, tr, br, bl] = quad;
  const { across, down } = extentOf(quad);
  const lying = across > down !== size.widthMm > size.heightMm;
  // Content turned clockwise by 90 degrees has its top left corner at the picture's top right.
  const order = lying ? [tr, br, bl, tl] : [tl, tr, br, bl];
  const { widthMm, heightMm } = size;
  const corners = [
    { x: 0, y: 0 },
    { x: widthMm, y: 0 },
    { x: widthMm, y: heightMm },
    { x: 0, y: heightMm },
  ];
  const pairs = corners.map((corner, i) => ({ ...corner, u: order[i]?.x ?? 0, v: order[i]?.y ?? 0, weight: 1 }));
  const toLow = fitHomography(pairs);
  return toLow && { toLow, lying };
}

/** Sums of the two sides across and of the two sides down. */
function extentOf([tl, tr, br, bl]: Quad): { readonly across: number; readonly down: number } {
  return {
    across: Math.hypot(tr.x - tl.x, tr.y - tl.y) + Math.hypot(br.x - bl.x, br.y - bl.y),
    down: Math.hypot(bl.x - tl.x, bl.y - tl.y) + Math.hypot(br.x - tr.x, br.y - tr.y),
  };
}
