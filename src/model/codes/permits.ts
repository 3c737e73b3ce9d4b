/** Words that stand where a card or form names the ground in words instead of a section. */
const GROUND_WORDS = [
  "TURVAPAIKKA",
  "PAKOLAINEN",
  "PAKOLAISASEMA",
  "KANSAINVÄLINEN SUOJELU",
  "TOISSIJAINEN SUOJELU",
  "TILAPÄINEN SUOJELU",
  "HUMANITAARINEN SUOJELU",
  "PERHESIDE",
  "PERHE",
  "TYÖ",
  "TTOL",
  "OPISKELU",
  "PALUUMUUTTAJA",
  "EU-KANSALAINEN",
  "KIINTIÖPAKOLAINEN",
  "ASYL",
  "FLYKTING",
  "FLYKTINGSTATUS",
  "ALTERNATIVT SKYDD",
  "TILLFÄLLIGT SKYDD",
  "FAMILJEBAND",
  "ARBETE",
  "STUDIER",
  "ASYLUM",
  "REFUGEE",
  "SUBSIDIARY PROTECTION",
  "TEMPORARY PROTECTION",
  "FAMILY",
  "WORK",
  "STUDIES",
] as const;

/**
 * A section of the Aliens Act as it is written on cards and forms: "52 §", "78 § 3 mom. 1 k", "52 a §", "50 § 1 MOM".
 */
const SECTION = /^(\d{1,3}) ?([a-z])? ?§(?: ?(\d{1,2}) ?(?:mom|mom\.|momentti|m\.?))?(?: ?(\d{1,2}) ?(?:k|kohta|k\.|p|punkten|p\.))?\.?$/i;
/** The Aliens Act's last section. */
export const LAST_SECTION = 216;

/** Returns the ground in one form ("78 § 3 MOM 1 K" or a known word in upper case); null when it is neither. Pure. */
export function parsePermitGround(text: string): string | null {
  const written = text.normalize("NFC").trim().replace(/\s+/g, " ");
  const word = written.toUpperCase();
  if ((GROUND_WORDS as readonly string[]).includes(word)) return word;
  const section = SECTION.exec(written);
  if (section === null) return null;
  const [, number = "", letter, subsection, item] = section;
  if (Number(number) < 1 || Number(number) > LAST_SECTION) return null;
  const parts = [`${number}${letter === undefined ? "" : ` ${letter.toLowerCase()}`} §`];
  if (subsection !== undefined) parts.push(`${subsection} MOM`);
  if (item !== undefined) parts.push(`${item} K`);
  return parts.join(" ");
}
