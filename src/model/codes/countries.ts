import codeTriples from "i18n-iso-countries/codes.json" with { type: "json" };
import ar from "i18n-iso-countries/langs/ar.json" with { type: "json" };
import en from "i18n-iso-countries/langs/en.json" with { type: "json" };
import et from "i18n-iso-countries/langs/et.json" with { type: "json" };
import fa from "i18n-iso-countries/langs/fa.json" with { type: "json" };
import fi from "i18n-iso-countries/langs/fi.json" with { type: "json" };
import ru from "i18n-iso-countries/langs/ru.json" with { type: "json" };
import so from "i18n-iso-countries/langs/so.json" with { type: "json" };
import sv from "i18n-iso-countries/langs/sv.json" with { type: "json" };
import { buildNameIndex, matchName, type NamedCode, type NameMatch } from "./name-index.ts";
import { parseNameTable } from "./name-table.ts";

/** The one internal code for Kosovo; ISO 3166-1 has none (user-assigned code of the EU and the population register). */
export const KOSOVO = "XKX";

/** Other alpha-3 codes for the same state: MRZ (ICAO 9303) says RKS, `i18n-iso-countries` XKK. */
const SYNONYM_CODES = new Map([
  ["RKS", KOSOVO],
  ["XKK", KOSOVO],
  ["UNK", KOSOVO],
  ["D", "DEU"],
]);

/** ICAO 9303 codes of persons without a nationality of a state. */
const STATELESS: readonly NamedCode[] = parseNameTable(`
XXA | kansalaisuudeton, valtioton | statslös | stateless | лицо без гражданства, без гражданства
XXB | pakolainen | flykting | refugee | беженец
XXC | muu pakolainen | annan flykting | other refugee | иной беженец
XXX | tuntematon, ei tiedossa, selvittämätön | okänd, oklar | unknown, unspecified | неизвестно, не установлено
`);

/** Names in use that the packaged lists lack. */
const ALIASES: readonly NamedCode[] = parseNameTable(`
SYR | Syyrian arabitasavalta | Syria | Syrian Arab Republic | Сирийская Арабская Республика
IRQ | Irakin tasavalta | Irak | Iraq | Республика Ирак
IRN | Iranin islamilainen tasavalta, Persia | Iran | Islamic Republic of Iran | Исламская Республика Иран
AFG | Afganistan | Afghanistan | Afghanistan | Афганистан
RUS | Venäjän federaatio, Neuvostoliitto | Ryska federationen | Russia, Russian Federation | Россия, РФ, Российская Федерация
TUR | Turkki | Turkiet | Turkey, Türkiye, Turkiye | Турция
VNM | Vietnam | Vietnam | Viet Nam | Вьетнам
PSE | Palestiina, Palestiinalaisalueet | Palestina | Palestine, Gaza, West Bank | Палестина
COD | Kongo, Kongon demokraattinen tasavalta, Zaire | Kongo-Kinshasa, DR Kongo | DR Congo, DRC, Congo-Kinshasa | ДР Конго
COG | Kongon tasavalta, Kongo-Brazzaville | Kongo-Brazzaville | Republic of the Congo, Congo-Brazzaville | Республика Конго
GBR | Britannia, Iso-Britannia, Englanti | Storbritannien, England | United Kingdom, Great Britain, England, UK | Великобритания, Англия
USA | USA, Yhdysvallat, Amerikka | USA, Förenta staterna, Amerika | USA, United States, America | США, Америка
SWZ | Eswatini, Swazimaa | Swaziland | Eswatini | Свазиленд
MMR | Myanmar, Burma | Burma | Myanmar, Burma | Мьянма
MKD | Pohjois-Makedonia, Makedonia | Nordmakedonien, Makedonien | North Macedonia, Macedonia | Северная Македония, Македония
CZE | Tšekki, Tsekki | Tjeckien | Czechia, Czech Republic | Чехия
CIV | Norsunluurannikko | Elfenbenskusten | Ivory Coast, Côte d'Ivoire | Кот-д'Ивуар
CPV | Kap Verde | Kap Verde | Cape Verde, Cabo Verde | Кабо-Верде
BLR | Valko-Venäjä | Belarus, Vitryssland | Belarus | Беларусь, Белоруссия
MDA | Moldova | Moldavien | Moldova | Молдова, Молдавия
KGZ | Kirgisia | Kirgizistan | Kyrgyzstan | Киргизия, Кыргызстан
SSD | Etelä-Sudan | Sydsudan | South Sudan | Южный Судан
KOR | Etelä-Korea | Sydkorea | South Korea | Южная Корея
PRK | Pohjois-Korea | Nordkorea | North Korea | Северная Корея
LAO | Laos | Laos | Laos | Лаос
GMB | Gambia | Gambia | Gambia, The Gambia | Гамбия
TZA | Tansania | Tanzania | Tanzania | Танзания
VEN | Venezuela | Venezuela | Venezuela | Венесуэла
BOL | Bolivia | Bolivia | Bolivia | Боливия
NLD | Alankomaat, Hollanti | Nederländerna, Holland | Netherlands, Holland | Нидерланды, Голландия
ARE | Arabiemiirikunnat | Förenade Arabemiraten | United Arab Emirates, UAE, Emirates | ОАЭ
SAU | Saudi-Arabia | Saudiarabien | Saudi Arabia | Саудовская Аравия
FIN | Suomi | Finland | Finland | Финляндия
SWE | Ruotsi | Sverige | Sweden | Швеция
XKX | Kosovo | Kosovo | Kosovo | Косово
SOM | Somalia, Somalimaa | Somalia | Somalia, Somaliland | Сомали
CHN | Kiina | Kina | China | Китай
BIH | Bosnia ja Hertsegovina, Bosnia | Bosnien och Hercegovina, Bosnien | Bosnia and Herzegovina, Bosnia | Босния и Герцеговина, Босния
`);

