import { editDistance } from "../model/codes/name-index.ts";

/** ICAO 9303-3 transliterations that a card may use, beside the plain letter. */
const TRANSLITERATIONS: Readonly<Record<string, string>> = {
  Å: "AA",
  Ä: "AE",
  Ö: "OE",
  Ü: "UE",
  Ø: "OE",
  Æ: "AE",
  ß: "SS",
  Ñ: "N",
  Þ: "TH",
};

/** Tokens whose letters differ in more than this share are different names; below it a misread letter explains the difference. */
const MAX_TOKEN_DISTANCE = 0.34;

/** A token cut at the end of the card's line still counts when this many letters agree. */
const MIN_CUT_LETTERS = 3;

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ı/g, "i").toUpperCase();
}

function transliterated(text: string): string {
  const spelled = [...text.normalize("NFC").toUpperCase()].map((letter) => TRANSLITERATIONS[letter] ?? letter).join("");
  return plain(spelled);
}

function tokensOf(text: string): string[] {
  return text.split(/[^\p{L}\d]+/u).filter((token) => token !== "");
}

function isSameToken(written: string, onCard: string): boolean {
  return [plain(written), transliterated(written)].some((variant) => {
    if (onCard.length >= MIN_CUT_LETTERS && variant.startsWith(onCard)) return true;
    return editDistance(variant, onCard) <= Math.floor(Math.max(variant.length, onCard.length) * MAX_TOKEN_DISTANCE);
  });
}

/**
 * Tells whether the names written on the form can be those of the card.
 *
 * Compares sets of words: order does not matter, prefixes such as AL may be joined or apart, the card may have cut the
 * last word. A surname that the card does not show at all, or no given name in common, makes them different.
 * Pure.
 *
 * @see DOMAIN 1.3, "name on form <> MRZ name"; ICAO 9303-3 section 6
 */
export function areNamesCompatible(form: { surname: string; givenNames: string }, card: { surname: string; givenNames: string }): boolean {
  const cardText = plain(`${card.surname} ${card.givenNames}`);
  const cardTokens = tokensOf(cardText);
  const joinedCard = cardText.replace(/[^A-Z]/g, "");
  const isOnCard = (token: string): boolean =>
    cardTokens.some((cardToken) => isSameToken(token, cardToken)) || (token.length >= 4 && joinedCard.includes(plain(token)));
  const surnameTokens = tokensOf(form.surname);
  const givenTokens = tokensOf(form.givenNames);
  // The readers may tear a name apart or join two: the letters alone decide.
  const joinedForm = plain(`${form.surname}${form.givenNames}`).replace(/[^A-Z]/g, "");
  if (joinedForm !== "" && [joinedCard, cardTokens.toReversed().join("")].includes(joinedForm)) return true;
  const isSurnameShown = surnameTokens.length === 0 || surnameTokens.some((token) => isOnCard(token));
  const isGivenShown = givenTokens.length === 0 || givenTokens.some((token) => isOnCard(token));
  return isSurnameShown && isGivenShown;
}
