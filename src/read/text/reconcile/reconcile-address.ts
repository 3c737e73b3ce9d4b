import { editDistance, toNameKey } from "../../../model/codes/name-index.ts";
import { findPostalPlace } from "../../../model/codes/places.ts";
import { toSharedKey, withoutAccents } from "../compare-keys.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/** Share of a post office's letters that may be misread when its postal code names it. */
const MISREAD_SHARE = 0.25;

/** Compares postal code and post office: each proves the other. */
export function reconcileAddress(desk: ReadingDesk): void {
  const code = desk.text("postalCode");
  const office = desk.text("postOffice");
  if (code === null || office === null) return;
  const place = findPostalPlace(code);
  const isCodeSure = desk.has("postalCode", "twoReaders");
  if (place === null) {
    desk.doubt("postalCode");
    return;
  }
  const name = place.postOffices.find((candidate) => isReadingOf(office, candidate));
  if (name === undefined) {
    desk.doubt("postalCode", "postOffice");
    return;
  }
  // A town has many codes: its name proves none that one reader alone saw.
  if (isCodeSure && toSharedKey(name) === toSharedKey(office)) desk.confirm("postalCode");
  if (isCodeSure || toSharedKey(name) === toSharedKey(office)) desk.confirm("postOffice", inCaseOf(office, name));
}

function isReadingOf(written: string, name: string): boolean {
  const a = withoutAccents(toNameKey(written));
  const b = withoutAccents(toNameKey(name));
  return editDistance(a, b) <= Math.floor(b.length * MISREAD_SHARE);
}

/** Post offices are listed in capitals; a person may write them small. */
function inCaseOf(written: string, name: string): string {
  if (written === written.toUpperCase()) return name;
  return name.replace(/(?<=\p{L})\p{L}+/gu, (letters) => letters.toLowerCase());
}
