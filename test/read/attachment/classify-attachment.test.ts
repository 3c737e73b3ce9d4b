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
  /** Texts of the page's lines from the top, each drawn as a bar with its number. */
  readonly texts: readonly string[];
  readonly isUpsideDown?: boolean;
  readonly isMirrored?: boolean;
  readonly confidence?: number;
}

const INK = 20;
const BITS = 5;
/** Parts of a bar's length: its start (upper half white), one block for each bit of the line's number, its end. */
const START_SHARE = 0.2;
const BIT_SHARE = 0.14;
const BAR: readonly [number, number, number, number] = [30, 30, 120, 5];
/** Texts shorter than this are drawn as bars of a third of the length. */
const LONG_TEXT = 24;

/** Draws each line as a bar that says its number and which end and side is which, so that the fake reader can be wrong-footed. */
function drawPage({ texts, isUpsideDown = false }: FakePage): GreyRaster {
  const page = emptyPage(100, 255);
  const [x, y, longest, height] = BAR;
  for (const [index, text] of texts.entries()) {
    const width = text.length < LONG_TEXT ? longest / 3 : longest;
    const top = y + 10 * index;
    fillMm(page, [x, top, width, height], INK);
    fillMm(page, [x, top, width * START_SHARE, height / 2], 255);
    for (let bit = 0; bit < BITS; bit++) {
      if ((index >> bit) % 2 === 1) fillMm(page, [x + width * (START_SHARE + bit * BIT_SHARE), top, width * BIT_SHARE, height], 255);
    }
  }
  return isUpsideDown ? { ...page, data: page.data.toReversed() } : page;
}

/** Returns the number of the line in a crop; null when the crop lies the wrong way round. */
function lineNumber(crop: GreyRaster, isMirrored: boolean): number | null {
  const row = (down: number): number[] => {
    const from = Math.floor(crop.heightPx * down) * crop.widthPx;
    const values = [...crop.data.subarray(from, from + crop.widthPx)];
    return isMirrored ? values.toReversed() : values;
  };
  const [upper, lower] = [row(0.3), row(0.7)];
  const limit = (Math.min(...lower) + Math.max(...lower)) / 2;
  const first = lower.findIndex((value) => value < limit);
  const length = lower.findLastIndex((value) => value < limit) - first;
  const isInk = (values: readonly number[], share: number): boolean => (values[Math.round(first + share * length)] ?? 255) < limit;
  if (isInk(upper, START_SHARE / 2) || !isInk(lower, START_SHARE / 2) || !isInk(upper, 0.95)) return null;
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) if (!isInk(lower, START_SHARE + (bit + 0.5) * BIT_SHARE)) number += 1 << bit;
  return number;
}

