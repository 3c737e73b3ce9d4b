import type { RosterRowReading } from "../../model/attendance.ts";
import type { GreyRaster, RectMm } from "../../model/page.ts";
import type { FieldReading } from "../../model/reading.ts";
import type { AlignedPage } from "../align/aligned-page.ts";
import { MIN_LOCAL_QUALITY } from "../align/lay-quality.ts";
import { recogniseFormPage } from "../align/recognise-form-page.ts";
import { type InkPage, inkOf } from "../ink/ink-page.ts";
import { readTicks } from "../tick/read-ticks.ts";
import { countMarksInPlace } from "./count-marks.ts";
import { findCovered, overlaps } from "./find-covered.ts";
import { hasWriting } from "./find-writing.ts";
import { readOwnSignature } from "./read-own-signature.ts";
import { ROSTER_TICKS, type RosterRow, type RosterSheet, type RosterTick } from "./roster-sheet.ts";
import { showsPaleInk } from "./shows-pale-ink.ts";

/** A page laid on its print, as it was seen. */
export interface ReadRoster {
  readonly kind: "read";
  readonly page: AlignedPage;
  readonly quality: number;
  /** Whether the scan would still show pencil. */
  readonly showsPaleInk: boolean;
  readonly rows: readonly RosterRowReading[];
}

/** A page that was read, or one that must not be. */
export type RosterReading = ReadRoster | { readonly kind: "unreadable"; readonly quality: number };

/** One corner may be cut off or covered; two leave room for a page that slipped by a row. */
const LEAST_MARKS = 3;

type Seen = RosterRowReading["came"];

interface PageTicks {
  readonly readings: ReadonlyMap<string, FieldReading>;
  readonly covered: readonly RectMm[];
}

function tickOf({ readings, covered }: PageTicks, row: RosterRow, tick: RosterTick): Seen {
  if (covered.some((place) => overlaps(place, row.ticks[tick].rect))) return "unsure";
  const reading = readings.get(row.ticks[tick].field);
  if (reading?.status === "accepted") return "yes";
  return reading?.status === "empty" ? "no" : "unsure";
}

function readRow(ink: InkPage, row: RosterRow, ticks: PageTicks): RosterRowReading {
  const seen = (tick: RosterTick): Seen => tickOf(ticks, row, tick);
  return {
    rowNumber: row.rowNumber,
    isSpare: row.isSpare,
    came: seen("came"),
    late: seen("late"),
    languageTest: seen("languageTest"),
    skillsSurvey: seen("skillsSurvey"),
    signature: readOwnSignature(ink, row),
    written: hasWriting(ink, row),
  };
}

/** Returns a row of which nothing can be said. Pure. */
export function unreadableRow({ rowNumber, isSpare }: Pick<RosterRow, "rowNumber" | "isSpare">): RosterRowReading {
  const unsure = "unsure" as const;
  return {
    rowNumber,
    isSpare,
    came: unsure,
    late: unsure,
    languageTest: unsure,
    skillsSurvey: unsure,
    signature: unsure,
    written: unsure,
  };
}

/**
 * Reads a scanned roster page against the very page that was printed.
 *
 * Pure. Rows of equal height could be taken for each other: the page is read only when its corner marks and its code lie where
 * they were printed and its names coincide; otherwise it is `unreadable` and a person looks.
 */
export function readRosterPage(raster: GreyRaster, sheet: RosterSheet): RosterReading {
  const match = recogniseFormPage(raster, [sheet.prepared]);
  if (match === null || match.kind === "refused") return { kind: "unreadable", quality: match?.quality ?? 0 };
  const { page } = match;
  const isInPlace = countMarksInPlace(page, sheet.marks) >= LEAST_MARKS && page.localQuality(sheet.code) >= MIN_LOCAL_QUALITY;
  if (!isInPlace || page.drift.drifted) return { kind: "unreadable", quality: page.quality };
  const ink = inkOf(page);
  const zones = sheet.rows.flatMap((row) => ROSTER_TICKS.map((tick) => row.ticks[tick]));
  const readings = new Map(readTicks(ink, zones).map((reading) => [reading.field, reading]));
  const ticks = { readings, covered: findCovered(ink, sheet.rows) };
  const rows = sheet.rows.map((row) => readRow(ink, row, ticks));
  const [, nearTone = sheet.tone] = sheet.marks;
  return {
    kind: "read",
    page,
    quality: page.quality,
    showsPaleInk: showsPaleInk(raster, page, { tone: sheet.tone, mark: nearTone }),
    rows,
  };
}
