import { PDFDict, PDFDocument, PDFName, StandardFonts } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrintBrowser } from "../../src/adapters/chromium.ts";
import { checkPdf } from "../../src/adapters/document-gate.ts";
import { openPaperBrowser } from "../../src/adapters/document-printer.ts";
import { writeQr } from "../../src/adapters/document-qr.ts";
import type { Paper } from "../../src/documents/paper.ts";
import { renderInvitation } from "../../src/documents/render-invitation.ts";
import { invitationInput, TEMPLATES } from "../documents/paper-inputs.ts";
import { createHome, removeHome } from "./test-home.ts";

let home: string;
let browser: PrintBrowser;
let paper: Paper;
let whole: Uint8Array;

beforeAll(async () => {
  home = createHome();
  browser = openPaperBrowser(home);
  paper = renderInvitation(invitationInput(), await writeQr("K7M3-92"), TEMPLATES);
  whole = await browser.print(paper);
});

afterAll(async () => {
  await browser.close();
  removeHome(home);
});

/** The gates that a PDF fails, measured against the whole invitation. */
async function failedGates(bytes: Uint8Array): Promise<string> {
  try {
    await checkPdf(bytes, paper.expectation);
    return "";
  } catch (error) {
    const { context } = error as { context: { gates: string } };
    return context.gates;
  }
}

/** The invitation's PDF with something done to it by another program. */
async function altered(change: (document: PDFDocument) => void | Promise<void>): Promise<Uint8Array> {
  const document = await PDFDocument.load(whole, { updateMetadata: false });
  await change(document);
  return document.save();
}

/** The invitation printed from other HTML. */
const printed = (body: string, deviation: Partial<Paper> = {}) => browser.print({ ...paper, ...deviation, body });

const withStyle = (css: string) => printed(`<style>${css}</style>${paper.body}`);

describe("checkPdf on a finished invitation", () => {
  it("lets the whole invitation pass, also when it was only saved again", async () => {
    expect(await checkPdf(whole, paper.expectation)).toBe(1);
    expect(await failedGates(await altered(() => undefined))).toBe("");
  });

  it("stops one page too many", async () => {
    expect(await failedGates(await printed(`${paper.body}<div style="break-before:page">.</div>`))).toBe("pageCount");
  });

  it("stops a page too few", async () => {
    const two = { ...paper.expectation, pages: 2 };
    await expect(checkPdf(whole, two)).rejects.toMatchObject({ context: { gates: "pageCount" } });
  });

  it("stops a PDF without a language", async () => {
    expect(await failedGates(await altered(({ catalog }) => void catalog.delete(PDFName.of("Lang"))))).toBe("language");
  });

  it("stops a PDF that names another language", async () => {
    expect(await failedGates(await printed(paper.body, { language: "fa-IR" }))).toBe("language");
  });

  it("stops another title", async () => {
    expect(await failedGates(await printed(paper.body, { title: "Kutsu" }))).toBe("title");
  });

  it("stops a PDF without tags", async () => {
    const bytes = await altered(({ catalog }) => {
      catalog.delete(PDFName.of("StructTreeRoot"));
      catalog.delete(PDFName.of("MarkInfo"));
    });
    expect(await failedGates(bytes)).toBe("tags");
  });

  it("stops a sign that no bundled font draws", async () => {
    expect(await failedGates(await printed(paper.body.replace("Sali 2", "Sali 2 ሰላም")))).toBe("missingGlyph");
  });

  it("stops letters of a font that is not bundled", async () => {
    const bytes = await altered(async (document) => {
      document.getPage(0).drawText("Kutsu", { x: 60, y: 60, size: 9, font: await document.embedFont(StandardFonts.Helvetica) });
    });
    expect(await failedGates(bytes)).toBe("foreignFont");
  });

  it("stops a sentence that is there but not drawn", async () => {
    expect(await failedGates(await withStyle(".must { visibility: hidden }"))).toBe("textMissing");
  });

  it("stops a page whose letters are gone though its picture is the same", async () => {
    const bytes = await altered((document) => {
      const fonts = document.getPage(0).node.Resources()?.lookup(PDFName.of("Font"), PDFDict);
      for (const [name] of fonts?.entries() ?? []) fonts?.lookup(name, PDFDict).delete(PDFName.of("ToUnicode"));
    });
    expect(await failedGates(bytes)).toContain("textMissing");
  });

  it.each([
    ["too small for a fax", ".invitation .qr svg { width: 6mm; height: 6mm }"],
    ["too pale", ".invitation .qr { opacity: 0.04 }"],
    ["covered", ".invitation .qr svg { clip-path: inset(0 45% 45% 0) }"],
    ["not there", ".invitation .qr { display: none }"],
  ])("stops a code that is %s", async (_, css) => {
    expect(await failedGates(await withStyle(css))).toBe("code");
  });

  it("stops the code of another person", async () => {
    const body = paper.body.replace(/<svg role="img" aria-label="QR[\s\S]*?<\/svg>/u, await writeQr("K9P4-11"));
    expect(await failedGates(await printed(body))).toBe("code");
  });

  it("names every gate that failed, and neither the person nor the text", async () => {
    const bytes = await printed(paper.body.replace(/<section[\s\S]*?<\/section>/u, ""), { title: "x", language: "sv" });
    const failure: unknown = await checkPdf(bytes, paper.expectation).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "documentGateFailed", context: { gates: "language,title,textMissing" } });
    expect(String(failure)).toContain("language, title, textMissing");
    expect(String(failure)).not.toContain("Al-Rashidi");
  });
});
