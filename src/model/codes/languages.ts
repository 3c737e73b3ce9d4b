import { iso6393 } from "iso-639-3";
import { buildNameIndex, matchName, type NamedCode, type NameMatch } from "./name-index.ts";
import { parseNameTable } from "./name-table.ts";

/**
 * Languages that come up in an employment office, ISO 639-3: fi | sv | en | ru, then own names in Latin letters.
 * Dari (prs) and Farsi (pes), Sorani (ckb) and Kurmanji (kmr) are never merged; the bare words "persia" and "kurdi" name the macrolanguage.
 */
const NAMED: readonly NamedCode[] = parseNameTable(`
ara | arabia, arabian kieli | arabiska | Arabic | арабский, арабский язык | arabi
som | somali, somalia, somalin kieli | somaliska | Somali | сомалийский, сомали | soomaali, af-soomaali
ckb | sorani, kurdi (sorani), sorani (kurdi), keskikurdi, soranin kurdi | sorani, kurdiska (sorani), sorani (kurdiska), centralkurdiska | Sorani, Kurdish (Sorani), Sorani (Kurdish), Central Kurdish, Sorani Kurdish | сорани, курдский (сорани) | kurdî (soranî)
kmr | kurmandži, kurmanji, kurdi (kurmandži), kurdi (kurmanji), pohjoiskurdi | kurmanji, kurdiska (kurmanji), nordkurdiska | Kurmanji, Kurdish (Kurmanji), Northern Kurdish | курманджи, курдский (курманджи) | kurmancî
kur | kurdi | kurdiska | Kurdish | курдский | kurdî
prs | dari, dari (persia) | dari, dari (persiska) | Dari, Dari (Persian), Afghan Persian | дари
pes | farsi, farsi (persia), iranin persia | farsi, farsi (persiska) | Farsi, Farsi (Persian), Iranian Persian | фарси
fas | persia | persiska | Persian | персидский
pus | paštu, pashtu, pashto | pashto | Pashto, Pushto | пушту
tir | tigrinja, tigrinya | tigrinska, tigrinja | Tigrinya | тигринья
tig | tigre | tigré | Tigre | тигре
amh | amhara | amhariska | Amharic | амхарский
orm | oromo | oromo, oromiska | Oromo | оромо
tur | turkki, turkin kieli | turkiska | Turkish | турецкий | türkçe, turkce
rus | venäjä, venäjän kieli | ryska | Russian | русский, русский язык
ukr | ukraina, ukrainan kieli | ukrainska | Ukrainian | украинский
bel | valkovenäjä | belarusiska, vitryska | Belarusian | белорусский
fin | suomi, suomen kieli | finska | Finnish | финский, финский язык
swe | ruotsi, ruotsin kieli | svenska | Swedish | шведский
eng | englanti, englannin kieli | engelska | English | английский, английский язык
est | viro, eesti | estniska | Estonian | эстонский | eesti
lav | latvia | lettiska | Latvian | латышский
lit | liettua | litauiska | Lithuanian | литовский
pol | puola | polska | Polish | польский
deu | saksa | tyska | German | немецкий
fra | ranska | franska | French | французский
spa | espanja | spanska | Spanish | испанский
por | portugali | portugisiska | Portuguese | португальский
ita | italia | italienska | Italian | итальянский
ron | romania | rumänska | Romanian | румынский
hun | unkari | ungerska | Hungarian | венгерский
bul | bulgaria | bulgariska | Bulgarian | болгарский
ell | kreikka | grekiska | Greek | греческий
sqi | albania | albanska | Albanian | албанский | shqip
srp | serbia | serbiska | Serbian | сербский
hrv | kroatia | kroatiska | Croatian | хорватский
bos | bosnia | bosniska | Bosnian | боснийский
mkd | makedonia | makedonska | Macedonian | македонский
kat | georgia | georgiska | Georgian | грузинский
hye | armenia | armeniska | Armenian | армянский
aze | azeri, azerbaidžani | azerbajdzjanska, azeriska | Azerbaijani, Azeri | азербайджанский
kaz | kazakki | kazakiska | Kazakh | казахский
uzb | uzbekki | uzbekiska | Uzbek | узбекский
tgk | tadžikki | tadzjikiska | Tajik | таджикский
kir | kirgiisi | kirgiziska | Kyrgyz | киргизский
tuk | turkmeeni | turkmeniska | Turkmen | туркменский
uig | uiguuri | uiguriska | Uyghur | уйгурский
che | tšetšeeni | tjetjenska | Chechen | чеченский
haz | hazara, hazaragi | hazaragi, hazara | Hazaragi | хазараги
bal | belutši | baluchi | Balochi, Baluchi | белуджский
urd | urdu | urdu | Urdu | урду
hin | hindi | hindi | Hindi | хинди
ben | bengali, bengalin kieli | bengali | Bengali, Bangla | бенгальский
pan | punjabi | punjabi | Punjabi, Panjabi | панджаби
nep | nepali | nepali, nepalesiska | Nepali | непальский
tam | tamili | tamil | Tamil | тамильский
sin | sinhala | singalesiska | Sinhala | сингальский
mya | burma | burmesiska | Burmese | бирманский
ksw | karen | karen | Karen, S'gaw Karen | каренский
rhg | rohingya | rohingya | Rohingya | рохинджа
tha | thai | thailändska | Thai | тайский
vie | vietnam | vietnamesiska | Vietnamese | вьетнамский
zho | kiina | kinesiska | Chinese, Mandarin | китайский
jpn | japani | japanska | Japanese | японский
kor | korea | koreanska | Korean | корейский
tgl | tagalog, filipino | tagalog | Tagalog, Filipino | тагальский
ind | indonesia | indonesiska | Indonesian | индонезийский
swa | swahili | swahili | Swahili, Kiswahili | суахили
lin | lingala | lingala | Lingala | лингала
kin | ruanda, kinyarwanda | kinyarwanda | Kinyarwanda | руанда
run | rundi, kirundi | rundi, kirundi | Kirundi, Rundi | рунди
wol | wolof | wolof | Wolof | волоф
ful | fula, fulani | fulani, fula | Fula, Fulani | фула
hau | hausa | hausa | Hausa | хауса
yor | joruba | yoruba | Yoruba | йоруба
ibo | igbo | igbo | Igbo | игбо
twi | twi | twi | Twi | тви
bam | bambara | bambara | Bambara | бамбара
man | mandinka | mandinka | Mandinka | мандинка
lug | luganda | luganda | Luganda, Ganda | луганда
heb | heprea | hebreiska | Hebrew | иврит
syr | assyria, syyria, syrialainen aramea | assyriska, syriska | Syriac, Assyrian | ассирийский
aii | assyrialainen uusaramea | nyöstsyriska | Assyrian Neo-Aramaic | новоассирийский
cld | kaldea | kaldeiska | Chaldean | халдейский
rom | romani | romani | Romani | цыганский
sme | pohjoissaame | nordsamiska | Northern Sami | северносаамский
mis | muu, muu kieli | annat, annat språk, övriga | other, other language | другой, другой язык
und | ei tiedossa, tuntematon | okänt | unknown | неизвестно
`);