const LANGUAGE_FILES = [fi, sv, en, ru, et, so, ar, fa];

/** The packaged triples also hold XKK; Kosovo has one code here. */
const alpha3Of = new Map(codeTriples.map(([alpha2 = "", alpha3 = ""]) => [alpha2, SYNONYM_CODES.get(alpha3) ?? alpha3]));

const alpha3Codes = new Set([...alpha3Of.values(), KOSOVO, ...STATELESS.map(({ code }) => code)]);

function packagedNames(): NamedCode[] {
  const entries: NamedCode[] = [];
  for (const [alpha2, code] of alpha3Of) {
    const names = LANGUAGE_FILES.flatMap(({ countries }) => (countries as Readonly<Record<string, string | string[]>>)[alpha2] ?? []);
    entries.push({ code, names });
  }
  return entries;
}

const index = buildNameIndex([...ALIASES, ...packagedNames(), ...STATELESS]);

/** Every name that a country is known by, in every language of the lists. */
export const COUNTRY_NAMES: readonly string[] = index.names.map(({ name }) => name);

/** Returns the names of countries that one language's packaged list holds; none for other languages. Pure. */
export function countryNamesIn(language: string): readonly string[] {
  const list = LANGUAGE_FILES.find(({ locale }) => locale === language);
  return list === undefined ? [] : Object.values(list.countries as Readonly<Record<string, string | string[]>>).flat();
}

/** Returns the internal alpha-3 code (ISO 3166-1, XKX, XXA XXB XXC XXX) of a written code; null when it is none. Pure. */
export function parseCountryCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  const synonym = SYNONYM_CODES.get(code);
  if (synonym !== undefined) return synonym;
  return alpha3Codes.has(code) ? code : null;
}

/**
 * Returns the country that a text names, as alpha-3 code or by name in Finnish, Swedish, English, Russian, Arabic, Persian,
 * Somali or Estonian; null when none is near.
 *
 * Pure. A code matches only exactly: three letters are too short to forgive one.
 */
export function matchCountry(text: string): NameMatch | null {
  const named = matchName(index, text);
  if (named?.isExact === true) return named;
  const code = parseCountryCode(text);
  if (code !== null) return { code, name: text.trim().toUpperCase(), isExact: true, distance: 0, margin: 1 };
  return named;
}

/** Returns the MRZ (ICAO 9303) code of an internal code: Kosovo is RKS there. Pure. */
export function toIcaoCountryCode(code: string): string {
  return code === KOSOVO ? "RKS" : code;
}
