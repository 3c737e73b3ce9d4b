import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listLayouts, loadTemplates, removeTemplate, saveTemplate, stampOfLayouts } from "../../src/adapters/layout-store.ts";
import type { FormTemplate } from "../../src/model/form-layout.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "ilmo-layouts-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

function aTemplate(version: string, ink = 0): FormTemplate {
  const data = new Uint8Array(40 * 30).fill(255);
  data[5] = ink;
  return {
    layout: {
      id: `ILMO-F1/fi/${version}`,
      code: "ILMO-F1",
      language: "fi",
      version,
      pages: [{ pageNumber: 1, widthMm: 210, heightMm: 297, words: [], marks: [] }],
      zones: [{ field: "surname", kind: "text", pageNumber: 1, rect: { x: 1, y: 2, width: 3, height: 4 }, multiline: false }],
    },
    blanks: [{ widthPx: 40, heightPx: 30, dpi: 200, data }],
  };
}

describe("layout store", () => {
  it("is empty before anything is added", async () => {
    expect(await listLayouts(home)).toEqual([]);
    expect(await loadTemplates(home)).toEqual([]);
  });

  it("has another stamp after a layout was added, replaced or removed, and else the same", async () => {
    const stamps = [await stampOfLayouts(home)];
    for (const change of [
      () => saveTemplate(home, aTemplate("1.0")),
      () => saveTemplate(home, aTemplate("1.0", 9)),
      () => saveTemplate(home, aTemplate("1.1")),
      () => removeTemplate(home, "ILMO-F1/fi/1.0"),
    ]) {
      await change();
      stamps.push(await stampOfLayouts(home));
      expect(await stampOfLayouts(home)).toBe(stamps.at(-1));
    }
    expect(new Set(stamps).size).toBe(stamps.length);
  });

  it("gives back what was saved, pixel for pixel", async () => {
    const template = aTemplate("1.0", 17);
    await saveTemplate(home, template);
    expect(await loadTemplates(home)).toEqual([template]);
  });

  it("keeps versions side by side and replaces the same one", async () => {
    await saveTemplate(home, aTemplate("1.1"));
    await saveTemplate(home, aTemplate("1.0"));
    await saveTemplate(home, aTemplate("1.0", 99));
    expect((await listLayouts(home)).map((layout) => layout.version)).toEqual(["1.0", "1.1"]);
    expect((await loadTemplates(home))[0]?.blanks[0]?.data[5]).toBe(99);
  });

  it("ignores a folder whose layout was never completed", async () => {
    await saveTemplate(home, aTemplate("1.0"));
    const folder = join(home, "layouts", "ILMO-F1_fi_1.0");
    expect((await readdir(folder)).toSorted()).toEqual(["layout.json", "page-1.png"]);
    await rm(join(folder, "layout.json"));
    expect(await loadTemplates(home)).toEqual([]);
  });

  it("refuses a layout that it does not understand", async () => {
    await saveTemplate(home, aTemplate("1.0"));
    await writeFile(join(home, "layouts", "ILMO-F1_fi_1.0", "layout.json"), '{"id":1}');
    await expect(listLayouts(home)).rejects.toMatchObject({ code: "layoutInvalid" });
  });

  it.each(["../../etc/x", "A/fi/..", "A B/fi/1"])("refuses the id %s", async (id) => {
    const template = aTemplate("1.0");
    await expect(saveTemplate(home, { ...template, layout: { ...template.layout, id } })).rejects.toMatchObject({ code: "layoutInvalid" });
  });

  it("forgets a layout", async () => {
    await saveTemplate(home, aTemplate("1.0"));
    expect(await removeTemplate(home, "ILMO-F1/fi/1.0")).toBe(true);
    expect(await removeTemplate(home, "ILMO-F1/fi/1.0")).toBe(false);
    expect(await listLayouts(home)).toEqual([]);
  });
});
