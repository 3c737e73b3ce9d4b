import type { IsoDate } from "../model/time.ts";
import { formatShortDay } from "./format-when.ts";
import type { PaperOffice } from "./paper-data.ts";
import { safe } from "./paper-templates.ts";
import type { Texts } from "./texts.ts";

/** What stands in the head of every letter to a person. */
export interface LetterData {
  readonly office: PaperOffice;
  readonly personName: string;
  readonly reference: string;
  readonly issuedOn: IsoDate;
}

/** Returns what the template of a letter's head takes; the reference is labelled in both languages of the letter. Pure. */
export function headOf({ office, personName, reference, issuedOn }: LetterData, languages: readonly Texts[], qr: string) {
  const referenceLabels = languages.map(({ meta, html }) => ({
    lang: meta.bcp47,
    dir: meta.dir,
    label: safe(html("invitation.referenceLabel")),
  }));
  return { office, personName, reference, referenceLabels, issuedOn: formatShortDay(issuedOn), qr: safe(qr) };
}
