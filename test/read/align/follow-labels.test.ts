import { describe, expect, it } from "vitest";
import type { FormTemplate } from "../../../src/model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../../src/model/page.ts";
import type { AlignedPage } from "../../../src/read/align/aligned-page.ts";
import { prepareTemplate } from "../../../src/read/align/prepare-template.ts";
import { recogniseFormPage } from "../../../src/read/align/recognise-form-page.ts";
import { type DrawnForm, drawForm, fillRect, flatScan, scanOf, templateOf } from "./synthetic-form.ts";

const SWAPPED = [
  [5, 6],
  [9, 10],
] as const;
const older = drawForm({ seed: 11 });
const newer = drawForm({ seed: 11, swappedRows: SWAPPED });

/** The zones of a drawn form row by row. */
function rowsOf({ zones }: DrawnForm): RectMm[][] {
  return [...Map.groupBy(zones, ({ y }) => Math.round(y)).values()];
}

/** Adds to each zone the word that is drawn above it. */
function withLabels(template: FormTemplate): FormTemplate {
  const words = older.zones.map(({ x, y, width }) => ({
    text: "label",
    rect: { x: x + 0.5, y: y - 3.3, width: Math.min(12, width), height: 2 },
  }));
  const pages = template.layout.pages.map((page) => ({ ...page, words }));
  return { ...template, layout: { ...template.layout, pages } };
}

const prepared = [prepareTemplate(withLabels(templateOf("TEST/fi/1.0", [older])))];

/** The newer form with a block of ink in one zone, seen by a scanner and laid onto the older layout. */
function laidWithInkIn(zone: RectMm): AlignedPage {
  const filled = { ...newer.blank, data: newer.blank.data.slice() };
  fillRect(filled, { x: zone.x + 3, y: zone.y + 1.5, width: 12, height: 4 }, 30);
  const match = recogniseFormPage(scanOf(filled, flatScan({ deg: 0.4 }).plan), prepared);
  if (match?.kind !== "aligned") throw new Error(`expected an aligned page, got ${match?.kind ?? "none"}`);
  return match.page;
}

/** The beginning of a zone: where people start to write. */
const headOf = (zone: RectMm): RectMm => ({ ...zone, width: Math.min(zone.width, 20) });

const darkShareOf = ({ data }: GreyRaster): number => data.filter((value) => value < 128).length / data.length;

function cut({ raster }: AlignedPage, rect: RectMm): GreyRaster {
  const scale = raster.dpi / 25.4;
  const [left, top] = [Math.round(rect.x * scale), Math.round(rect.y * scale)];
  const [widthPx, heightPx] = [Math.round(rect.width * scale), Math.round(rect.height * scale)];
  const rows = Array.from({ length: heightPx }, (_, y) => raster.data.slice((top + y) * raster.widthPx + left).subarray(0, widthPx));
  return { widthPx, heightPx, dpi: raster.dpi, data: Uint8Array.from(rows.flatMap((row) => [...row])) };
}

describe("followLabels", () => {
  it.each(
    SWAPPED.flatMap(([a, b]) => [
      { from: a, to: b },
      { from: b, to: a },
    ]),
  )("shows what stands in a field that moved from row $from to row $to in the layout's place", ({ from, to }) => {
    const ownPlace = rowsOf(older)[from]?.[0];
    const newPlace = rowsOf(newer)[to]?.[0];
    if (ownPlace === undefined || newPlace === undefined) throw new Error("expected both rows");
    const page = laidWithInkIn(newPlace);
    expect(page.drift.drifted).toBe(true);
    expect(darkShareOf(page.crop(headOf(ownPlace), 200))).toBeGreaterThan(0.2);
    expect(darkShareOf(cut(page, headOf(ownPlace)))).toBeGreaterThan(0.2);
    const emptyZones = older.zones.filter((zone) => zone !== ownPlace);
    for (const zone of emptyZones) expect(darkShareOf(page.crop(headOf(zone), 200))).toBeLessThan(0.05);
  });

  it("vouches for nothing on such a page", () => {
    const [place] = older.zones;
    if (place === undefined) throw new Error("expected a zone");
    expect(laidWithInkIn(place).localQuality(place)).toBe(0);
  });
});
