import type { RectMm } from "../../model/page.ts";
import type { GreyMap } from "./grey-map.ts";

/** A cut of the blank form that is looked for on a scan: its values with mean 0 and length 1. */
export interface Picture {
  /** Its own place, px of the map it was cut from. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  /** Its contrast: variance of its pixels. */
  readonly variance: number;
}

/** A scan with the sums that tell the contrast of any rectangle at once. */
export interface SearchedScan {
  readonly map: GreyMap;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Variance of the whole scan. */
  readonly variance: number;
}

/** Prepares a scan for `findPicture`. Pure. */
export function toSearchedScan(map: GreyMap): SearchedScan {
  const stride = map.width + 1;
  const sums = new Float64Array(stride * (map.height + 1));
  const squares = new Float64Array(stride * (map.height + 1));
  for (let y = 0; y < map.height; y++) {
    let sum = 0;
    let square = 0;
    for (let x = 0; x < map.width; x++) {
      const value = map.data[y * map.width + x] ?? 0;
      sum += value;
      square += value * value;
      const at = (y + 1) * stride + x + 1;
      sums[at] = (sums[at - stride] ?? 0) + sum;
      squares[at] = (squares[at - stride] ?? 0) + square;
    }
  }
  return { map, sums, squares, variance: varianceOf({ map, sums, squares }, 0, 0, map.width, map.height) };
}

function varianceOf({ map, sums, squares }: Omit<SearchedScan, "variance">, x: number, y: number, width: number, height: number): number {
  const stride = map.width + 1;
  const top = y * stride + x;
  const bottom = (y + height) * stride + x;
  const mean = sumBetween(sums, top, bottom, width) / (width * height);
  return sumBetween(squares, top, bottom, width) / (width * height) - mean * mean;
}

/** Sum of a rectangle, from the table's places of its left top and left bottom corners. */
function sumBetween(table: Float64Array, top: number, bottom: number, width: number): number {
  return (table[bottom + width] ?? 0) - (table[bottom] ?? 0) - (table[top + width] ?? 0) + (table[top] ?? 0);
}

/** Least contrast (standard deviation, of 255) of a picture that can be found. */
const LEAST_CONTRAST = 4;

/** Cuts a rectangle (mm) from a map; null where it is flat or leaves the map. Pure. */
export function toPicture(map: GreyMap, rect: RectMm, pxPerMm: number): Picture | null {
  const x = Math.max(0, Math.round(rect.x * pxPerMm));
  const y = Math.max(0, Math.round(rect.y * pxPerMm));
  const width = Math.min(map.width - x, Math.round(rect.width * pxPerMm));
  const height = Math.min(map.height - y, Math.max(2, Math.round(rect.height * pxPerMm)));
  if (width < 4 || height < 2) return null;
  const values = new Float32Array(width * height);
  let mean = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = map.data[(y + row) * map.width + x + column] ?? 255;
      values[row * width + column] = value;
      mean += value / values.length;
    }
  }
  let energy = 0;
  for (let at = 0; at < values.length; at++) {
    const value = (values[at] ?? 0) - mean;
    values[at] = value;
    energy += value * value;
  }
  if (energy < LEAST_CONTRAST ** 2 * values.length) return null;
  const scale = 1 / Math.sqrt(energy);
  return { x, y, width, height, values: values.map((value) => value * scale), variance: energy / values.length };
}

/** Returns the correlation (-1 to 1) of a picture with a scan at one place; -1 outside of the scan. Pure. */
export function likenessAt({ width, height, values }: Picture, scan: GreyMap, x: number, y: number): number {
  if (x < 0 || y < 0 || x + width > scan.width || y + height > scan.height) return -1;
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let row = 0; row < height; row++) {
    const from = (y + row) * scan.width + x;
    const own = row * width;
    for (let column = 0; column < width; column++) {
      const value = scan.data[from + column] ?? 0;
      sum += value;
      squares += value * value;
      product += value * (values[own + column] ?? 0);
    }
  }
  const count = width * height;
  const energy = squares - (sum * sum) / count;
  return energy < LEAST_CONTRAST ** 2 * count ? 0 : product / Math.sqrt(energy);
}

export interface FoundPlace {
  readonly x: number;
  readonly y: number;
  readonly likeness: number;
}

/** Returns the place most like a picture within a few pixels of a place. Pure. */
export function bestNear(
  picture: Picture,
  scan: GreyMap,
  { x, y }: { readonly x: number; readonly y: number },
  reachPx: number,
): FoundPlace {
  let best: FoundPlace = { x, y, likeness: -1 };
  for (let dy = -reachPx; dy <= reachPx; dy++) {
    for (let dx = -reachPx; dx <= reachPx; dx++) {
      const likeness = likenessAt(picture, scan, x + dx, y + dy);
      if (likeness > best.likeness) best = { x: x + dx, y: y + dy, likeness };
    }
  }
  return best;
}

