import type { FormLayout } from "../../model/form-layout.ts";
import type { GreyRaster, RectMm, RectPx, Rotation } from "../../model/page.ts";

/** Resolution of every aligned raster: that of the blank form's own pictures. */
export const FRAME_DPI = 200;

/**
 * How far the printed form differs from the layout it was fitted to.
 *
 * `drifted` means: the same form family, but boxes or words may lie elsewhere than in the known version;
 * nothing on such a page may be accepted by its zone alone.
 */
export interface DriftEvidence {
  readonly drifted: boolean;
  /** True when it is certain: print stands elsewhere, or the form states another version; false where print may only be lost. */
  readonly isOtherVersion: boolean;
  /** Share of the blank's words and corners on the scan that are not where the layout says, 0-1. */
  readonly displacedShare: number;
  /** Fields of another version whose place is not known: what is read there is nobody's. */
  readonly lostFields?: readonly string[];
}

/**
 * A form page laid onto its layout's frame.
 *
 * `raster` and `blank` have the same size and share the layout's frame: upright, origin top left,
 * `px = mm * FRAME_DPI / 25.4`. For text ask `crop` with the scan's own resolution (`sourceDpi`): it
 * samples the original pixels once, so nothing is lost by a second resampling.
 */
export interface AlignedPage {
  readonly layout: FormLayout;
  /** 1-based page of the form. */
  readonly pageNumber: number;
  /** Clockwise degrees by which the content is turned in the file. */
  readonly rotation: Rotation;
  /** The scan warped into the frame at FRAME_DPI, white paper where the scan was cut off. */
  readonly raster: GreyRaster;
  /** The blank form in the same frame. */
  readonly blank: GreyRaster;
  /** Resolution of the scan measured by the fit (pixels per inch of paper), not what the file claims. */
  readonly sourceDpi: number;
  /** 0-1: how well the blank's ink coincides with the scan over the whole page. */
  readonly quality: number;
  readonly drift: DriftEvidence;
  /**
   * 0-1: how well the blank's ink around a rectangle coincides with the scan.
   * Below MIN_LOCAL_QUALITY the zone must not be read; 0 when part of it is cut off.
   */
  localQuality(rect: RectMm): number;
  /** Cuts a rectangle from the original pixels, upright, at the given resolution. */
  crop(rect: RectMm, dpi: number): GreyRaster;
  /** Cuts the same rectangle from the blank form. */
  blankCrop(rect: RectMm, dpi: number): GreyRaster;
  /** Bounding box of a rectangle in the pixels of the original raster, clipped to it. */
  toSource(rect: RectMm): RectPx;
}

/** Why a page that looks like a form page was not aligned. */
export type RefusalReason = "poorFit" | "tooSmall";

/** What was found for a scan page: an aligned form page, or a form page that cannot be read safely. */
export type FormPageMatch =
  | { readonly kind: "aligned"; readonly page: AlignedPage }
  | {
      readonly kind: "refused";
      readonly reason: RefusalReason;
      readonly layoutId: string;
      readonly pageNumber: number;
      readonly rotation: Rotation;
      readonly quality: number;
    };
