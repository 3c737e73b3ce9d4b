import { IlmoError } from "../errors.ts";
import type { GreyRaster, TextLayerWord } from "../model/page.ts";
import { assertPixelBudget, type DecodeLimits, MAX_DPI } from "./decode-limits.ts";
import { openImage, SQUARE_TOLERANCE, toGreyRaster, toImageFault } from "./images-sharp.ts";
import { type Box, type PageContent, type PlacedImage, readJpegBytes, readPageBox, readPageContent } from "./pdfium-content.ts";
import type { PdfDocument } from "./pdfium-document.ts";
import { heapOf, type Pdfium } from "./pdfium-library.ts";
import { readWords } from "./pdfium-words.ts";

const POINTS_PER_INCH = 72;
/** Resolution for drawn pages: thin strokes of 9 pt print stay whole, and it is what most office scanners use. */
const DRAWN_DPI = 200;
/** A poster is drawn coarser to stay within the pixel limit, but never below what print of 10 pt needs. */
const LEAST_DPI = 100;
/** A picture that reaches the page's edges within this share fills the page. */
const EDGE_TOLERANCE = 0.015;
/** A picture covering at least this share of the page is the scan, not a logo. */
const SCAN_COVER = 0.25;
/** A scan darker than this on average (0-255) may be stored inverted: the engine, which knows, draws it instead. */
const DARK_MEAN = 96;
const SAMPLE_STEP = 97;
const BITMAP_GREY = 1;
const DRAW_ANNOTATIONS_GREY = 0x01 | 0x08;
const WHITE = 0xff_ff_ff_ff;

const COLOUR_SPACE = { grey: 1, rgb: 2, calGrey: 4, calRgb: 5, icc: 7 } as const;
const PLAIN_COLOUR_SPACES = new Set<number>(Object.values(COLOUR_SPACE));

/** What one page of a PDF gives. */
export interface PdfPage {
  readonly raster: GreyRaster;
  readonly words: readonly TextLayerWord[];
}

interface OpenPage {
  readonly pdfium: Pdfium;
  readonly page: number;
  /** The engine's form drawer; 0 without live fields. */
  readonly form: number;
  readonly widthPt: number;
  readonly heightPt: number;
  /** Quarter turns clockwise that the page asks for. */
  readonly turns: number;
  readonly box: Box;
  readonly content: PageContent;
}

function coverOf(box: Box, page: Box): number {
  const width = Math.min(box.right, page.right) - Math.max(box.left, page.left);
  const height = Math.min(box.top, page.top) - Math.max(box.bottom, page.bottom);
  const area = (page.right - page.left) * (page.top - page.bottom);
  return width > 0 && height > 0 && area > 0 ? (width * height) / area : 0;
}

function fillsPage(box: Box, page: Box): boolean {
  const toleranceX = EDGE_TOLERANCE * (page.right - page.left);
  const toleranceY = EDGE_TOLERANCE * (page.top - page.bottom);
  return (
    Math.abs(box.left - page.left) <= toleranceX &&
    Math.abs(box.right - page.right) <= toleranceX &&
    Math.abs(box.bottom - page.bottom) <= toleranceY &&
    Math.abs(box.top - page.top) <= toleranceY
  );
}

/** Returns the only picture of an image-only page when its stored JPEG is the whole page. */
function findWholePageJpeg(open: OpenPage): { readonly image: PlacedImage; readonly jpeg: Uint8Array } | undefined {
  const [image, ...others] = open.content.images;
  if (!image || others.length > 0 || open.content.hasOtherMarks) return undefined;
  const isPlain = image.isUpright && !image.isTransparent && !image.isClipped && PLAIN_COLOUR_SPACES.has(image.colourSpace);
  if (!isPlain || (image.bitsPerPixel !== 8 && image.bitsPerPixel !== 24) || !fillsPage(image.box, open.box)) return undefined;
  const jpeg = readJpegBytes(open.pdfium, image.object);
  return jpeg && { image, jpeg };
}

function isDark(raster: GreyRaster): boolean {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < raster.data.length; index += SAMPLE_STEP) {
    sum += raster.data[index] ?? 0;
    count += 1;
  }
  return sum < DARK_MEAN * count;
}

function turnedSize(size: { widthPx: number; heightPx: number }, turns: number): { widthPx: number; heightPx: number } {
  const { widthPx, heightPx } = size;
  return turns % 2 === 1 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}

async function readStoredJpeg(open: OpenPage, limits: DecodeLimits): Promise<GreyRaster | undefined> {
  const found = findWholePageJpeg(open);
  if (!found) return undefined;
  const opened = openImage(found.jpeg, { maxPixels: limits.maxPagePixels });
  const { widthPx, heightPx } = found.image;
  const turned = turnedSize(found.image, open.turns);
  const plan = {
    ...turned,
    dpiX: (turned.widthPx * POINTS_PER_INCH) / open.widthPt,
    dpiY: (turned.heightPx * POINTS_PER_INCH) / open.heightPt,
  };
  try {
    const header = await opened.metadata();
    // A dictionary that disagrees with its picture: let the engine, which scales it, draw the page.
    if (header.width !== widthPx || header.height !== heightPx || header.space === "cmyk") return undefined;
    const raster = await toGreyRaster(open.turns === 0 ? opened : opened.rotate(open.turns * 90), plan);
    return isDark(raster) ? undefined : raster;
  } catch (error) {
    throw toImageFault(error);
  }
}

