import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type PrintFont, stripPresentationForms } from "../documents/strip-presentation-forms.ts";

const resolve = createRequire(import.meta.url).resolve;

/**
 * The bundled subsets (the packages' own split); of a character in several, the first draws it.
 * Arabic comes first so that joiners (U+200C, U+200D) do not break a word's shaping, and leaves Latin signs and space to Noto Sans.
 */
const SUBSETS = [
  { family: "Vazirmatn", package: "vazirmatn", subset: "arabic" },
  { family: "Noto Sans", package: "noto-sans", subset: "latin" },
  { family: "Noto Sans", package: "noto-sans", subset: "latin-ext" },
  { family: "Noto Sans", package: "noto-sans", subset: "cyrillic" },
  { family: "Noto Sans", package: "noto-sans", subset: "cyrillic-ext" },
  { family: "Noto Sans", package: "noto-sans", subset: "greek" },
  { family: "Noto Sans", package: "noto-sans", subset: "vietnamese" },
] as const;

const WEIGHTS = [400, 700] as const;
const LATIN_SUBSET = SUBSETS[1];
const FIRST_OF_ARABIC_FONT = 0x0600;

/** The bundled fonts: style sheet with the files inside, and every code point that can be printed. */
export interface BundledFonts {
  readonly css: string;
  readonly codePoints: ReadonlySet<number>;
  /** Names that the fonts carry inside a PDF begin with one of these. */
  readonly postScriptNames: readonly string[];
}

interface BundledFile extends PrintFont {
  readonly name: string;
  readonly family: string;
  readonly weight: number;
}

function loadFile(source: (typeof SUBSETS)[number], weight: number): BundledFile {
  const name = `${source.package}-${source.subset}-${weight}-normal`;
  const woff = readFileSync(resolve(`@fontsource/${source.package}/files/${name}.woff`));
  return { name, family: source.family, weight, ...stripPresentationForms(woff) };
}

/** Returns code points as CSS `unicode-range`, runs joined. */
function unicodeRangeOf(codePoints: ReadonlySet<number>): string {
  const ranges: string[] = [];
  let first = -1;
  let last = -1;
  const close = () => {
    if (first >= 0) ranges.push(first === last ? `U+${first.toString(16)}` : `U+${first.toString(16)}-${last.toString(16)}`);
  };
  for (const code of [...codePoints].toSorted((a, b) => a - b)) {
    if (code === last + 1) {
      last = code;
      continue;
    }
    close();
    first = code;
    last = code;
  }
  close();
  return ranges.join(",");
}

function fontFaceOf(file: BundledFile, drawn: ReadonlySet<number>): string {
  const source = `url(data:font/ttf;base64,${file.sfnt.toString("base64")}) format("truetype")`;
  return `@font-face{font-family:"${file.family}";font-weight:${file.weight};src:${source};unicode-range:${unicodeRangeOf(drawn)}}`;
}

let bundled: BundledFonts | undefined;

/** Loads the bundled fonts once; about 1 MB of style sheet. */
export function loadBundledFonts(): BundledFonts {
  if (bundled !== undefined) return bundled;
  const files = WEIGHTS.flatMap((weight) => SUBSETS.map((source) => loadFile(source, weight)));
  const taken = new Map<number, Set<number>>(WEIGHTS.map((weight) => [weight, new Set<number>()]));
  const faces = files.map((file) => {
    const seen = taken.get(file.weight) ?? new Set<number>();
    const first = file.family === "Vazirmatn" ? FIRST_OF_ARABIC_FONT : 0;
    const drawn = new Set([...file.codePoints].filter((code) => code >= first && !seen.has(code)));
    for (const code of drawn) seen.add(code);
    return fontFaceOf(file, drawn);
  });
  const [regular, bold] = WEIGHTS.map((weight) => taken.get(weight) ?? new Set<number>());
  const both = new Set([...(regular ?? [])].filter((code) => bold?.has(code) ?? false));
  bundled = { css: faces.join("\n"), codePoints: both, postScriptNames: ["NotoSans", "Vazirmatn"] };
  return bundled;
}

/**
 * Writes a font configuration in which only one bundled Latin font exists, and returns its folder (FONTCONFIG_PATH).
 *
 * The browser needs one system font to start; with no other on hand a missing glyph can never be drawn by a stray font of the machine.
 */
export function writeFontConfig(folder: string): string {
  const fonts = join(folder, "fonts");
  mkdirSync(join(folder, "cache"), { recursive: true });
  mkdirSync(fonts, { recursive: true });
  const latin = loadFile(LATIN_SUBSET, 400);
  writeFileSync(join(fonts, `${latin.name}.ttf`), latin.sfnt);
  const xml = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${join(folder, "cache")}</cachedir></fontconfig>`;
  writeFileSync(join(folder, "fonts.conf"), xml);
  return folder;
}
