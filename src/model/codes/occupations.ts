import { buildNameIndex, matchName, type NameMatch } from "./name-index.ts";
import { parseNameTable } from "./name-table.ts";
import { OCCUPATION_TABLE } from "./occupation-table.ts";

/** ISCO-08 (Ammattiluokitus 2010) major groups. */
export const OCCUPATION_MAJOR_GROUPS: ReadonlyMap<string, { readonly fi: string; readonly sv: string; readonly en: string }> = new Map([
  ["1", { fi: "Johtajat", sv: "Chefer", en: "Managers" }],
  ["2", { fi: "Erityisasiantuntijat", sv: "Specialister", en: "Professionals" }],
  ["3", { fi: "Asiantuntijat", sv: "Experter", en: "Technicians and associate professionals" }],
  ["4", { fi: "Toimisto- ja asiakaspalvelutyöntekijät", sv: "Kontors- och kundtjänstpersonal", en: "Clerical support workers" }],
  ["5", { fi: "Palvelu- ja myyntityöntekijät", sv: "Service- och försäljningspersonal", en: "Service and sales workers" }],
  [
    "6",
    {
      fi: "Maanviljelijät, metsätyöntekijät ym.",
      sv: "Jordbrukare, skogsarbetare m.fl.",
      en: "Skilled agricultural, forestry and fishery workers",
    },
  ],
  [
    "7",
    {
      fi: "Rakennus-, korjaus- ja valmistustyöntekijät",
      sv: "Byggnads-, reparations- och tillverkningsarbetare",
      en: "Craft and related trades workers",
    },
  ],
  [
    "8",
    { fi: "Prosessi- ja kuljetustyöntekijät", sv: "Process- och transportarbetare", en: "Plant and machine operators, and assemblers" },
  ],
  ["9", { fi: "Muut työntekijät", sv: "Övriga arbetstagare", en: "Elementary occupations" }],
  ["0", { fi: "Sotilaat", sv: "Militärer", en: "Armed forces occupations" }],
]);

const index = buildNameIndex(parseNameTable(OCCUPATION_TABLE));

/**
 * Returns the occupation that a text names in Finnish, Swedish, English or Russian; null when none is near.
 *
 * Pure. The code is ISCO-08, four digits where one unit group fits, fewer where the word is wider, X for no occupation,
 * S for students, H for home work. Staff confirm it.
 */
export function matchOccupation(text: string): NameMatch | null {
  return matchName(index, text);
}
