/** Grey picture, row-major, 0 = black, 255 = white; `data.length === widthPx * heightPx`. */
export interface GreyRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Resolution of the scan as the file states it or as derived from the page size. */
  readonly dpi: number;
  readonly data: Uint8Array;
}

/** Rectangle in pixels of a raster, origin top left. */
export interface RectPx {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rectangle in millimetres of a paper page, origin top left. */
export interface RectMm {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Clockwise degrees by which the content is turned in the file (after EXIF orientation). */
export type Rotation = 0 | 90 | 180 | 270;

/** What one side of paper is. A form side says which page of the form it is. */
export type PageKind =
  | { readonly kind: "form"; readonly layoutId: string; readonly pageNumber: number }
  | { readonly kind: "permit"; readonly sides: readonly ("front" | "back")[] }
  | { readonly kind: "passport" | "skills" | "extract" | "kela" | "cover" | "other" | "blank" };

/** Where a page comes from: the n-th file of the submission and the 0-based page in it. */
export interface PageSource {
  readonly fileIndex: number;
  readonly pageIndex: number;
}

/** One word with its place, from a PDF's text layer. Rectangle in mm of the page as displayed. */
export interface TextLayerWord {
  readonly text: string;
  readonly rect: RectMm;
}

/** A page as it comes out of a file: before anything is known about its content. */
export interface DecodedPage {
  readonly source: PageSource;
  readonly raster: GreyRaster;
  /** Present only when the file has a real text layer on this page. */
  readonly words?: readonly TextLayerWord[];
  /** AcroForm field name -> value as stored; checks "true"/"false", radio = option name. Live fields only. */
  readonly formValues?: ReadonlyMap<string, string>;
  /** Live fields of this page whose stored value two readers understood differently: left out of `formValues`. */
  readonly formValuesDisagree?: readonly string[];
  /** Live text fields of this page that show another text than the stored one. */
  readonly formValuesShownOtherwise?: readonly string[];
}
