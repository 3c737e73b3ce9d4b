import { mkdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseFormLayout } from "../adapters/form-pdf.ts";
import { printRegistrationForm } from "../adapters/form-print.ts";
import { listLayouts, loadTemplates, removeTemplate, saveTemplate } from "../adapters/layout-store.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { withOwnId } from "../forms/build-form-template.ts";
import type { FormTemplate } from "../model/form-layout.ts";
import { tryLayout } from "../pipeline/try-layout.ts";
import { prepareTemplate } from "../read/align/prepare-template.ts";
import { assertMappingFits, type GivenMapping, parseGivenMapping } from "./form-mapping.ts";
import { type FormReport, formatFormReport, toFormReport } from "./form-report.ts";
import { formatTable, type Terminal } from "./terminal.ts";

async function readPdf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new IlmoError("usage", "Expected a readable PDF file; the one named cannot be read.", { cause });
  });
}

async function readMapping(path: string | undefined): Promise<GivenMapping> {
  if (path === undefined) return {};
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new IlmoError("usage", "Expected a readable mapping file; the one named cannot be read. Nothing was added.", { cause });
  });
  return parseGivenMapping(text);
}

/** Reads all forms before one is stored: a fault says which file it was, by its place, and that nothing was added. */
async function parseForms(paths: readonly string[], mapping: GivenMapping, terminal: Terminal): Promise<FormTemplate[]> {
  const parsed: FormTemplate[] = [];
  for (const [index, path] of paths.entries()) {
    terminal.progress(`${index + 1} of ${paths.length} forms`);
    try {
      parsed.push(await parseFormLayout(await readPdf(path), { mapping }));
    } catch (cause) {
      if (!(cause instanceof IlmoError) || paths.length === 1) throw cause;
      throw new IlmoError(cause.code, `File ${index + 1} of ${paths.length}: ${cause.message} Nothing was added.`, { cause });
    }
  }
  return parsed;
}

/** `ilmo forms add <blank.pdf>...`: makes fillable forms readable when they come back printed. @throws layoutInvalid */
export async function addForms(
  config: Config,
  terminal: Terminal,
  paths: readonly string[],
  mappingPath: string | undefined,
): Promise<void> {
  const mapping = await readMapping(mappingPath);
  const prepared = new Map((await loadTemplates(config.home)).map((template) => [template.layout.id, prepareTemplate(template)]));
  const reports: FormReport[] = [];
  const forms = await parseForms(paths, mapping, terminal);
  assertMappingFits(
    mapping,
    forms.map(({ layout }) => layout),
  );
  for (const parsed of forms) {
    const layout = withOwnId(
      parsed.layout,
      [...prepared.values()].map(({ template }) => template.layout),
    );
    const template = { ...parsed, layout };
    await saveTemplate(config.home, template);
    prepared.set(layout.id, prepareTemplate(template));
    reports.push(toFormReport(layout, tryLayout(template, [...prepared.values()])));
  }
  terminal.progressDone();
  const rows = reports.map(({ id, pages, zones, fields, unmapped, recognition }) => [
    id,
    `${recognition.filter(({ outcome }) => outcome === "recognised").length} of ${pages}`,
    String(zones),
    `${fields.length - unmapped.length} of ${fields.length}`,
  ]);
  terminal.line(formatTable([["layout", "pages recognised", "zones", "fields with a known meaning"], ...rows]));
  for (const report of reports) terminal.line(`\n${formatFormReport(report)}`);
  terminal.json(reports);
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
