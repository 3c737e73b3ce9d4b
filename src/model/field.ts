/**
 * The fields of the registration form, in the form's order: the AcroForm field names of the
 * office's forms and the keys of every reading.
 *
 * `content` says how a text field is read and compared; ticks and choices carry their options.
 *
 * @see DOMAIN 1.2 and 1.4
 */
export type TextContent =
  | "name"
  | "identityCode"
  | "date"
  | "partialDate"
  | "phone"
  | "email"
  | "postalCode"
  | "postOffice"
  | "municipality"
  | "country"
  | "language"
  | "unit"
  | "sessionRef"
  | "cardNumber"
  | "customerNumber"
  | "number"
  | "licence"
  | "educationLevel"
  | "occupation"
  | "permitGround"
  | "freeText";

export type FieldSpec =
  | { readonly key: string; readonly kind: "text"; readonly content: TextContent; readonly isKey?: true }
  | { readonly key: string; readonly kind: "tick"; readonly isKey?: true }
  | { readonly key: string; readonly kind: "choice"; readonly options: readonly string[]; readonly isKey?: true }
  | { readonly key: string; readonly kind: "signature"; readonly isKey?: true };

const text = (key: string, content: TextContent): FieldSpec => ({ key, kind: "text", content });
const keyText = (key: string, content: TextContent): FieldSpec => ({ key, kind: "text", content, isKey: true });
const tick = (key: string): FieldSpec => ({ key, kind: "tick" });
const keyTick = (key: string): FieldSpec => ({ key, kind: "tick", isKey: true });
const choice = (key: string, options: readonly string[]): FieldSpec => ({ key, kind: "choice", options });

const workRow = (row: number): FieldSpec[] => [
  text(`work${row}Employer`, "freeText"),
  text(`work${row}Task`, "occupation"),
  text(`work${row}Country`, "country"),
  text(`work${row}Start`, "partialDate"),
  text(`work${row}End`, "partialDate"),
  text(`work${row}Reason`, "freeText"),
];

const YES_LITTLE_NO = ["yes", "little", "no"];
const YES_NO = ["yes", "no"];

export const FIELDS: readonly FieldSpec[] = [
  text("senderUnit", "unit"),
  text("senderContact", "name"),
  text("senderPhone", "phone"),
  keyText("sessionRef", "sessionRef"),
  keyText("surname", "name"),
  keyText("givenNames", "name"),
  text("formerNames", "name"),
  keyText("personalIdentityCode", "identityCode"),
  keyText("dateOfBirth", "date"),
  choice("sex", ["male", "female"]),
  text("countryOfBirth", "country"),
  text("streetAddress", "freeText"),
  text("postalCode", "postalCode"),
  text("postOffice", "postOffice"),
  text("municipality", "municipality"),
  keyText("phone", "phone"),
  text("email", "email"),
  keyTick("nonDisclosure"),
  text("citizenship", "country"),
  choice("permitType", ["A", "B", "P", "P-EU", "other"]),
  text("permitGround", "permitGround"),
  text("permitValidFrom", "date"),
  keyText("permitValidUntil", "date"),
  keyTick("permitPermanent"),
  text("migriCustomerNumber", "customerNumber"),
  text("permitCardNumber", "cardNumber"),
  text("arrivedInFinland", "partialDate"),
  text("motherTongue", "language"),
  { key: "sessionLanguage", kind: "choice", options: ["ar", "so", "ckb", "prs", "fa", "en", "other"], isKey: true },
  choice("serviceLanguage", ["fi", "sv"]),
  tick("interpreterNeeded"),
  text("interpreterLanguage", "language"),
  choice("readsLatin", YES_LITTLE_NO),
  choice("readsMotherTongue", YES_LITTLE_NO),
  text("otherLanguages", "freeText"),
  text("schoolYears", "number"),
  text("educationLevel", "educationLevel"),
  text("qualification", "occupation"),
  text("qualificationCountry", "country"),
  text("qualificationYear", "partialDate"),
  choice("unfinishedStudies", YES_NO),
  choice("skillsSurveyDone", YES_NO),
  text("occupation", "occupation"),
  ...workRow(1),
  ...workRow(2),
  ...workRow(3),
  choice("businessActivity", YES_NO),
  text("drivingLicence", "licence"),
  keyTick("fullTimeWork"),
  keyTick("partTimeOnly"),
  choice("ableToWork", YES_NO),
  tick("startAtOnce"),
  text("startFrom", "date"),
  text("wantedJobs", "freeText"),
  text("searchArea", "municipality"),
  choice("benefit", ["kela", "fund", "none"]),
  tick("attachPermit"),
  tick("attachPassport"),
  tick("attachSkills"),
  tick("attachExtract"),
  text("furtherInfo", "freeText"),
  tick("privacyNoticeReceived"),
  text("signingPlace", "municipality"),
  text("signingDate", "date"),
  { key: "signature", kind: "signature" },
  text("nameInBlock", "name"),
  text("filledBy", "freeText"),
];

const BY_KEY = new Map(FIELDS.map((field) => [field.key, field]));

/** Returns what is known of a field key; undefined for a field of a foreign form. Pure. */
export function fieldSpecOf(key: string): FieldSpec | undefined {
  return BY_KEY.get(key);
}
