import { mkdir, readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { parseFormLayout } from "../adapters/form-pdf.ts";
import { printRegistrationForm } from "../adapters/form-print.ts";
import { listLayouts, loadTemplates, removeTemplate, saveTemplate } from "../adapters/layout-store.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { withOwnId } from "../forms/build-form-template.ts";
import type { FormTemplate } from "../model/form-layout.ts";
import { tryLayout } from "../pipeline/try-layout.ts";
import { type PreparedTemplate, prepareTemplate } from "../read/align/prepare-template.ts";
import { assertMappingFits, type GivenMapping, parseGivenMapping } from "./form-mapping.ts";
import { assertRecognisable, type FormReport, formatFormReport, formStateOf, toFormReport } from "./form-report.ts";
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

/** A fault says which file it was, by its place, and that nothing was added. */
function faultOfForm(cause: unknown, index: number, count: number): unknown {
  if (!(cause instanceof IlmoError)) return cause;
  const which = count === 1 ? "" : `File ${index + 1} of ${count}: `;
  return new IlmoError(cause.code, `${which}${cause.message} Nothing was added.`, { cause });
}

/** Does the same with each form; all are through before one is stored. */
async function forEachForm<T, R>(items: readonly T[], use: (item: T) => R | Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    try {
      results.push(await use(item));
    } catch (cause) {
      throw faultOfForm(cause, index, items.length);
    }
  }
  return results;
}

async function parseForm(path: string, mapping: GivenMapping): Promise<FormTemplate> {
  const template = await parseFormLayout(await readPdf(path), { mapping });
  return { ...template, layout: { ...template.layout, fileName: basename(path) } };
}

interface TriedForm {
  readonly template: FormTemplate;
  readonly report: FormReport;
}

/** Finds each form's id and how its pages do among all others; `prepared` takes it in. @throws layoutInvalid */
function tryForm(parsed: FormTemplate, prepared: Map<string, PreparedTemplate>): TriedForm {
  const known = [...prepared.values()].map(({ template }) => template.layout);
  const layout = withOwnId(parsed.layout, known);
  const template = { ...parsed, layout };
  prepared.set(layout.id, prepareTemplate(template));
  const report = toFormReport(layout, tryLayout(template, [...prepared.values()]), formStateOf(layout, known));
  assertRecognisable(report);
  return { template, report };
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
  const parsed = await forEachForm(paths, async (path) => {
    terminal.progress(`${paths.indexOf(path) + 1} of ${paths.length} forms`);
    return parseForm(path, mapping);
  });
  assertMappingFits(
    mapping,
    parsed.map(({ layout }) => layout),
  );
  const tried = await forEachForm(parsed, (form) => tryForm(form, prepared));
  for (const { template } of tried) await saveTemplate(config.home, template);
  terminal.progressDone();
  const reports = tried.map(({ report }) => report);
  const rows = reports.map(({ id, state, pages, zones, fields, unmapped, recognition }) => [
    id,
    STATE_NAMES[state],
    `${recognition.filter(({ outcome }) => outcome === "recognised").length} of ${pages}`,
    String(zones),
    `${fields.length - unmapped.length} of ${fields.length}`,
  ]);
  terminal.line(formatTable([["layout", "state", "pages recognised", "zones", "fields with a known meaning"], ...rows]));
  for (const report of reports) terminal.line(`\n${formatFormReport(report)}`);
  terminal.json(reports);
}

const STATE_NAMES = { added: "added", alreadyKnown: "already known", replaced: "replaced" } as const;

/** `ilmo forms list`. */
export async function listForms(config: Config, terminal: Terminal): Promise<void> {
  const layouts = await listLayouts(config.home);
  const rows = layouts.map(({ id, pages, zones, title = "-", fileName = "-" }) => [
    id,
    String(pages.length),
    String(zones.length),
    title,
    fileName,
  ]);
  terminal.line(formatTable([["layout", "pages", "zones", "title", "file"], ...rows]));
  terminal.json(
    layouts.map(({ id, pages, zones, title = null, fileName = null }) => ({
      id,
      pages: pages.length,
      zones: zones.length,
      title,
      fileName,
    })),
  );
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
