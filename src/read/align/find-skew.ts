import type { GreyMap } from "./grey-map.ts";

/** Greatest skew looked for, degrees: sheet feeders turn pages by up to 7. */
const MAX_SKEW_DEG = 9;
const COARSE_STEP_DEG = 0.5;
const FINE_STEP_DEG = 0.1;
/** Ink below this (of 255) is left out: it is noise and costs time. */
const LEAST_INK = 90;

/**
 * Returns the angle by which the content is turned clockwise, degrees, within MAX_SKEW_DEG.
 *
 * Pure. Rows and columns of ink are sharpest when summed along the paper's own axes, so both directions vote
 * and a page turned by 90 degrees gives the same answer.
 */
export function findSkewDeg(ink: GreyMap): number {
  const points = inkPoints(ink);
  let best = 0;
  let bestScore = -1;
  const consider = (deg: number) => {
    const score = sharpness(points, ink, deg);
    if (score > bestScore) {
      bestScore = score;
      best = deg;
    }
  };
  for (let deg = -MAX_SKEW_DEG; deg <= MAX_SKEW_DEG; deg += COARSE_STEP_DEG) consider(deg);
  const centre = best;
  for (let deg = centre - COARSE_STEP_DEG; deg <= centre + COARSE_STEP_DEG; deg += FINE_STEP_DEG) consider(deg);
  return best;
}

interface InkPoints {
  readonly x: Int16Array;
  readonly y: Int16Array;
}

/** At most this many points vote: more change nothing but the time. */
const MAX_POINTS = 40_000;

function inkPoints(ink: GreyMap): InkPoints {
  let count = 0;
  for (let i = 0; i < ink.data.length; i++) if ((ink.data[i] ?? 0) >= LEAST_INK) count++;
  const keepEvery = Math.max(1, Math.ceil(count / MAX_POINTS));
  const kept = Math.ceil(count / keepEvery);
  const x = new Int16Array(kept);
  const y = new Int16Array(kept);
  let seen = 0;
  for (let i = 0; i < ink.data.length; i++) {
    if ((ink.data[i] ?? 0) < LEAST_INK) continue;
    if (seen % keepEvery === 0) {
      x[seen / keepEvery] = i % ink.width;
      y[seen / keepEvery] = (i / ink.width) | 0;
    }
    seen++;
  }
  return { x, y };
}

/** Sum of squared steps between neighbouring sums, rows and columns, of the content turned back by `deg`. */
function sharpness(points: InkPoints, size: GreyMap, deg: number): number {
  const slope = Math.tan((deg * Math.PI) / 180);
  const margin = Math.ceil(Math.abs(slope) * Math.max(size.width, size.height)) + 2;
  const rows = new Float64Array(size.height + 2 * margin);
  const columns = new Float64Array(size.width + 2 * margin);
  for (let i = 0; i < points.x.length; i++) {
    const x = points.x[i] ?? 0;
    const y = points.y[i] ?? 0;
    const row = (y - slope * x + margin + 0.5) | 0;
    const column = (x + slope * y + margin + 0.5) | 0;
    rows[row] = (rows[row] ?? 0) + 1;
    columns[column] = (columns[column] ?? 0) + 1;
  }
  return squaredSteps(rows) + squaredSteps(columns);
}

function squaredSteps(sums: Float64Array): number {
  let total = 0;
  for (let i = 1; i < sums.length; i++) total += ((sums[i] ?? 0) - (sums[i - 1] ?? 0)) ** 2;
  return total;
}
