import type { Displacement, PatchMatch } from "./match-patches.ts";

/** Nodes of the field stand this far apart, mm. */
const NODE_MM = 12;
/** Reach of one match's say, mm (standard deviation): paper and feeders bend over centimetres, not within one. */
const REACH_MM = 16;
/** Weight of "no displacement" against the matches: a lone match moves its surroundings by two thirds of its own offset. */
const PRIOR_WEIGHT = 0.3;
/** A match farther than this from what its neighbours say is a mistake, mm. */
const OUTLIER_MM = 0.3;

/** Small smooth bends that are left after the plane fit, on a grid over the page. */
export interface DisplacementField {
  readonly columns: number;
  readonly rows: number;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  readonly used: readonly PatchMatch[];
}

export interface FieldPlan {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly leastScore: number;
}

/** Returns the smooth part of the matches' offsets, leaving out matches that their neighbours contradict. Pure. */
export function fitField(matches: readonly PatchMatch[], plan: FieldPlan): DisplacementField {
  let used = matches.filter((match) => match.score >= plan.leastScore && !match.isAtLimit);
  for (let round = 0; round < 2; round++) {
    const kept = used.filter((match) => {
      const { xMm, yMm } = match.patch;
      const said = smoothAt(used, xMm, yMm, match);
      return Math.hypot(said.dx - match.dxMm, said.dy - match.dyMm) <= OUTLIER_MM;
    });
    if (kept.length === used.length) break;
    used = kept;
  }
  const columns = Math.ceil(plan.widthMm / NODE_MM) + 1;
  const rows = Math.ceil(plan.heightMm / NODE_MM) + 1;
  const dx = new Float32Array(columns * rows);
  const dy = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = smoothAt(used, column * NODE_MM, row * NODE_MM);
      dx[row * columns + column] = at.dx;
      dy[row * columns + column] = at.dy;
    }
  }
  return { columns, rows, dx, dy, used };
}

/** Weighted mean of the offsets around a point; `except` is left out. */
function smoothAt(matches: readonly PatchMatch[], xMm: number, yMm: number, except?: PatchMatch): { dx: number; dy: number } {
  let weight = PRIOR_WEIGHT;
  let dx = 0;
  let dy = 0;
  for (const match of matches) {
    if (match === except) continue;
    const squared = (match.patch.xMm - xMm) ** 2 + (match.patch.yMm - yMm) ** 2;
    if (squared > 9 * REACH_MM * REACH_MM) continue;
    const w = match.score * match.score * Math.exp(-squared / (2 * REACH_MM * REACH_MM));
    weight += w;
    dx += w * match.dxMm;
    dy += w * match.dyMm;
  }
  return { dx: dx / weight, dy: dy / weight };
}

/** Returns the field as a function of the place on the page. Pure. */
export function toDisplacement(field: DisplacementField): Displacement {
  const { columns, rows } = field;
  return (xMm, yMm) => {
    const x = Math.min(columns - 1.001, Math.max(0, xMm / NODE_MM));
    const y = Math.min(rows - 1.001, Math.max(0, yMm / NODE_MM));
    const at = Math.floor(y) * columns + Math.floor(x);
    const fx = x - Math.floor(x);
    const fy = y - Math.floor(y);
    const mix = (values: Float32Array) =>
      ((values[at] ?? 0) * (1 - fx) + (values[at + 1] ?? 0) * fx) * (1 - fy) +
      ((values[at + columns] ?? 0) * (1 - fx) + (values[at + columns + 1] ?? 0) * fx) * fy;
    return { dxMm: mix(field.dx), dyMm: mix(field.dy) };
  };
}
