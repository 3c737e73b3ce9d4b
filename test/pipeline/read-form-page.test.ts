import { describe, expect, it } from "vitest";
import type { Zone } from "../../src/model/form-layout.ts";
import type { Session } from "../../src/model/session.ts";
import { readFormPage } from "../../src/pipeline/read-form-page.ts";
import type { RecognisedLine, TextRecogniser } from "../../src/read/text/ports.ts";
import { alignedPageOf, type Sheet, sheetOf } from "../read/ink/draw-page.ts";

const PAGE_MM = { width: 120, height: 150 };

const ZONES: Zone[] = ["sessionRef", "surname"].map((field, row) => ({
  field,
  kind: "text",
  pageNumber: 1,
  rect: { x: 15, y: 60 + row * 20, width: 90, height: 6 },
  multiline: false,
}));

const SESSION: Session = {
  id: "SO-0810-900",
  code: "SO-0810",
  language: "so",
  date: "2026-10-08",
  time: "9.00",
  place: "TE-toimisto, Pasila",
  address: "Esimerkkikatu 1",
  capacity: 35,
  kind: "groupInfo",
  state: "open",
};

/** Frames around the fields, a heading and a footer. */
function printed(): Sheet {
  const sheet = sheetOf(PAGE_MM.width, PAGE_MM.height);
  for (const { rect } of ZONES) sheet.frame({ x: 12, y: rect.y - 4, width: 96, height: 14 }, 0.4, 0);
  writeRow(sheet, { x: 15, y: 20 }, 12);
  writeRow(sheet, { x: 15, y: 140 }, 8);
  return sheet;
}

/** A row of letters as high as handwriting. */
function writeRow(sheet: Sheet, at: { readonly x: number; readonly y: number }, letters: number): void {
  for (let letter = 0; letter < letters; letter++) sheet.frame({ x: at.x + letter * 3, y: at.y, width: 1.8, height: 2.8 }, 0.4, 0);
}

const reader = (answer: string): TextRecogniser & { readonly lineCount: () => number } => {
  let count = 0;
  return {
    recognise: (lines): Promise<readonly RecognisedLine[]> => {
      count += lines.length;
      return Promise.resolve(lines.map(() => ({ text: answer, confidence: 0.95 })));
    },
    close: () => Promise.resolve(),
    lineCount: () => count,
  };
};

async function readWith(write: (sheet: Sheet) => void, words: string, shapes = words) {
  const sheet = printed();
  write(sheet);
  const page = alignedPageOf(sheet.raster, printed().raster, ZONES);
  const engines = { words: reader(words), shapes: reader(shapes) };
  const decoded = { source: { fileIndex: 0, pageIndex: 0 }, raster: sheet.raster };
  const context = { formLanguage: "fi", environment: "test" as const, sessions: [SESSION], senderUnits: [] };
  const form = await readFormPage(decoded, page, { engines, context });
  const session = form.readings.find(({ field }) => field === "sessionRef");
  return { note: form.marginNote, session, lineCount: engines.words.lineCount() };
}

const atHead = (sheet: Sheet): void => writeRow(sheet, { x: 40, y: 8 }, 10);
const atFoot = (sheet: Sheet): void => writeRow(sheet, { x: 40, y: 120 }, 10);

describe("readFormPage and a note in the margin", () => {
  it.each([
    ["head", atHead],
    ["foot", atFoot],
  ])("takes the session's mark at the page's %s when its field is empty", async (_place, write) => {
    const { note, session } = await readWith(write, "SO-0810 / 8.10.2026 9.00");
    expect(note).toBe("SO-0810 / 8.10.2026 9.00");
    expect(session).toMatchObject({ value: null, status: "empty" });
  });

  it("leaves the empty field to a person when the note may be misread", async () => {
    const unsure = await readWith(atHead, "somali 8.10.2026", "somaii 8.1O.2O2b");
    expect(unsure.note).toBeUndefined();
    expect(unsure.session).toMatchObject({ value: null, status: "review" });
  });

  it("takes no other writing in the margin for one", async () => {
    const { note, session } = await readWith(atHead, "SAAPUNUT 8.10.2026");
    expect(note).toBeUndefined();
    expect(session).toMatchObject({ value: null, status: "empty" });
  });

  it("reads nothing in the margin of a page whose field is filled, nor the form's own print", async () => {
    const filled = await readWith((sheet) => {
      writeRow(sheet, { x: 17, y: 62 }, 10);
      atHead(sheet);
    }, "SO-0810 / 8.10.2026 9.00");
    expect(filled.note).toBeUndefined();
    expect(filled.session).toMatchObject({ value: "SO-0810 / 8.10.2026 9.00", status: "accepted" });
    expect(filled.lineCount).toBe(1);
    expect((await readWith(() => {}, "SO-0810 / 8.10.2026 9.00")).lineCount).toBe(0);
  });
});

describe("readFormPage and a form filled on a computer", () => {
  async function readLive(value: string, write: (sheet: Sheet) => void): Promise<string | undefined> {
    const sheet = printed();
    write(sheet);
    const page = alignedPageOf(sheet.raster, printed().raster, ZONES);
    const formValues = new Map([
      ["sessionRef", ""],
      ["surname", value],
    ]);
    const decoded = { source: { fileIndex: 0, pageIndex: 0 }, raster: sheet.raster, formValues };
    const context = { formLanguage: "fi", environment: "test" as const, sessions: [], senderUnits: [] };
    const { readings } = await readFormPage(decoded, page, { engines: { words: reader("Virtanen"), shapes: reader("Virtanen") }, context });
    return readings.find(({ field }) => field === "surname")?.status;
  }
  const onSurname = (sheet: Sheet): void => writeRow(sheet, { x: 17, y: 82 }, 8);

  it("uses a stored value that the page shows, and leaves one that it does not show to a person", async () => {
    expect(await readLive("Virtanen", onSurname)).toBe("accepted");
    expect(await readLive("Korhonen", onSurname)).toBe("review");
    expect(await readLive("Virtanen", () => {})).toBe("review");
    expect(await readLive("", onSurname)).toBe("review");
    expect(await readLive("", () => {})).toBe("empty");
  });
});
