const MM_PER_INCH = 25.4;
/** Longer and shorter side of the paper that everything is taken for when a picture does not say its size. */
const A4_LONG_MM = 297;
const A4_SHORT_MM = 210;

/** Scanners and fax machines use 98-1,200; screens and telephones write 72 or 96 without meaning paper. */
const LEAST_STATED_DPI = 98;
const MOST_STATED_DPI = 1_200;
/** Paper between a card and A3; a stated resolution that gives another size is not believed. */
const LEAST_PAPER_MM = 50;
const MOST_PAPER_MM = 450;

/** A picture with fewer dots than this on an A4 page is no page (a mail's logo): taken as a small piece of a screen. */
const LEAST_GUESSED_DPI = 72;

/** Pixels and, when the file says so, pixels per inch across and down. */
export interface StatedSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpiX: number | undefined;
  readonly dpiY: number | undefined;
  /** A camera does not know how large the paper is, whatever its file says. */
  readonly isPhoto: boolean;
}

/** Pixels per inch across and down. */
export interface Resolution {
  readonly dpiX: number;
  readonly dpiY: number;
}

function isBelievable(pixels: number, dpi: number): boolean {
  const mm = (pixels / dpi) * MM_PER_INCH;
  return dpi >= LEAST_STATED_DPI - 1 && dpi <= MOST_STATED_DPI && mm >= LEAST_PAPER_MM && mm <= MOST_PAPER_MM;
}

/** Sides of a sheet that was fed whole are this near to the paper's own, relative. */
const PAPER_TOLERANCE = 0.05;

function isPaper(widthMm: number, heightMm: number): boolean {
  const isAbout = (mm: number, expected: number): boolean => Math.abs(mm / expected - 1) <= PAPER_TOLERANCE;
  return isAbout(Math.min(widthMm, heightMm), A4_SHORT_MM) && isAbout(Math.max(widthMm, heightMm), A4_LONG_MM);
}

/**
 * Returns whether a page was turned by a program that left the file's resolutions across and down as they were: of a fax page of
 * 204 x 98 dpi the sheet then seems to be 143 x 448 mm, and is A4 with the two exchanged.
 */
function isTurnedSince(widthPx: number, heightPx: number, { dpiX, dpiY }: Resolution): boolean {
  if (dpiX === dpiY) return false;
  const toMm = (pixels: number, dpi: number): number => (pixels / dpi) * MM_PER_INCH;
  return !isPaper(toMm(widthPx, dpiX), toMm(heightPx, dpiY)) && isPaper(toMm(widthPx, dpiY), toMm(heightPx, dpiX));
}

/**
 * Returns the resolution of a picture of a page: as stated when that gives a paper size, else as if the page were A4.
 *
 * Pure. The guess is the largest resolution at which an A4 page still fits the picture.
 */
export function estimateResolution({ widthPx, heightPx, dpiX, dpiY, isPhoto }: StatedSize): Resolution {
  if (!isPhoto && dpiX !== undefined && dpiY !== undefined && isBelievable(widthPx, dpiX) && isBelievable(heightPx, dpiY)) {
    return isTurnedSince(widthPx, heightPx, { dpiX, dpiY }) ? { dpiX: dpiY, dpiY: dpiX } : { dpiX, dpiY };
  }
  const long = Math.max(widthPx, heightPx) / A4_LONG_MM;
  const short = Math.min(widthPx, heightPx) / A4_SHORT_MM;
  const dpi = Math.max(Math.min(long, short) * MM_PER_INCH, LEAST_GUESSED_DPI);
  return { dpiX: dpi, dpiY: dpi };
}

/** Widths of a fax line in pixels (A4, B4, A3) at 204 dots per inch. */
const FAX_WIDTHS_PX = new Set([1728, 2048, 2432]);
const FAX_DPI = 204;
const FAX_STANDARD_DPI = 98;
const FAX_FINE_DPI = 196;
/** A standard-mode A4 fax page has about 1,145 lines, a fine one 2,290. */
const FAX_FINE_SHARE = 0.95;

/** Returns the resolution of a fax page whose file does not state one; undefined when it is not a fax. Pure. @see ITU-T T.4 */
export function faxResolutionOf(widthPx: number, heightPx: number): Resolution | undefined {
  if (!FAX_WIDTHS_PX.has(widthPx)) return undefined;
  return { dpiX: FAX_DPI, dpiY: heightPx > widthPx * FAX_FINE_SHARE ? FAX_FINE_DPI : FAX_STANDARD_DPI };
}
