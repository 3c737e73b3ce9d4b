import type { GreyMap } from "./grey-map.ts";

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
/** A side of the sheet: for left and right x = at + lean * (y - middle), for top and bottom y = at + lean * (x - middle). */
export interface SideLine {
  readonly at: number;
  readonly lean: number;
  readonly votes: number;
}

/** Returns steep lines along which the picture turns brighter (sign 1) or darker (-1) from left to right, clearest first. Pure. */
export function findSideLines(grey: GreyMap, sign: 1 | -1): SideLine[] {
  const { width, height } = grey;
  const leans = Math.round(MAX_LEAN / LEAN_STEP);
  const span = 2 * leans + 1;
  const margin = Math.ceil((MAX_LEAN * height) / 2);
  const columns = width + 2 * margin;
  const votes = new Float32Array(columns * span);
  const steps = new Float32Array(width);
  const leant = new Float64Array(span);
  for (let y = 1; y < height; y += 2) {
    stepsOfRow(grey, y, sign, steps);
    for (let k = 0; k < span; k++) leant[k] = (k - leans) * LEAN_STEP * (y - height / 2);
    for (let x = 1; x < width - 1; x++) {
      const step = steps[x] ?? 0;
      if (step < LEAST_STEP || step < (steps[x - 1] ?? 0) || step <= (steps[x + 1] ?? 0)) continue;
      const weight = Math.min(1, step / FULL_STEP);
      for (let k = 0; k < span; k++) {
        const at = Math.round(x - (leant[k] ?? 0)) + margin;
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
