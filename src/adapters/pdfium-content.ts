import { heapOf, type Pdfium, readNumbers, withScratch } from "./pdfium-library.ts";

const OBJECT_TYPE = { text: 1, image: 3, form: 5 } as const;
const TEXT_MODE_INVISIBLE = 3;
/** Forms inside forms; scanners' files use one or two levels. */
const MAX_DEPTH = 6;
/** A page with more objects is drawn without looking at every one of them. */
const MAX_OBJECTS = 20_000;
const POINTS_PER_INCH = 72;

type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Rectangle in points of the unturned page, origin bottom left. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** A picture that is placed on a page. */
export interface PlacedImage {
  readonly object: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitsPerPixel: number;
  readonly colourSpace: number;
  /** Pixels per inch across and down, as placed. */
  readonly dpiX: number;
  readonly dpiY: number;
  readonly box: Box;
  /** Placed without turn, mirror or slant. */
  readonly isUpright: boolean;
  readonly isTransparent: boolean;
  readonly isClipped: boolean;
}

/** What is drawn on a page, as far as the decoder needs it. */
export interface PageContent {
  readonly images: readonly PlacedImage[];
  /** True when something else than pictures and invisible text is drawn. */
  readonly hasOtherMarks: boolean;
  /** True when a picture drawn after the last visible text or line could cover it. */
  readonly endsWithImage: boolean;
}

interface Walk {
  readonly pdfium: Pdfium;
  readonly page: number;
  readonly images: PlacedImage[];
  objectCount: number;
  hasOtherMarks: boolean;
  endsWithImage: boolean;
}

function multiply(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [A, B, C, D, E, F] = outer;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

function matrixOf(pdfium: Pdfium, object: number): Matrix {
  return withScratch(pdfium, 24, (pointer) => {
    if (!pdfium.FPDFPageObj_GetMatrix(object, pointer)) return IDENTITY;
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = readNumbers(pdfium, pointer, 6, "float");
    return [a, b, c, d, e, f];
  });
}

/** The unit square that a picture fills, placed by `matrix`. */
function boxOf([a, b, c, d, e, f]: Matrix): Box {
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}

function toPlacedImage(walk: Walk, object: number, matrix: Matrix): PlacedImage | undefined {
  const { pdfium, page } = walk;
  const metadata = withScratch(pdfium, 28, (pointer) =>
    pdfium.FPDFImageObj_GetImageMetadata(object, page, pointer) ? readNumbers(pdfium, pointer, 7, "i32") : undefined,
  );
  if (!metadata) return undefined;
  const [widthPx = 0, heightPx = 0, , , bitsPerPixel = 0, colourSpace = 0] = metadata;
  const [a, b, c, d] = matrix;
  const width = Math.hypot(a, b);
  const height = Math.hypot(c, d);
  const clip = pdfium.FPDFPageObj_GetClipPath(object);
  return {
    object,
    widthPx,
    heightPx,
    bitsPerPixel,
    colourSpace,
    dpiX: width > 0 ? (widthPx * POINTS_PER_INCH) / width : 0,
    dpiY: height > 0 ? (heightPx * POINTS_PER_INCH) / height : 0,
    box: boxOf(matrix),
    isUpright: a > 0 && d > 0 && Math.abs(b) + Math.abs(c) < 0.001 * (a + d),
    isTransparent: pdfium.FPDFPageObj_HasTransparency(object),
    isClipped: clip !== 0 && pdfium.FPDFClipPath_CountPaths(clip) > 0,
  };
}

function visit(walk: Walk, object: number, outer: Matrix, depth: number): void {
  const { pdfium } = walk;
  walk.objectCount += 1;
  const type = pdfium.FPDFPageObj_GetType(object);
  if (type === OBJECT_TYPE.text && pdfium.FPDFTextObj_GetTextRenderMode(object) === TEXT_MODE_INVISIBLE) return;
  if (type === OBJECT_TYPE.image) {
    const image = toPlacedImage(walk, object, multiply(matrixOf(pdfium, object), outer));
    if (image) walk.images.push(image);
    walk.endsWithImage = true;
    return;
  }
  if (type === OBJECT_TYPE.form && depth < MAX_DEPTH) {
    const matrix = multiply(matrixOf(pdfium, object), outer);
    const count = pdfium.FPDFFormObj_CountObjects(object);
    for (let index = 0; index < count && walk.objectCount < MAX_OBJECTS; index += 1) {
      visit(walk, pdfium.FPDFFormObj_GetObject(object, index), matrix, depth + 1);
    }
    return;
  }
  walk.hasOtherMarks = true;
  walk.endsWithImage = false;
}

/** Returns what is drawn on an open page. */
export function readPageContent(pdfium: Pdfium, page: number): PageContent {
  const walk: Walk = { pdfium, page, images: [], objectCount: 0, hasOtherMarks: false, endsWithImage: false };
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let index = 0; index < count && walk.objectCount < MAX_OBJECTS; index += 1) {
    visit(walk, pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0);
  }
  if (walk.objectCount >= MAX_OBJECTS || pdfium.FPDFPage_GetAnnotCount(page) > 0) walk.hasOtherMarks = true;
  return { images: walk.images, hasOtherMarks: walk.hasOtherMarks, endsWithImage: walk.endsWithImage };
}

/** Returns the visible box of an open page. */
export function readPageBox(pdfium: Pdfium, page: number): Box {
  return withScratch(pdfium, 16, (pointer) => {
    pdfium.FPDF_GetPageBoundingBox(page, pointer);
    const [left = 0, top = 0, right = 0, bottom = 0] = readNumbers(pdfium, pointer, 4, "float");
    return { left, bottom, right, top };
  });
}

/** Returns the picture's stored bytes when it is a plain JPEG; undefined for every other compression. */
export function readJpegBytes(pdfium: Pdfium, object: number): Uint8Array | undefined {
  if (pdfium.FPDFImageObj_GetImageFilterCount(object) !== 1) return undefined;
  const filter = withScratch(pdfium, 32, (pointer) => {
    pdfium.FPDFImageObj_GetImageFilter(object, 0, pointer, 32);
    return pdfium.pdfium.UTF8ToString(pointer);
  });
  if (filter !== "DCTDecode" && filter !== "DCT") return undefined;
  const sizeBytes = pdfium.FPDFImageObj_GetImageDataRaw(object, 0, 0);
  if (sizeBytes === 0) return undefined;
  return withScratch(pdfium, sizeBytes, (pointer) => {
    pdfium.FPDFImageObj_GetImageDataRaw(object, pointer, sizeBytes);
    return heapOf(pdfium).slice(pointer, pointer + sizeBytes);
  });
}
