import type { PrintedWord } from "../model/form-layout.ts";
import type { FormSource, FormSourcePage } from "./form-source.ts";

/** What a form calls itself. */
export interface FormIdentity {
  readonly code: string;
  readonly language: string;
  readonly version: string;
  /** Present when the form states none of it. */
  readonly isDerived?: true;
}

/** Share of the page's height, at top and bottom, in which a form states its code. */
const EDGE_SHARE = 0.13;
const PRINTED_CODE = /(?:^|\s)([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)\s+([a-z]{2,3})\s+(\d+(?:\.\d+)*)(?=\s|$)/;
/** `ILMO-F1/fi/2.0/1`: form, language, version, page. */
const BARCODE = /^([A-Z][A-Z0-9-]*)\/([a-z]{2,3})\/(\d+(?:\.\d+)*)\/\d+$/;

/** Words that tell the form's language; each is common on forms and few are shared. */
const TELLING_WORDS: Readonly<Record<string, readonly string[]>> = {
  fi: [
    "ja",
    "tai",
    "sukunimi",
    "etunimet",
    "etunimi",
    "henkilötunnus",
    "syntymäaika",
    "lähiosoite",
    "päiväys",
    "allekirjoitus",
    "puhelin",
    "kyllä",
    "ei",
    "osoite",
    "lomake",
  ],
  sv: [
    "och",
    "eller",
    "efternamn",
    "förnamn",
    "personbeteckning",
    "födelsetid",
    "gatuadress",
    "datum",
    "underskrift",
    "telefon",
    "ja",
    "nej",
    "adress",
    "blankett",
    "namn",
  ],
  en: ["and", "or", "surname", "name", "date", "birth", "address", "signature", "telephone", "phone", "yes", "no", "form", "of", "the"],
  de: [
    "und",
    "oder",
    "nachname",
    "vorname",
    "geburtsdatum",
    "anschrift",
    "straße",
    "unterschrift",
    "datum",
    "telefon",
    "ja",
    "nein",
    "der",
    "bitte",
    "antrag",
  ],
  fr: ["et", "ou", "nom", "prénom", "prénoms", "naissance", "adresse", "signature", "téléphone", "oui", "non", "de", "le", "la", "fiche"],
  es: ["y", "o", "apellidos", "nombre", "nacimiento", "dirección", "firma", "teléfono", "sí", "no", "de", "el", "la", "fecha", "solicitud"],
  et: ["ja", "või", "perekonnanimi", "eesnimi", "sünniaeg", "aadress", "allkiri", "kuupäev", "telefon", "jah", "ei", "taotlus"],
  ru: ["и", "или", "фамилия", "имя", "имена", "дата", "рождения", "адрес", "подпись", "телефон", "да", "нет", "бланк"],
};
/** Fewer telling words than this say nothing: a form with three words may have them by chance. */
const MIN_TELLING_WORDS = 3;

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** Returns the language whose own words the form prints most, or undefined when there are too few. Pure. */
export function findFormLanguage(words: readonly PrintedWord[]): string | undefined {
  const printed = new Set(words.flatMap((word) => wordsOf(word.text)));
  let best: { language: string; hits: number } | undefined;
  for (const [language, telling] of Object.entries(TELLING_WORDS)) {
    const hits = telling.filter((word) => printed.has(word)).length;
    if (hits >= MIN_TELLING_WORDS && hits > (best?.hits ?? 0)) best = { language, hits };
  }
  return best?.language;
}

function edgeText(page: FormSourcePage): string {
  const edge = page.heightMm * EDGE_SHARE;
  const isAtEdge = (word: PrintedWord): boolean => word.rect.y > page.heightMm - edge || word.rect.y < edge;
  return page.words
    .filter(isAtEdge)
    .map((word) => word.text)
    .join(" ");
}

function toIdentity(match: RegExpExecArray | null): FormIdentity | undefined {
  const [, code, language, version] = match ?? [];
  return code === undefined || language === undefined || version === undefined ? undefined : { code, language, version };
}

/** A code of letters, digits and hyphens that every file system takes. */
function codeFromTitle(title: string): string {
  const plain = title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 24).replace(/-+$/, "");
}

/**
 * Returns code, language and version of a form.
 *
 * Pure. Stated ones win: a barcode, else the printed code (`ILMO-F1 fi 1.0`) at the page's top or bottom. A form that states nothing gets
 * its code from the title (else from the file's digest), its language from its words (else from /Lang, else "und") and version "1".
 */
export function identifyForm(source: FormSource): FormIdentity {
  for (const page of source.pages) {
    for (const text of page.barcodes) {
      const stated = toIdentity(BARCODE.exec(text));
      if (stated !== undefined) return stated;
    }
  }
  for (const page of source.pages) {
    const stated = toIdentity(PRINTED_CODE.exec(edgeText(page)));
    if (stated !== undefined) return stated;
  }
  const fromTitle = codeFromTitle(source.title ?? "");
  const code = /[A-Z]/.test(fromTitle) ? fromTitle : `FORM-${source.sha256.slice(0, 8).toUpperCase()}`;
  const stated = /^[a-z]{2,3}/.exec(source.statedLanguage?.toLowerCase() ?? "")?.[0];
  return { code, isDerived: true, language: findFormLanguage(source.pages.flatMap((page) => page.words)) ?? stated ?? "und", version: "1" };
}
