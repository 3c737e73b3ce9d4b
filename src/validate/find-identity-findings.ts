import type { Finding } from "../model/finding.ts";
import { parseWrittenDate } from "../model/parse-written-date.ts";
import { parsePersonalIdentityCode } from "../model/personal-identity-code.ts";
import type { RegistrationReading } from "../model/reading.ts";
import type { IsoDate } from "../model/time.ts";
import type { CheckContext } from "./check-context.ts";
import { areNamesCompatible } from "./compare-names.ts";
import { type FieldValues, isSeenAlike } from "./field-values.ts";
import { permitMrzOf } from "./find-permit-findings.ts";

function findCodeFindings(values: FieldValues, context: CheckContext): Finding[] {
  const written = values.text("personalIdentityCode");
  if (values.isBlank("personalIdentityCode")) {
    const hasOtherIdentity = values.text("dateOfBirth") !== null && values.text("migriCustomerNumber") !== null;
    return [{ code: "personalIdentityCodeMissing", severity: hasOtherIdentity ? "info" : "error", field: "personalIdentityCode" }];
  }
  if (written === null) return [];
  const parsed = parsePersonalIdentityCode(written, context.environment);
  const isUsable = parsed.ok && parsed.value.class === "official";
  return isUsable || !isSeenAlike(values.reading("personalIdentityCode"))
    ? []
    : [{ code: "personalIdentityCodeInvalid", severity: "error", field: "personalIdentityCode" }];
}

/** A written birth date in review that is less likely right than this is rather misread than another one than the code's. */
const LEAST_SURE_DATE = 0.7;

/** Birth dates by source: the code's, the written one, the card's; null where not sure. */
function birthDatesOf(
  values: FieldValues,
  reading: RegistrationReading,
): { code: IsoDate | null; form: IsoDate | null; card: IsoDate | null } {
  const code = parsePersonalIdentityCode(values.text("personalIdentityCode") ?? "");
  const date = values.reading("dateOfBirth");
  const isSure = date?.status !== "review" || date.confidence >= LEAST_SURE_DATE;
  const written = isSure ? values.text("dateOfBirth") : null;
  const mrz = permitMrzOf(reading);
  return {
    code: code.ok ? code.value.birthDate : null,
    form: written === null ? null : parseWrittenDate(written),
    card: mrz?.checksHold === true ? (mrz.birthDate as IsoDate | null) : null,
  };
}

function findBirthDateFindings(values: FieldValues, reading: RegistrationReading): Finding[] {
  const { code, form, card } = birthDatesOf(values, reading);
  const isFormSplit = code !== null && form !== null && code !== form;
  const isCardOther = card !== null && [code, form].some((date) => date !== null && date !== card);
  return isFormSplit || isCardOther ? [{ code: "birthDateMismatch", severity: "error", field: "dateOfBirth" }] : [];
}

/** The name beside the signature has nothing of the names on the first page: the second may be another person's. */
function isSignedByAnother(values: FieldValues): boolean {
  const block = values.text("nameInBlock");
  const [surname, givenNames] = [values.text("surname"), values.text("givenNames")];
  if (block === null || surname === null || givenNames === null) return false;
  const written = { surname: block, givenNames: "" };
  return !areNamesCompatible({ surname, givenNames: "" }, written) && !areNamesCompatible({ surname: "", givenNames }, written);
}

function findNameFindings(values: FieldValues, reading: RegistrationReading): Finding[] {
  if (isSignedByAnother(values)) return [{ code: "nameMismatch", severity: "warning", field: "nameInBlock" }];
  const mrz = permitMrzOf(reading);
  const surname = values.text("surname");
  const givenNames = values.text("givenNames");
  if (mrz === undefined || (surname === null && givenNames === null)) return [];
  const form = { surname: surname ?? "", givenNames: givenNames ?? "" };
  return areNamesCompatible(form, mrz) ? [] : [{ code: "nameMismatch", severity: "warning", field: "surname" }];
}

/** Returns the findings about who the person is: code, birth date, names against the card. Pure. @see DOMAIN 1.3, 2 */
export function findIdentityFindings(values: FieldValues, reading: RegistrationReading, context: CheckContext): Finding[] {
  return [...findCodeFindings(values, context), ...findBirthDateFindings(values, reading), ...findNameFindings(values, reading)];
}
