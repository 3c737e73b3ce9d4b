import { fitHomography, type Homography, type Point } from "./geometry.ts";
import type { GreyMap } from "./grey-map.ts";
import type { PageSizeMm } from "./strip-profiles.ts";

/** Corners of a sheet of paper in a photo, clockwise from the top left as the picture is shown. */
export type Quad = readonly [Point, Point, Point, Point];

/** A sheet's edge is a step of brightness between two strips of this width, the first this far from the edge; pixels at 50 dpi. */
const STEP_WIDTH_PX = 6;
const STEP_GAP_PX = 1;
/** Least step relative to the local brightness, and the step from which more does not count more. */
const LEAST_STEP = 0.05;
const FULL_STEP = 0.2;
/** Edges lean by at most this (tangent) in photos taken by hand. */
const MAX_LEAN = 0.26;
const LEAN_STEP = 0.01;
/** Lines kept for each side. */
const LINES_A_SIDE = 4;
/** Lines of one side nearer than this are one line, pixels. */
const DISTINCT_PX = 12;
/** Least share of the picture that the sheet covers, and of its sides that are visible as edges. */
const LEAST_AREA = 0.2;
const LEAST_EDGE_SHARE = 0.3;

/** A side of the sheet: for left and right x = at + lean * (y - middle), for top and bottom y = at + lean * (x - middle). */
interface SideLine {
  readonly at: number;
  readonly lean: number;
  readonly votes: number;
}

/** Outlines offered: a grey bar of the form or a shadow's edge can pass for a side. */
const OFFERED = 3;
/** Outlines whose corners differ less are one, pixels at 50 dpi. */
const SAME_CORNER_PX = 15;
/** Around a sheet on a table it is darker than on it, at most this share of its brightness. */
const DARKER_AROUND = 0.93;

/** Returns the likely outlines of a bright sheet on a darker ground, best first; none for a scan. Pure. */
export function findSheetQuads(grey: GreyMap): Quad[] {
  const turned = transposed(grey);
  const sides: Sides = { left: findLines(grey, 1), right: findLines(grey, -1), top: findLines(turned, 1), bottom: findLines(turned, -1) };
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

function allQuads(grey: GreyMap, sides: Sides): { quad: Quad; score: number }[] {
  const found: { quad: Quad; score: number }[] = [];
  for (const l of sides.left) {
    for (const r of sides.right) {
      for (const t of sides.top) {
        for (const b of sides.bottom) {
          const quad = crossings(grey, l, r, t, b);
          const area = quad ? areaOf(quad) / (grey.width * grey.height) : 0;
          const edges = quad && area >= LEAST_AREA ? edgeShare(quad, [t, r, b, l]) : 0;
          // Of two outlines with equally clear sides the larger is the sheet, the smaller something printed on it.
          if (quad && edges >= LEAST_EDGE_SHARE) found.push({ quad, score: edges * Math.sqrt(area) });
        }
      }
    }
  }
  return found;
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

/** Finds steep lines along which the picture turns brighter (sign 1) or darker (-1) from left to right. */
function findLines(grey: GreyMap, sign: 1 | -1): SideLine[] {
  const { width, height } = grey;
  const leans = Math.round(MAX_LEAN / LEAN_STEP);
  const span = 2 * leans + 1;
  const margin = Math.ceil((MAX_LEAN * height) / 2);
  const columns = width + 2 * margin;
  const votes = new Float32Array(columns * span);
  const steps = new Float32Array(width);
  for (let y = 1; y < height; y += 2) {
    stepsOfRow(grey, y, sign, steps);
    for (let x = 1; x < width - 1; x++) {
      const step = steps[x] ?? 0;
      if (step < LEAST_STEP || step < (steps[x - 1] ?? 0) || step <= (steps[x + 1] ?? 0)) continue;
      const weight = Math.min(1, step / FULL_STEP);
      for (let k = 0; k < span; k++) {
        const at = Math.round(x - (k - leans) * LEAN_STEP * (y - height / 2)) + margin;
        votes[at * span + k] = (votes[at * span + k] ?? 0) + 2 * weight;
      }
    }
  }
  return peaks(votes, { columns, span, leans, margin });
}

/** Relative steps of brightness along one row; two rows are averaged against texture. */
function stepsOfRow(grey: GreyMap, y: number, sign: 1 | -1, steps: Float32Array): void {
  const { width, data } = grey;
  const sums = new Float32Array(width + 1);
  for (let x = 0; x < width; x++) sums[x + 1] = (sums[x] ?? 0) + (data[y * width + x] ?? 0) + (data[(y - 1) * width + x] ?? 0);
  steps.fill(0);
  const reach = STEP_WIDTH_PX + STEP_GAP_PX;
  for (let x = reach; x < width - reach; x++) {
    const before = (sums[x - STEP_GAP_PX] ?? 0) - (sums[x - reach] ?? 0);
    const after = (sums[x + reach] ?? 0) - (sums[x + STEP_GAP_PX] ?? 0);
    steps[x] = (sign * 2 * (after - before)) / (after + before + 1);
  }
}

interface VoteTable {
  readonly columns: number;
  readonly span: number;
  readonly leans: number;
  readonly margin: number;
}

function peaks(votes: Float32Array, table: VoteTable): SideLine[] {
  const lines: SideLine[] = [];
  const at = (column: number, k: number) => votes[column * table.span + k] ?? 0;
  const best: { column: number; k: number; votes: number }[] = [];
  for (let column = 1; column < table.columns - 1; column++) {
    let top = { column, k: 0, votes: 0 };
    for (let k = 0; k < table.span; k++) {
      const sum = at(column - 1, k) + at(column, k) + at(column + 1, k);
      if (sum > top.votes) top = { column, k, votes: sum };
    }
    best.push(top);
  }
  for (const { column, k, votes: sum } of best.toSorted((a, b) => b.votes - a.votes)) {
    const line = { at: column - table.margin, lean: (k - table.leans) * LEAN_STEP, votes: sum };
    if (lines.every((other) => Math.abs(other.at - line.at) >= DISTINCT_PX)) lines.push(line);
    if (lines.length === LINES_A_SIDE) break;
  }
  return lines;
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
  const across = Math.hypot(tr.x - tl.x, tr.y - tl.y) + Math.hypot(br.x - bl.x, br.y - bl.y);
  const down = Math.hypot(bl.x - tl.x, bl.y - tl.y) + Math.hypot(br.x - tr.x, br.y - tr.y);
  const lying = across > down;
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
