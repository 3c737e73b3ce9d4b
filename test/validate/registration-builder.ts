import type { FieldReading, MrzReading, RegistrationReading } from "../../src/model/reading.ts";

const reading = (field: string, value: FieldReading["value"]): FieldReading => ({
  field,
  value,
  confidence: 1,
  status: value === null || value === false ? "empty" : "accepted",
  evidence: value === null || value === false ? ["blankInk"] : ["liveField"],
});

/** A card of the same invented person as `completeRegistration`. */
export const CARD: MrzReading = {
  format: "TD1",
  lines: [],
  checksHold: true,
  documentNumber: "XA1234567",
  birthDate: "1989-10-03",
  expiryDate: "2030-01-31",
  nationality: "SYR",
  issuingState: "FIN",
  surname: "HAKIMI",
  givenNames: "NOOR",
  optional1: "",
  optional2: "",
  sex: "",
  accepted: [],
  confidence: 1,
};

/** A complete registration without any finding, received on 2026-09-14; tests name the one deviation. */
export function completeRegistration(changes: Readonly<Record<string, FieldReading["value"]>> = {}): RegistrationReading {
  const values: Record<string, FieldReading["value"]> = {
    sessionRef: "arabia 24.9.2026 klo 9.00 Pasila",
    surname: "Hakimi",
    givenNames: "Noor",
    personalIdentityCode: "031089-914E",
    dateOfBirth: "3.10.1989",
    permitType: "A",
    permitValidUntil: "31.1.2030",
    permitPermanent: false,
    permitCardNumber: "XA1234567",
    migriCustomerNumber: "2000001",
    sessionLanguage: "ar",
    nonDisclosure: false,
    fullTimeWork: true,
    partTimeOnly: false,
    ableToWork: "yes",
    ...changes,
  };
  return {
    layoutId: "ILMO-F1/fi/2.0",
    formLanguage: "fi",
    formVersion: "2.0",
    versionState: "known",
    missingFormPages: [],
    pages: [{ source: { fileIndex: 0, pageIndex: 2 }, kind: "permit", sides: ["front", "back"], rotation: 0, quality: 1, mrz: CARD }],
    readings: Object.entries(values).map(([field, value]) => reading(field, value)),
    signature: { present: true, kind: "ink", status: "accepted", confidence: 1 },
  };
}

/** Returns the registration with one reading made unsure. */
export function withUnsure(base: RegistrationReading, field: string, confidence: number): RegistrationReading {
  const readings = base.readings.map(
    (item): FieldReading => (item.field === field ? { ...item, status: "review", confidence, evidence: [] } : item),
  );
  return { ...base, readings };
}
