import { buildNameIndex, matchName, type NamedCode, type NameMatch } from "./name-index.ts";
import { parseNameTable } from "./name-table.ts";

/**
 * National classification of education 2016, level 1 (the same as ISCED 2011); "9" = unknown.
 * Unfinished basic education counts as the level below.
 *
 * @see https://www.stat.fi/fi/luokitukset/koulutusaste/
 */
const LEVELS: readonly NamedCode[] = parseNameTable(`
0 | ei koulutusta, ei mitään, varhaiskasvatus, esiopetus | ingen utbildning, ingen | no education, none, no schooling | нет, без образования, нет образования
1 | peruskoulu kesken, alakoulu, ala-aste, kansakoulu, alempi perusaste | grundskola avbruten, grundskolan avbruten, lågstadium, folkskola | primary, not completed, primary not completed, elementary school | начальное, начальная школа, начальное образование, неполное начальное
2 | peruskoulu, yläkoulu, yläaste, keskikoulu, perusaste, ylempi perusaste | grundskola, grundskolan, högstadium, mellanskola | primary school, lower secondary school, basic education, comprehensive school, middle school | основное, основная школа, неполное среднее, основное общее
3 | lukio, ylioppilas, ammattikoulu, ammatillinen tutkinto, ammatillinen koulutus, toinen aste | gymnasium, student, studentexamen, yrkesskola, yrkesutbildning, yrkesexamen | upper secondary school, high school, secondary school, vocational school, vocational education, vocational training | среднее, средняя школа, среднее образование, училище, профтехучилище, ПТУ, среднее профессиональное, среднее специальное
4 | erikoisammattitutkinto, ammattitutkinto | specialyrkesexamen | specialist vocational qualification, post-secondary
5 | opistoaste, opisto, alin korkea-aste | institutnivå, institut | college, community college, short-cycle tertiary | техникум, колледж
6 | alempi korkeakoulututkinto, kandidaatti, ammattikorkeakoulu, ammattikorkeakoulututkinto, AMK | lägre högskoleexamen, kandidat, kandidatexamen, yrkeshögskola, yrkeshögskoleexamen | bachelor's degree, bachelor, bachelors degree, university of applied sciences | бакалавр, бакалавриат, неполное высшее
7 | ylempi korkeakoulututkinto, maisteri, yliopisto, ylempi AMK | högre högskoleexamen, magister, universitet | master's degree, master, masters degree, university, university degree | магистр, магистратура, высшее, высшее образование, специалист, университет
8 | tohtori, lisensiaatti, tohtorin tutkinto, tutkijakoulutus | doktor, licentiat, doktorsexamen | doctor, doctoral degree, doctorate, phd | доктор наук, кандидат наук, аспирантура
9 | ei tiedossa, tuntematon | okänd, okänt | unknown | неизвестно
`);

// "primary, not completed" holds a comma, which parts names in the table.
const index = buildNameIndex([{ code: "1", names: ["primary, not completed"] }, ...LEVELS]);

/** Every name of a level, in every language of the list. */
export const EDUCATION_LEVEL_NAMES: readonly string[] = index.names.map(({ name }) => name);

/** Returns the level "0"-"9" that a text names in Finnish, Swedish, English or Russian; null when none is near. Pure. */
export function matchEducationLevel(text: string): NameMatch | null {
  return matchName(index, text);
}
