import { parseWrittenDate } from "../model/parse-written-date.ts";
import { parsePersonalIdentityCode } from "../model/personal-identity-code.ts";
import type { RegistrationReading } from "../model/reading.ts";
import { fieldValuesOf } from "./field-values.ts";
import { permitMrzOf } from "./find-permit-findings.ts";

const lettersOf = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toUpperCase();

/**
 * Returns texts that stand for the person: two registrations that share one are of the same person.
 *
 * The identity code by itself; else birth date with names; else birth date with the Immigration Service's number.
 * Personal data: only a keyed hash of these may be stored. Empty when too little is sure.
 * Pure.
 *
 * @see DOMAIN 1.3, "same person already open"
 */
export function personKeysOf(reading: RegistrationReading): string[] {
  const values = fieldValuesOf(reading);
  const keys: string[] = [];
  const parsed = parsePersonalIdentityCode(values.text("personalIdentityCode") ?? "", "test");
  if (parsed.ok) keys.push(`code:${parsed.value.code}`);
  const mrz = permitMrzOf(reading);
  const written = values.text("dateOfBirth");
  const birthDate = (written === null ? null : parseWrittenDate(written)) ?? (parsed.ok ? parsed.value.birthDate : null);
  const surname = values.text("surname");
  const givenNames = values.text("givenNames");
  if (birthDate !== null && surname !== null && givenNames !== null)
    keys.push(`name:${birthDate}:${lettersOf(surname)}:${lettersOf(givenNames)}`);
  const migri = values.text("migriCustomerNumber")?.replace(/\D/g, "");
  if (birthDate !== null && migri !== undefined && migri !== "") keys.push(`migri:${birthDate}:${migri}`);
  if (mrz?.checksHold === true) keys.push(`card:${mrz.issuingState}:${mrz.documentNumber}`);
  return keys;
}
