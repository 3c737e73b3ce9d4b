import { beforeAll, describe, expect, it } from "vitest";
import { openLineReader } from "../../../src/adapters/line-reader.ts";
import { openTextDetector } from "../../../src/adapters/text-detector.ts";
import type { GreyRaster, Rotation } from "../../../src/model/page.ts";
import type { IsoDate } from "../../../src/model/time.ts";
import { type AttachmentReading, classifyAttachment } from "../../../src/read/attachment/classify-attachment.ts";
import type { AttachmentEngines } from "../../../src/read/attachment/ports.ts";
import { turnUpright } from "../../../src/read/attachment/turn-raster.ts";
import { passportLines, permitLines } from "../mrz/specimen.ts";
import { type PrintedText, printPage } from "./print-page.ts";

const TODAY = "2026-11-24" as IsoDate;
let engines: AttachmentEngines;

beforeAll(async () => {
  engines = { detector: await openTextDetector(), reader: await openLineReader() };
});

const classify = async (raster: GreyRaster): Promise<AttachmentReading> => classifyAttachment(raster, engines, TODAY);

const column = (texts: readonly string[], { x = 25, y = 30, size = 11, step = 8 } = {}): PrintedText[] =>
  texts.map((text, index) => ({ text, x, y: y + step * index, size }));

/** Lines of a zone as printed: 10 letters to the inch, 4.2 mm apart. */
const zone = (texts: readonly string[], y: number): PrintedText[] =>
  texts.map((text, index) => ({ text, x: 40, y: y + 4.6 * index, size: 12, isMonospaced: true }));

const FRONT = column(["OLESKELULUPA UPPEHÅLLSTILLSTÅND RESIDENCE PERMIT", "VIRTANEN ABDI", "AMINA HODAN", "A JATKUVA", "XA1234567"], {
  x: 40,
  y: 30,
  size: 7,
  step: 7,
});
const CARD = permitLines({});

describe("classifyAttachment on printed pages", () => {
  it.each([0, 90, 180, 270] as const)("reads a card's sides, zone and rotation on a page turned by %i degrees", async (rotation) => {
    const upright = await printPage([...FRONT, ...zone(CARD, 110)]);
    const back: Readonly<Record<Rotation, Rotation>> = { 0: 0, 90: 270, 180: 180, 270: 90 };
    const reading = await classify(turnUpright(upright, back[rotation]));
    expect(reading).toMatchObject({ kind: "permit", sides: ["front", "back"], rotation });
    expect(reading.mrz).toMatchObject({ checksHold: true, lines: CARD });
    expect(reading.mrz?.confidence).toBeGreaterThan(0.6);
  });

  it("reads a passport's zone from a black-and-white copy", async () => {
    const grey = await printPage([...column(["PASSPORT / PASSEPORT", "NUR", "HASSAN ALI"]), ...zone(passportLines(), 100)]);
    const bilevel = { ...grey, data: grey.data.map((value) => (value < 128 ? 0 : 255)) };
    const reading = await classify(bilevel);
    expect(reading).toMatchObject({ kind: "passport", rotation: 0 });
    expect(reading.mrz?.lines).toEqual(passportLines());
  });

  it("reads a zone on a dark copy of little contrast", async () => {
    const page = await printPage(zone(CARD, 100));
    const reading = await classify({ ...page, data: page.data.map((value) => 60 + Math.round(value * 0.2)) });
    expect(reading.kind).toBe("permit");
    expect(reading.mrz?.lines).toEqual(CARD);
  });

  it.each([
    ["skills", ["KOMPETENSKARTLÄGGNING", "Namn: Amina Virtanen", "Arbetserfarenhet: kock", "Styrkor: noggrann"]],
    ["extract", ["VÄESTÖREKISTERIOTE", "Sukunimi Virtanen", "Siviilisääty naimaton", "Kotikunta Espoo"]],
    ["cover", ["SAATE", "Ohessa asiakkaan ilmoittautumislomake liitteineen.", "Ystävällisin terveisin"]],
    ["other", ["PÄÄTÖS", "Oleskelulupa", "Hakija: Amina Virtanen", "Perustelut", "Muutoksenhakuohje on liitteenä."]],
    ["other", ["Vuokrasopimus", "Vuokralainen sitoutuu noudattamaan sääntöjä.", "Irtisanomisaika on kuukausi."]],
  ] as const)("tells a page of kind %s by its words", async (kind, texts) => {
    expect(await classify(await printPage(column(texts)))).toMatchObject({ kind, rotation: 0 });
  });

  it("reads the titles of a small card on a sheet that is photographed on a dark table", async () => {
    const titles = column(["OLESKELULUPA UPPEHÅLLSTILLSTÅND RESIDENCE PERMIT"], { x: 90, y: 100, size: 5 });
    const values = column(["VIRTANEN", "AMINA HODAN", "A JATKUVA", "XA1234567"], { x: 110, y: 107, size: 5, step: 6 });
    const reading = await classify(onTable(await printPage([...titles, ...values])));
    expect(reading).toMatchObject({ kind: "permit", sides: ["front"], rotation: 0 });
    expect(reading.text).toContain("RESIDENCE");
  });

  it("takes the other side's ink for a blank page", async () => {
    const print = await printPage([...FRONT, ...zone(CARD, 110)]);
    const data = new Uint8Array(print.data.length);
    for (let y = 0; y < print.heightPx; y++) {
      const row = print.data.subarray(y * print.widthPx, (y + 1) * print.widthPx);
      data.set(
        row.toReversed().map((value) => 255 - Math.round((255 - value) * 0.2)),
        y * print.widthPx,
      );
    }
    expect(await classify({ ...print, data })).toMatchObject({ kind: "blank", rotation: 0 });
  });
});

/** Lays a page on a dark table that is larger by a fifth all around. */
function onTable({ widthPx, heightPx, dpi, data }: GreyRaster): GreyRaster {
  const [marginX, marginY] = [Math.round(widthPx / 5), Math.round(heightPx / 5)];
  const wide = widthPx + 2 * marginX;
  const table = new Uint8Array(wide * (heightPx + 2 * marginY)).fill(40);
  for (let y = 0; y < heightPx; y++) table.set(data.subarray(y * widthPx, (y + 1) * widthPx), (y + marginY) * wide + marginX);
  return { widthPx: wide, heightPx: heightPx + 2 * marginY, dpi, data: table };
}
