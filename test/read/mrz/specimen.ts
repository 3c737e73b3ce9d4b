import { checkDigitOf } from "../../../src/read/mrz/check-digit.ts";

/** What differs from the invented card holder; everything else is right, check digits included. */
export interface CardParts {
  readonly number?: string;
  readonly numberCheck?: string;
  readonly optional1?: string;
  readonly birth?: string;
  readonly names?: string;
}

/** Returns the three lines of an invented person's residence-permit card. */
export function permitLines({
  number = "XA1234567",
  numberCheck,
  optional1 = "",
  birth = "900101",
  names = "VIRTANEN<ABDI<<AMINA<HODAN",
}: CardParts): string[] {
  const first = number + (numberCheck ?? checkDigitOf(number)) + optional1.padEnd(15, "<");
  const dates = birth + checkDigitOf(birth);
  const expiry = `300531${checkDigitOf("300531")}`;
  const optional2 = "".padEnd(11, "<");
  const composite = checkDigitOf(first + dates + expiry + optional2);
  return [`IRFIN${first}`, `${dates}F${expiry}SOM${optional2}${composite}`, names.padEnd(30, "<")];
}

/** Returns the two lines of an invented person's passport. */
export function passportLines(names = "NUR<<HASSAN<ALI"): string[] {
  const number = `A12345678${checkDigitOf("A12345678")}`;
  const birth = `061124${checkDigitOf("061124")}`;
  const expiry = `310101${checkDigitOf("310101")}`;
  const optional = "".padEnd(14, "<");
  const composite = checkDigitOf(number + birth + expiry + optional + checkDigitOf(optional));
  return [`P<SOM${names}`.padEnd(44, "<"), `${number}SOM${birth}M${expiry}${optional}${checkDigitOf(optional)}${composite}`];
}
