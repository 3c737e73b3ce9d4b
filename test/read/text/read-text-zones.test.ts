import { describe, expect, it } from "vitest";
import type { Zone } from "../../../src/model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../../src/model/page.ts";
import type { InkPage } from "../../../src/read/ink/ink-page.ts";
import type { RecognisedLine, TextEngines, TextProfile, TextRecogniser } from "../../../src/read/text/ports.ts";
import { readTextZones, type TextContext } from "../../../src/read/text/read-text-zones.ts";

const CONTEXT: TextContext = { formLanguage: null, environment: "test", sessions: [], senderUnits: [] };

const zone = (field: string, y: number): Zone => ({
  field,
  kind: "text",
  pageNumber: 1,
  rect: { x: 20, y, width: 60, height: 6 },
  multiline: false,
});

interface Page {
  /** Zones (by y) that hold a word of dark letters. */
  readonly writtenAt?: readonly number[];
  /** Zones (by y) whose letters are paler than the others', with their darkness. */
  readonly paleAt?: { readonly y: number; readonly darkness: number };
  readonly darkness?: number;
  readonly drifted?: boolean;
  readonly localQuality?: number;
  readonly letters?: number;
  readonly language?: string;
}

/** A page whose zones are white or hold a row of letters. */
function inkPage(
  zones: readonly Zone[],
  {
    writtenAt = [],
    paleAt = { y: -1, darkness: 0 },
    darkness = 255,
    drifted = false,
    localQuality = 1,
    letters = 6,
    language = "fi",
  }: Page = {},
): InkPage {
  const zoneImage = (rect: RectMm, _margin: number, dpi = 200): GreyRaster => {
    const widthPx = Math.round((rect.width * dpi) / 25.4);
    const heightPx = Math.round((rect.height * dpi) / 25.4);
    const data = new Uint8Array(widthPx * heightPx).fill(255);
    const isHere = (y: number): boolean => y > rect.y && y < rect.y + rect.height;
    const ink = isHere(paleAt.y) ? paleAt.darkness : darkness;
    const written = [...writtenAt, paleAt.y].some(isHere) ? letters : 0;
    for (let letter = 0; letter < written; letter++) {
      for (let y = 20; y < 42; y++) data.fill(255 - ink, y * widthPx + 20 + letter * 18, y * widthPx + 32 + letter * 18);
    }
    return { widthPx, heightPx, dpi, data };
  };
  const page = {
    layout: { zones, language },
    pageNumber: 1,
    sourceDpi: 200,
    drift: { drifted, isOtherVersion: drifted, displacedShare: 0 },
    localQuality: () => localQuality,
  };
  return { page, zoneImage } as unknown as InkPage;
}

/** An engine that says one thing about every line and counts what it was given. */
class FakeRecogniser implements TextRecogniser {
  readonly seen: { readonly count: number; readonly profile: TextProfile }[] = [];
  private readonly answer: (profile: TextProfile) => RecognisedLine;

  constructor(answer: (profile: TextProfile) => RecognisedLine) {
    this.answer = answer;
  }

