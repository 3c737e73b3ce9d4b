import { createHash, randomUUID } from "node:crypto";
import type { RegistrationReading, SubmissionReading } from "../../src/model/reading.ts";
import type { Session } from "../../src/model/session.ts";
import type { NewRegistration, NewSubmission } from "../../src/pipeline/store-port.ts";

export const FIRST_JOB = { name: "read", data: { stage: "read" } } as const;

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A submission of one file whose content is new, unless `contents` says what it is. */
export function createSubmission(contents: readonly string[] = [randomUUID()], change: Partial<NewSubmission> = {}): NewSubmission {
  return {
    id: randomUUID(),
    receivedAt: "2026-03-02T07:15:00.000Z",
    receivedOn: "2026-03-02",
    channel: "folder",
    source: "inbox",
    files: contents.map((content, fileIndex) => ({
      fileIndex,
      sha256: sha256Of(content),
      sizeBytes: content.length,
      mediaType: "application/pdf",
      originalName: "Matkalainen Maija.pdf",
    })),
    ...change,
  };
}

/** What was read of a form on which only the surname is filled in. */
export function createReading(surname: string): RegistrationReading {
  return {
    layoutId: "ILMO-F1/fi/1.0",
    formLanguage: "fi",
    formVersion: "1.0",
    versionState: "known",
    missingFormPages: [],
    pages: [],
    readings: [{ field: "surname", value: surname, confidence: 0.99, status: "accepted", evidence: ["twoReaders"] }],
    signature: { present: true, kind: "ink", status: "accepted", confidence: 0.98 },
  };
}

export function createRegistration(ordinal: number, change: Partial<NewRegistration> = {}): NewRegistration {
  return {
    ordinal,
    reading: createReading("Matkalainen"),
    check: { findings: [], route: "groupInfo", sessionId: null, sessionProposed: false },
    personKeys: [],
    ...change,
  };
}

export function toSubmissionReading(registrations: readonly NewRegistration[]): SubmissionReading {
  return { registrations: registrations.map(({ reading }) => reading), unassignedPages: [] };
}

export function createSession(change: Partial<Session> = {}): Session {
  return {
    id: randomUUID(),
    code: "AR 16.3.",
    language: "ar",
    date: "2026-03-16",
    time: "9.00",
    place: "Ratapihantie",
    address: "Ratapihantie 7, 00520 Helsinki",
    capacity: 35,
    kind: "groupInfo",
    state: "open",
    ...change,
  };
}
