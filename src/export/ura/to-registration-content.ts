import { matchCountry } from "../../model/codes/countries.ts";
import { matchEducationLevel } from "../../model/codes/education-levels.ts";
import { matchLanguage } from "../../model/codes/languages.ts";
import type { NameMatch } from "../../model/codes/name-index.ts";
import { matchOccupation } from "../../model/codes/occupations.ts";
import { matchMunicipality } from "../../model/codes/places.ts";
import { parsePersonalIdentityCode } from "../../model/personal-identity-code.ts";
import type { Registration } from "../../model/registration.ts";
import type { Session } from "../../model/session.ts";
import type { Coded, RegistrationContent } from "./import-record.ts";
import { toIsoDay, toPartialDate } from "./to-iso-date.ts";

/** Why a registration cannot go out yet: the field that the receiver needs and does not have. */
export interface ContentGap {
  readonly field: string;
  readonly expected: string;
}

export type ContentResult =
  | { readonly ok: true; readonly content: RegistrationContent }
  | { readonly ok: false; readonly gaps: readonly ContentGap[] };

type Values = ReadonlyMap<string, string | boolean | null>;

const textOf = (values: Values, field: string): string | null => {
  const value = values.get(field);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
};
const isTicked = (values: Values, field: string): boolean => values.get(field) === true;
const yesNo = (values: Values, field: string): boolean | null => {
  const value = textOf(values, field);
  return value === null ? null : value === "yes";
};
const dayOf = (values: Values, field: string): string | null => toIsoDay(textOf(values, field));

function codedOf(text: string | null, match: (text: string) => NameMatch | null): Coded | null {
  if (text === null) return null;
  const found = match(text);
  return { text, code: found?.isExact === true ? found.code : null };
}

/** Digits with the country code of Finland where none is written (E.164); null when nothing is left. */
function phoneOf(text: string | null): string | null {
  const compact = text?.replace(/[^\d+]/g, "") ?? "";
  if (compact === "") return null;
  if (compact.startsWith("+")) return compact;
  return compact.startsWith("00") ? `+${compact.slice(2)}` : `+358${compact.replace(/^0/, "")}`;
}

function workOf(values: Values): RegistrationContent["work"] {
  return [1, 2, 3]
    .map((row) => ({
      employer: textOf(values, `work${row}Employer`),
      task: codedOf(textOf(values, `work${row}Task`), matchOccupation),
      country: codedOf(textOf(values, `work${row}Country`), matchCountry),
      start: toPartialDate(textOf(values, `work${row}Start`)),
      end: toPartialDate(textOf(values, `work${row}End`)),
      reason: textOf(values, `work${row}Reason`),
    }))
    .filter((row) => row.employer !== null || row.task !== null);
}

function identityOf(values: Values, environment: "production" | "test"): RegistrationContent["identity"] | ContentGap {
  const written = textOf(values, "personalIdentityCode");
  if (written !== null) {
    const parsed = parsePersonalIdentityCode(written, environment);
    if (parsed.ok && parsed.value.class === "official") return { kind: "code", personalIdentityCode: parsed.value.code };
    return { field: "personalIdentityCode", expected: "an official personal identity code with the right check character" };
  }
  const birthDate = dayOf(values, "dateOfBirth");
  const migriCustomerNumber = textOf(values, "migriCustomerNumber");
  if (birthDate !== null && migriCustomerNumber !== null) return { kind: "birthDate", birthDate, migriCustomerNumber };
  return { field: "personalIdentityCode", expected: "an identity code, or a birth date and the Immigration Service's customer number" };
}

/** Address and phone of a person under non-disclosure never leave with the file. @see DOMAIN 7.3 */
function contactOf(
  values: Values,
): Pick<RegistrationContent, "streetAddress" | "postalCode" | "postOffice" | "municipality" | "phone" | "email"> {
  if (isTicked(values, "nonDisclosure"))
    return { streetAddress: null, postalCode: null, postOffice: null, municipality: null, phone: null, email: null };
  const postalCode = textOf(values, "postalCode")?.replace(/\D/g, "") ?? "";
  return {
    streetAddress: textOf(values, "streetAddress"),
    postalCode: postalCode.length === 5 ? postalCode : null,
    postOffice: textOf(values, "postOffice"),
    municipality: codedOf(textOf(values, "municipality"), matchMunicipality),
    phone: phoneOf(textOf(values, "phone")),
    email: textOf(values, "email"),
  };
}

