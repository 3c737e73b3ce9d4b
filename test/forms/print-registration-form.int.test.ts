import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { parseFormSource } from "../../src/adapters/form-pdf.ts";
import { readPageCodes } from "../../src/adapters/form-pdf-codes.ts";
import { mapPdfPages } from "../../src/adapters/form-pdf-engine.ts";
import { loadOwnTemplate, printRegistrationForm } from "../../src/adapters/form-print.ts";
import { buildFormTemplate } from "../../src/forms/build-form-template.ts";
import type { FormSource } from "../../src/forms/form-source.ts";
import { listFormZones, placeForm } from "../../src/forms/place-form.ts";
import { FORM_LANGUAGES, type FormLanguage } from "../../src/forms/registration-form-labels.ts";
import { FIELDS } from "../../src/model/field.ts";

/** One pixel of the 200 dpi blank: the signature's box is found in ink, all others are widgets. */
const ZONE_TOLERANCE_MM = 0.13;

describe.each(FORM_LANGUAGES.map((language) => ({ language })))(
  "printRegistrationForm $language",
  ({ language }: { language: FormLanguage }) => {
    let bytes: Uint8Array;
    let document: PDFDocument;
    let source: FormSource;
    beforeAll(async () => {
      bytes = await printRegistrationForm(language);
      document = await PDFDocument.load(bytes, { updateMetadata: false });
      source = await parseFormSource(bytes);
    });

    it("has exactly two A4 pages", () => {
      expect(document.getPages().map((page) => [Math.round(page.getWidth()), Math.round(page.getHeight())])).toEqual([
        [595, 842],
        [595, 842],
      ]);
    });

    it("has an AcroForm field for every field key but the signature", () => {
      const names = document
        .getForm()
        .getFields()
        .map((field) => field.getName());
      expect(names.toSorted()).toEqual(
        FIELDS.filter((spec) => spec.kind !== "signature")
          .map((spec) => spec.key)
          .toSorted(),
      );
    });

    it("is read back with the zones of its definition", () => {
      const { layout } = buildFormTemplate(source);
      expect(layout.id).toBe(`ILMO-F1/${language}/2.0`);
      const wanted = listFormZones(language);
      expect(layout.zones).toHaveLength(wanted.length);
      for (const { rect, ...zone } of wanted) {
        const found = layout.zones.find((each) => each.field === zone.field && each.option === zone.option);
        expect(found).toMatchObject(zone);
        for (const side of ["x", "y", "width", "height"] as const)
          expect(Math.abs((found?.rect[side] ?? 0) - rect[side])).toBeLessThan(ZONE_TOLERANCE_MM);
      }
    });

    it("has four corner marks per page, their outer edges 15 mm in", () => {
      for (const page of buildFormTemplate(source).layout.pages) {
        expect(page.marks).toHaveLength(4);
        const [topLeft, , , bottomRight] = page.marks;
        expect((topLeft?.x ?? 0) - 2.5).toBeGreaterThan(14.9);
        expect((topLeft?.y ?? 0) - 2.5).toBeGreaterThan(14.9);
        expect(210 - (bottomRight?.x ?? 210) - 2.5).toBeGreaterThan(14.9);
        expect(297 - (bottomRight?.y ?? 297) - 2.5).toBeGreaterThan(14.9);
      }
    });

    it.each([72, 100, 150])("carries a code that is read at %i dpi", async (dpi) => {
      const pages = (await mapPdfPages(bytes, (page) => page.renderGrey(dpi))) ?? [];
      const codes = [];
      for (const page of pages) codes.push(await readPageCodes(page));
      expect(codes).toEqual([[`ILMO-F1/${language}/2.0/1`], [`ILMO-F1/${language}/2.0/2`]]);
    });

    it("keeps every printed word inside its page's frame and apart from other words", () => {
      for (const page of source.pages) {
        for (const word of page.words) {
          expect(word.rect.x).toBeGreaterThan(14.9);
          expect(word.rect.x + word.rect.width).toBeLessThan(195.1);
        }
        for (const [index, a] of page.words.entries()) {
          for (const b of page.words.slice(index + 1)) {
            const overlapX = Math.min(a.rect.x + a.rect.width, b.rect.x + b.rect.width) - Math.max(a.rect.x, b.rect.x);
            const overlapY = Math.min(a.rect.y + a.rect.height, b.rect.y + b.rect.height) - Math.max(a.rect.y, b.rect.y);
            expect(Math.min(overlapX, overlapY), `${a.text} over ${b.text}`).toBeLessThan(0.2);
          }
        }
      }
    });

    it("leaves the writing areas free of printed words", () => {
      const texts = listFormZones(language).filter((zone) => zone.kind === "text");
      for (const zone of texts) {
        const words = source.pages[zone.pageNumber - 1]?.words ?? [];
        const inside = words.filter((word) => {
          const middle = { x: word.rect.x + word.rect.width / 2, y: word.rect.y + word.rect.height / 2 };
          const isInsideX = middle.x > zone.rect.x && middle.x < zone.rect.x + zone.rect.width;
          return isInsideX && middle.y > zone.rect.y && middle.y < zone.rect.y + zone.rect.height;
        });
        expect(
          inside.map((word) => word.text),
          zone.field,
        ).toEqual([]);
      }
    });

    it("is tagged: headings, marked content, and every widget in the structure", () => {
      const root = document.catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict);
      expect(document.catalog.lookup(PDFName.of("MarkInfo"), PDFDict).get(PDFName.of("Marked"))?.toString()).toBe("true");
      expect(document.getLanguage()).toBe(language);
      const roles = new Map<string, number>();
      const visit = (node: PDFDict): void => {
        const role = node.lookupMaybe(PDFName.of("S"), PDFName)?.decodeText();
        if (role !== undefined) roles.set(role, (roles.get(role) ?? 0) + 1);
        const kids = node.lookup(PDFName.of("K"));
        if (!(kids instanceof PDFArray)) return;
        for (let index = 0; index < kids.size(); index += 1) {
          const kid = kids.lookup(index);
          if (kid instanceof PDFDict) visit(kid);
        }
      };
      visit(root);
      expect(roles.get("H1")).toBe(1);
      expect(roles.get("H2")).toBe(placeForm(language).flatMap((page) => page.sections).length);
      expect(roles.get("Form")).toBe(listFormZones(language).length - 1);
      for (const page of document.getPages()) {
        expect(page.node.get(PDFName.of("Tabs"))?.toString()).toBe("/S");
        expect(page.node.lookup(PDFName.of("StructParents"), PDFNumber).asNumber()).toBeGreaterThanOrEqual(0);
      }
    });

    it("tells a screen reader what each field is, in the form's language", () => {
      for (const widget of source.widgets) expect(widget.tooltip?.length ?? 0, widget.name).toBeGreaterThan(1);
      const surname = source.widgets.find((widget) => widget.name === "surname")?.tooltip;
      expect(surname).toBe({ fi: "Sukunimi", sv: "Efternamn", en: "Surname", ru: "Фамилия" }[language]);
    });

    it("embeds every font that it draws with", () => {
      for (const [, object] of document.context.enumerateIndirectObjects()) {
        if (!(object instanceof PDFDict) || object.get(PDFName.of("Type")) !== PDFName.of("FontDescriptor")) continue;
        const hasFile = ["FontFile", "FontFile2", "FontFile3"].some((key) => object.get(PDFName.of(key)) !== undefined);
        expect(hasFile).toBe(true);
      }
    });
  },
);

