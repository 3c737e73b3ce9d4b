import { degrees, PDFDocument, PDFName, PDFString, StandardFonts, TextRenderingMode } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { DECODE_LIMITS } from "../../src/adapters/decode-limits.ts";
import { decodePages } from "../../src/adapters/decode-pages.ts";
import type { DecodedPage } from "../../src/model/page.ts";
import { A4_PT, addGroup4Page, addJpegPage, buildDynamicXfa, buildLiveForm, overwriteStoredValue } from "./pdf-samples.ts";
import { findInk, openSample } from "./picture-samples.ts";
import { buildTiff, toGroup4Page } from "./tiff-samples.ts";

/** A4 at 100 dpi with a black box near the top left corner. */
const PAGE = { widthPx: 827, heightPx: 1169, box: { left: 80, top: 160, width: 160, height: 80 } };

/** The same for Group 4, whose samples have a width that is a multiple of 16. */
const GROUP4_PAGE = { ...PAGE, widthPx: 832 };

const inkOf = (page: DecodedPage | undefined): number => page?.raster.data.filter((value) => value < 128).length ?? 0;
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

async function decode(bytes: Uint8Array, limits = DECODE_LIMITS): Promise<DecodedPage[]> {
  const pages: DecodedPage[] = [];
  for await (const page of decodePages({ fileIndex: 3, bytes }, limits)) pages.push(page);
  return pages;
}

async function decodeOne(bytes: Uint8Array): Promise<DecodedPage> {
  const pages = await decode(bytes);
  const [page] = pages;
  if (!page || pages.length !== 1) throw new Error(`expected one page, got ${pages.length}`);
  return page;
}

async function pdfOf(build: (document: PDFDocument) => Promise<void>): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  await build(document);
  return document.save();
}

function expectInk(page: DecodedPage, box: typeof PAGE.box, tolerancePx = 2): void {
  const ink = findInk(page.raster);
  for (const side of ["left", "top", "width", "height"] as const) expect(Math.abs(ink[side] - box[side])).toBeLessThanOrEqual(tolerancePx);
}

describe("decodePages of scanned PDFs", () => {
  it("gives the stored JPEG at its own size and the resolution that follows from the page", async () => {
    const page = await decodeOne(await pdfOf((document) => addJpegPage(document, PAGE)));
    expect(page.source).toEqual({ fileIndex: 3, pageIndex: 0 });
    expect([page.raster.widthPx, page.raster.heightPx]).toEqual([827, 1169]);
    expect(page.raster.dpi).toBeCloseTo(100, 0);
    expectInk(page, PAGE.box);
    expect(page.words).toBeUndefined();
    expect(page.formValues).toBeUndefined();
  });

  it("turns the page as the file asks for", async () => {
    const page = await decodeOne(await pdfOf((document) => addJpegPage(document, PAGE, 90)));
    expect([page.raster.widthPx, page.raster.heightPx]).toEqual([1169, 827]);
    expectInk(page, { left: 1169 - 160 - 80, top: 80, width: 80, height: 160 });
  });

  it("reduces a scan finer than 300 dpi to 300 dpi", async () => {
    const fine = { widthPx: 3308, heightPx: 4676, box: { left: 320, top: 640, width: 640, height: 320 } };
    const page = await decodeOne(await pdfOf((document) => addJpegPage(document, fine)));
    expect(page.raster.dpi).toBeCloseTo(300, 0);
    expect(page.raster.widthPx).toBeCloseTo(2481, -1);
    expectInk(page, { left: 240, top: 480, width: 480, height: 240 });
  });

  it("draws Group 4 pages with the scan's own pixels", async () => {
    const page = await decodeOne(await pdfOf((document) => addGroup4Page(document, GROUP4_PAGE)));
    expect([page.raster.widthPx, page.raster.heightPx]).toEqual([832, 1169]);
    expectInk(page, PAGE.box, 0);
  });

  it("draws what lies over the scan instead of taking the bare scan", async () => {
    const bytes = await pdfOf(async (document) => {
      await addJpegPage(document, { ...PAGE, box: { left: 0, top: 0, width: 0, height: 0 } });
      document.getPage(0).drawRectangle({ x: 72, y: A4_PT.height - 144, width: 72, height: 36 });
    });
    const page = await decodeOne(bytes);
    expect(page.raster.dpi).toBeCloseTo(200, 0);
    expectInk(page, { left: 200, top: 300, width: 200, height: 100 });
  });
});