/** Individual -> the language that receivers with two-letter codes know. */
const MACRO_CODES = new Map([
  ["pes", "fa"],
  ["prs", "fa"],
  ["ckb", "ku"],
  ["kmr", "ku"],
]);

const index = buildNameIndex(NAMED);
const iso6391Codes = new Map(iso6393.map(({ iso6393: code, iso6391 }) => [code, iso6391]));

/** Returns whether the text is an ISO 639-3 code. Pure. */
export function isLanguageCode(text: string): boolean {
  return iso6391Codes.has(text.trim().toLowerCase());
}

/** Returns the ISO 639-1 code that stands for an ISO 639-3 code (macrolanguage where needed); null when there is none. Pure. */
export function toTwoLetterLanguage(code: string): string | null {
  return MACRO_CODES.get(code) ?? iso6391Codes.get(code) ?? null;
}

/** Every name that `matchLanguage` knows. */
export const LANGUAGE_NAMES: readonly string[] = NAMED.flatMap(({ names }) => names);

/** Returns the language that a text names in Finnish, Swedish, English or Russian, as ISO 639-3; null when none is near. Pure. */
export function matchLanguage(text: string): NameMatch | null {
  return matchName(index, text);
}

/** Session language (BCP 47-like keys of the form) -> its ISO 639-3 code. */
const SESSION_LANGUAGES = new Map([
  ["ar", "ara"],
  ["so", "som"],
  ["ckb", "ckb"],
  ["prs", "prs"],
  ["fa", "pes"],
  ["en", "eng"],
  ["fi", "fin"],
  ["sv", "swe"],
  ["ru", "rus"],
  ["et", "est"],
]);

/** Returns the ISO 639-3 code of a session's language key ("ar", "ckb", …); null for an unknown key. Pure. */
export function toIso6393(sessionLanguage: string): string | null {
  return SESSION_LANGUAGES.get(sessionLanguage) ?? null;
}
