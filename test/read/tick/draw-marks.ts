import type { Zone } from "../../../src/model/form-layout.ts";
import type { RectMm } from "../../../src/model/page.ts";
import { type Point, randomOf, type Sheet, sheetOf } from "../ink/draw-page.ts";

export const PAGE_MM = { width: 90, height: 100 };
const BOX_MM = 3.2;
const ROW_MM = 9;
const COLUMN_MM = 18;
const TICK_FIELDS = ["nonDisclosure", "interpreterNeeded", "fullTimeWork", "partTimeOnly", "attachPermit"];
const OPTIONS = ["yes", "little", "no"];
const CHOICE_FIELDS = ["readsLatin", "readsMotherTongue", "ableToWork"];

function boxAt(column: number, row: number): RectMm {
  return { x: 12 + column * COLUMN_MM, y: 14 + row * ROW_MM, width: BOX_MM, height: BOX_MM };
}

/** A form with five ticks in a column and, below, three choices of three boxes. */
export const ZONES: Zone[] = [
  ...TICK_FIELDS.map((field, row) => ({ field, kind: "tick" as const, pageNumber: 1, rect: boxAt(0, row), multiline: false })),
  ...CHOICE_FIELDS.flatMap((field, row) =>
    OPTIONS.map((option, column) => ({
      field,
      kind: "choice" as const,
      pageNumber: 1,
      option,
      rect: boxAt(column, row + TICK_FIELDS.length),
      multiline: false,
    })),
  ),
];

export function rectOf(field: string, option?: string): RectMm {
  const zone = ZONES.find((candidate) => candidate.field === field && candidate.option === option);
  if (zone === undefined) throw new Error(`no box for ${field}`);
  return zone.rect;
}

/** Draws the printed form: a frame, a rule under each row, the boxes and bars that stand for their labels. */
export function drawForm(sheet: Sheet): Sheet {
  sheet.frame({ x: 9, y: 9, width: 72, height: 82 }, 0.3, 20);
  for (let row = 0; row < 8; row++) {
    sheet.stroke([[9, 20 + row * ROW_MM] as const, [81, 20 + row * ROW_MM] as const], 0.25, 30);
  }
  for (const { rect } of ZONES) {
    sheet.frame(rect, 0.25, 20);
    for (let bar = 0; bar < 6; bar++) {
      const x = rect.x + rect.width + 1.4 + bar * 1.1;
      sheet.stroke([[x, rect.y + 0.5] as const, [x, rect.y + 2.7 - (bar % 2)] as const], 0.4, 25);
    }
  }
  return sheet;
}

export type MarkStyle =
  | "cross"
  | "check"
  | "slash"
  | "dot"
  | "overflow"
  | "filled"
  | "scribble"
  | "faint"
  | "beside"
  | "overLabel"
  | "circle"
  | "strike"
  | "hole"
  | "arc"
  | "struck"
  | "noteBefore"
  | "noteAbove"
  | "onLabelEnd";

/** A pen: its line's width in mm, its grey, and how it wavers. */
export interface Pen {
  readonly widthMm: number;
  readonly grey: number;
  readonly random: () => number;
}

export const PEN: Pen = { widthMm: 0.5, grey: 50, random: () => 0.5 };

/** Returns a pen and a hand as they come. */
export function anyPen(seed: number): Pen {
  const random = randomOf(seed);
  return { widthMm: 0.3 + 0.45 * random(), grey: 15 + 95 * random(), random };
}

/** A box with a pen over it; points are in box sizes from the box's centre. */
interface Hand {
  line(...points: Point[]): void;
  broad(widthMm: number, grey: number, ...points: Point[]): void;
  solid(): void;
}

function cross({ line }: Hand, reach: number): void {
  line([-reach, -reach], [reach, reach]);
  line([-reach, reach], [reach, -reach]);
}

function arc(radius: number, centreX: number, steps: number): Point[] {
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / steps;
    return [centreX + radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

const DRAW: Record<MarkStyle, (hand: Hand) => void> = {
  cross: (hand) => cross(hand, 0.42),
  overflow: (hand) => cross(hand, 0.85),
  check: ({ line }) => line([-0.4, -0.05], [-0.1, 0.38], [0.5, -0.55]),
  slash: ({ line }) => line([-0.45, 0.45], [0.45, -0.45]),
  dot: ({ broad }) => broad(BOX_MM * 0.5, 60, [0, 0]),
  filled: ({ solid }) => solid(),
  scribble: ({ broad }) => {
    for (let i = -7; i <= 7; i++) broad(0.6, 60, [-0.9, i / 9], [0.9, (i + 0.5) / 9]);
  },
  faint: ({ broad }) => {
    broad(0.3, 165, [-0.4, -0.4], [0.4, 0.4]);
    broad(0.3, 165, [-0.4, 0.4], [0.4, -0.4]);
  },
  beside: ({ line }) => {
    line([-1.6, -0.4], [-0.8, 0.4]);
    line([-1.6, 0.4], [-0.8, -0.4]);
  },
  overLabel: ({ line }) => {
    line([0.8, -0.45], [1.7, 0.45]);
    line([0.8, 0.45], [1.7, -0.45]);
  },
  circle: ({ line }) => line(...arc(0.95, 0, 40)),
  strike: ({ line }) => line([-1, 0.02], [3, -0.02]),
  hole: ({ broad }) => broad(6, 40, [0.3, 0.4]),
  struck: (hand) => {
    cross(hand, 0.42);
    hand.line([-1.4, 0.02], [1, -0.03]);
  },
  noteBefore: (hand) => {
    cross(hand, 0.42);
    hand.line([-2.1, -0.4], [-2.1, 0.4]);
    hand.line([-1.6, -0.4], [-1.6, 0.4]);
  },
  noteAbove: (hand) => {
    cross(hand, 0.42);
    hand.line([-0.3, -1.6], [0.3, -1]);
    hand.line([-0.3, -1], [0.3, -1.6]);
  },
  onLabelEnd: ({ line }) => {
    line([2.75, -0.45], [3.4, 0.45]);
    line([2.75, 0.45], [3.4, -0.45]);
  },
  arc: ({ broad }) => broad(0.4, 60, ...arc(4.4, -4.4, 60)),
};

/** Draws one mark for a box. */
export function drawMark(sheet: Sheet, box: RectMm, style: MarkStyle, pen: Pen = PEN): void {
  const waver = (): number => (pen.random() - 0.5) * 0.16;
  const toMm = ([u, v]: Point): Point => [box.x + (0.5 + u + waver()) * box.width, box.y + (0.5 + v + waver()) * box.height];
  DRAW[style]({
    line: (...points) => sheet.stroke(points.map(toMm), pen.widthMm, pen.grey),
    broad: (widthMm, grey, ...points) => sheet.stroke(points.map(toMm), widthMm, grey),
    solid: () => sheet.solid({ x: box.x + 0.1, y: box.y + 0.1, width: box.width - 0.2, height: box.height - 0.2 }, pen.grey),
  });
}

/** Returns an empty sheet of the form. */
export function formSheet(): Sheet {
  return drawForm(sheetOf(PAGE_MM.width, PAGE_MM.height));
}
