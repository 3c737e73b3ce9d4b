import type { GreyRaster, Rotation } from "../../model/page.ts";
import { type Quad, quadToSheet } from "./find-sheet-quad.ts";
import { findSkewDeg } from "./find-skew.ts";
import { compose, type Homography, mapPoint, rotationAbout, scaleAndShift } from "./geometry.ts";
import { type GreyMap, reduceBy, toMap } from "./grey-map.ts";
import { toInkMap } from "./ink-map.ts";
import type { PreparedPage } from "./prepare-template.ts";
import {
  type AxisFit,
  type AxisFits,
  fitAxis,
  type PageSizeMm,
  type StripProfiles,
  stripProfilesOf,
  turnedHalf,
} from "./strip-profiles.ts";
import { warp } from "./warp.ts";

/** The scan reduced to about 50 dpi, and its ink. */
export interface LowScan {
  readonly grey: GreyMap;
  readonly ink: GreyMap;
  /** Pixels of the scan in one pixel of `grey`. */
  readonly factor: number;
}

/** A form page that the scan may be, and roughly how it lies. */
export interface Candidate {
  readonly page: PreparedPage;
  readonly rotation: Rotation;
  /** Mean correlation of the profiles, -1 to 1. */
  readonly score: number;
  /** Millimetres of the page -> pixels of the low scan. */
  readonly toLow: Homography;
  readonly isPhoto: boolean;
  /** Other places of the same page that its rows and columns allow. */
  readonly elsewhere: readonly Homography[];
}

/** How a sheet lies in the picture before the form on it is known. */
export interface Sheet {
  /** Millimetres of an upright or upside-down sheet -> pixels of the low scan. */
  readonly toLow: Homography;
  /** Rotation of the content if the sheet is taken as upright. */
  readonly rotation: Rotation;
  readonly isPhoto: boolean;
}

/** Longest side of the low scan aimed at, pixels: A4 at 50 dpi. */
const LOW_LONG_SIDE_PX = 585;

/** Returns the scan reduced for a first look. Pure. */
export function toLowScan(raster: GreyRaster): LowScan {
  const factor = Math.max(1, Math.floor(Math.max(raster.widthPx, raster.heightPx) / (0.93 * LOW_LONG_SIDE_PX)));
  const grey = reduceBy(toMap(raster), factor);
  return { grey, ink: toInkMap(grey, LOW_LONG_SIDE_PX / 297), factor };
}

/** A stated resolution is believed when it makes the picture this much as large as the page, either way. */
const BELIEVED_SIZE_RATIO = 1.14;

/** Returns how the sheet lies when the picture is a scan of it: turned a little, as large as the file says or else filling the picture. Pure. */
export function scannedSheet(raster: GreyRaster, low: LowScan, size: PageSizeMm): Sheet {
  const { width, height } = low.grey;
  const lying = width > height !== size.widthMm > size.heightMm;
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  const stated = raster.dpi / 25.4 / low.factor;
  const filling = Math.max(long / Math.max(size.heightMm, size.widthMm), short / Math.min(size.heightMm, size.widthMm));
  const off = Math.max(filling / stated, stated / filling);
  const scale = off <= BELIEVED_SIZE_RATIO ? stated : filling;
  const centre = { x: width / 2, y: height / 2 };
  const turn = ((findSkewDeg(low.ink) + (lying ? 90 : 0)) * Math.PI) / 180;
  const upright = scaleAndShift(scale, centre.x - (scale * size.widthMm) / 2, scale, centre.y - (scale * size.heightMm) / 2);
  return { toLow: compose(rotationAbout(turn, centre), upright), rotation: lying ? 90 : 0, isPhoto: false };
}

/** Returns how the sheet lies when it fills an outline in a photo, its print turned a little on it; null when the outline is degenerate. Pure. */
export function photographedSheet(low: LowScan, quad: Quad, size: PageSizeMm): Sheet | null {
  const found = quadToSheet(quad, size);
  if (!found) return null;
  const scale = LOW_LONG_SIDE_PX / 297;
  const flat = warp(low.ink, {
    width: Math.round(size.widthMm * scale),
    height: Math.round(size.heightMm * scale),
    toSource: (x, y) => mapPoint(found.toLow, x / scale, y / scale),
    outside: 0,
  });
  const centre = { x: size.widthMm / 2, y: size.heightMm / 2 };
  const turn = rotationAbout((findSkewDeg(flat) * Math.PI) / 180, centre);
  return { toLow: compose(found.toLow, turn), rotation: found.lying ? 90 : 0, isPhoto: true };
}

/** Returns every form page with how well it explains the sheet's rows and columns, best first. Pure. */
export function findCandidates(low: LowScan, sheet: Sheet, pages: readonly PreparedPage[], size: PageSizeMm): Candidate[] {
  const upright = stripProfilesOf(low.ink, sheet.toLow, size, sheet.isPhoto ? "table" : "paper");
  const turned = turnedHalf(upright);
  const upside = upsideDown(sheet, size);
  const poses = pages.flatMap((page) => [toPose(page, upright, sheet), toPose(page, turned, upside)]);
  const bestRows = Math.max(...poses.map((pose) => pose.rows.best.score));
  return poses
    .filter((pose) => pose.rows.best.score >= bestRows - ROWS_BEHIND)
    .map(toCandidate)
    .toSorted((a, b) => b.score - a.score);
}

/** Poses whose rows correlate less than the best by this much are not looked at further; right ones were never behind by more than 0.1. */
const ROWS_BEHIND = 0.25;

/** A page and a way up, with its rows fitted. */
interface Pose {
  readonly page: PreparedPage;
  readonly profiles: StripProfiles;
  readonly sheet: Sheet;
  readonly rows: AxisFits;
}

function toPose(page: PreparedPage, profiles: StripProfiles, sheet: Sheet): Pose {
  return { page, profiles, sheet, rows: fitAxis(profiles.rows, page.profiles.rows) };
}

function upsideDown(sheet: Sheet, size: PageSizeMm): Sheet {
  const half = rotationAbout(Math.PI, { x: size.widthMm / 2, y: size.heightMm / 2 });
  return { toLow: compose(sheet.toLow, half), rotation: sheet.rotation === 90 ? 270 : 180, isPhoto: sheet.isPhoto };
}

function toCandidate({ page, profiles, sheet, rows: y }: Pose): Candidate {
  const x = fitAxis(profiles.columns, page.profiles.columns);
  const placed = (fitX: AxisFit, fitY: AxisFit) =>
    compose(sheet.toLow, scaleAndShift(fitX.scale, axisShift(fitX, page.widthMm), fitY.scale, axisShift(fitY, page.heightMm)));
  return {
    page,
    rotation: sheet.rotation,
    isPhoto: sheet.isPhoto,
    score: (x.best.score + y.best.score) / 2,
    toLow: placed(x.best, y.best),
    elsewhere: [placed(x.second, y.best), placed(x.best, y.second), placed(x.second, y.second)],
  };
}

/** Stretching about the middle, then shifting, as one shift. */
function axisShift(fit: AxisFit, lengthMm: number): number {
  return (lengthMm / 2) * (1 - fit.scale) + fit.shiftMm;
}
