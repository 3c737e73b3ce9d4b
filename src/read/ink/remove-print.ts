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

const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
] as const;

/** Where strokes are looked for under print, and how far. */
interface Bridging {
  readonly ink: Uint8Array;
  readonly printed: Uint8Array;
  readonly window: InkWindow;
  readonly maxPx: number;
}

/** Returns the ink at the first visible pixel in a direction, or 0 when the print is wider than a line there. */
function inkBeyond({ ink, printed, window, maxPx }: Bridging, x: number, y: number, dx: number, dy: number): number {
  const { widthPx, heightPx } = window;
  const roomX = dx > 0 ? widthPx - 1 - x : x;
  const roomY = dy > 0 ? heightPx - 1 - y : y;
  const room = Math.min(maxPx, dx === 0 ? maxPx : roomX, dy === 0 ? maxPx : roomY);
  const step = dy * widthPx + dx;
  let at = y * widthPx + x;
  for (let i = 0; i < room; i++) {
    at += step;
    if (printed[at] === 0) return ink[at] ?? 0;
  }
  return 0;
}

/** Puts strokes back where they pass under a printed line: both sides of the line show ink. */
function bridgeStrokes(bridging: Bridging, darkness: Uint8Array): void {
  const { ink, printed, window } = bridging;
  const { widthPx, heightPx } = window;
  const bridged: [number, number][] = [];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x;
      if (printed[at] === 0 || (darkness[at] ?? 0) < BARE_DARKNESS) continue;
      let strongest = MIN_BRIDGED_INK - 1;
      for (const [dx, dy] of DIRECTIONS) {
        const ahead = inkBeyond(bridging, x, y, dx, dy);
        if (ahead <= strongest) continue;
        strongest = Math.max(strongest, Math.min(ahead, inkBeyond(bridging, x, y, -dx, -dy)));
      }
      if (strongest >= MIN_BRIDGED_INK) bridged.push([at, strongest]);
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
  const printed = new Uint8Array(darkness.length);
  const ink = new Uint8Array(darkness.length);
  let strongest = 0;
  for (let i = 0; i < ink.length; i++) {
    const away = toPrint[i] ?? 255;
    if (away <= spread) {
      printed[i] = away === 0 ? 2 : 1;
      continue;
    }
    const tint = blank[i] ?? 0;
    const expected = tint > BARE_DARKNESS ? (tint / 255) * scale.printDarkness : 0;
    const seen = Math.min(255, Math.max(0, (((darkness[i] ?? 0) - expected) * 255) / fullDarkness));
    ink[i] = seen;
    if (seen > strongest) strongest = seen;
  }
  const maxPx = 2 * spread + Math.ceil(4 * window.scale);
  if (strongest >= MIN_BRIDGED_INK) bridgeStrokes({ ink, printed, window, maxPx }, darkness);
  return { ink, printed, darkness, match };
}
