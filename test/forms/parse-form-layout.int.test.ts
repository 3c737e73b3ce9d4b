import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { parseFormLayout } from "../../src/adapters/form-pdf.ts";
import type { Zone } from "../../src/model/form-layout.ts";
import { makeBlankForm } from "./make-blank-form.ts";

/** Half a pixel of the 200 dpi blank and the rule's own width. */
const BOX_TOLERANCE_MM = 0.4;

function zoneOf(zones: readonly Zone[], field: string, option?: string): Zone {
  const zone = zones.find((each) => each.field === field && each.option === option);
  if (zone === undefined) throw new Error(`no zone ${field} ${option ?? ""}`);
  return zone;
}

describe("parseFormLayout", () => {
  it("turns widgets into zones in millimetres from the top left", async () => {
    const { layout } = await parseFormLayout(await makeBlankForm());
    const { rect, kind, pageNumber } = zoneOf(layout.zones, "givenNames");
    expect({ kind, pageNumber }).toEqual({ kind: "text", pageNumber: 1 });
    expect(rect.x).toBeCloseTo(20, 1);
    expect(rect.y).toBeCloseTo(52, 1);
    expect(rect.width).toBeCloseTo(80, 1);
    expect(rect.height).toBeCloseTo(8, 1);
    expect(zoneOf(layout.zones, "nonDisclosure").kind).toBe("tick");
  });

  it("names a radio's options instead of their indexes", async () => {
    const { layout } = await parseFormLayout(await makeBlankForm());
    expect(zoneOf(layout.zones, "sex", "male").rect.x).toBeCloseTo(120, 1);
    expect(zoneOf(layout.zones, "sex", "female").rect.x).toBeCloseTo(140, 1);
  });

  it.each(["Allekirjoitus", "Underskrift", "Signature", "Namnteckning"])("finds the signature box labelled %s", async (signatureLabel) => {
    const box = { x: 30, y: 180, width: 77, height: 19 };
    const { layout } = await parseFormLayout(await makeBlankForm({ signatureLabel, signatureBox: box }));
    const { rect, kind } = zoneOf(layout.zones, "signature");
    expect(kind).toBe("signature");
    for (const side of ["x", "y", "width", "height"] as const) expect(Math.abs(rect[side] - box[side])).toBeLessThan(BOX_TOLERANCE_MM);
  });

  it("does not take a heading's bar for the signature box", async () => {
    const { layout } = await parseFormLayout(await makeBlankForm({ heading: "Signature and date" }));
    expect(Math.abs(zoneOf(layout.zones, "signature").rect.y - 200)).toBeLessThan(BOX_TOLERANCE_MM);
  });

  it("reads code, language and version from the printed footer", async () => {
    const { layout } = await parseFormLayout(await makeBlankForm({ footer: "KUNTA-7 sv 3.2", title: "Something else" }));
    expect(layout).toMatchObject({ id: "KUNTA-7/sv/3.2", code: "KUNTA-7", language: "sv", version: "3.2" });
  });

  it("derives an identity for a form that states none", async () => {
    const { layout } = await parseFormLayout(await makeBlankForm({ title: "Hakemus päivähoitoon", lang: "fi-FI" }));
    expect(layout.id).toBe("HAKEMUS-PAIVAHOITOON/fi/1");
  });

  it("lets a person say what the form does not", async () => {
    const bytes = await makeBlankForm({ textNames: ["Kentta1", "givenNames"] });
    const { layout } = await parseFormLayout(bytes, { version: "9", mapping: { Kentta1: "surname" } });
    expect(layout.version).toBe("9");
    expect(zoneOf(layout.zones, "surname").rect.y).toBeCloseTo(40, 1);
  });

  it("gives every page's own ink at 200 dpi and its words", async () => {
    const { layout, blanks } = await parseFormLayout(await makeBlankForm({ footer: "KUNTA-7 sv 3.2" }));
    expect(blanks).toHaveLength(1);
    expect(blanks[0]).toMatchObject({ widthPx: 1654, heightPx: 2339, dpi: 200 });
    const word = layout.pages[0]?.words.find((each) => each.text === "KUNTA-7");
    expect(word?.rect.y).toBeGreaterThan(284);
    expect(word?.rect.y).toBeLessThan(289);
  });

  it("keeps the boxes that only the widgets draw, and none of the values", async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([595, 842]);
    const form = document.getForm();
    form.createCheckBox("bare").addToPage(page, { x: 100, y: 600, width: 20, height: 20, borderWidth: 2 });
    const text = form.createTextField("filled");
    text.addToPage(page, { x: 100, y: 500, width: 300, height: 40, borderWidth: 0 });
    const inkOf = async (): Promise<{ box: number; text: number }> => {
      const { blanks } = await parseFormLayout(await document.save());
      const [blank] = blanks;
      const count = (x: number, y: number, width: number, height: number): number => {
        let dark = 0;
        const scale = 200 / 72;
        for (let row = Math.round(y * scale); row < (y + height) * scale; row += 1) {
          for (let column = Math.round(x * scale); column < (x + width) * scale; column += 1) {
            if ((blank?.data[row * (blank?.widthPx ?? 0) + column] ?? 255) < 128) dark += 1;
          }
        }
        return dark;
      };
      return { box: count(95, 842 - 625, 30, 30), text: count(105, 842 - 538, 290, 36) };
    };
    const empty = await inkOf();
    expect(empty.box).toBeGreaterThan(300);
    expect(empty.text).toBe(0);
    text.setText("DEFAULT VALUE");
    form.getCheckBox("bare").check();
    expect(await inkOf()).toEqual(empty);
  });

  it("says when there is nothing to fill in", async () => {
    const empty = await PDFDocument.create();
    empty.addPage();
    await expect(parseFormLayout(await empty.save())).rejects.toMatchObject({
      code: "layoutInvalid",
      message: expect.stringContaining("no fillable fields"),
    });
  });

  it("says when the file is no PDF", async () => {
    await expect(parseFormLayout(new TextEncoder().encode("plain words"))).rejects.toMatchObject({ code: "layoutInvalid" });
  });
});
