import type { GreyRaster, RectMm, RectPx } from "../../model/page.ts";
import { type AlignedPage, type DriftEvidence, FRAME_DPI } from "./aligned-page.ts";
import { toDisplacement } from "./displacement-field.ts";
import type { Candidate } from "./find-candidates.ts";
import { mapPoint, type Point } from "./geometry.ts";
import { type GreyMap, reduceBy, toMap } from "./grey-map.ts";
import type { ExactLay } from "./lay-page.ts";
import { localQualityOf } from "./lay-quality.ts";
import { warp } from "./warp.ts";

const MM_PER_INCH = 25.4;

export interface LaidPage {
  readonly scan: GreyRaster;
  readonly candidate: Candidate;
  readonly lay: ExactLay;
  readonly quality: number;
  readonly drift: DriftEvidence;
}

/** Returns a laid page in its layout's frame. Pure; the pictures are made when first asked for. */
export function toAlignedPage(laid: LaidPage): AlignedPage {
  const { scan, candidate, lay } = laid;
  const { page } = candidate;
  const toScan = scanPointOf(lay);
  const blank = toMap(page.blank);
  const reductions = new Map<number, GreyMap>();
  const reducedScan = (factor: number) => {
    const known = reductions.get(factor) ?? reduceBy(toMap(scan), factor);
    reductions.set(factor, known);
    return known;
  };
  const sourceDpi = resolutionOf(toScan, page.widthMm, page.heightMm);
  const cropScan = (rect: RectMm, dpi: number) => {
    const factor = Math.max(1, Math.floor(sourceDpi / dpi));
    return cropThrough(reducedScan(factor), rect, dpi, (x, y) => dividedBy(toScan(x, y), factor));
  };
  let raster: GreyRaster | undefined;
  return {
    layout: page.template.layout,
    pageNumber: page.pageNumber,
    rotation: candidate.rotation,
    get raster() {
      const whole = { x: 0, y: 0, width: page.blank.widthPx / FRAME_PX_PER_MM, height: page.blank.heightPx / FRAME_PX_PER_MM };
      raster ??= cropScan(whole, FRAME_DPI);
      return raster;
    },
    blank: page.blank,
    sourceDpi,
    quality: laid.quality,
    drift: laid.drift,
    localQuality: (rect) => (isOnScan(rect, toScan, scan) ? localQualityOf(lay, rect) : 0),
    crop: cropScan,
    blankCrop: (rect, dpi) => blankCropOf(blank, page.blank.dpi, rect, dpi),
    toSource: (rect) => boundsOnScan(rect, toScan, scan),
  };
}

const FRAME_PX_PER_MM = FRAME_DPI / MM_PER_INCH;

type ScanPoint = (xMm: number, yMm: number) => Point;

function scanPointOf(lay: ExactLay): ScanPoint {
  const displacement = toDisplacement(lay.field);
  return (xMm, yMm) => {
    const { dxMm, dyMm } = displacement(xMm, yMm);
    return mapPoint(lay.toScan, xMm + dxMm, yMm + dyMm);
  };
}

function resolutionOf(toScan: ScanPoint, widthMm: number, heightMm: number): number {
  const left = toScan(widthMm * 0.1, heightMm / 2);
  const right = toScan(widthMm * 0.9, heightMm / 2);
  const top = toScan(widthMm / 2, heightMm * 0.1);
  const bottom = toScan(widthMm / 2, heightMm * 0.9);
  const across = Math.hypot(right.x - left.x, right.y - left.y) / (widthMm * 0.8);
  const down = Math.hypot(bottom.x - top.x, bottom.y - top.y) / (heightMm * 0.8);
  return Math.sqrt(across * down) * MM_PER_INCH;
}

function dividedBy(point: Point, factor: number): Point {
  return { x: point.x / factor, y: point.y / factor };
}

/** Cuts a rectangle (mm) from a blank form. Pure. */
export function blankCropOf(blank: GreyMap, blankDpi: number, rect: RectMm, dpi: number): GreyRaster {
  const scale = blankDpi / MM_PER_INCH;
  return cropThrough(blank, rect, dpi, (x, y) => ({ x: x * scale, y: y * scale }));
}

function cropThrough(source: GreyMap, rect: RectMm, dpi: number, toSource: ScanPoint): GreyRaster {
  const pxPerMm = dpi / MM_PER_INCH;
  const width = Math.max(1, Math.round(rect.width * pxPerMm));
  const height = Math.max(1, Math.round(rect.height * pxPerMm));
  const map = warp(source, { width, height, toSource: (x, y) => toSource(rect.x + x / pxPerMm, rect.y + y / pxPerMm) });
  return { widthPx: width, heightPx: height, dpi, data: map.data };
}

/** Part of a zone that may be cut off: nobody writes on its very edge, mm. */
const CUT_MM = 0.8;

function isOnScan(rect: RectMm, toScan: ScanPoint, scan: GreyRaster): boolean {
  const kept = { x: rect.x + CUT_MM, y: rect.y + CUT_MM, width: rect.width - 2 * CUT_MM, height: rect.height - 2 * CUT_MM };
  return cornersOnScan(kept, toScan).every(({ x, y }) => x >= 0 && y >= 0 && x <= scan.widthPx && y <= scan.heightPx);
}

function cornersOnScan(rect: RectMm, toScan: ScanPoint): Point[] {
  return [
    toScan(rect.x, rect.y),
    toScan(rect.x + rect.width, rect.y),
    toScan(rect.x, rect.y + rect.height),
    toScan(rect.x + rect.width, rect.y + rect.height),
  ];
}

function boundsOnScan(rect: RectMm, toScan: ScanPoint, scan: GreyRaster): RectPx {
  const corners = cornersOnScan(rect, toScan);
  const left = clamp(Math.floor(Math.min(...corners.map((p) => p.x))), scan.widthPx);
  const right = clamp(Math.ceil(Math.max(...corners.map((p) => p.x))), scan.widthPx);
  const top = clamp(Math.floor(Math.min(...corners.map((p) => p.y))), scan.heightPx);
  const bottom = clamp(Math.ceil(Math.max(...corners.map((p) => p.y))), scan.heightPx);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit);
}
