import { parseWrittenDate } from "../model/parse-written-date.ts";
import { parsePersonalIdentityCode } from "../model/personal-identity-code.ts";
import type { MrzReading, RegistrationReading } from "../model/reading.ts";
import type { IsoDate } from "../model/time.ts";
import { fieldValuesOf } from "./field-values.ts";
import { permitMrzOf } from "./find-permit-findings.ts";

const lettersOf = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toUpperCase();

/** What identifies a person on the form, as written; null or absent when it is not known. */
export interface Identity {
  readonly personalIdentityCode?: string | null | undefined;
  readonly dateOfBirth?: string | null | undefined;
  readonly surname?: string | null | undefined;
  readonly givenNames?: string | null | undefined;
  readonly migriCustomerNumber?: string | null | undefined;
}

/** Returns the texts that stand for a person of this identity; see `personKeysOf`. Pure. */
export function personKeysOfIdentity(identity: Identity): string[] {
  const keys: string[] = [];
  const parsed = parsePersonalIdentityCode(identity.personalIdentityCode ?? "", "test");
  if (parsed.ok) keys.push(`code:${parsed.value.code}`);
  const written = identity.dateOfBirth ?? null;
  const birthDate = (written === null ? null : parseWrittenDate(written)) ?? (parsed.ok ? parsed.value.birthDate : null);
  if (birthDate === null) return keys;
  const { surname = null, givenNames = null } = identity;
  if (surname !== null && givenNames !== null) keys.push(`name:${birthDate}:${lettersOf(surname)}:${lettersOf(givenNames)}`);
  const migri = identity.migriCustomerNumber?.replace(/\D/g, "");
  if (migri !== undefined && migri !== "") keys.push(`migri:${birthDate}:${migri}`);
  return keys;
}

/** What is known of a person, from a form or from whoever announced the person. */
export interface PersonFacts {
  readonly personalIdentityCode: string | null;
  readonly birthDate: IsoDate | null;
  readonly surname: string | null;
  readonly givenNames: string | null;
  readonly migriCustomerNumber: string | null;
}

/**
 * Returns texts that stand for the person: two that share one are the same person.
 *
 * The identity code by itself; else birth date with names; else birth date with the Immigration Service's number.
 * Personal data: only a keyed hash of these may be stored. Empty when too little is sure.
 * Pure.
 *
 * @see DOMAIN 1.3, "same person already open"
 */
export function toPersonKeys({ personalIdentityCode, birthDate, surname, givenNames, migriCustomerNumber }: PersonFacts): string[] {
  const keys: string[] = [];
  const parsed = parsePersonalIdentityCode(personalIdentityCode ?? "", "test");
  if (parsed.ok) keys.push(`code:${parsed.value.code}`);
  const born = birthDate ?? (parsed.ok ? parsed.value.birthDate : null);
  if (born !== null && surname !== null && givenNames !== null) keys.push(`name:${born}:${lettersOf(surname)}:${lettersOf(givenNames)}`);
  const migri = migriCustomerNumber?.replace(/\D/g, "");
  if (born !== null && migri !== undefined && migri !== "") keys.push(`migri:${born}:${migri}`);
  return keys;
}

/** Returns texts that stand for the person of a form, the permit card's number and names among them. Personal data, as above. Pure. */
export function personKeysOf(reading: RegistrationReading): string[] {
  const values = fieldValuesOf(reading);
  const mrz = permitMrzOf(reading);
  const written = values.text("dateOfBirth");
  const birthDate = written === null ? null : parseWrittenDate(written);
  const keys = toPersonKeys({
    personalIdentityCode: values.text("personalIdentityCode"),
    birthDate,
    surname: values.text("surname"),
    givenNames: values.text("givenNames"),
    migriCustomerNumber: values.text("migriCustomerNumber"),
  });
  if (mrz?.checksHold !== true) return keys;
  return [...new Set([...keys, `card:${mrz.issuingState}:${mrz.documentNumber}`, ...cardNameKeys(mrz, birthDate)])];
}

/**
 * The names on the card stand for the person where its birth date is the form's own: a name in handwriting is often not read, and
 * then the same person's next form would not be known. A card of somebody else has another birth date.
 */
function cardNameKeys({ birthDate, surname, givenNames }: MrzReading, writtenBirthDate: IsoDate | null): string[] {
  if (birthDate === null || birthDate !== writtenBirthDate || surname === "" || givenNames === "") return [];
  return [`name:${birthDate}:${lettersOf(surname)}:${lettersOf(givenNames)}`];
}
