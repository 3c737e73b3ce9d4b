import { describe, expect, it } from "vitest";
import type { GreyRaster } from "../../../src/model/page.ts";
import type { IsoDate } from "../../../src/model/time.ts";
import { classifyAttachment } from "../../../src/read/attachment/classify-attachment.ts";
import type { AttachmentEngines, LineReading, TextLine } from "../../../src/read/attachment/ports.ts";
import { permitLines } from "../mrz/specimen.ts";
import { spell } from "../mrz/spelled-reading.ts";
import { emptyPage, fillMm, printMm } from "./draw-page.ts";

const TODAY = "2026-11-24" as IsoDate;
const NOTHING: LineReading = { text: "", confidence: 0, characters: [] };

/** Reads any text evenly, as sure as asked. */
function readAs(text: string, confidence = 0.95): LineReading {
  const characters = [...text].map((character, index) => ({ character, confidence, position: (index + 0.5) / text.length }));
  return { text, confidence, characters };
}

interface FakePage {
  /** Texts of the page's lines from the top, each drawn as a bar of its own grey. */
  readonly texts: readonly string[];
  readonly isUpsideDown?: boolean;
  readonly isMirrored?: boolean;
  readonly confidence?: number;
}

const FIRST_GREY = 20;
const GREY_STEP = 4;
const BAR: readonly [number, number, number, number] = [30, 30, 120, 5];

/** Draws each line as a bar with a lighter upper left corner, so that the fake reader knows which line it got and which way round. */
function drawPage({ texts, isUpsideDown = false }: FakePage): GreyRaster {
  const page = emptyPage(100, 255);
  const [x, y, width, height] = BAR;
  for (const index of texts.keys()) {
    const top = y + 10 * index;
    fillMm(page, [x, top, width, height], FIRST_GREY + GREY_STEP * index);
    fillMm(page, [x, top, width / 4, height / 2], FIRST_GREY + GREY_STEP * index + 2);
  }
  return isUpsideDown ? { ...page, data: page.data.toReversed() } : page;
}

/** Finds dark rows; reads a bar only if its lighter corner is where a reader would look for it. */
function fakeEngines({ texts, isMirrored = false, confidence }: FakePage): AttachmentEngines {
  return {
    detector: {
      async findLines(raster) {
        return barsOf(raster);
      },
    },
    reader: {
      async readLine(crop, alphabet) {
        const inkAt = (across: number, down: number): number =>
          crop.data[Math.floor(crop.heightPx * down) * crop.widthPx + Math.floor(crop.widthPx * across)] ?? 255;
        const [start, end] = isMirrored ? [0.85, 0.15] : [0.15, 0.85];
        const ink = inkAt(end, 0.75);
        if (inkAt(start, 0.25) <= ink) return NOTHING;
        const text = texts[Math.round((ink - FIRST_GREY) / GREY_STEP)] ?? "";
        return alphabet === undefined ? readAs(text, confidence) : spell(text, { start: 0.05, pitch: 0.9 / 30 });
      },
    },
  };
}

function barsOf({ widthPx, heightPx, data }: GreyRaster): TextLine[] {
  const lines: TextLine[] = [];
  let top: number | null = null;
  for (let y = 0; y <= heightPx; y++) {
    const row = data.subarray(y * widthPx, (y + 1) * widthPx);
    const left = row.findIndex((value) => value < 200);
    if (left >= 0 && y < heightPx) top ??= y;
    else if (top !== null) {
      const inked = data.subarray((y - 1) * widthPx, y * widthPx);
      const [from, to] = [inked.findIndex((value) => value < 200), inked.findLastIndex((value) => value < 200) + 1];
      lines.push({
        corners: [
          { x: from, y: top },
          { x: to, y: top },
          { x: to, y },
          { x: from, y },
        ],
        score: 1,
      });
      top = null;
    }
  }
  return lines;
}

const classify = async (page: FakePage): ReturnType<typeof classifyAttachment> =>
  classifyAttachment(drawPage(page), fakeEngines(page), TODAY);

