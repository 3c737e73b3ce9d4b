import type { GreyRaster, RectMm } from "../../model/page.ts";
import type { AlignedPage } from "../align/aligned-page.ts";
import { blankDarknessOf, inkScaleOf } from "./ink-scale.ts";
import { type InkMeasures, measureInk } from "./measure-ink.ts";
import { darknessOf, type InkWindow, type PaperLevel, paperLevelOf } from "./paper-level.ts";
import type { InkScale } from "./remove-print.ts";
import { frameWindow, grown, MM_PER_INCH, paperPictureOf, type ZoneInk, zoneInkOf } from "./zone-ink.ts";

/** Print beyond the wanted rectangle that helps to place the blank, mm: reaches a box's edges and its label. */
const CONTEXT_MM = 4;
const ORIGIN = { x: 0, y: 0 };

/** A form page whose own ink can be told from what was added to it. */
export interface InkPage {
  readonly page: AlignedPage;
  readonly scale: InkScale;
  /**
   * Returns a rectangle and its surroundings at the frame's resolution without the form's own ink.
   *
   * @param contextMm print beyond the margin that is used to place the blank
   */
  zone(rect: RectMm, marginMm?: number, contextMm?: number): ZoneInk;
  /** Measures the ink inside a rectangle. */
  measure(rect: RectMm): InkMeasures;
  /**
   * Returns a rectangle as OCR input: paper white, light evened out, printed lines and labels gone,
   * strokes through them kept; sampled once from the scan's own pixels.
   *
   * @param dpi the scan's own resolution unless given
   */
  zoneImage(rect: RectMm, marginMm: number, dpi?: number): GreyRaster;
}

function zoneOf(page: AlignedPage, paper: PaperLevel, scale: InkScale, rect: RectMm, contextMm: number): ZoneInk {
  const { raster, blank } = page;
  const inner = frameWindow(rect, raster);
  const window = frameWindow(grown(rect, contextMm), raster);
  const from = { x: window.frameX, y: window.frameY };
  const darkness = darknessOf(raster, from, paper, window);
  return zoneInkOf({ window, darkness, blankDarkness: blankDarknessOf(blank, from, window) }, inner, scale, raster.dpi);
}

function zoneImageOf(page: AlignedPage, paper: PaperLevel, scale: InkScale, rect: RectMm, dpi: number): GreyRaster {
  const outer = grown(rect, CONTEXT_MM);
  const scan = page.crop(outer, dpi);
  const blank = page.blankCrop(outer, dpi);
  const framePerMm = page.raster.dpi / MM_PER_INCH;
  const window: InkWindow = {
    frameX: outer.x * framePerMm,
    frameY: outer.y * framePerMm,
    scale: dpi / page.raster.dpi,
    widthPx: Math.min(scan.widthPx, blank.widthPx),
    heightPx: Math.min(scan.heightPx, blank.heightPx),
  };
  const inner: InkWindow = {
    frameX: rect.x * framePerMm,
    frameY: rect.y * framePerMm,
    scale: window.scale,
    widthPx: Math.round((rect.width * dpi) / MM_PER_INCH),
    heightPx: Math.round((rect.height * dpi) / MM_PER_INCH),
  };
  const darkness = darknessOf(scan, ORIGIN, paper, window);
  const cut = { window, darkness, blankDarkness: blankDarknessOf(blank, ORIGIN, window) };
  const zone = zoneInkOf(cut, inner, scale, dpi, 255);
  return { widthPx: zone.widthPx, heightPx: zone.heightPx, dpi, data: paperPictureOf(zone.ink, scale.printDarkness / 2) };
}

/** Returns the page with its blank form's ink told apart from everything else. Pure; zones are worked out when asked for. */
export function inkOf(page: AlignedPage): InkPage {
  const paper = paperLevelOf(page.raster);
  const zonesHere = page.layout.zones.filter((zone) => zone.pageNumber === page.pageNumber);
  const scale = inkScaleOf(page.raster, page.blank, zonesHere, paper);
  const zone = (rect: RectMm, marginMm = 0, contextMm = CONTEXT_MM): ZoneInk =>
    zoneOf(page, paper, scale, grown(rect, marginMm), contextMm);
  return {
    page,
    scale,
    zone,
    measure: (rect) => measureInk(zone(rect)),
    zoneImage: (rect, marginMm, dpi = page.sourceDpi) => zoneImageOf(page, paper, scale, grown(rect, marginMm), dpi),
  };
}
