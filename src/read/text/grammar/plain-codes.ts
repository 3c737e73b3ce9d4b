/** A text in the form its grammar wants; null when the text is something else. */
export type Grammar = (text: string) => string | null;

/** A phone number as written: Finnish (0…, +358 …) or foreign (+…), 7-13 digits. Pure. */
export const parsePhone: Grammar = (text) => {
  const written = text
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[–—]/g, "-")
    .replace(/[.,]+$/, "");
  if (!/^\+?\(?\d[\d ()/-]*\d$/.test(written)) return null;
  const digits = written.replace(/\D/g, "");
  const isInternational = written.startsWith("+") || digits.startsWith("00");
  if (!isInternational && !digits.startsWith("0")) return null;
  return digits.length >= 7 && digits.length <= 14 ? written : null;
};

/** Returns only what makes two phone numbers the same: +358 and 00358 become 0. Pure. */
export function toPhoneKey(text: string): string {
  return text.replace(/[^\d+]/g, "").replace(/^(\+358|00358)0?/, "0");
}

/** Five digits. Pure. */
export const parsePostalCode: Grammar = (text) => {
  const digits = text
    .trim()
    .replace(/^FI-?/i, "")
    .replace(/\s+/g, "")
    .replace(/[.,]+$/, "");
  return /^\d{5}$/.test(digits) ? digits : null;
};

/** A residence permit card's number: 6-9 letters and digits, at least four digits in a row. Pure. */
export const parseCardNumber: Grammar = (text) => {
  const code = text
    .toUpperCase()
    .replace(/\s+/g, "")
    .replace(/[.,]+$/, "");
  return /^[A-Z0-9]{6,9}$/.test(code) && /\d{4}/.test(code) ? code : null;
};

/** A customer number of the Immigration Service: digits only; its length is not published. Pure. */
export const parseCustomerNumber: Grammar = (text) => {
  const digits = text.replace(/\s+/g, "").replace(/[.,]+$/, "");
  return /^\d{5,12}$/.test(digits) ? digits : null;
};

/** Years of schooling, 0-30, with or without a word after it. Pure. */
export const parseYears: Grammar = (text) => {
  const written = text.trim().replace(/[.,]+$/, "");
  const match = /^(\d{1,2})(?: ?(?:v|vuotta|år|years?|лет|год|года))?\.?$/i.exec(written);
  return match !== null && Number(match[1]) <= 30 ? written : null;
};

const LICENCE_CLASSES = ["AM", "A1", "A2", "A", "B1", "BE", "B", "C1E", "C1", "CE", "C", "D1E", "D1", "DE", "D", "LT", "T"];

/** Driving licence classes (E is none by itself), written together or apart: "AB", "B, C". Pure. */
export const parseLicence: Grammar = (text) => {
  const written = text
    .trim()
    .toUpperCase()
    .replace(/\s+/g, " ")
    .replace(/[.,;]+$/, "");
  if (written === "" || written.length > 16) return null;
  let rest = written.replace(/[ ,;/+]/g, "");
  while (rest !== "") {
    const found = LICENCE_CLASSES.find((name) => rest.startsWith(name));
    if (found === undefined) return null;
    rest = rest.slice(found.length);
  }
  return written;
};

const EMAIL = /^[a-z0-9](?:[a-z0-9._%+-]*[a-z0-9_%+-])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

/** An e-mail address; spaces that a reader put in are dropped. Pure. */
export const parseEmail: Grammar = (text) => {
  const address = text.replace(/\s+/g, "").replace(/[.,;]+$/, "");
  return EMAIL.test(address) && !address.includes("..") ? address : null;
};
