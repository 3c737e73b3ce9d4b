import { describe, expect, it } from "vitest";
import type { GreyRaster } from "../../../src/model/page.ts";
import type { AlignedPage, FormPageMatch } from "../../../src/read/align/aligned-page.ts";
import { fitHomography, invert, mapPoint } from "../../../src/read/align/geometry.ts";
import { MIN_LOCAL_QUALITY } from "../../../src/read/align/lay-quality.ts";
import { prepareTemplate } from "../../../src/read/align/prepare-template.ts";
import { recogniseFormPage } from "../../../src/read/align/recognise-form-page.ts";
import { drawForm, fillIn, fillRect, flatScan, paper, scanOf, sequence, templateOf, word } from "./synthetic-form.ts";

const pageOne = drawForm({ seed: 11 });
const pageTwo = drawForm({ seed: 22 });
const otherForm = drawForm({ seed: 33 });
const templates = [
  prepareTemplate(templateOf("TEST/fi/1.0", [pageOne, pageTwo])),
  prepareTemplate(templateOf("OTHER/fi/1.0", [otherForm])),
];
const filled = fillIn(pageOne, 5);

function aligned(match: FormPageMatch | null): AlignedPage {
  if (match?.kind !== "aligned") throw new Error(`expected an aligned page, got ${match?.kind ?? "none"}`);
  return match.page;
}

/** Farthest distance, in pixels at 200 dpi, between where a zone's corner lies and where the alignment says it lies. */
function worstOffsetPx(page: AlignedPage, toScanPx: (x: number, y: number) => readonly [number, number], dpi: number): number {
  let worst = 0;
  for (const zone of pageOne.zones) {
    for (const [x, y] of [
      [zone.x, zone.y],
      [zone.x + zone.width, zone.y + zone.height],
    ] as const) {
      const [u, v] = toScanPx(x, y);
      const found = page.toSource({ x, y, width: 0, height: 0 });
      // A point's box on the scan has whole-pixel borders: its middle is at most half a pixel off.
      const distance = Math.hypot(found.x + found.width / 2 - u, found.y + found.height / 2 - v);
      worst = Math.max(worst, (distance * 200) / dpi);
    }
  }
  return worst;
}

