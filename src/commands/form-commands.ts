import { mkdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseFormLayout } from "../adapters/form-pdf.ts";
import { printRegistrationForm } from "../adapters/form-print.ts";
import { listLayouts, removeTemplate, saveTemplate } from "../adapters/layout-store.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { fieldSpecOf } from "../model/field.ts";
import type { FormLayout } from "../model/form-layout.ts";
import { formatTable, type Terminal } from "./terminal.ts";

async function readPdf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new IlmoError("usage", "Expected a readable PDF file; the one named cannot be read.", { cause });
  });
}

async function readMapping(path: string | undefined): Promise<Record<string, string>> {
  if (path === undefined) return {};
  const value: unknown = JSON.parse(await readFile(path, "utf8"));
  const isMapping = typeof value === "object" && value !== null && Object.values(value).every((item) => typeof item === "string");
  if (isMapping) return value as Record<string, string>;
  throw new IlmoError("usage", 'Expected a mapping file such as {"Family name": "surname"}.');
}

const foreignFieldsOf = (layout: FormLayout): string[] => [
  ...new Set(layout.zones.map((zone) => zone.field).filter((field) => fieldSpecOf(field) === undefined)),
];

/** `ilmo forms add <blank.pdf>...`: makes fillable forms readable when they come back printed. @throws layoutInvalid */
export async function addForms(
  config: Config,
  terminal: Terminal,
  paths: readonly string[],
  mappingPath: string | undefined,
): Promise<void> {
  const names = await readMapping(mappingPath);
  const rows: string[][] = [["layout", "pages", "zones", "fields that map to no key"]];
  const added: object[] = [];
  for (const [index, path] of paths.entries()) {
    terminal.progress(`${index + 1} of ${paths.length} forms`);
    const template = await parseFormLayout(await readPdf(path), { mapping: names });
    await saveTemplate(config.home, template);
    const { layout } = template;
    const foreign = foreignFieldsOf(layout);
    rows.push([layout.id, String(layout.pages.length), String(layout.zones.length), foreign.join(" ") || "-"]);
    added.push({ id: layout.id, pages: layout.pages.length, zones: layout.zones.length, unmapped: foreign });
  }
  terminal.progressDone();
  terminal.line(formatTable(rows));
  terminal.json(added);
}

/** `ilmo forms list`. */
export async function listForms(config: Config, terminal: Terminal): Promise<void> {
  const layouts = await listLayouts(config.home);
  terminal.line(
    formatTable([["layout", "pages", "zones"], ...layouts.map(({ id, pages, zones }) => [id, String(pages.length), String(zones.length)])]),
  );
  terminal.json(layouts.map(({ id, pages, zones }) => ({ id, pages: pages.length, zones: zones.length })));
}

/** `ilmo forms remove <id>`. @throws notFound */
export async function removeForm(config: Config, terminal: Terminal, id: string): Promise<void> {
  if (!(await removeTemplate(config.home, id)))
    throw new IlmoError("notFound", "Expected the id of a stored form layout; `ilmo forms list` shows them.");
  terminal.line(`${id} removed.`);
  terminal.json({ removed: id });
}

/** `ilmo forms print --language fi`: writes the office's own form and makes its layout known. */
export async function printForm(
  config: Config,
  terminal: Terminal,
  language: "fi" | "sv" | "en" | "ru",
  out: string | undefined,
): Promise<void> {
  const bytes = await printRegistrationForm(language);
  const path = resolve(out ?? `ilmoittautuminen-${language}.pdf`);
  await mkdir(resolve(path, ".."), { recursive: true });
  await writeFileWhole(path, bytes);
  const template = await parseFormLayout(bytes);
  await saveTemplate(config.home, template);
  terminal.line(`${path} written; layout ${template.layout.id} is known.`);
  terminal.json({ path, layout: template.layout.id });
}
