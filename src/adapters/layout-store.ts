import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { IlmoError } from "../errors.ts";
import { FormLayout, type FormTemplate } from "../model/form-layout.ts";
import type { GreyRaster } from "../model/page.ts";
import { syncFolder } from "./durable-files.ts";
import { writeFileWhole } from "./write-file-whole.ts";

const LAYOUTS = "layouts";
const BLANK_DPI = 200;

function folderOf(home: string, layoutId: string): string {
  if (!/^[A-Za-z0-9][\w.-]*\/[a-z]{2,3}\/[\w.-]+$/.test(layoutId) || layoutId.includes("..")) {
    throw new IlmoError("layoutInvalid", 'Expected a layout id like "ILMO-F1/fi/1.0": code, language and version without spaces.');
  }
  return join(home, LAYOUTS, layoutId.replaceAll("/", "_"));
}

async function toPng(raster: GreyRaster): Promise<Uint8Array> {
  const raw = { width: raster.widthPx, height: raster.heightPx, channels: 1 as const };
  return sharp(raster.data, { raw }).toColourspace("b-w").png({ compressionLevel: 9 }).toBuffer();
}

async function loadBlank(path: string): Promise<GreyRaster> {
  const { data, info } = await sharp(path).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, dpi: BLANK_DPI, data: new Uint8Array(data) };
}

/**
 * Stores a layout and its blank pages under `<home>/layouts/`; the same id is replaced, other versions stay.
 *
 * `layout.json` is renamed in last: without it the folder is not a layout.
 *
 * @throws layoutInvalid when the id cannot name a folder
 */
export async function saveTemplate(home: string, template: FormTemplate): Promise<void> {
  const folder = folderOf(home, template.layout.id);
  await mkdir(folder, { recursive: true });
  for (const [index, blank] of template.blanks.entries())
    await writeFileWhole(join(folder, `page-${index + 1}.png`), await toPng(blank), folder);
  await writeFileWhole(join(folder, "layout.json"), `${JSON.stringify(template.layout, null, 1)}\n`, folder);
  syncFolder(join(home, LAYOUTS));
}

async function listFolders(home: string): Promise<string[]> {
  try {
    const entries = await readdir(join(home, LAYOUTS), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(home, LAYOUTS, entry.name));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new IlmoError("storageUnavailable", "Expected a readable layouts folder in the data folder.", { cause });
  }
}

async function loadLayout(folder: string): Promise<FormLayout | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, "layout.json"), "utf8");
  } catch (cause) {
    // A crash before the last rename leaves pages without a layout: as if it had never been added.
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new IlmoError("storageUnavailable", "Expected a readable layout.json in the layouts folder.", { cause });
  }
  try {
    return FormLayout.parse(JSON.parse(text));
  } catch (cause) {
    throw new IlmoError("layoutInvalid", "Expected a stored layout that this version understands. Add the blank form again.", { cause });
  }
}

async function loadAll(home: string): Promise<{ readonly folder: string; readonly layout: FormLayout }[]> {
  const found: { folder: string; layout: FormLayout }[] = [];
  for (const folder of await listFolders(home)) {
    const layout = await loadLayout(folder);
    if (layout !== undefined) found.push({ folder, layout });
  }
  return found.toSorted((a, b) => a.layout.id.localeCompare(b.layout.id, "en"));
}

/** Returns every stored layout, by id. Reads the data folder. */
export async function listLayouts(home: string): Promise<FormLayout[]> {
  return (await loadAll(home)).map((entry) => entry.layout);
}

/** Returns every stored layout with its blank pages, by id. Reads the data folder. */
export async function loadTemplates(home: string): Promise<FormTemplate[]> {
  const templates: FormTemplate[] = [];
  for (const { folder, layout } of await loadAll(home)) {
    const blanks: GreyRaster[] = [];
    for (const page of layout.pages) blanks.push(await loadBlank(join(folder, `page-${page.pageNumber}.png`)));
    templates.push({ layout, blanks });
  }
  return templates;
}

/** Returns a text that is another one once a layout was added, replaced or removed. Reads the data folder. */
export async function stampOfLayouts(home: string): Promise<string> {
  const stamps: string[] = [];
  for (const folder of await listFolders(home)) {
    const found = await stat(join(folder, "layout.json")).catch(() => null);
    if (found !== null) stamps.push(`${folder} ${found.ino} ${found.mtimeMs} ${found.size}`);
  }
  return stamps.toSorted().join("\n");
}

/** Forgets a layout. Returns whether it was there. */
export async function removeTemplate(home: string, layoutId: string): Promise<boolean> {
  const folder = folderOf(home, layoutId);
  const isThere = (await loadLayout(folder)) !== undefined;
  await rm(folder, { recursive: true, force: true });
  return isThere;
}
