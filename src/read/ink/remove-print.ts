import type { InkWindow } from "./paper-level.ts";
import { distanceToPrint, matchPrint, type PrintMatch, shifted } from "./print-match.ts";

/** How far the alignment may be off inside a zone, frame px: the local search covers 0.4 mm either way. */
const REACH_PX = 3;
/** Blank pixels with less darkness than this are bare paper, 0-255. */
const BARE_DARKNESS = 12;

/** What the page itself says about its print and its pen-free paper; everything is judged against it. */
export interface InkScale {
  /** Darkness of the form's printed lines and letters on this scan, 1-255. */
  readonly printDarkness: number;
  /** Darkness that bare paper reaches by noise on this scan (99th percentile), 0-255. */
  readonly paperNoise: number;
  /** How far printed ink spreads beyond the blank's own edges on this scan, frame px. */
  readonly spreadPx: number;
}

/** A window of the scan and of the blank. */
export interface PrintedWindow {
  readonly window: InkWindow;
  /** The scan's darkness against its paper, 0-255. */
  readonly darkness: Uint8Array;
  /** The blank's darkness, 0-255. */
  readonly blankDarkness: Uint8Array;
}

/** The ink in a window that is not the form's own. */
export interface WindowInk {
  /** 0 = paper, 255 = as dark as `fullDarkness` (the page's print unless asked otherwise) or darker. */
  readonly ink: Uint8Array;
  /** Where the form's own print hides what lies beneath: 2 = the print itself, 1 = its soft edge, 0 = open paper. */
  readonly printed: Uint8Array;
  /** The scan's darkness against its paper, print included, 0-255. */
  readonly darkness: Uint8Array;
  readonly match: PrintMatch;
}

/** Weaker ink on both sides of a line is noise, not a stroke; the faintest pencil measured 70 of 255. */
const MIN_BRIDGED_INK = 40;

/** Where strokes are looked for under print, and how far. */
interface Bridging {
  readonly ink: Uint8Array;
  readonly printed: Uint8Array;
  readonly window: InkWindow;
  readonly maxPx: number;
}

/** A straight line through a pixel: the step of its pixels, and how far it can be followed before and behind it. */
interface Line {
  readonly step: number;
  readonly ahead: number;
  readonly behind: number;
}

/** Returns the ink at the first visible pixel in a direction, or 0 when the print is wider than a line there. */
function inkBeyond({ ink, printed }: Bridging, from: number, step: number, count: number): number {
  let at = from;
  for (let i = 0; i < count; i++) {
    at += step;
    if (printed[at] === 0) return ink[at] ?? 0;
  }
  return 0;
}

/** Returns the weaker of the inks on both sides of the print along a line; 0 when one is too weak to be a stroke. */
function inkAlong(bridging: Bridging, from: number, { step, ahead, behind }: Line): number {
  const first = inkBeyond(bridging, from, step, ahead);
  return first < MIN_BRIDGED_INK ? 0 : Math.min(first, inkBeyond(bridging, from, -step, behind));
}

/** Returns the strongest stroke that passes under the print at a pixel: across, down or along a diagonal. */
function inkThrough(bridging: Bridging, x: number, y: number): number {
  const { maxPx, window } = bridging;
  const { widthPx, heightPx } = window;
  const at = y * widthPx + x;
  const left = Math.min(maxPx, x);
  const right = Math.min(maxPx, widthPx - 1 - x);
  const up = Math.min(maxPx, y);
  const down = Math.min(maxPx, heightPx - 1 - y);
  return Math.max(
    inkAlong(bridging, at, { step: 1, ahead: right, behind: left }),
    inkAlong(bridging, at, { step: widthPx, ahead: down, behind: up }),
    inkAlong(bridging, at, { step: widthPx + 1, ahead: Math.min(right, down), behind: Math.min(left, up) }),
    inkAlong(bridging, at, { step: 1 - widthPx, ahead: Math.min(right, up), behind: Math.min(left, down) }),
  );
}

/** Print is only looked under in squares of this side with a stroke near them, px: most print is far from any. */
const SQUARE_PX = 8;