describe("decodePages of text", () => {
  const textPage = (mode: TextRenderingMode, rotate: number) =>
    pdfOf(async (document) => {
      const font = await document.embedFont(StandardFonts.Helvetica);
      const page = document.addPage([A4_PT.width, A4_PT.height]);
      page.drawText("Sukunimi Öhman", { x: 72, y: A4_PT.height - 72, size: 12, font, renderMode: mode });
      page.setRotation(degrees(rotate));
    });

  it("gives words with their place in mm as displayed", async () => {
    const [first, second] = (await decodeOne(await textPage(TextRenderingMode.Fill, 0))).words ?? [];
    expect([first?.text, second?.text]).toEqual(["Sukunimi", "Öhman"]);
    expect(first?.rect.x).toBeCloseTo(25.4, 0);
    expect((first?.rect.y ?? 0) + (first?.rect.height ?? 0)).toBeCloseTo(25.4, 0);
  });

  it("turns the places with the page", async () => {
    const page = await decodeOne(await textPage(TextRenderingMode.Fill, 90));
    const rect = page.words?.[0]?.rect;
    expect(rect?.x).toBeCloseTo(297 - 25.4, 0);
    expect(rect?.y).toBeCloseTo(25.4, 0);
    expect(page.raster.widthPx).toBeGreaterThan(page.raster.heightPx);
  });

  it("leaves invisible text out, which is only a scanner's guess", async () => {
    expect((await decodeOne(await textPage(TextRenderingMode.Invisible, 0))).words).toBeUndefined();
  });
});

describe("decodePages of forms", () => {
  it("gives the stored values of a live form, choices by their option", async () => {
    const [first, second] = await decode(await (await buildLiveForm()).save());
    expect(first?.formValues).toEqual(
      new Map([
        ["surname", "Ääkkönen-Öberg"],
        ["formerNames", ""],
      ]),
    );
    expect(second?.formValues).toEqual(
      new Map([
        ["fullTimeWork", "true"],
        ["partTimeOnly", "false"],
        ["sessionLanguage", "so"],
        ["sex", ""],
      ]),
    );
    expect(first?.formValuesDisagree).toBeUndefined();
  });

  it("maps boxes that are named by index through the list of options", async () => {
    const document = await buildLiveForm();
    const field = document.getForm().getRadioGroup("sessionLanguage");
    field.acroField.dict.set(PDFName.of("Opt"), document.context.obj(["ar", "so", "other"].map((option) => PDFString.of(option))));
    for (const [index, widget] of field.acroField.getWidgets().entries()) {
      const states = document.context.obj({ [String(index)]: document.context.obj({}) });
      widget.dict.set(PDFName.of("AP"), document.context.obj({ N: states }));
      widget.dict.set(PDFName.of("AS"), PDFName.of(index === 2 ? "2" : "Off"));
    }
    overwriteStoredValue(document, "sessionLanguage", PDFName.of("2"));
    const [, second] = await decode(await document.save());
    expect(second?.formValues?.get("sessionLanguage")).toBe("other");
  });

  it("draws the filled-in values", async () => {
    const [first] = await decode(await (await buildLiveForm()).save());
    const blank = await buildLiveForm();
    blank.getForm().getTextField("surname").setText("");
    const [firstBlank] = await decode(await blank.save());
    expect(inkOf(first)).toBeGreaterThan(inkOf(firstBlank) + 100);
  });

  it("gives no value where a tick's box shows something else than is stored", async () => {
    const document = await buildLiveForm();
    overwriteStoredValue(document, "fullTimeWork", PDFName.of("Off"));
    const [, second] = await decode(await document.save());
    expect(second?.formValuesDisagree).toEqual(["fullTimeWork"]);
    expect(second?.formValues?.has("fullTimeWork")).toBe(false);
    expect(second?.formValues?.get("partTimeOnly")).toBe("false");
  });

  it("gives the stored text where an old appearance shows another, and tells the field", async () => {
    const document = await buildLiveForm();
    const bytes = await document.save();
    const changed = await PDFDocument.load(bytes);
    overwriteStoredValue(changed, "surname", PDFString.of("Virtanen"));
    const [first] = await decode(await changed.save({ updateFieldAppearances: false }));
    expect(first?.formValues?.get("surname")).toBe("Virtanen");
    expect(first?.formValuesShownOtherwise).toEqual(["surname"]);
    const [same] = await decode(bytes);
    expect(same?.formValuesShownOtherwise).toBeUndefined();
  });

  it("has no values for a flattened form, only its words", async () => {
    const document = await buildLiveForm();
    document.getForm().flatten();
    const [first] = await decode(await document.save());
    expect(first?.formValues).toBeUndefined();
    expect(first?.words?.map((word) => word.text)).toEqual(["Ääkkönen-Öberg"]);
  });

  it("refuses a dynamic XFA form instead of reading its please-wait page", async () => {
    await expect(decode(await buildDynamicXfa())).rejects.toMatchObject({ code: "fileUnsupported", context: { reason: "dynamicXfa" } });
  });

  it("opens an encrypted form with the empty password and gives its values", async () => {
    const document = await buildLiveForm();
    document.encrypt({ ownerPassword: "owner", userPassword: "" });
    const [first] = await decode(await document.save());
    expect(first?.formValues?.get("surname")).toBe("Ääkkönen-Öberg");
  });

  it("asks for a copy without password when one is needed", async () => {
    const document = await buildLiveForm();
    document.encrypt({ ownerPassword: "owner", userPassword: "user" });
    await expect(decode(await document.save())).rejects.toMatchObject({ code: "fileEncrypted" });
  });
});

