import { describe, expect, it } from "vitest";
import type { GreyRaster } from "../../../src/model/page.ts";
import { prepareTemplate } from "../../../src/read/align/prepare-template.ts";
import { recogniseFormPage } from "../../../src/read/align/recognise-form-page.ts";
import { settleVersion } from "../../../src/read/align/settle-version.ts";
import { drawForm, fillIn, flatScan, scanOf, templateOf } from "./synthetic-form.ts";

const form = drawForm({ seed: 11 });
const plain = templateOf("TEST/fi/1.0", [form]);
const words = ["TEST", "fi", "1.0"].map((text, index) => ({ text, rect: { x: 18 + 6 * index, y: 286, width: 5, height: 2.2 } }));
const pages = plain.layout.pages.map((page) => ({ ...page, words }));
const prepared = [prepareTemplate({ ...plain, layout: { ...plain.layout, pages } })];
const match = recogniseFormPage(scanOf(fillIn(form, 4), flatScan({ deg: 0.5 }).plan), prepared);
if (match?.kind !== "aligned") throw new Error("expected an aligned page");
const page = match.page;

function readerOf(text: string) {
  const crops: GreyRaster[] = [];
  const characters = [...text].map((character, index) => ({ character, confidence: 0.95, position: index / text.length }));
  const readLine = async (crop: GreyRaster) => {
    crops.push(crop);
    return { text, confidence: 0.95, characters };
  };
  return { crops, readLine };
}

describe("settleVersion", () => {
  it("lets nothing be used unseen on a page that says it is of another version, though all its print is in place", async () => {
    expect(page.drift.drifted).toBe(false);
    const settled = await settleVersion(page, readerOf("TEST fi 1.1"));
    expect(settled.drift).toMatchObject({ drifted: true, isOtherVersion: true });
  });

  it("leaves a page as it is that says nothing else, and reads the place of code and version only", async () => {
    const reader = readerOf("TEST fi 1.0");
    expect(await settleVersion(page, reader)).toBe(page);
    const [crop] = reader.crops;
    expect(crop?.widthPx).toBeCloseTo((19 / 25.4) * 300, -1);
    expect(crop?.data.some((value) => value < 100)).toBe(true);
  });
});