describe("printRegistrationForm", () => {
  it("gives the same bytes for the same options", async () => {
    expect(await printRegistrationForm("sv")).toEqual(await printRegistrationForm("sv"));
  });

  it("prints the office that it is given", async () => {
    const office = { name: "Esimerkkilän toimisto", unit: "Pohjola", street: "Kuusitie 1", postal: "90100 Oulu" };
    const { pages } = await parseFormSource(await printRegistrationForm("fi", { office }));
    const text = pages[0]?.words.map((word) => word.text).join(" ") ?? "";
    expect(text).toContain("ESIMERKKILÄN TOIMISTO");
    expect(text).toContain("Kuusitie 1, 90100 Oulu");
  });

  it("stays fillable: values written into it are read back", async () => {
    const document = await PDFDocument.load(await printRegistrationForm("en"));
    document.getForm().getTextField("surname").setText("Example");
    document.getForm().getCheckBox("fullTimeWork").check();
    document.getForm().getRadioGroup("sessionLanguage").select("ckb");
    const again = (await PDFDocument.load(await document.save())).getForm();
    expect(again.getTextField("surname").getText()).toBe("Example");
    expect(again.getCheckBox("fullTimeWork").isChecked()).toBe(true);
    expect(again.getRadioGroup("sessionLanguage").getSelected()).toBe("ckb");
  });
});

describe("loadOwnTemplate", () => {
  it("gives the definition's zones and marks with the printed ink", async () => {
    const { layout, blanks } = await loadOwnTemplate("fi");
    expect(layout.zones).toEqual(listFormZones("fi"));
    expect(layout.pages[0]?.marks[0]).toEqual({ x: 17.5, y: 17.5 });
    expect(blanks).toHaveLength(2);
  });
});
