import { probe, STAMP_MARGIN_MM, type StampField, type StampOutline } from "./stamp-outline.ts";

/** Stamps are turned by hand by less than this, degrees; the tried angles lie close enough for a side of 50 mm. */
const MAX_TURN_DEG = 35;
const TURN_STEP_DEG = 1;
const MIN_SIDE_MM = 9;
const MIN_APART_MM = 5;
/** Opposite sides begin and end within this of each other, mm. */
const CORNER_REACH_MM = 2;
/** A point lies on a side within this, mm. */
const SIDE_REACH_MM = 0.35;
/** Longest break in a side, mm: where it crosses a printed line at a flat angle. */
const MAX_GAP_MM = 4.5;
/** Inked points per px along a run: a line has one or more, a row of letters about half. */
const MIN_RUN_FILL = 0.7;
const MIN_SIDE_SHARE = 0.8;
/** Sides compared at one angle, longest first. */
const MAX_SIDES = 16;
/** Stamps often have a second, thinner line this far inside the first, mm. */
const DOUBLE_LINE_MM = 2;
const PROBES = 40;

/** A straight inked line in a stamp's turned axes, px. */
interface Side {
  readonly across: number;
  readonly from: number;
  readonly to: number;
}

interface TurnedBox {
  readonly angle: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The field's points in turned axes: rows of a side's thickness, columns of one px. */
interface TurnedGrid {
  readonly rows: number;
  readonly columns: number;
  readonly rowPx: number;
  readonly origin: number;
  readonly cells: Uint8Array;
  /** Inked cells of each row. */
  readonly counts: Uint16Array;
}

function turnedGrid(field: StampField, angle: number): TurnedGrid {
  const origin = Math.ceil(Math.hypot(field.widthPx, field.heightPx));
  const rowPx = Math.max(1, SIDE_REACH_MM * field.pxPerMm);
  const columns = 2 * origin;
  const rows = Math.ceil(columns / rowPx);
  const cells = new Uint8Array(rows * columns);
  const counts = new Uint16Array(rows);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  for (const [x, y] of field.points) {
    const row = Math.floor((y * cos - x * sin + origin) / rowPx);
    const at = row * columns + Math.floor(x * cos + y * sin + origin);
    if (cells[at]) continue;
    cells[at] = 1;
    counts[row] = (counts[row] ?? 0) + 1;
  }
  return { rows, columns, rowPx, origin, cells, counts };
}

/** Returns the long inked runs of a row and the next: a line a little off the tried angle lies in both. */
function runsOf(grid: TurnedGrid, row: number, pxPerMm: number): Side[] {
  const { columns, cells, origin, rowPx } = grid;
  const runs: Side[] = [];
  let from = -1;
  let last = -1;
  let count = 0;
  const close = (): void => {
    const length = last - from;
    if (from >= 0 && length >= MIN_SIDE_MM * pxPerMm && count >= length * MIN_RUN_FILL) {
      runs.push({ across: (row + 1) * rowPx - origin, from: from - origin, to: last - origin });
    }
  };
  for (let column = 0; column < columns; column++) {
    if (!cells[row * columns + column] && !cells[(row + 1) * columns + column]) continue;
    if (from < 0 || column - last > MAX_GAP_MM * pxPerMm) {
      close();
      from = column;
      count = 0;
    }
    last = column;
    count++;
  }
  close();
  return runs;
}

function sidesAlong(field: StampField, angle: number): Side[] {
  const grid = turnedGrid(field, angle);
  const sides: Side[] = [];
  const leastCells = MIN_SIDE_MM * field.pxPerMm * MIN_RUN_FILL;
  for (let row = 0; row + 1 < grid.rows; row++) {
    if ((grid.counts[row] ?? 0) + (grid.counts[row + 1] ?? 0) >= leastCells) sides.push(...runsOf(grid, row, field.pxPerMm));
  }
  return sides.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MAX_SIDES);
}

/** Returns the least found share of a box's sides; 0 when fewer than three can be seen. */
function frameShare(field: StampField, box: TurnedBox): number {
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const reach = Math.max(1, Math.round(2 * SIDE_REACH_MM * field.pxPerMm));
  const at = (along: number, across: number): number => probe(field, along * cos - across * sin, along * sin + across * cos, reach);
  const shares: number[] = [];
  for (const side of ["top", "bottom", "left", "right"] as const) {
    let hit = 0;
    let seen = 0;
    for (let i = 0; i <= PROBES; i++) {
      const along = box.left + ((box.right - box.left) * i) / PROBES;
      const across = box.top + ((box.bottom - box.top) * i) / PROBES;
      const found = side === "top" || side === "bottom" ? at(along, box[side]) : at(box[side], across);
      if (found >= 0) seen++;
      if (found === 1) hit++;
    }
    if (seen > PROBES / 4) shares.push(hit / seen);
  }
  return shares.length < 3 ? 0 : Math.min(...shares);
}

function boxesOf(sides: readonly Side[], angle: number, pxPerMm: number): TurnedBox[] {
  const reach = CORNER_REACH_MM * pxPerMm;
  const boxes: TurnedBox[] = [];
  for (const upper of sides) {
    for (const lower of sides) {
      if (lower.across - upper.across < MIN_APART_MM * pxPerMm) continue;
      if (Math.abs(lower.from - upper.from) > reach || Math.abs(lower.to - upper.to) > reach) continue;
      const left = (upper.from + lower.from) / 2;
      boxes.push({ angle, left, right: (upper.to + lower.to) / 2, top: upper.across, bottom: lower.across });
    }
  }
  return boxes;
}

function areaOf(box: TurnedBox): number {
  return (box.right - box.left) * (box.bottom - box.top);
}

function frameOutline(box: TurnedBox, share: number, pxPerMm: number): StampOutline {
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const depthOf = (x: number, y: number): number => {
    const along = (x * cos + y * sin) / 2;
    const across = (y * cos - x * sin) / 2;
    return Math.min(along - box.left, box.right - along, across - box.top, box.bottom - across);
  };
  return {
    kind: "frame",
    share,
    contains: (x, y) => depthOf(x, y) >= -STAMP_MARGIN_MM * pxPerMm,
    isOutline: (x, y) => depthOf(x, y) >= -STAMP_MARGIN_MM * pxPerMm && depthOf(x, y) <= DOUBLE_LINE_MM * pxPerMm,
  };
}

/** Finds the largest framed stamp by pairs of equal, parallel sides, at any small turn. Pure. */
export function findFrame(field: StampField): StampOutline | undefined {
  let best: { box: TurnedBox; share: number } | undefined;
  for (let degrees = -MAX_TURN_DEG; degrees <= MAX_TURN_DEG; degrees += TURN_STEP_DEG) {
    for (const angle of [(degrees * Math.PI) / 180, ((degrees + 90) * Math.PI) / 180]) {
      for (const box of boxesOf(sidesAlong(field, angle), angle, field.pxPerMm)) {
        if (best !== undefined && areaOf(box) <= areaOf(best.box)) continue;
        const share = frameShare(field, box);
        if (share >= MIN_SIDE_SHARE) best = { box, share };
      }
    }
  }
  return best === undefined ? undefined : frameOutline(best.box, best.share, field.pxPerMm);
}