export interface SearchPlan {
  /** Rows looked at above and below the picture's own place; columns all. */
  readonly reachPx: number;
  /** Variance of the whole blank: against it the scan's own tells how pale the scan is. */
  readonly blankVariance: number;
}

/** Paler places than this share of the picture's own contrast are paper and not looked at: nine tenths of a page. */
const LEAST_VARIANCE_SHARE = 0.3;
/** One pixel beside its place a label of 5 pt still reaches this; every second column is looked at first. */
const PROMISING = 0.35;

/** Columns of one row whose products are worked out together: each value of the picture is then fetched once for all of them. */
const PLACES = 4;
const COLUMN_STEP = 2;

/** Returns the place of a scan that looks most like a picture. Pure. */
export function findPicture(picture: Picture, scan: SearchedScan, plan: SearchPlan): FoundPlace {
  let best: FoundPlace = { x: picture.x, y: picture.y, likeness: -1 };
  eachPlace(picture, scan, plan, (x, y, likeness) => {
    if (likeness > best.likeness) best = { x, y, likeness };
  });
  return best;
}

/** Returns the places of a scan that look like a picture at least so much, one a spot, most alike first. Pure. */
export function findPlaces(picture: Picture, scan: SearchedScan, plan: SearchPlan & { readonly leastLikeness: number }): FoundPlace[] {
  const seen: FoundPlace[] = [];
  eachPlace(picture, scan, plan, (x, y, likeness) => {
    if (likeness >= plan.leastLikeness) seen.push({ x, y, likeness });
  });
  const places: FoundPlace[] = [];
  for (const place of seen.toSorted((a, b) => b.likeness - a.likeness)) {
    const isSameSpot = ({ x, y }: FoundPlace): boolean =>
      Math.abs(x - place.x) < picture.width / 2 && Math.abs(y - place.y) < picture.height;
    if (!places.some(isSameSpot)) places.push(place);
  }
  return places;
}

/** Tells the likeness of every place within reach that is dark enough to be the picture. */
function eachPlace(
  picture: Picture,
  scan: SearchedScan,
  { reachPx, blankVariance }: SearchPlan,
  tell: (x: number, y: number, likeness: number) => void,
): void {
  const { map, sums } = scan;
  const { width, height } = picture;
  const count = width * height;
  const stride = map.width + 1;
  const least = LEAST_VARIANCE_SHARE * picture.variance * Math.min(1, scan.variance / blankVariance);
  const products = new Float64Array(PLACES);
  for (let y = Math.max(0, picture.y - reachPx); y <= Math.min(map.height - height, picture.y + reachPx); y++) {
    let productsFrom = -PLACES * COLUMN_STEP;
    for (let x = 1; x <= map.width - width; x += COLUMN_STEP) {
      const top = y * stride + x;
      const bottom = top + height * stride;
      const sum = sumBetween(sums, top, bottom, width);
      const squares = sumBetween(scan.squares, top, bottom, width);
      const mean = sum / count;
      if (squares / count - mean * mean < least) continue;
      if (x >= productsFrom + PLACES * COLUMN_STEP) {
        productsFrom = x;
        multiplyAlongRow(picture, map, x, y, products);
      }
      const energy = squares - (sum * sum) / count;
      const product = products[(x - productsFrom) / COLUMN_STEP] ?? 0;
      const likeness = energy < LEAST_CONTRAST ** 2 * count ? 0 : product / Math.sqrt(energy);
      tell(x, y, likeness);
      if (likeness < PROMISING) continue;
      for (const beside of [x - 1, x + 1]) tell(beside, y, likenessAt(picture, map, beside, y));
    }
  }
}

/** Sets the sums of products of a picture with a scan at PLACES columns from x on, COLUMN_STEP apart; those beyond the edge mean nothing. */
function multiplyAlongRow(
  { width, height, values }: Picture,
  { width: stride, data }: GreyMap,
  x: number,
  y: number,
  products: Float64Array,
): void {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let row = 0; row < height; row++) {
    let at = (y + row) * stride + x;
    const end = (row + 1) * width;
    for (let own = row * width; own < end; own++, at++) {
      const value = values[own] ?? 0;
      first += (data[at] ?? 0) * value;
      second += (data[at + 2] ?? 0) * value;
      third += (data[at + 4] ?? 0) * value;
      fourth += (data[at + 6] ?? 0) * value;
    }
  }
  products[0] = first;
  products[1] = second;
  products[2] = third;
  products[3] = fourth;
}
