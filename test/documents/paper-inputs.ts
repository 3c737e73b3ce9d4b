import { loadTemplateSources } from "../../src/adapters/document-sources.ts";
import type { CompletionRequestInput, InvitationInput, RosterInput } from "../../src/documents/paper-data.ts";
import { compileTemplates } from "../../src/documents/paper-templates.ts";

/** Complete inputs of every paper, invented; a test names the one deviation. */
export const OFFICE = {
  name: "Työ- ja elinkeinotoimisto",
  unit: "Uusimaa",
  street: "Ratapihantie 7",
  postal: "00520 Helsinki",
  email: "kotoprojekti@te-toimisto.example",
  phone: "0295 000 000",
};

export const SESSION = {
  code: "AR-2708",
  language: "ar",
  date: "2026-08-27",
  time: "9.00",
  place: "TE-toimisto, Tikkurila",
  address: "Kielotie 13, 01300 Vantaa",
  room: "Sali 2",
  host: "Maija Esimerkki",
  interpreter: "Layla Tulkki",
  durationHours: 3,
} as const;

export function invitationInput(deviation: Partial<InvitationInput> = {}): InvitationInput {
  return {
    language: "ar",
    reference: "K7M3-92",
    version: 1,
    issuedOn: "2026-08-10",
    personName: "Abdirahman Mohamed Al-Rashidi",
    session: SESSION,
    office: OFFICE,
    ...deviation,
  };
}

export function rosterInput(deviation: Partial<RosterInput> = {}): RosterInput {
  return {
    printedOn: "2026-08-20",
    destroyBy: "2026-09-26",
    session: SESSION,
    office: OFFICE,
    participants: [participant()],
    ...deviation,
  };
}

export function participant(deviation: Partial<RosterInput["participants"][number]> = {}): RosterInput["participants"][number] {
  return {
    reference: "K7M3-92",
    name: "Abdirahman Mohamed",
    municipality: "Helsinki",
    readsLatin: "yes",
    readsMotherTongue: "yes",
    nonDisclosure: false,
    ...deviation,
  };
}

export function completionInput(deviation: Partial<CompletionRequestInput> = {}): CompletionRequestInput {
  return {
    reference: "K7M3-92",
    issuedOn: "2026-08-10",
    answerBy: "2026-08-24",
    personName: "Abdirahman Mohamed",
    senderUnit: "Koivurannan vastaanottokeskus",
    senderContact: "Anna Esimerkki",
    session: SESSION,
    findings: ["permitCopyIncomplete", "signatureMissing"],
    office: OFFICE,
    ...deviation,
  };
}

export const TEMPLATES = compileTemplates(loadTemplateSources());