describe("recogniseFormPage", () => {
  it.each([
    { name: "straight", deg: 0, dpi: 200 },
    { name: "turned by 7 degrees", deg: 7, dpi: 200 },
    { name: "turned back by 6 degrees, 150 dpi", deg: -6, dpi: 150 },
    { name: "shrunk unevenly", deg: 1, sx: 0.97, sy: 0.98, dpi: 200 },
    { name: "enlarged unevenly, 300 dpi", deg: -0.5, sx: 1.03, sy: 1.025, dpi: 300 },
    { name: "shifted so that its edge is cut off", deg: 0.4, dxMm: 13, dyMm: -10, dpi: 200 },
  ])("lays a page that is $name within 1.5 pixels", (plan) => {
    const { plan: scan, toScanPx } = flatScan(plan);
    const page = aligned(recogniseFormPage(scanOf(filled, { ...scan, noise: 30 }), templates));
    expect(page.layout.id).toBe("TEST/fi/1.0");
    expect(page.pageNumber).toBe(1);
    expect(page.rotation).toBe(0);
    expect(worstOffsetPx(page, toScanPx, plan.dpi)).toBeLessThan(1.5);
    expect(page.drift.drifted).toBe(false);
    expect(Math.abs(page.sourceDpi / plan.dpi - 1)).toBeLessThan(0.05);
  });

  it.each([
    { quarterTurns: 1, rotation: 90 },
    { quarterTurns: 2, rotation: 180 },
    { quarterTurns: 3, rotation: 270 },
  ])("finds a page turned by $rotation degrees", ({ quarterTurns, rotation }) => {
    const { plan, toScanPx } = flatScan({ quarterTurns, deg: 1.5 });
    const page = aligned(recogniseFormPage(scanOf(filled, plan), templates));
    expect(page.rotation).toBe(rotation);
    expect(worstOffsetPx(page, toScanPx, 200)).toBeLessThan(1.5);
  });

  it("tells the pages and the forms apart", () => {
    const { plan } = flatScan({ deg: -1 });
    expect(aligned(recogniseFormPage(scanOf(fillIn(pageTwo, 6), plan), templates)).pageNumber).toBe(2);
    expect(aligned(recogniseFormPage(scanOf(fillIn(otherForm, 7), plan), templates)).layout.id).toBe("OTHER/fi/1.0");
  });

  it("warps the scan onto the blank, pixel by pixel", () => {
    const { plan } = flatScan({ deg: 3, sx: 1.02, sy: 0.99, dpi: 300 });
    const page = aligned(recogniseFormPage(scanOf(pageOne.blank, plan), templates));
    expect(page.raster.widthPx).toBe(page.blank.widthPx);
    let difference = 0;
    for (let i = 0; i < page.raster.data.length; i++) difference += Math.abs((page.raster.data[i] ?? 0) - (page.blank.data[i] ?? 0));
    expect(difference / page.raster.data.length).toBeLessThan(2.5);
  });

  it("cuts the same rectangle from the scan and from the blank at any resolution", () => {
    const { plan } = flatScan({ deg: -2, dpi: 300 });
    const page = aligned(recogniseFormPage(scanOf(pageOne.blank, plan), templates));
    const rect = { x: 15, y: 25, width: 60, height: 20 };
    const [seen, blank] = [page.crop(rect, 300), page.blankCrop(rect, 300)];
    expect([seen.widthPx, seen.heightPx]).toEqual([709, 236]);
    expect([blank.widthPx, blank.heightPx]).toEqual([709, 236]);
    let difference = 0;
    for (let i = 0; i < seen.data.length; i++) difference += Math.abs((seen.data[i] ?? 0) - (blank.data[i] ?? 0));
    expect(difference / seen.data.length).toBeLessThan(6);
  });

  it("gives no match for a letter and an empty side", () => {
    const letter = paper(210, 297, 200);
    for (let line = 0; line < 25; line++) word(letter, { x: 25, y: 40 + line * 8, height: 3, letters: 50 }, sequence(line));
    expect(kindOf(letter)).toBe("none");
    expect(kindOf(paper(210, 297, 200))).toBe("none");
  });

  it("takes a foreign form on the same ruled grid for no known version", () => {
    const match = recogniseFormPage(fillIn(drawForm({ seed: 44 }), 3), templates);
    expect(match?.kind === "aligned" ? match.page.drift.drifted : true).toBe(true);
  });

  it("gives no match for a mirrored page, as it shines through from the other side", () => {
    expect(kindOf(mirrored(filled))).toBe("none");
  });

  it("chooses between two registered versions of one form", () => {
    const swappedRows = [
      [5, 9],
      [6, 10],
    ] as const;
    const newer = drawForm({ seed: 11, swappedRows });
    const both = [...templates, prepareTemplate(templateOf("TEST/fi/1.1", [newer]))];
    const { plan } = flatScan({ deg: -1.5 });
    const page = aligned(recogniseFormPage(scanOf(fillIn(newer, 4), plan), both));
    expect(page.layout.id).toBe("TEST/fi/1.1");
    expect(page.drift.drifted).toBe(false);
    expect(aligned(recogniseFormPage(scanOf(filled, plan), both)).layout.id).toBe("TEST/fi/1.0");
  });

  it("refuses a picture too small to be read", () => {
    const { plan } = flatScan({ dpi: 60 });
    expect(recogniseFormPage(scanOf(filled, plan), templates)).toMatchObject({ kind: "refused", reason: "tooSmall", pageNumber: 1 });
  });

  it("gives no quality to a zone that is cut off", () => {
    const { plan } = flatScan({ dxMm: -18 });
    const page = aligned(recogniseFormPage(scanOf(filled, { ...plan, noise: 20 }), templates));
    const whole = pageOne.zones.filter((zone) => zone.x > 25);
    const cut = pageOne.zones.filter((zone) => zone.x < 18);
    expect(cut.map((zone) => page.localQuality(zone))).toEqual(cut.map(() => 0));
    expect(Math.min(...whole.map((zone) => page.localQuality(zone)))).toBeGreaterThan(MIN_LOCAL_QUALITY);
  });

  it("finds and lays a page photographed on a dark table", () => {
    const [widthPx, heightPx] = [1500, 2000];
    const corners = [
      [170, 90],
      [1330, 160],
      [1400, 1880],
      [90, 1800],
    ] as const;
    const onSheet = [
      [0, 0],
      [210, 0],
      [210, 297],
      [0, 297],
    ] as const;
    const toPicture = fitHomography(onSheet.map(([x, y], i) => ({ x, y, u: corners[i]?.[0] ?? 0, v: corners[i]?.[1] ?? 0, weight: 1 })));
    if (!toPicture) throw new Error("the corners span no sheet");
    const back = invert(toPicture);
    const toPageMm = (u: number, v: number) => {
      const at = mapPoint(back, u, v);
      return [at.x, at.y] as const;
    };
    const photo = scanOf(filled, { widthPx, heightPx, dpi: 72, toPageMm, ground: 90, noise: 40 });
    const page = aligned(recogniseFormPage(photo, templates));
    const toScanPx = (x: number, y: number) => {
      const at = mapPoint(toPicture, x, y);
      return [at.x, at.y] as const;
    };
    expect(page.drift.drifted).toBe(false);
    expect(worstOffsetPx(page, toScanPx, page.sourceDpi)).toBeLessThan(2);
  });

  it("does not call a page drifted whose labels are partly blotted out", () => {
    const blotted = { ...filled, data: filled.data.slice() };
    const random = sequence(8);
    for (let i = 0; i < 40; i++) fillRect(blotted, { x: random() * 190, y: random() * 280, width: 14, height: 7 }, 60);
    const { plan } = flatScan({ deg: 1 });
    const page = aligned(recogniseFormPage(scanOf(blotted, plan), templates));
    expect(page.drift.drifted).toBe(false);
    expect(Math.min(...pageOne.zones.map((zone) => page.localQuality(zone)))).toBeLessThan(MIN_LOCAL_QUALITY);
  });

  it("reports drift when rows of the form have changed places, and low local quality there", () => {
    const swappedRows = [
      [5, 9],
      [6, 10],
    ] as const;
    const moved = drawForm({ seed: 11, swappedRows });
    const { plan } = flatScan({ deg: 0.5 });
    const page = aligned(recogniseFormPage(scanOf(fillIn(moved, 4), plan), templates));
    expect(page.drift).toMatchObject({ drifted: true, isOtherVersion: true });
    const qualities = pageOne.zones.map((zone) => page.localQuality(zone));
    expect(Math.min(...qualities)).toBeLessThan(MIN_LOCAL_QUALITY);
    expect(Math.max(...qualities)).toBeGreaterThan(0.9);
  });
});

const kindOf = (raster: GreyRaster) => recogniseFormPage(raster, templates)?.kind ?? "none";

function mirrored(raster: GreyRaster): GreyRaster {
  const data = new Uint8Array(raster.data.length);
  const { widthPx } = raster;
  for (let i = 0; i < data.length; i++) data[i] = raster.data[i - (i % widthPx) + widthPx - 1 - (i % widthPx)] ?? 255;
  return { ...raster, data };
}
