import { z } from "zod";

/** Text as written with the code it was matched to, if any. */
const Coded = z.object({ text: z.string(), code: z.string().nullable() });
export type Coded = z.infer<typeof Coded>;

const Work = z.object({
  employer: z.string().nullable(),
  task: Coded.nullable(),
  country: Coded.nullable(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  reason: z.string().nullable(),
});

/** What one registration hands to the customer system, in the receiver's order. Dates ISO; partial dates "YYYY-MM" or "YYYY". */
export const RegistrationContent = z.object({
  surname: z.string().nullable(),
  givenNames: z.string(),
  formerNames: z.string().nullable(),
  identity: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("code"), personalIdentityCode: z.string() }),
    z.object({ kind: z.literal("birthDate"), birthDate: z.iso.date(), migriCustomerNumber: z.string() }),
  ]),
  sex: z.enum(["male", "female"]).nullable(),
  countryOfBirth: Coded.nullable(),
  citizenships: z.array(Coded),
  nonDisclosure: z.boolean(),
  streetAddress: z.string().nullable(),
  postalCode: z.string().nullable(),
  postOffice: z.string().nullable(),
  municipality: Coded.nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  permit: z.object({
    type: z.string().nullable(),
    ground: z.string().nullable(),
    validFrom: z.iso.date().nullable(),
    validUntil: z.iso.date().nullable(),
    isPermanent: z.boolean(),
    cardNumber: z.string().nullable(),
  }),
  arrivedInFinland: z.string().nullable(),
  motherTongue: Coded.nullable(),
  serviceLanguage: z.string().nullable(),
  interpreterLanguage: Coded.nullable(),
  needsInterpreter: z.boolean(),
  readsLatin: z.string().nullable(),
  readsMotherTongue: z.string().nullable(),
  otherLanguages: z.string().nullable(),
  schoolYears: z.int().nullable(),
  educationLevel: Coded.nullable(),
  qualification: z.string().nullable(),
  qualificationCountry: Coded.nullable(),
  qualificationYear: z.string().nullable(),
  hasUnfinishedStudies: z.boolean().nullable(),
  occupation: Coded.nullable(),
  work: z.array(Work),
  hasBusinessActivity: z.boolean().nullable(),
  drivingLicence: z.string().nullable(),
  wantsFullTimeWork: z.boolean(),
  canStartAtOnce: z.boolean(),
  startFrom: z.iso.date().nullable(),
  wantedJobs: z.string().nullable(),
  searchArea: z.string().nullable(),
  benefit: z.string().nullable(),
  session: z.object({ id: z.string(), language: z.string(), date: z.iso.date() }).nullable(),
});
export type RegistrationContent = z.infer<typeof RegistrationContent>;

/** One record of a batch: a new or replacing registration, or the cancelling of one. */
export type ImportRecord =
  | {
      readonly operation: "UUSI" | "KORVAAVA";
      readonly registrationId: string;
      readonly version: number;
      readonly reference: string;
      readonly receivedOn: string;
      readonly approvedBy: string;
      readonly approvedAt: string;
      readonly content: RegistrationContent;
    }
  | { readonly operation: "MITATOINTI"; readonly registrationId: string; readonly version: number };

/** A file's worth of records. `sequence` counts up without gaps per sender. */
export interface ImportBatch {
  readonly batchId: string;
  readonly sequence: number;
  readonly previousSequence: number | null;
  readonly senderId: string;
  readonly environment: "production" | "test";
  readonly createdAt: string;
  readonly records: readonly ImportRecord[];
}

/** Most records in one file. @see DOMAIN 5.3 */
export const MAX_RECORDS_PER_BATCH = 500;

/**
 * Returns the name of a batch's files without their endings: no personal data in names.
 * Pure. @see DOMAIN 5.3
 */
export function batchNameOf(batch: ImportBatch): string {
  const stamp = batch.createdAt.replace(/[-:]/g, "").replace(/\.\d+/, "");
  const environment = batch.environment === "production" ? "PROD" : "TEST";
  return `ilmo_${batch.senderId}_${environment}_${stamp}_${String(batch.sequence).padStart(6, "0")}_v1`;
}
