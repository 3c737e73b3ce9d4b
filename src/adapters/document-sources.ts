import { readdirSync, readFileSync } from "node:fs";
import { TEMPLATE_FILES, type TemplateName, type TemplateSources } from "../documents/paper-templates.ts";

const FOLDER = new URL("../../templates/", import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, FOLDER), "utf8");
}

/** Loads the templates of all papers from `templates/`. */
export function loadTemplateSources(): TemplateSources {
  const names = readdirSync(new URL("partials/", FOLDER)).filter((name) => name.endsWith(".hbs"));
  return {
    templates: Object.fromEntries(Object.entries(TEMPLATE_FILES).map(([name, path]) => [name, read(path)])) as Record<TemplateName, string>,
    partials: Object.fromEntries(names.map((name) => [name.slice(0, -".hbs".length), read(`partials/${name}`).trim()])),
  };
}

/** Loads the style sheet of all papers, without fonts. */
export function loadPaperCss(): string {
  return read("papers.css");
}
