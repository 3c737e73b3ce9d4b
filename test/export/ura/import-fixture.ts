import type { ImportBatch, ImportRecord } from "../../../src/export/ura/import-record.ts";
import { toRegistrationContent } from "../../../src/export/ura/to-registration-content.ts";
import type { Registration } from "../../../src/model/registration.ts";
import type { Session } from "../../../src/model/session.ts";
import { completeRegistration } from "../../validate/registration-builder.ts";

export const SESSION: Session = {
  id: "AR-2409-900",
  code: "AR-2409",
  language: "ar",
  date: "2026-09-24",
  time: "9.00",
  place: "TE-toimisto, Pasila",
  address: "Esimerkkikatu 1",
  capacity: 35,
  kind: "groupInfo",
  state: "open",
};

/** A checked registration of an invented person; `changes` name the deviation. */
export function registration(changes: Readonly<Record<string, string | boolean | null>> = {}): Registration {
  return {
    id: "6f0d1c62-5f5e-4c39-9a8e-0d5a3f6f1a01",
    submissionId: "6f0d1c62-5f5e-4c39-9a8e-0d5a3f6f1a02",
    ordinal: 1,
    version: 1,
    reference: "K7M3-92",
    receivedOn: "2026-09-14",
    state: "APPROVED",
    reading: completeRegistration({
      citizenship: "Syyria",
      countryOfBirth: "Syyria, Idlib",
      phone: "040 000 1234",
      streetAddress: 'Esimerkkitie 3 "B" & <C>',
      postalCode: "00520",
      postOffice: "Helsinki",
      municipality: "Helsinki",
      motherTongue: "arabia",
      schoolYears: "09",
      readsLatin: "no",
      occupation: "kokki",
      work1Employer: "=Ravintola Esimerkki",
      work1Task: "kokki",
      work1Start: "02/2016",
      work1End: "2018",
      ...changes,
    }),
    check: { findings: [], route: "groupInfo", sessionId: SESSION.id, sessionProposed: false },
  };
}

export function recordOf(changes: Readonly<Record<string, string | boolean | null>> = {}, id?: string): ImportRecord {
  const base = registration(changes);
  const result = toRegistrationContent(base, SESSION, "test");
  if (!result.ok) throw new Error("expected a registration that can go out");
  return {
    operation: "UUSI",
    registrationId: id ?? base.id,
    version: 1,
    reference: base.reference,
    receivedOn: base.receivedOn,
    approvedBy: "Virkailija Esimerkki",
    approvedAt: "2026-09-15T08:00:00Z",
    content: result.content,
  };
}

export function batchOf(records: readonly ImportRecord[], environment: "production" | "test" = "test"): ImportBatch {
  return {
    batchId: "6f0d1c62-5f5e-4c39-9a8e-0d5a3f6f1a03",
    sequence: 7,
    previousSequence: 6,
    senderId: "UUSIMAA",
    environment,
    createdAt: "2026-09-15T09:30:00.000Z",
    records,
  };
}
