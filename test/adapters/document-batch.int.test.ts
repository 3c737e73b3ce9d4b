import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPdfFacts } from "../../src/adapters/document-gate.ts";
import { type BatchItem, createDocumentPrinter, type DocumentPrinter } from "../../src/adapters/document-printer.ts";
import { PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";
import { invitationInput, OFFICE, participant, rosterInput, SESSION } from "../documents/paper-inputs.ts";
import { createHome, removeHome } from "./test-home.ts";

let home: string;
let printer: DocumentPrinter;

beforeAll(() => {
  home = createHome();
  printer = createDocumentPrinter({ home, office: { ...OFFICE, senderId: "UUSIMAA" } });
});

afterAll(async () => {
  await printer.close();
  removeHome(home);
});

const invitation = (index: number, change: Parameters<typeof invitationInput>[0] = {}): BatchItem => ({
  kind: "invitation",
  data: invitationInput({ reference: `K${index}M3-92`, ...change }),
});

describe("createDocumentPrinter, batch", () => {
  it("prints a roster and an invitation in every language as one document, each on its own sheets", async () => {
    const people = Array.from({ length: 35 }, (_, index) => participant({ reference: `P${index}M3-92`, name: "Matti Meikäläinen" }));
    const letters = PAPER_LANGUAGES.map((language, index) => invitation(index, { language, session: { ...SESSION, language } }));
    const { paper, failures } = await printer.batch([{ kind: "roster", data: rosterInput({ participants: people }) }, ...letters]);
    expect(failures).toEqual([]);
    const facts = await readPdfFacts(paper?.bytes ?? new Uint8Array());
    const references = PAPER_LANGUAGES.map((_, index) => [`K${index}M3-92`]);
    expect(facts.pages.map(({ codes }) => codes)).toEqual([["ILMO-R1 AR-2708 1 1/2"], ["ILMO-R1 AR-2708 1 2/2"], ...references]);
    expect(paper?.pages).toBe(12);
    expect(facts.isTagged).toBe(true);
  });

  it("prints an invitation word for word as it prints it alone", async () => {
    const language = "ckb";
    const item = invitation(1, { language, session: { ...SESSION, language } });
    if (item.kind !== "invitation") throw new Error("expected an invitation");
    const alone = await readPdfFacts((await printer.invitation(item.data)).bytes);
    const { paper } = await printer.batch([invitation(0), item]);
    const together = await readPdfFacts(paper?.bytes ?? new Uint8Array());
    expect(together.pages[1]?.text).toBe(alone.pages[0]?.text);
  });

  it("leaves out the papers that fail and tells which, and prints the rest", async () => {
    const { paper, failures } = await printer.batch([
      invitation(0),
      invitation(1, { personName: "ሰላም አበበ" }),
      invitation(2),
      invitation(3, { office: { ...OFFICE, name: "Pitkänimi ".repeat(20), email: `${"x".repeat(150)}@y.example` } }),
      invitation(4),
    ]);
    expect(failures).toMatchObject([
      { index: 1, gates: expect.arrayContaining(["missingGlyph"]) as unknown },
      { index: 3, gates: ["overflow"] },
    ]);
    const facts = await readPdfFacts(paper?.bytes ?? new Uint8Array());
    expect(facts.pages.map(({ codes }) => codes)).toEqual([["K0M3-92"], ["K2M3-92"], ["K4M3-92"]]);
    expect(paper?.pages).toBe(3);
  });

  it("refuses more papers than one document takes, before it prints any", async () => {
    const items = Array.from({ length: 101 }, (_, index) => invitation(index));
    await expect(printer.batch(items)).rejects.toMatchObject({ code: "usage" });
  });

  it("prints nothing when every paper fails", async () => {
    const { paper, failures } = await printer.batch([invitation(0, { personName: "ሰላም" })]);
    expect(paper).toBeNull();
    expect(failures.map(({ index }) => index)).toEqual([0]);
  });
});