function permitOf(values: Values): RegistrationContent["permit"] {
  return {
    type: textOf(values, "permitType"),
    ground: textOf(values, "permitGround"),
    validFrom: dayOf(values, "permitValidFrom"),
    validUntil: dayOf(values, "permitValidUntil"),
    isPermanent: isTicked(values, "permitPermanent") || ["P", "P-EU"].includes(textOf(values, "permitType") ?? ""),
    cardNumber:
      textOf(values, "permitCardNumber")
        ?.toUpperCase()
        .replace(/[^A-Z0-9]/g, "") ?? null,
  };
}

function languageAndSchoolOf(
  values: Values,
): Pick<
  RegistrationContent,
  | "motherTongue"
  | "serviceLanguage"
  | "interpreterLanguage"
  | "needsInterpreter"
  | "readsLatin"
  | "readsMotherTongue"
  | "otherLanguages"
  | "schoolYears"
  | "educationLevel"
  | "qualification"
  | "qualificationCountry"
  | "qualificationYear"
  | "hasUnfinishedStudies"
> {
  const years = /\d+/.exec(textOf(values, "schoolYears") ?? "")?.[0];
  return {
    motherTongue: codedOf(textOf(values, "motherTongue"), matchLanguage),
    serviceLanguage: textOf(values, "serviceLanguage"),
    interpreterLanguage: codedOf(textOf(values, "interpreterLanguage"), matchLanguage),
    needsInterpreter: isTicked(values, "interpreterNeeded"),
    readsLatin: textOf(values, "readsLatin"),
    readsMotherTongue: textOf(values, "readsMotherTongue"),
    otherLanguages: textOf(values, "otherLanguages"),
    schoolYears: years === undefined ? null : Number(years),
    educationLevel: codedOf(textOf(values, "educationLevel"), matchEducationLevel),
    qualification: textOf(values, "qualification"),
    qualificationCountry: codedOf(textOf(values, "qualificationCountry"), matchCountry),
    qualificationYear: toPartialDate(textOf(values, "qualificationYear")),
    hasUnfinishedStudies: yesNo(values, "unfinishedStudies"),
  };
}

/**
 * Returns what the import file says of a decided registration, or the gaps that keep it out.
 *
 * Pure. Codes are given only where the written text is exactly a name of the code list; the text always goes along.
 *
 * @see DOMAIN 1.2, 5.3
 */
export function toRegistrationContent(
  registration: Registration,
  session: Session | null,
  environment: "production" | "test",
): ContentResult {
  const values: Values = new Map(registration.reading.readings.map((item) => [item.field, item.value]));
  const identity = identityOf(values, environment);
  const givenNames = textOf(values, "givenNames") ?? textOf(values, "surname");
  const gaps: ContentGap[] = [];
  if (!("kind" in identity)) gaps.push(identity);
  if (givenNames === null) gaps.push({ field: "givenNames", expected: "a name" });
  if (!("kind" in identity) || givenNames === null) return { ok: false, gaps };
  const sex = textOf(values, "sex");
  const content: RegistrationContent = {
    surname: textOf(values, "surname"),
    givenNames,
    formerNames: textOf(values, "formerNames"),
    identity,
    sex: sex === "male" || sex === "female" ? sex : null,
    countryOfBirth: codedOf(textOf(values, "countryOfBirth"), (text) => matchCountry(text.split(",")[0] ?? text)),
    citizenships: (textOf(values, "citizenship")?.split(/[,;/]/) ?? []).flatMap((text) => codedOf(text.trim(), matchCountry) ?? []),
    nonDisclosure: isTicked(values, "nonDisclosure"),
    ...contactOf(values),
    permit: permitOf(values),
    arrivedInFinland: toPartialDate(textOf(values, "arrivedInFinland")),
    ...languageAndSchoolOf(values),
    occupation: codedOf(textOf(values, "occupation"), matchOccupation),
    work: workOf(values),
    hasBusinessActivity: yesNo(values, "businessActivity"),
    drivingLicence: textOf(values, "drivingLicence"),
    wantsFullTimeWork: isTicked(values, "fullTimeWork"),
    canStartAtOnce: isTicked(values, "startAtOnce"),
    startFrom: dayOf(values, "startFrom"),
    wantedJobs: textOf(values, "wantedJobs"),
    searchArea: textOf(values, "searchArea"),
    benefit: textOf(values, "benefit"),
    session: session === null ? null : { id: session.id, language: session.language, date: session.date },
  };
  return { ok: true, content };
}