/** Finds dark rows; reads a bar only if it lies the right way round. */
function fakeEngines({ texts, isMirrored = false, confidence }: FakePage): AttachmentEngines {
  return {
    detector: {
      async findLines(raster) {
        return barsOf(raster);
      },
    },
    reader: {
      async readLine(crop, alphabet) {
        const number = lineNumber(crop, isMirrored);
        const text = number === null ? undefined : texts[number];
        if (text === undefined) return NOTHING;
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
    const isInked = y < heightPx && row.some((value) => value < 200);
    if (isInked) top ??= y;
    else if (top !== null) {
      let [from, to] = [widthPx, 0];
      for (const [at, value] of data.subarray(top * widthPx, y * widthPx).entries()) {
        if (value >= 200) continue;
        from = Math.min(from, at % widthPx);
        to = Math.max(to, (at % widthPx) + 1);
      }
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

  it("reads each line of a page that lies upright once, and the one it tries softened twice", async () => {
    const page: FakePage = { texts: front, confidence: 0.99 };
    const engines = fakeEngines(page);
    let reads = 0;
    const counting: AttachmentEngines = {
      detector: engines.detector,
      reader: {
        readLine: (crop, alphabet) => {
          reads += 1;
          return engines.reader.readLine(crop, alphabet);
        },
      },
    };
    await classifyAttachment(drawPage(page), counting, TODAY);
    expect(reads).toBe(front.length + 1);
  });

  it("does not read what is printed on a card whose zone proves itself, but what lies beside it", async () => {
    const read: string[] = [];
    const labels = ["LUPAVIRASTO MIGRI", "HUOMAUTUKSIA 2"];
    const page: FakePage = { texts: [...labels, ...permitLines({}), ".", ".", ".", ...front], confidence: 0.99 };
    const engines = fakeEngines(page);
    const noting: AttachmentEngines = {
      detector: engines.detector,
      reader: {
        readLine: async (crop, alphabet) => {
          const reading = await engines.reader.readLine(crop, alphabet);
          if (alphabet === undefined) read.push(reading.text);
          return reading;
        },
      },
    };
    const found = await classifyAttachment(drawPage(page), noting, TODAY);
    expect(found).toMatchObject({ kind: "permit", sides: ["front", "back"] });
    for (const label of labels) expect(read).not.toContain(label);
    for (const line of front) expect(read).toContain(line);
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
    expect(await classifyAttachment(emptyPage(), NEVER_ASKED, TODAY)).toEqual({ kind: "blank", rotation: 0, quality: 1 });
  });

  it("tells a card that was copied black by its shape, of unknown side", async () => {
    const page = emptyPage(200);
    fillMm(page, [60, 50, 85.6, 54], 5);
    expect(await classifyAttachment(page, fakeEngines({ texts: [] }), TODAY)).toMatchObject({ kind: "permit", sides: [] });
  });

  it("tells a card in a scan made far too dark by its shape", async () => {
    const page = emptyPage(200, 9);
    fillMm(page, [60, 50, 85.6, 54], 3);
    expect(await classifyAttachment(page, fakeEngines({ texts: [] }), TODAY)).toMatchObject({ kind: "permit", sides: [] });
  });

  it("never calls a page that was copied black blank", async () => {
    const page = emptyPage(100, 255);
    fillMm(page, [4, 4, 202, 290], 0);
    const none: AttachmentEngines = { ...fakeEngines({ texts: [] }), detector: { findLines: async () => [] } };
    expect(await classifyAttachment(page, none, TODAY)).toEqual({ kind: "other", rotation: 0, quality: 0.3 });
  });

  it("takes a page with a picture for another paper, and one with a fold and a shadow from its edge for blank", async () => {
    const nobody = fakeEngines({ texts: [] });
    const none: AttachmentEngines = { ...nobody, detector: { findLines: async () => [] } };
    const picture = emptyPage(100, 255);
    fillMm(picture, [60, 50, 60, 40], 0);
    for (let y = 50; y < 90; y += 4) fillMm(picture, [64, y, 40, 2], 255);
    expect(await classifyAttachment(picture, none, TODAY)).toMatchObject({ kind: "other", quality: 0.3 });
    const folded = emptyPage(100, 255);
    fillMm(folded, [130, 0, 80, 120], 0);
    for (let x = 20; x < 190; x += 1) fillMm(folded, [x, 200 + x / 4, 1.5, 1.5], 0);
    expect(await classifyAttachment(folded, none, TODAY)).toMatchObject({ kind: "blank" });
  });

  it("takes a page with a lone word for another paper, and one with a speck that reads as a letter or two for blank", async () => {
    expect(await classify({ texts: ["SPECIMEN"] })).toMatchObject({ kind: "other" });
    expect(await classify({ texts: ["I1"] })).toMatchObject({ kind: "blank" });
  });

  it.each([
    ["its last line", ["BUS VAHV", "VIRTANEN<<AMINA<<<<<<<<<<<<<<<"], "permit"],
    ["its first line", ["JATKUVA", "IRFINXA12345676010166<942V<<<<"], "permit"],
    ["a passport's first line that is cut off", ["PASSPORT", "P<FINVIRTANEN<<AMINA<<<<<<<<"], "passport"],
    ["no more than a row of dots", ["Allekirjoitus", ".............................."], "other"],
  ] as const)("tells a card's back by one line of its zone: %s", async (_title, texts, kind) => {
    const reading = await classify({ texts });
    expect(reading).toMatchObject(kind === "permit" ? { kind, sides: ["back"] } : { kind });
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

const NEVER_ASKED: AttachmentEngines = {
  detector: { findLines: () => Promise.reject(new Error("asked")) },
  reader: { readLine: () => Promise.reject(new Error("asked")) },
};

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