/** Resolution to draw a page at: the scan's own for an image-only page, else 200, or more when a finer scan is on it. */
function drawingDpi(open: OpenPage, limits: DecodeLimits): number {
  const scans = open.content.images.filter((image) => coverOf(image.box, open.box) >= SCAN_COVER);
  const scanDpi = Math.max(0, ...scans.map((image) => Math.max(image.dpiX, image.dpiY)));
  const isImageOnly = scanDpi > 0 && !open.content.hasOtherMarks;
  const wanted = Math.min(MAX_DPI, Math.max(scanDpi, isImageOnly ? LEAST_DPI : DRAWN_DPI));
  const pixels = (open.widthPt * open.heightPt * wanted ** 2) / POINTS_PER_INCH ** 2;
  return pixels <= limits.maxPagePixels ? wanted : Math.max(LEAST_DPI, Math.floor(wanted * Math.sqrt(limits.maxPagePixels / pixels)));
}

/** Size to draw a page at; exactly the scan's own pixels where one scan is the page, so that nothing is blurred. */
function drawingSize(open: OpenPage, limits: DecodeLimits): { readonly widthPx: number; readonly heightPx: number } {
  const [scan, ...others] = open.content.images;
  const isOneScan = scan !== undefined && others.length === 0 && !open.content.hasOtherMarks && scan.isUpright;
  if (isOneScan && fillsPage(scan.box, open.box)) {
    const isSquare = Math.abs(scan.dpiX / scan.dpiY - 1) <= SQUARE_TOLERANCE;
    if (isSquare && scan.dpiX >= LEAST_DPI && scan.dpiX <= MAX_DPI * (1 + SQUARE_TOLERANCE)) return turnedSize(scan, open.turns);
  }
  const dpi = drawingDpi(open, limits);
  const toPixels = (points: number): number => Math.max(1, Math.round((points * dpi) / POINTS_PER_INCH));
  return { widthPx: toPixels(open.widthPt), heightPx: toPixels(open.heightPt) };
}

function copyRows(pdfium: Pdfium, bitmap: number, widthPx: number, heightPx: number): Uint8Array {
  const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const heap = heapOf(pdfium);
  const data = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    data.set(heap.subarray(start + row * stride, start + row * stride + widthPx), row * widthPx);
  }
  return data;
}

function drawPage(open: OpenPage, limits: DecodeLimits): GreyRaster {
  const { pdfium, page } = open;
  const { widthPx, heightPx } = drawingSize(open, limits);
  assertPixelBudget(widthPx, heightPx, limits);
  const bitmap = pdfium.FPDFBitmap_CreateEx(widthPx, heightPx, BITMAP_GREY, 0, 0);
  if (bitmap === 0) throw new RangeError("engine memory limit");
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, widthPx, heightPx, WHITE);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, widthPx, heightPx, 0, DRAW_ANNOTATIONS_GREY);
    if (open.form !== 0) pdfium.FPDF_FFLDraw(open.form, bitmap, page, 0, 0, widthPx, heightPx, 0, DRAW_ANNOTATIONS_GREY);
    return { widthPx, heightPx, dpi: (widthPx * POINTS_PER_INCH) / open.widthPt, data: copyRows(pdfium, bitmap, widthPx, heightPx) };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

/** Text under a picture of the whole page is not seen by anyone: the picture is what was sent. */
function hidesItsText(open: OpenPage): boolean {
  return open.content.endsWithImage && open.content.images.some((image) => fillsPage(image.box, open.box) && !image.isTransparent);
}

function assertImageBudget(content: PageContent, limits: DecodeLimits): void {
  for (const image of content.images) if (image.widthPx > 0 && image.heightPx > 0) assertPixelBudget(image.widthPx, image.heightPx, limits);
}

/**
 * Returns one page of an open PDF: its stored JPEG when that is the whole page, else the page as drawn.
 *
 * @throws fileDamaged, fileTooLarge
 */
export async function readPdfPage(document: PdfDocument, pageIndex: number, limits: DecodeLimits): Promise<PdfPage> {
  const { pdfium, form } = document;
  const page = pdfium.FPDF_LoadPage(document.handle, pageIndex);
  if (page === 0) {
    throw new IlmoError("fileDamaged", "Expected a readable page; this one cannot be opened. Ask the sender for a new copy.", {
      context: { pageIndex },
    });
  }
  if (form !== 0) pdfium.FORM_OnAfterLoadPage(page, form);
  try {
    const content = readPageContent(pdfium, page);
    assertImageBudget(content, limits);
    const [widthPt, heightPt] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
    const [turns, box] = [pdfium.FPDFPage_GetRotation(page), readPageBox(pdfium, page)];
    const open = { pdfium, page, form, widthPt, heightPt, turns, box, content };
    assertPixelBudget(widthPt, heightPt, limits);
    const raster = (await readStoredJpeg(open, limits)) ?? drawPage(open, limits);
    return { raster, words: hidesItsText(open) ? [] : readWords(open) };
  } finally {
    if (form !== 0) pdfium.FORM_OnBeforeClosePage(page, form);
    pdfium.FPDF_ClosePage(page);
  }
}
