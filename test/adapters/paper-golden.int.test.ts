import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countDifferentSquares, GOLDEN_FOLDER, loadPicture, pictureFile, renderPictures } from "../../fixtures/golden-pictures.ts";
import { SAMPLE_OFFICE, SAMPLE_PAPERS, sampleInvitation } from "../../fixtures/paper-samples.ts";
import { readInOrder } from "../../fixtures/reading-order.ts";
import { createDocumentPrinter, type DocumentPrinter, type PrintedPaper } from "../../src/adapters/document-printer.ts";
import { OFFICE_LANGUAGES, PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";
import { MAX_REQUESTS_PER_UNIT_LETTER } from "../../src/documents/render-completion-request.ts";
import { textsOf } from "../../src/documents/texts.ts";
import { completionInput } from "../documents/paper-inputs.ts";
import { createHome, removeHome } from "./test-home.ts";

/**
 * Squares that another processor's rounding may change; a changed minute changes more (see below).
 * `scripts/paper-pictures.ts` makes the pictures and texts again.
 */
const MAX_DIFFERENT_SQUARES = 4;

/** Words in Arabic script that a reader of the PDF finds whole. Measured: 78-99 %; ligatures and joiners take the rest. */
const MIN_WORDS_FOUND = 0.7;

let home: string;
let printer: DocumentPrinter;

beforeAll(() => {
  home = createHome();
  printer = createDocumentPrinter({ home, office: SAMPLE_OFFICE }, { isBundled: true });
});

afterAll(async () => {
  await printer.close();
  removeHome(home);
});

async function mostDifferentSquares(name: string, { bytes }: PrintedPaper): Promise<number> {
  const pictures = await renderPictures(bytes);
  const counts: number[] = [];
  for (const [index, picture] of pictures.entries()) {
    const golden = await loadPicture(pictureFile(name, index, pictures.length));
    counts.push(golden === null ? Number.POSITIVE_INFINITY : countDifferentSquares(golden, picture));
  }
  return Math.max(...counts);
}

const goldenText = (name: string) => readFileSync(new URL(`${name}.txt`, GOLDEN_FOLDER), "utf8");

describe("golden papers", () => {
  it.each(SAMPLE_PAPERS)("$name looks and reads as it did when it was looked at", async ({ name, print }) => {
    const paper = await print(printer);
    expect(await readInOrder(paper.bytes)).toBe(goldenText(name));
    expect(await mostDifferentSquares(name, paper)).toBeLessThanOrEqual(MAX_DIFFERENT_SQUARES);
  });

  it("are all pictures and texts of the folder", () => {
    const stems = readdirSync(GOLDEN_FOLDER).map((file) => file.replace(/(?:-\d)?\.(?:png|txt)$/u, ""));
    expect([...new Set(stems)].toSorted()).toEqual(SAMPLE_PAPERS.map(({ name }) => name).toSorted());
  });

  it("notice a session half an hour later", async () => {
    const { session } = sampleInvitation("ar");
    const later = await printer.invitation(sampleInvitation("ar", { session: { ...session, time: "9.30" } }));
    expect(await readInOrder(later.bytes)).not.toBe(goldenText("invitation-ar"));
    expect(await mostDifferentSquares("invitation-ar", later)).toBeGreaterThan(MAX_DIFFERENT_SQUARES);
  });
});

describe("invitations and letters with the longest texts", () => {
  const place = {
    place: "Kaupunkikeskuksen monitoimitalo Tikkurilan kirjaston yläkerta",
    room: "Kokoushuone Väinämöinen 3. krs",
    address: "Kauppakeskuksen itäinen sisäänkäynti, Asematie 12 B 45, 01300 Vantaa",
  };
  const personName = "Abdirahman-Mohammad Abdulrahman Al-Rashidi-Hassanzadeh bin Mohammad Al-Baghdadi";

  it.each(PAPER_LANGUAGES)("fit their page in %s, in pictures and as a letter", async (language) => {
    const usual = sampleInvitation(language);
    const session = { ...usual.session, ...place, kind: "serviceInfo" };
    const inPictures = await printer.invitation({ ...usual, session, personName, variant: "pictograms" });
    const letter = await printer.referral({
      route: "municipality",
      language,
      reference: "K7M3-92",
      receivedOn: "2026-08-05",
      issuedOn: "2026-08-10",
      personName,
      confirmedBy: "Maija Esimerkki",
    });
    expect([inPictures.pages, letter.pages]).toEqual([1, 1]);
  });
});

describe("completion requests of one unit", () => {
  const EVERYTHING = [
    "formVersionUnknown",
    "formPageMissing",
    "sessionUnknown",
    "personalIdentityCodeInvalid",
    "birthDateMismatch",
    "permitExpired",
    "fullTimeMissing",
    "permitCopyIncomplete",
    "signatureMissing",
  ] as const;

  it.each(OFFICE_LANGUAGES)("fit their cover sheet in %s when everybody lacks everything", async (language) => {
    const requests = Array.from({ length: MAX_REQUESTS_PER_UNIT_LETTER }, (_, index) =>
      completionInput({ language, reference: `K${index + 10}M-92`, findings: [...EVERYTHING] }),
    );
    const senderUnit = "Koivurannan vastaanottokeskus";
    const { pages } = await printer.unitRequests({ language, issuedOn: "2026-08-10", senderUnit, requests });
    expect(pages).toBe(MAX_REQUESTS_PER_UNIT_LETTER + 1);
  });
});

const wordsOf = (text: string) => text.normalize("NFKC").match(/[\p{L}\p{M}]+/gu) ?? [];

describe("readInOrder", () => {
  const RIGHT_TO_LEFT = PAPER_LANGUAGES.filter((language) => textsOf(language).meta.dir === "rtl");

  it.each(RIGHT_TO_LEFT)("finds most words in Arabic script of the invitation in %s", async (language) => {
    const { bytes } = await printer.invitation(sampleInvitation(language));
    const found = new Set(wordsOf(await readInOrder(bytes)));
    const texts = textsOf(language);
    const keys = ["title", "must", "absenceRepeated", "bring", "permit", "ifPossible", "passport", "onlyInvitation"];
    const words = wordsOf(keys.map((key) => texts.plain(`invitation.${key}`)).join(" "));
    expect(words.length).toBeGreaterThan(25);
    expect(words.filter((word) => found.has(word)).length / words.length).toBeGreaterThanOrEqual(MIN_WORDS_FOUND);
  });

  it.each([
    ["ar", "الخميس 27 أغسطس 2026"],
    ["fa", "پنجشنبه 27 اوت 2026"],
    ["prs", "پنجشنبه 27 اگست 2026"],
    ["ckb", "پێنجشەممە، 27 ئاب 2026"],
  ] as const)("reads the weekday, then the day, the month, the year in %s", async (language, date) => {
    const { bytes } = await printer.invitation(sampleInvitation(language));
    expect((await readInOrder(bytes)).split("\n")).toContain(date);
  });
});
