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

/** The newer form with something done to it, seen by a scanner and laid onto the older layout. */
function laid(alter: (sheet: GreyRaster) => void): AlignedPage {
  const altered = { ...newer.blank, data: newer.blank.data.slice() };
  alter(altered);
  const match = recogniseFormPage(scanOf(altered, flatScan({ deg: 0.4 }).plan), prepared);
  if (match?.kind !== "aligned") throw new Error(`expected an aligned page, got ${match?.kind ?? "none"}`);
  return match.page;
}

/** The same with a block of ink in one zone. */
const laidWithInkIn = (zone: RectMm): AlignedPage =>
  laid((sheet) => fillRect(sheet, { x: zone.x + 3, y: zone.y + 1.5, width: 12, height: 4 }, 30));

/** A rectangle of the scan's frame that lies in the middle of one cell. */
const middleOf = ({ x, y, width, height }: RectMm): RectMm => ({
  x: x + 3,
  y: y + 1.5,
  width: Math.min(12, width - 4),
  height: height - 3.5,
});

const darkShareOf = ({ data }: GreyRaster): number => data.filter((value) => value < 128).length / data.length;

/** The zones of the page in the layout's order, as they were placed. */
function placesOf({ layout }: AlignedPage): (RectMm | undefined)[] {
  return older.zones.map((_, index) => layout.zones.find(({ field }) => field === `p0f${index}`)?.rect);
}

describe("followLabels", () => {
  it("moves every field of the rows that changed places to where its label stands, and no other", () => {
    const page = laidWithInkIn(older.zones[0] ?? { x: 0, y: 0, width: 0, height: 0 });
    expect(page.drift).toMatchObject({ drifted: true, isOtherVersion: true, lostFields: [] });
    const [was, is] = [rowsOf(older), rowsOf(newer)];
    const goesTo = new Map<number, number>(SWAPPED.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
    const expected = was.flatMap((_, row) => is[goesTo.get(row) ?? row] ?? []);
    for (const [index, place] of placesOf(page).entries()) {
      const wanted = expected[index];
      if (place === undefined || wanted === undefined) throw new Error(`expected field ${index} to be placed`);
      expect(Math.hypot(place.x - wanted.x, place.y - wanted.y), `field ${index}`).toBeLessThan(0.5);
      expect(Math.abs(place.width - wanted.width), `width of field ${index}`).toBeLessThan(1.5);
    }
  });

  it.each(
    SWAPPED.flatMap(([a, b]) => [
      { from: a, to: b },
      { from: b, to: a },
    ]),
  )("finds the ink of a field that moved from row $from to row $to, and the blank's own print beside it", ({ from, to }) => {
    const oldPlace = rowsOf(older)[from]?.[0];
    const newPlace = rowsOf(newer)[to]?.[0];
    if (oldPlace === undefined || newPlace === undefined) throw new Error("expected both rows");
    const index = older.zones.indexOf(oldPlace);
    const page = laidWithInkIn(newPlace);
    const place = placesOf(page)[index];
    if (place === undefined) throw new Error("expected the field to be placed");
    expect(darkShareOf(page.crop(middleOf(place), 200))).toBeGreaterThan(0.5);
    const label = { x: place.x + 0.5, y: place.y - 3.3, width: 10, height: 2 };
    const [seen, own] = [page.crop(label, 200), page.blankCrop(label, 200)];
    const alike = seen.data.filter((value, at) => value < 128 === (own.data[at] ?? 255) < 128).length / seen.data.length;
    expect(alike).toBeGreaterThan(0.85);
    expect(darkShareOf(own)).toBeGreaterThan(0.1);
  });

  it("calls a field lost whose label stands nowhere on the page, and reads it in nobody else's place", () => {
    const [gone] = rowsOf(newer)[6] ?? [];
    if (gone === undefined) throw new Error("expected the row");
    const page = laid((sheet) => fillRect(sheet, { x: 16.6, y: gone.y - 3.6, width: 176, height: 2.9 }, 255));
    const lost = page.drift.lostFields ?? [];
    expect(lost).toHaveLength(rowsOf(older)[5]?.length ?? 0);
    expect(page.layout.zones.filter(({ field }) => lost.includes(field))).toEqual([]);
  });

  it("vouches for nothing on such a page", () => {
    const [place] = older.zones;
    if (place === undefined) throw new Error("expected a zone");
    expect(laidWithInkIn(place).localQuality(place)).toBe(0);
  });
});