describe("decodePages of pictures", () => {
  it("stretches fax pages of 204 x 98 dpi to square pixels", async () => {
    const fax = { widthPx: 1728, heightPx: 1145, box: { left: 204, top: 98, width: 408, height: 98 } };
    const group4 = await toGroup4Page(fax, { x: 204, y: 98 });
    const pages = await decode(buildTiff([group4, group4]));
    expect(pages.map((page) => page.source.pageIndex)).toEqual([0, 1]);
    for (const page of pages) {
      expect([page.raster.widthPx, page.raster.heightPx, page.raster.dpi]).toEqual([1728, 2383, 204]);
      expectInk(page, { left: 204, top: 204, width: 408, height: 204 });
    }
  });

  it("knows a fax page whose file states no resolution", async () => {
    const page = await decodeOne(buildTiff([await toGroup4Page({ ...PAGE, widthPx: 1728, heightPx: 1145 })]));
    expect([page.raster.widthPx, page.raster.heightPx, page.raster.dpi]).toEqual([1728, 2383, 204]);
  });

  it("turns a photo as its EXIF data asks for and takes it for an A4 page", async () => {
    const photo = await openSample(PAGE).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const page = await decodeOne(new Uint8Array(photo));
    expect([page.raster.widthPx, page.raster.heightPx]).toEqual([1169, 827]);
    expectInk(page, { left: 1169 - 160 - 80, top: 80, width: 80, height: 160 }, 4);
    expect(page.raster.dpi).toBeCloseTo((1169 / 297) * 25.4, 1);
  });

  it("believes a scanner's stated resolution", async () => {
    const page = await decodeOne(new Uint8Array(await openSample(PAGE).jpeg().withMetadata({ density: 150 }).toBuffer()));
    expect(page.raster.dpi).toBeCloseTo(150, 0);
  });

  it("puts a transparent PNG on white", async () => {
    const png = await openSample(PAGE).toColourspace("srgb").ensureAlpha(0).png().toBuffer();
    const page = await decodeOne(new Uint8Array(png));
    expect(page.raster.data.every((value) => value === 255)).toBe(true);
    expect(page.raster.data.length).toBe(827 * 1169);
  });

  it("reads a BMP of one bit, bottom row first", async () => {
    const bmp = Buffer.alloc(62 + 4 * 8);
    bmp.write("BM", 0, "latin1");
    bmp.writeUInt32LE(62, 10);
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(16, 18);
    bmp.writeInt32LE(8, 22);
    bmp.writeUInt16LE(1, 26);
    bmp.writeUInt16LE(1, 28);
    bmp.set([255, 255, 255, 0], 58);
    for (let row = 0; row < 8; row += 1) bmp.set([row === 7 ? 0x00 : 0xff, 0xff], 62 + row * 4);
    const page = await decodeOne(new Uint8Array(bmp));
    expect(findInk(page.raster)).toEqual({ left: 0, top: 0, width: 8, height: 1 });
  });

  it("leaves preview pages of a TIFF out", async () => {
    const page = await toGroup4Page(GROUP4_PAGE, { x: 100, y: 100 });
    expect(await decode(buildTiff([page, { ...page, isReduced: true }]))).toHaveLength(1);
  });
});

