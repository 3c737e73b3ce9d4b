import { sizeOfLine } from "../attachment/cut-line.ts";
import type { PointPx, TextLine } from "../attachment/ports.ts";

/** Where a machine-readable zone may lie: parallel lines of one length, top line first, in reading direction. */
export interface ZonePlace {
  readonly lines: readonly TextLine[];
}

/** A found line with what a first look read in it. */
export interface SeenLine {
  readonly place: TextLine;
  readonly text: string;
}

/** Lines of a zone lean at most this much against each other, radians (photos at an angle: 0.02). */
const MAX_LEAN = 0.06;
/** Distance of neighbouring lines in heights of the detector's boxes: printed 4.2 mm apart with boxes of 3.6 to 5 mm. */
const MIN_PITCH = 0.5;
const MAX_PITCH = 2.4;
/** A detected piece of a line is at least this many heights long; shorter ones are joined to a longer one only. */
const LEAST_ASPECT = 5;
const MAX_LINES = 3;
const LEAST_LENGTH = 8;
const LEAST_ALIKE = 0.7;

interface Frame {
  readonly angle: number;
  readonly centre: PointPx;
  readonly lengthPx: number;
  readonly heightPx: number;
}

/** Fillers of a poor copy are all misread alike. */
const SAME_CHARACTER_RUN = /([^0.\-_])\1{4}/;

/** Tells whether a reading looks like a line, or the piece of a line, of a machine-readable zone. Pure. */
export function looksMachineReadable(text: string): boolean {
  const packed = text.replaceAll(/\s/g, "");
  if (packed.length < LEAST_LENGTH) return false;
  const fillers = packed.match(/[<＜〈《≤]/g)?.length ?? 0;
  const words = text.trim().split(/\s+/).length;
  if (fillers >= 3 || (packed.length >= 20 && words <= 3 && SAME_CHARACTER_RUN.test(packed))) return true;
  const fitting = packed.match(/[A-Z0-9<]/g)?.length ?? 0;
  const digits = packed.match(/[0-9]/g)?.length ?? 0;
  return packed.length >= 24 && words <= 3 && digits >= 8 && fitting >= 0.9 * packed.length;
}

/**
 * Groups the found lines of a page into possible machine-readable zones.
 *
 * Pure. A zone has one to three lines; the reader looks above and below for a line that was not found.
 */
export function findZones(lines: readonly SeenLine[]): ZonePlace[] {
  const seeds = lines.filter(({ place, text }) => isLong(place) && looksMachineReadable(text)).map(({ place }) => place);
  const open = new Set(seeds.toSorted((a, b) => sizeOfLine(b).lengthPx - sizeOfLine(a).lengthPx));
  const candidates = lines.map(({ place }) => place).filter(isLong);
  const zones: ZonePlace[] = [];
  for (const seed of open) {
    open.delete(seed);
    const members = [seed];
    for (let grown = true; grown; ) {
      grown = false;
      for (const other of candidates) {
        if (members.includes(other) || !members.some((member) => areNeighbours(member, other))) continue;
        if (!open.has(other) && !areAlike(seed, other)) continue;
        members.push(other);
        open.delete(other);
        grown = true;
      }
    }
    zones.push({ lines: toRows(members, lines) });
  }
  return zones.filter(({ lines: rows }) => rows.length > 0);
}

/** A line whose text says nothing belongs to a zone when it is as long as the zone's longest line and as high. */
function areAlike(seed: TextLine, other: TextLine): boolean {
  const [first, second] = [sizeOfLine(seed), sizeOfLine(other)];
  const shorter = Math.min(first.lengthPx, second.lengthPx) / Math.max(first.lengthPx, second.lengthPx);
  return shorter > LEAST_ALIKE && Math.abs(first.heightPx / second.heightPx - 1) < 1 - LEAST_ALIKE;
}

function isLong(place: TextLine): boolean {
  const { lengthPx, heightPx } = sizeOfLine(place);
  return lengthPx >= LEAST_ASPECT * heightPx;
}

function frameOf(line: TextLine): Frame {
  const [a, b, c, d] = line.corners;
  const { lengthPx, heightPx } = sizeOfLine(line);
  return {
    angle: Math.atan2(b.y - a.y, b.x - a.x),
    centre: { x: (a.x + b.x + c.x + d.x) / 4, y: (a.y + b.y + c.y + d.y) / 4 },
    lengthPx,
    heightPx,
  };
}

