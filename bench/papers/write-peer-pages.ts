import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeQr } from "../../src/adapters/document-qr.ts";
import { loadPaperCss, loadTemplateSources } from "../../src/adapters/document-sources.ts";
import { loadBundledFonts } from "../../src/adapters/fonts.ts";
import type { Paper } from "../../src/documents/paper.ts";
import { compileTemplates } from "../../src/documents/paper-templates.ts";
import { renderInvitation } from "../../src/documents/render-invitation.ts";
import { stripPresentationForms } from "../../src/documents/strip-presentation-forms.ts";
import { letter } from "./letters.ts";

const SUBSETS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"].map((subset) => ["noto-sans", subset] as const);
const FONTS = [["vazirmatn", "arabic"] as const, ...SUBSETS];

/** A style that costs the peers little and that both understand: no grid, no fitting, fonts installed on the machine. */
const PLAIN_CSS = `@page { size: A4; margin: 13mm 15mm 9mm } * { margin: 0; padding: 0 }
body { font-family: "Noto Sans", "Vazirmatn"; font-size: 10pt; line-height: 1.3 }
.qr svg { width: 27mm; height: 27mm } svg.icon { width: 6.5mm; height: 6.5mm }
.name { font-size: 17pt; font-weight: 700 } ul { padding: 0 1.3em } section { padding: 2mm }`;

function pageOf({ language, direction, title, body, layout }: Paper, css: string): string {
  return `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>${title}</title><style>${css}</style></head><body class="${layout}">${body}</body></html>`;
}

/** Installs the papers' fonts for the peers, beside the machine's own: wkhtmltopdf crashes when it finds no default font. */
function writeFonts(folder: string): string {
  const fonts = join(folder, "fonts");
  mkdirSync(fonts, { recursive: true });
  const { resolve } = createRequire(import.meta.url);
  for (const weight of [400, 700]) {
    for (const [font, subset] of FONTS) {
      const name = `${font}-${subset}-${weight}-normal`;
      writeFileSync(
        join(fonts, `${name}.ttf`),
        stripPresentationForms(readFileSync(resolve(`@fontsource/${font}/files/${name}.woff`))).sfnt,
      );
    }
  }
  const path = join(folder, "fonts.conf");
  const xml = `<fontconfig><dir>${fonts}</dir><include ignore_missing="yes">/etc/fonts/fonts.conf</include><cachedir>${join(folder, "font-cache")}</cachedir></fontconfig>`;
  writeFileSync(path, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${xml}`);
  return path;
}

/** The peers' pages: the same letters in two dresses. */
export interface PeerPages {
  readonly fontConfig: string;
  /** Ilmo's own style sheet and fonts inside each page. */
  readonly full: readonly string[];
  /** A plain style, fonts installed. */
  readonly plain: readonly string[];
}

/** Writes the first letters as pages of their own. */
export async function writePeerPages(folder: string, count: number): Promise<PeerPages> {
  mkdirSync(folder, { recursive: true });
  const templates = compileTemplates(loadTemplateSources());
  const fullCss = `${loadBundledFonts().css}\n${loadPaperCss()}`;
  const full: string[] = [];
  const plain: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const data = letter(index);
    const paper = renderInvitation(data, await writeQr(data.reference), templates);
    for (const [kind, css, list] of [
      ["full", fullCss, full],
      ["plain", PLAIN_CSS, plain],
    ] as const) {
      const path = join(folder, `${kind}-${index}.html`);
      writeFileSync(path, pageOf(paper, css));
      list.push(path);
    }
  }
  return { fontConfig: writeFonts(folder), full, plain };
}