  recognise(lines: readonly GreyRaster[], profile: TextProfile): Promise<readonly RecognisedLine[]> {
    this.seen.push({ count: lines.length, profile });
    return Promise.resolve(lines.map(() => this.answer(profile)));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const saying = (text: string, confidence = 0.97): FakeRecogniser => new FakeRecogniser(() => ({ text, confidence }));
const engines = (words: TextRecogniser, shapes: TextRecogniser): TextEngines => ({ words, shapes });

describe("readTextZones", () => {
  it("asserts a blank zone to be empty without asking an engine", async () => {
    const words = saying("ghost");
    const zones = [zone("surname", 20), zone("phone", 40)];
    const readings = await readTextZones(inkPage(zones), engines(words, saying("ghost")), CONTEXT);
    expect(readings).toMatchObject([
      { field: "surname", value: null, status: "empty", evidence: ["blankInk"] },
      { field: "phone", value: null, status: "empty", evidence: ["blankInk"] },
    ]);
    expect(words.seen.every(({ count }) => count === 0)).toBe(true);
  });

  it("accepts what both engines see, in the order of the zones", async () => {
    const zones = [zone("municipality", 20), zone("surname", 40), zone("municipality", 60)];
    const page = inkPage(zones, { writtenAt: [22, 62] });
    const readings = await readTextZones(page, engines(saying("Espoo"), saying("Espoo")), CONTEXT);
    expect(readings.map(({ status, value }) => [status, value])).toEqual([
      ["accepted", "Espoo"],
      ["empty", null],
      ["accepted", "Espoo"],
    ]);
  });

  it("gives an unsettled date a third look with digits only", async () => {
    const words = new FakeRecogniser(({ whitelist }) => ({ text: whitelist === undefined ? "21.A.2026" : "21.4.2026", confidence: 0.9 }));
    const [reading] = await readTextZones(
      inkPage([zone("startFrom", 20)], { writtenAt: [22] }),
      engines(words, saying("21.4.2026")),
      CONTEXT,
    );
    expect(words.seen.map(({ profile }) => profile.whitelist)).toEqual([undefined, "0123456789.-/+ "]);
    expect(reading).toMatchObject({ value: "21.4.2026", status: "accepted" });
  });

  it("asks for no third look when both engines are sure", async () => {
    const words = saying("21.4.2026");
    await readTextZones(inkPage([zone("startFrom", 20)], { writtenAt: [22] }), engines(words, saying("21.4.2026")), CONTEXT);
    expect(words.seen).toHaveLength(1);
  });

  it("accepts nothing and asserts nothing on a drifted page or a badly fitting place", async () => {
    const zones = [zone("municipality", 20), zone("surname", 40)];
    for (const bad of [{ drifted: true }, { localQuality: 0.2 }]) {
      const page = inkPage(zones, { writtenAt: [22], ...bad });
      const readings = await readTextZones(page, engines(saying("Espoo"), saying("Espoo")), CONTEXT);
      expect(readings).toMatchObject([
        { status: "review", evidence: [], isUnreliable: true },
        { status: "review", evidence: [], isUnreliable: true },
      ]);
    }
  });

  it("leaves text that runs over its box to a person, unless a list knows it", async () => {
    const long = { writtenAt: [22], letters: 27 };
    const [name] = await readTextZones(inkPage([zone("surname", 20)], long), engines(saying("Karim"), saying("Karim")), CONTEXT);
    const [town] = await readTextZones(inkPage([zone("municipality", 20)], long), engines(saying("Espoo"), saying("Espoo")), CONTEXT);
    expect(name?.status).toBe("review");
    expect(town?.status).toBe("accepted");
  });

  it("takes faint ink for the back side shining through", async () => {
    const zones = [zone("surname", 20), zone("givenNames", 40), zone("streetAddress", 60), zone("occupation", 80)];
    const page = inkPage(zones, { writtenAt: [42, 62, 82], paleAt: { y: 22, darkness: 40 } });
    const [reading] = await readTextZones(page, engines(saying("mirror"), saying("mirror")), CONTEXT);
    expect(reading).toMatchObject({ value: null, status: "empty" });
  });

  it("guesses pale ink on which the readers differ to be nothing, and asks a person", async () => {
    const zones = [zone("surname", 20), zone("givenNames", 40), zone("streetAddress", 60), zone("occupation", 80)];
    const page = inkPage(zones, { writtenAt: [42, 62, 82], paleAt: { y: 22, darkness: 60 } });
    const [reading] = await readTextZones(page, engines(saying("mirror", 0.3), saying("ioniM", 0.4)), CONTEXT);
    expect(reading).toMatchObject({ value: null, status: "review" });
  });

  it("leaves ink between that of the back side and that of the page's pen to a person", async () => {
    const zones = [zone("surname", 20), zone("givenNames", 40), zone("streetAddress", 60), zone("occupation", 80)];
    const page = inkPage(zones, { writtenAt: [42, 62, 82], paleAt: { y: 22, darkness: 60 } });
    const [reading] = await readTextZones(page, engines(saying("Virtanen"), saying("Virtanen")), CONTEXT);
    expect(reading).toMatchObject({ value: "Virtanen", status: "review" });
  });

  it.each([
    { what: "little else is written", writtenAt: [] },
    { what: "everything else is as faint", writtenAt: [42, 62, 82] },
  ])("never asserts faint ink to be nothing where $what", async ({ writtenAt }) => {
    const zones = [zone("surname", 20), zone("givenNames", 40), zone("streetAddress", 60), zone("occupation", 80)];
    const page = inkPage(zones, { writtenAt, darkness: 90, paleAt: { y: 22, darkness: 50 } });
    const [reading] = await readTextZones(page, engines(saying("Virtanen"), saying("Virtanen")), CONTEXT);
    expect(reading?.status).not.toBe("empty");
  });

  it.each([
    ["answer too few lines", new FakeRecogniser(() => ({ text: "", confidence: 0 }))],
    ["lie differently", saying("Kuopio")],
  ])("accepts nothing when engines %s", async (_what, words) => {
    const [reading] = await readTextZones(inkPage([zone("surname", 20)], { writtenAt: [22] }), engines(words, saying("Espoo")), CONTEXT);
    expect(reading?.status).toBe("review");
  });

  it("survives an engine that returns nothing", async () => {
    const mute: TextRecogniser = { recognise: () => Promise.resolve([]), close: () => Promise.resolve() };
    const [reading] = await readTextZones(inkPage([zone("surname", 20)], { writtenAt: [22] }), engines(mute, mute), CONTEXT);
    expect(reading).toMatchObject({ value: null, status: "review" });
  });

  it("passes an engine's fault on", async () => {
    const broken: TextRecogniser = { recognise: () => Promise.reject(new Error("engine down")), close: () => Promise.resolve() };
    const page = inkPage([zone("surname", 20)], { writtenAt: [22] });
    await expect(readTextZones(page, engines(broken, saying("x")), CONTEXT)).rejects.toThrow("engine down");
  });

  it("takes the form's language from its layout: Cyrillic that looks Latin is not accepted", async () => {
    const russian = inkPage([zone("surname", 20)], { writtenAt: [22], language: "ru" });
    const [reading] = await readTextZones(russian, engines(saying("COBA"), saying("COBA")), CONTEXT);
    expect(reading).toMatchObject({ status: "review", doubts: ["foreignScript"] });
  });

  describe("with a reader of Cyrillic letters", () => {
    const cyrillicSaying = (text: string): FakeRecogniser =>
      new FakeRecogniser(() => ({ text, confidence: 0.96, words: [{ text, confidence: 0.96 }] }));
    const russianPage = (field: string, language = "ru") => inkPage([zone(field, 20)], { writtenAt: [22], language });
    const threeEngines = (latin: string, cyrillic: FakeRecogniser): TextEngines => ({
      ...engines(saying(latin, 0.5), saying(latin, 0.5)),
      cyrillic,
    });

    it("accepts on a Russian form what it reads and the others bear out", async () => {
      const cyrillic = cyrillicSaying("Россия");
      const [reading] = await readTextZones(russianPage("citizenship"), threeEngines("Poccua", cyrillic), CONTEXT);
      expect(reading).toMatchObject({ value: "Россия", status: "accepted" });
      expect(cyrillic.seen).toMatchObject([{ count: 1, profile: { letters: "cyrillic" } }]);
    });

    it("leaves such a field to a person, with the list's guess, when there is none", async () => {
      const [reading] = await readTextZones(russianPage("citizenship"), engines(saying("Poccua", 0.5), saying("Poccua", 0.5)), CONTEXT);
      expect(reading).toMatchObject({ value: "Россия", status: "review", doubts: ["foreignScript"] });
    });

    it.each([
      ["a form in another language", "citizenship", "fi", "Poccua"],
      ["a name", "surname", "ru", "Poccua"],
      ["an address", "streetAddress", "ru", "Poccua 3"],
      ["what Latin letters prove", "citizenship", "ru", "Somalia"],
    ])("does not ask it about %s", async (_, field, language, latin) => {
      const cyrillic = cyrillicSaying("Россия");
      await readTextZones(russianPage(field, language), { ...engines(saying(latin), saying(latin)), cyrillic }, CONTEXT);
      expect(cyrillic.seen).toEqual([]);
    });
  });

  it("knows the places of sessions as sending units", async () => {
    const place = "Esimerkin vastaanottokeskus";
    const session = {
      id: "A",
      code: "A",
      language: "ar",
      date: "2026-10-07",
      time: "9.00",
      place,
      address: "",
      capacity: 35,
      kind: "groupInfo",
      state: "open" as const,
    };
    const unsure = engines(saying(place, 0.72), saying(place, 0.4));
    const page = inkPage([zone("senderUnit", 20)], { writtenAt: [22] });
    const [reading] = await readTextZones(page, unsure, { ...CONTEXT, sessions: [session] });
    expect(reading).toMatchObject({ value: place, status: "accepted", evidence: ["codeList", "twoReaders"] });
  });

  it("reads a field of a foreign form as free text", async () => {
    const [reading] = await readTextZones(
      inkPage([zone("hobby", 20)], { writtenAt: [22] }),
      engines(saying("chess club"), saying("chess club")),
      CONTEXT,
    );
    expect(reading).toMatchObject({ field: "hobby", value: "chess club" });
  });
});