describe("decodePages of files that cannot be read", () => {
  const hugePng = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    Buffer.from("IHDR\x00\x00\x4e\x20\x00\x00\x4e\x20\x08\x00\x00\x00\x00", "latin1"),
    Buffer.from([0xd6, 0x5e, 0x7f, 0x09]),
    Buffer.from([0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0x35, 0xaf, 0x06, 0x1e]),
    Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]),
  ]);

  it.each([
    ["nothing", new Uint8Array(0), "fileEmpty"],
    ["noise", latin("0123456789"), "fileUnsupported"],
    ["a mail", latin("From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nx"), "fileUnsupported"],
    ["an archive", latin("PK\x03\x04rest"), "fileUnsupported"],
    ["a PDF of one line", latin("%PDF-1.7\n"), "fileDamaged"],
    ["a TIFF whose directory lies outside", latin("II*\0\xff\xff\0\0"), "fileDamaged"],
    [
      "a BMP without rows",
      latin(`BM${"\0".repeat(8)}\x36\0\0\0\x28\0\0\0\x10\0\0\0\x10\0\0\0\x01\0\x18\0${"\0".repeat(24)}`),
      "fileDamaged",
    ],
    ["a HEIC without a picture", latin("\0\0\0\x18ftypheic\0\0\0\0heicmif1"), "fileDamaged"],
    ["a picture of 400 million pixels", new Uint8Array(hugePng), "fileTooLarge"],
  ])("ends %s with a clear fault", async (_, bytes, code) => {
    await expect(decode(bytes)).rejects.toMatchObject({ name: "IlmoError", code });
  });

  it("refuses half a JPEG, because missing rows would read as blank boxes", async () => {
    const jpeg = await openSample({ ...PAGE, box: { left: 0, top: 0, width: 827, height: 1100 } })
      .jpeg()
      .toBuffer();
    await expect(decode(new Uint8Array(jpeg.subarray(0, jpeg.length / 2)))).rejects.toMatchObject({ code: "fileDamaged" });
  });

  it("refuses half a TIFF", async () => {
    const tiff = buildTiff([await toGroup4Page(GROUP4_PAGE), await toGroup4Page(GROUP4_PAGE)]);
    await expect(decode(tiff.subarray(0, tiff.length - 20))).rejects.toMatchObject({ code: "fileDamaged" });
  });

  it("refuses a file with too many pages before decoding one", async () => {
    const bytes = await pdfOf(async (document) => {
      for (let page = 0; page < 4; page += 1) document.addPage([100, 100]);
    });
    await expect(decode(bytes, { ...DECODE_LIMITS, maxPages: 3 })).rejects.toMatchObject({
      code: "fileTooLarge",
      context: { pageCount: 4 },
    });
  });

  it("refuses a PDF that carries a picture beyond the pixel limit", async () => {
    const bytes = await pdfOf((document) => addGroup4Page(document, GROUP4_PAGE));
    const limits = { ...DECODE_LIMITS, maxPagePixels: 832 * 1169 - 1 };
    await expect(decode(bytes, limits)).rejects.toMatchObject({ code: "fileTooLarge" });
  });

  it("refuses a file beyond the size limit", async () => {
    await expect(decode(new Uint8Array(11), { ...DECODE_LIMITS, maxFileBytes: 10 })).rejects.toMatchObject({ code: "fileTooLarge" });
  });
});