describe("classifyAttachment", () => {
  const front = ["OLESKELULUPA UPPEHÅLLSTILLSTÅND RESIDENCE PERMIT", "VIRTANEN ABDI", "AMINA HODAN", "A JATKUVA"];

  it("tells a card's front and gives its text in capitals", async () => {
    const reading = await classify({ texts: front });
    expect(reading).toMatchObject({ kind: "permit", sides: ["front"], rotation: 0 });
    expect(reading.text).toContain("VIRTANEN ABDI");
    expect(reading.mrz).toBeUndefined();
  });

  it("tells a card's back by its machine-readable zone and reads it", async () => {
    const reading = await classify({ texts: permitLines({}) });
    expect(reading).toMatchObject({ kind: "permit", sides: ["back"], rotation: 0, quality: 1 });
    expect(reading.mrz).toMatchObject({
      checksHold: true,
      documentNumber: "XA1234567",
      surname: "VIRTANEN ABDI",
      givenNames: "AMINA HODAN",
    });
  });

  it("tells both sides on one page", async () => {
    expect(await classify({ texts: [...front, ...permitLines({})] })).toMatchObject({ kind: "permit", sides: ["front", "back"] });
  });

  it("turns a page that lies upside down", async () => {
    expect(await classify({ texts: ["OSAAMISKARTOITUS", "Nimi", "Koulutus", "Työkokemus"], isUpsideDown: true })).toMatchObject({
      kind: "skills",
      rotation: 180,
    });
  });

  it("takes a decision that grants a permit for another paper, not a card", async () => {
    expect(await classify({ texts: ["PÄÄTÖS", "Oleskelulupa", "Hakija: Amina Hodan", "Perustelut"] })).toMatchObject({ kind: "other" });
  });

  it("takes print that no words fit for another paper", async () => {
    expect(await classify({ texts: ["Lorem ipsum dolor sit amet", "consectetur adipiscing", "elit sed do eiusmod"] })).toMatchObject({
      kind: "other",
    });
  });

  it("takes faint print that reads from behind for a blank side", async () => {
    const page: FakePage = { texts: front, isMirrored: true };
    const raster = drawPage(page);
    const faint = { ...raster, data: raster.data.map((value) => 255 - Math.round((255 - value) * 0.22)) };
    const engines = fakeEngines(page);
    const strengthened: AttachmentEngines = {
      detector: { findLines: async (part) => engines.detector.findLines(strengthen(part)) },
      reader: { readLine: async (crop, alphabet) => engines.reader.readLine(strengthen(crop), alphabet) },
    };
    expect(await classifyAttachment(faint, strengthened, TODAY)).toMatchObject({ kind: "blank", rotation: 0 });
  });

  it("does not ask the engines about an empty page", async () => {
    const silent: AttachmentEngines = {
      detector: { findLines: () => Promise.reject(new Error("asked")) },
      reader: { readLine: () => Promise.reject(new Error("asked")) },
    };
    expect(await classifyAttachment(emptyPage(), silent, TODAY)).toEqual({ kind: "blank", rotation: 0, quality: 1 });
  });

  it("tells a card that was copied black by its shape, of unknown side", async () => {
    const page = emptyPage(200);
    fillMm(page, [60, 50, 85.6, 54], 5);
    expect(await classifyAttachment(page, fakeEngines({ texts: [] }), TODAY)).toMatchObject({ kind: "permit", sides: [] });
  });

  it("never calls a page of print blank because the reader fails", async () => {
    const page = emptyPage();
    printMm(page, [30, 40, 140], 20, 30);
    const engines: AttachmentEngines = {
      detector: { findLines: async (raster) => Array.from({ length: 12 }, (_, index) => barAt(raster, index)) },
      reader: { readLine: async () => NOTHING },
    };
    expect(await classifyAttachment(page, engines, TODAY)).toMatchObject({ kind: "other" });
  });
});

function barAt({ widthPx }: GreyRaster, index: number): TextLine {
  const [top, bottom] = [20 + 20 * index, 30 + 20 * index];
  return {
    corners: [
      { x: 10, y: top },
      { x: widthPx - 10, y: top },
      { x: widthPx - 10, y: bottom },
      { x: 10, y: bottom },
    ],
    score: 1,
  };
}

function strengthen(raster: GreyRaster): GreyRaster {
  return { ...raster, data: raster.data.map((value) => Math.max(0, 255 - Math.round((255 - value) / 0.22))) };
}
