import { beforeAll, describe, expect, it } from "vitest";
import { makeOwnForm } from "../../../fixtures/own-forms.ts";
import { parseFormLayout } from "../../../src/adapters/form-pdf.ts";
import type { FormTemplate, Zone } from "../../../src/model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../../src/model/page.ts";
import type { AlignedPage } from "../../../src/read/align/aligned-page.ts";
import { labelOf } from "../../../src/read/align/field-labels.ts";
import { prepareTemplate } from "../../../src/read/align/prepare-template.ts";
import { recogniseFormPage } from "../../../src/read/align/recognise-form-page.ts";
import { inkOf } from "../../../src/read/ink/ink-page.ts";
import { readTicks } from "../../../src/read/tick/read-ticks.ts";
import { fillRect } from "./synthetic-form.ts";

/** Everything on the page below this line stands so much lower in the next version, mm. */
const CUT = { fromField: "phone", byMm: 5 } as const;

let template: FormTemplate;
let page: AlignedPage;

const zoneOf = (field: string, layout = template.layout): Zone => {
  const zone = layout.zones.find((each) => each.field === field);
  if (zone === undefined) throw new Error(`expected a zone of ${field}`);
  return zone;
};

/** The part of a page from one height to another, as much lower as said; what is under it is gone. */
function lowered(raster: GreyRaster, fromMm: number, toMm: number, byMm: number): GreyRaster {
  const row = (mm: number): number => Math.round((mm * raster.dpi) / 25.4) * raster.widthPx;
  const data = raster.data.slice();
  data.set(raster.data.subarray(row(fromMm), row(toMm)), row(fromMm + byMm));
  data.fill(255, row(fromMm), row(fromMm + byMm));
  return { ...raster, data };
}

/** Two rectangles of one size change places. */
function swapped(raster: GreyRaster, a: RectMm, b: RectMm): GreyRaster {
  const px = (mm: number): number => Math.round((mm * raster.dpi) / 25.4);
  const data = raster.data.slice();
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    for (let y = 0; y < px(a.height); y++) {
      const at = (px(from.y) + y) * raster.widthPx + px(from.x);
      data.set(raster.data.subarray(at, at + px(a.width)), (px(to.y) + y) * raster.widthPx + px(to.x));
    }
  }
  return { ...raster, data };
}

const TEXT_FIELDS = ["surname", "givenNames"] as const;

function cellOf(field: string, width: number): RectMm {
  const own = template.layout.zones.filter((zone) => zone.field === field);
  const words = template.layout.pages[0];
  const label = words === undefined ? null : labelOf(words, own, template.layout.zones);
  const [zone] = own;
  if (zone === undefined || label === null) throw new Error(`expected a label of ${field}`);
  return { x: zone.rect.x, y: label.y, width, height: zone.rect.y + zone.rect.height - label.y };
}

beforeAll(async () => {
  const { bytes } = await makeOwnForm("fi");
  const { layout, blanks } = await parseFormLayout(bytes);
  template = { layout, blanks };
  const [first] = blanks;
  if (first === undefined) throw new Error("expected a first page");
  const width = Math.min(...TEXT_FIELDS.map((field) => zoneOf(field).rect.width));
  const [a, b] = TEXT_FIELDS.map((field) => cellOf(field, width));
  if (a === undefined || b === undefined) throw new Error("expected two cells");
  const last = Math.max(...layout.zones.filter(({ pageNumber }) => pageNumber === 1).map(({ rect }) => rect.y + rect.height));
  const altered = lowered(swapped(first, a, b), zoneOf(CUT.fromField).rect.y - 6, last + 1, CUT.byMm);
  fillRect(altered, { x: b.x + 2, y: zoneOf("surname").rect.y + 2, width: 14, height: 3 }, 40);
  const { x, y, width: side } = zoneOf("nonDisclosure").rect;
  const step = side / 40;
  for (let at = 8; at < 32; at++)
    for (const column of [at, 40 - at])
      fillRect(altered, { x: x + column * step, y: y + CUT.byMm + at * step, width: 0.4, height: 0.4 }, 30);
  const match = recogniseFormPage(altered, [prepareTemplate(template)]);
  if (match?.kind !== "aligned") throw new Error(`expected an aligned page, got ${match?.kind ?? "none"}`);
  page = match.page;
}, 60_000);

describe("another version of the office's own form", () => {
  it("is told, and its fields are where it has them", () => {
    expect(page.drift).toMatchObject({ drifted: true, isOtherVersion: true });
    const moved = (field: string): number => zoneOf(field, page.layout).rect.y - zoneOf(field).rect.y;
    for (const field of ["email", "nonDisclosure", "motherTongue"]) expect(moved(field), field).toBeCloseTo(CUT.byMm, 0);
    expect(zoneOf("surname", page.layout).rect.x).toBeCloseTo(zoneOf("givenNames").rect.x, 0);
    expect(zoneOf("givenNames", page.layout).rect.x).toBeCloseTo(zoneOf("surname").rect.x, 0);
  });

  it("is read where its fields are: one text, one mark, all other boxes empty, everything in review", () => {
    const ink = inkOf(page);
    expect(ink.measure(zoneOf("surname", page.layout).rect).coverage).toBeGreaterThan(0.05);
    expect(ink.measure(zoneOf("givenNames", page.layout).rect).coverage).toBeLessThan(0.01);
    const zones = page.layout.zones.filter(({ pageNumber }) => pageNumber === 1);
    const ticks = readTicks(ink, zones);
    expect(ticks.filter(({ value }) => value !== false && value !== null).map(({ field }) => field)).toEqual(["nonDisclosure"]);
    expect(new Set(ticks.map(({ status }) => status))).toEqual(new Set(["review"]));
  });
});