/** Returns where `point` lies from the frame's centre: along its line and across it (down is positive). */
function offsetFrom(frame: Frame, point: PointPx): { along: number; across: number } {
  const dx = point.x - frame.centre.x;
  const dy = point.y - frame.centre.y;
  const cos = Math.cos(frame.angle);
  const sin = Math.sin(frame.angle);
  return { along: dx * cos + dy * sin, across: dy * cos - dx * sin };
}

function leanBetween(a: Frame, b: Frame): number {
  const difference = Math.abs(a.angle - b.angle) % (2 * Math.PI);
  return Math.min(difference, 2 * Math.PI - difference);
}

function areNeighbours(a: TextLine, b: TextLine): boolean {
  const first = frameOf(a);
  const second = frameOf(b);
  if (leanBetween(first, second) > MAX_LEAN) return false;
  const { along, across } = offsetFrom(first, second.centre);
  const height = Math.max(first.heightPx, second.heightPx);
  const pitch = Math.abs(across) / height;
  const overlap = (first.lengthPx + second.lengthPx) / 2 - Math.abs(along);
  if (pitch < MIN_PITCH) return overlap > -4 * height;
  return pitch <= MAX_PITCH && overlap > 0;
}

/** Joins pieces on one row, orders rows from top to bottom and gives all the same start and end. */
function toRows(members: readonly TextLine[], lines: readonly SeenLine[]): TextLine[] {
  const base = frameOf(members[0] ?? lines[0]?.place ?? EMPTY_LINE);
  const rows: { across: number; height: number; length: number }[] = [];
  let start = Infinity;
  let end = -Infinity;
  const pieces = lines.map(({ place }) => place).filter((place) => members.includes(place) || continues(members, place));
  for (const piece of pieces) {
    const frame = frameOf(piece);
    const { along, across } = offsetFrom(base, frame.centre);
    start = Math.min(start, along - frame.lengthPx / 2);
    end = Math.max(end, along + frame.lengthPx / 2);
    const row = rows.find((known) => Math.abs(known.across - across) < MIN_PITCH * base.heightPx);
    if (row === undefined) rows.push({ across, height: frame.heightPx, length: frame.lengthPx });
    else if (frame.lengthPx > row.length) Object.assign(row, { across, height: frame.heightPx, length: frame.lengthPx });
  }
  const kept = rows.toSorted((a, b) => b.length - a.length).slice(0, MAX_LINES);
  const height = Math.max(...kept.map((row) => row.height));
  return kept.toSorted((a, b) => a.across - b.across).map((row) => lineAt(base, { start, end, across: row.across, height }));
}

const ORIGIN: PointPx = { x: 0, y: 0 };
const EMPTY_LINE: TextLine = { corners: [ORIGIN, ORIGIN, ORIGIN, ORIGIN], score: 0 };

/** A short piece (often the trailing fillers) on the same row as a member. */
function continues(members: readonly TextLine[], place: TextLine): boolean {
  const piece = frameOf(place);
  return members.some((member) => {
    const frame = frameOf(member);
    const { along, across } = offsetFrom(frame, piece.centre);
    const gap = Math.abs(along) - (frame.lengthPx + piece.lengthPx) / 2;
    return Math.abs(across) < MIN_PITCH * 0.6 * frame.heightPx && gap < frame.heightPx && piece.lengthPx >= piece.heightPx;
  });
}

function lineAt(base: Frame, row: { start: number; end: number; across: number; height: number }): TextLine {
  const cos = Math.cos(base.angle);
  const sin = Math.sin(base.angle);
  const point = (along: number, across: number): PointPx => ({
    x: base.centre.x + along * cos - across * sin,
    y: base.centre.y + along * sin + across * cos,
  });
  const upper = row.across - row.height / 2;
  const lower = row.across + row.height / 2;
  return { corners: [point(row.start, upper), point(row.end, upper), point(row.end, lower), point(row.start, lower)], score: 1 };
}

/** Returns the line `steps` line pitches below (above if negative) another line of a zone. Pure. */
export function shiftLine(line: TextLine, acrossPx: number): TextLine {
  const [a, b, c, d] = line.corners;
  const { heightPx } = sizeOfLine(line);
  const dx = ((d.x - a.x) / heightPx) * acrossPx;
  const dy = ((d.y - a.y) / heightPx) * acrossPx;
  const move = ({ x, y }: PointPx): PointPx => ({ x: x + dx, y: y + dy });
  return { corners: [move(a), move(b), move(c), move(d)], score: line.score };
}
