import type { LayoutPage, Zone } from "../../model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../model/page.ts";
import { labelOf } from "./field-labels.ts";

/** Print around a writing area that moves with it, mm: its label and its cell's rulings; around a tick box also its word. */
const AROUND_TEXT_MM = { left: 2, right: 2, up: 5, down: 1.5 } as const;
const AROUND_BOX_MM = { left: 3, right: 14, up: 3.5, down: 3 } as const;

/** A field's zone in the layout, and where it stands on a page of another version. */
export interface MovedZone {
  readonly home: Zone;
  readonly moved: Zone;
}

/** Returns the blank form with each field's print where the page has it; of a cell that became narrower only what it has room for. Pure. */
export function moveBlank(blank: GreyRaster, page: LayoutPage, zones: readonly MovedZone[]): GreyRaster {
  const moved = { ...blank, data: Uint8Array.from(blank.data) };
  const homes = zones.map(({ home }) => home);
  const labels = new Map(
    Map.groupBy(homes, ({ field }) => field)
      .values()
      .flatMap((own) => labelled(own, labelOf(page, own, homes))),
  );
  const pieces = zones.flatMap((each) => piecesOf(each, labels.get(each.home)));
  for (const { rect, dx, dy } of pieces) {
    fill(moved, rect);
    fill(moved, { ...rect, x: rect.x + dx, y: rect.y + dy });
  }
  for (const piece of pieces) copy(blank, moved, piece);
  return moved;
}

function labelled(own: readonly Zone[], label: RectMm | null): [Zone, RectMm][] {
  const [first] = own;
  return first === undefined || label === null ? [] : [[first, label]];
}

interface Piece {
  readonly rect: RectMm;
  readonly dx: number;
  readonly dy: number;
}

function piecesOf({ home, moved }: MovedZone, label: RectMm | undefined): Piece[] {
  const isText = home.kind === "text" || home.kind === "signature";
  const around = isText ? AROUND_TEXT_MM : AROUND_BOX_MM;
  const isNarrower = moved.rect.width < home.rect.width - around.right;
  const width = isNarrower ? moved.rect.width : home.rect.width + around.right;
  const surroundings = {
    x: home.rect.x - around.left,
    y: home.rect.y - around.up,
    width: width + around.left,
    height: home.rect.height + around.up + around.down,
  };
  const shift = { dx: moved.rect.x - home.rect.x, dy: moved.rect.y - home.rect.y };
  return [surroundings, ...(label === undefined ? [] : [label])].map((rect) => ({ rect, ...shift }));
}

function fill(raster: GreyRaster, rect: RectMm): void {
  const { left, top, right, bottom } = toPx(rect, raster);
  for (let y = top; y < bottom; y++) raster.data.fill(255, y * raster.widthPx + left, y * raster.widthPx + Math.max(left, right));
}

function copy(from: GreyRaster, to: GreyRaster, { rect, dx, dy }: Piece): void {
  const { left, top, right, bottom } = toPx(rect, from);
  const byX = Math.round((dx * from.dpi) / 25.4);
  const byY = Math.round((dy * from.dpi) / 25.4);
  for (let y = Math.max(top, -byY); y < Math.min(bottom, from.heightPx - byY); y++) {
    for (let x = Math.max(left, -byX); x < Math.min(right, from.widthPx - byX); x++) {
      const at = (y + byY) * from.widthPx + x + byX;
      to.data[at] = Math.min(to.data[at] ?? 255, from.data[y * from.widthPx + x] ?? 255);
    }
  }
}

interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function toPx({ x, y, width, height }: RectMm, { widthPx, heightPx, dpi }: GreyRaster): Window {
  const scale = dpi / 25.4;
  return {
    left: Math.max(0, Math.round(x * scale)),
    top: Math.max(0, Math.round(y * scale)),
    right: Math.min(widthPx, Math.round((x + width) * scale)),
    bottom: Math.min(heightPx, Math.round((y + height) * scale)),
  };
}