/** Returns 1 for every square of the window that has ink of a stroke in it or within reach. */
function squaresNearStrokes({ ink, window, maxPx }: Bridging): Uint8Array {
  const columns = Math.ceil(window.widthPx / SQUARE_PX);
  const rows = Math.ceil(window.heightPx / SQUARE_PX);
  const reach = Math.ceil(maxPx / SQUARE_PX);
  const near = new Uint8Array(columns * rows);
  const inked = new Uint8Array(columns * rows);
  for (let y = 0, at = 0; y < window.heightPx; y++) {
    const row = Math.floor(y / SQUARE_PX) * columns;
    for (let x = 0; x < window.widthPx; x++, at++) if ((ink[at] ?? 0) >= MIN_BRIDGED_INK) inked[row + ((x / SQUARE_PX) | 0)] = 1;
  }
  for (let square = 0; square < inked.length; square++) {
    if (inked[square] === 0) continue;
    const column = square % columns;
    const row = (square - column) / columns;
    for (let r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++) {
      near.fill(1, r * columns + Math.max(0, column - reach), r * columns + Math.min(columns, column + reach + 1));
    }
  }
  return near;
}

/** Puts strokes back where they pass under a printed line: both sides of the line show ink. */
function bridgeStrokes(bridging: Bridging, darkness: Uint8Array): void {
  const { ink, printed, window } = bridging;
  const { widthPx, heightPx } = window;
  const near = squaresNearStrokes(bridging);
  const columns = Math.ceil(widthPx / SQUARE_PX);
  const bridged = new Map<number, number>();
  for (let y = 0, at = 0; y < heightPx; y++) {
    const row = Math.floor(y / SQUARE_PX) * columns;
    for (let x = 0; x < widthPx; x++, at++) {
      if (printed[at] === 0 || near[row + ((x / SQUARE_PX) | 0)] === 0 || (darkness[at] ?? 0) < BARE_DARKNESS) continue;
      const strongest = inkThrough(bridging, x, y);
      if (strongest >= MIN_BRIDGED_INK) bridged.set(at, strongest);
    }
  }
  for (const [at, value] of bridged) ink[at] = value;
}

/**
 * Takes the blank form's own ink out of a window and keeps the strokes that cross it. Pure.
 *
 * @param fullDarkness the darkness that becomes 255 in the answer
 */
export function removePrint(
  { darkness, blankDarkness, window }: PrintedWindow,
  scale: InkScale,
  fullDarkness: number = scale.printDarkness,
): WindowInk {
  const { widthPx, heightPx } = window;
  const reachPx = Math.max(1, Math.round(REACH_PX * window.scale));
  const distance = distanceToPrint(blankDarkness, widthPx, heightPx);
  const match = matchPrint(darkness, distance, window, reachPx);
  const toPrint = shifted(distance, window, match, 255);
  const blank = shifted(blankDarkness, window, match, 0);
  const spread = Math.max(1, Math.round(scale.spreadPx * window.scale));
  const expected = Float64Array.from({ length: 256 }, (_, tint) => (tint > BARE_DARKNESS ? (tint / 255) * scale.printDarkness : 0));
  const printed = new Uint8Array(darkness.length);
  const ink = new Uint8Array(darkness.length);
  let strongest = 0;
  for (let i = 0; i < ink.length; i++) {
    const away = toPrint[i] ?? 255;
    if (away <= spread) {
      printed[i] = away === 0 ? 2 : 1;
      continue;
    }
    const added = (darkness[i] ?? 0) - (expected[blank[i] ?? 0] ?? 0);
    if (added <= 0) continue;
    const seen = Math.min(255, (added * 255) / fullDarkness);
    ink[i] = seen;
    if (seen > strongest) strongest = seen;
  }
  const maxPx = 2 * spread + Math.ceil(4 * window.scale);
  if (strongest >= MIN_BRIDGED_INK) bridgeStrokes({ ink, printed, window, maxPx }, darkness);
  return { ink, printed, darkness, match };
}
