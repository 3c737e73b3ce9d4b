import { probe, STAMP_MARGIN_MM, type StampField, type StampOutline } from "./stamp-outline.ts";

/** Stamps are turned by hand by less than this, degrees; the tried angles lie close enough for a side of 50 mm. */
const MAX_TURN_DEG = 35;
const TURN_STEP_DEG = 1;
const MIN_SIDE_MM = 8;
const MIN_APART_MM = 6;
/** Framed stamps are at least this long, mm; smaller boxes are found in any dense signature. */
const MIN_LONG_MM = 16;
/** A point lies on a side within this, mm. */
const SIDE_REACH_MM = 0.35;
/** A probe finds ink within this many px (0.5 mm) of an assumed side, within one px of the side at its true angle. */
const ROUGH_REACH_PX = 2;
const FINE_REACH_PX = 1;
/** Longest break in a side, mm: where it crosses a printed line at a flat angle. */
const MAX_GAP_MM = 4.5;
/** Inked points per px along a run: a line has one or more, a row of letters about half. */
const MIN_RUN_FILL = 0.7;
const MIN_SIDE_SHARE = 0.75;
const MIN_FRAME_SHARE = 0.88;
/** Lines compared at one angle, longest first, and how far apart they are, mm. */
const MAX_SIDES = 7;
const PLACE_APART_MM = 0.7;
/** Stamps often have a second, thinner line this far inside the first, mm. */
const DOUBLE_LINE_MM = 2;
const PROBES = 40;

/** A straight inked line in a stamp's turned axes, px. */
interface Side {
  readonly across: number;
  readonly from: number;
  readonly to: number;
  /** Share of the length that is inked, 0-1. */
  readonly fill: number;
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
      runs.push({ across: (row + 1) * rowPx - origin, from: from - origin, to: last - origin, fill: count / (length + 1) });
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
  return sides.toSorted((a, b) => b.to - b.from - (a.to - a.from));
}

/** Returns the share of a box's outline that was found; 0 when a side is missing or fewer than three can be seen. */
function frameShare(field: StampField, box: TurnedBox, reach: number): number {
  const cos = Math.cos(box.angle);
  const sin = Math.sin(box.angle);
  const at = (along: number, across: number): number => probe(field, along * cos - across * sin, along * sin + across * cos, reach);
  let sides = 0;
  let sum = 0;
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
    if (seen <= PROBES / 4) continue;
    if (hit < seen * MIN_SIDE_SHARE) return 0;
    sides++;
    sum += hit / seen;
  }
  return sides < 3 ? 0 : sum / sides;
}

/** Returns the places of lines that are further apart than a line is thick, longest lines first. */
function placesOf(sides: readonly Side[], pxPerMm: number): number[] {
  const places: number[] = [];
  for (const { across } of sides) {
    if (places.length < MAX_SIDES && places.every((place) => Math.abs(place - across) > PLACE_APART_MM * pxPerMm)) places.push(across);
  }
  return places.toSorted((a, b) => a - b);
}

function boxesOf(field: StampField, angle: number): TurnedBox[] {
  const rows = placesOf(sidesAlong(field, angle), field.pxPerMm);
  if (rows.length < 2) return [];
  const columns = placesOf(sidesAlong(field, angle + Math.PI / 2), field.pxPerMm).map((place) => -place);
  const apart = MIN_APART_MM * field.pxPerMm;
  const boxes: TurnedBox[] = [];
  for (const top of rows) {
    for (const bottom of rows.filter((row) => row - top >= apart)) {
      for (const left of columns) {
        for (const right of columns.filter((column) => column - left >= apart)) {
          if (Math.max(right - left, bottom - top) >= MIN_LONG_MM * field.pxPerMm) boxes.push({ angle, left, right, top, bottom });
        }
      }
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

/** How good a box is: found sides first, but of two nested lines the outer one. */
function scoreOf(box: TurnedBox, share: number): number {
  return share * areaOf(box) ** 0.15;
}

/** Finds a framed stamp by its straight, parallel sides, at any small turn. Pure. */
export function findFrame(field: StampField): StampOutline | undefined {
  let best: { box: TurnedBox; share: number; score: number } | undefined;
  for (let degrees = -MAX_TURN_DEG; degrees <= MAX_TURN_DEG; degrees += TURN_STEP_DEG) {
    for (const box of boxesOf(field, (degrees * Math.PI) / 180)) {
      if (best !== undefined && scoreOf(box, 1) <= best.score) continue;
      const share = frameShare(field, box, ROUGH_REACH_PX);
      if (share < MIN_FRAME_SHARE) continue;
      const score = scoreOf(box, frameShare(field, box, FINE_REACH_PX));
      if (score > (best?.score ?? 0)) best = { box, share, score };
    }
  }
  return best === undefined ? undefined : frameOutline(best.box, best.share, field.pxPerMm);
}

/** Two sides meet when their ends lie this near, mm. */
const CORNER_REACH_MM = 1.3;
/** A pen draws no such corner of two lines so long, straight and whole. */
const CORNER_ROW_MM = 14;
const CORNER_COLUMN_MM = 8;
const CORNER_FILL = 0.92;

/** Whether three long straight lines meet at right angles, as only the frame of a stamp does, be its fourth side hidden. Pure. */
export function hasFrameCorners(field: StampField): boolean {
  for (let degrees = -MAX_TURN_DEG; degrees <= MAX_TURN_DEG; degrees += TURN_STEP_DEG) {
    const angle = (degrees * Math.PI) / 180;
    const rows = wholeSides(field, angle, CORNER_ROW_MM);
    if (rows.length === 0) continue;
    const columns = wholeSides(field, angle + Math.PI / 2, CORNER_COLUMN_MM);
    const meetings = rows.flatMap((row) =>
      columns.filter((column) => doMeet(row, column, field.pxPerMm)).map((column) => ({ row, column })),
    );
    const apart = CORNER_COLUMN_MM * field.pxPerMm;
    const hasThree = meetings.some((one) =>
      meetings.some(
        (other) => Math.abs(one.row.across - other.row.across) > apart || Math.abs(one.column.across - other.column.across) > apart,
      ),
    );
    if (hasThree) return true;
  }
  return false;
}

function wholeSides(field: StampField, angle: number, leastMm: number): Side[] {
  return sidesAlong(field, angle).filter((side) => side.fill >= CORNER_FILL && side.to - side.from >= leastMm * field.pxPerMm);
}

function doMeet(row: Side, column: Side, pxPerMm: number): boolean {
  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= CORNER_REACH_MM * pxPerMm;
  const meetsAlong = isNear(-column.across, row.from) || isNear(-column.across, row.to);
  return meetsAlong && (isNear(row.across, column.from) || isNear(row.across, column.to));
}
