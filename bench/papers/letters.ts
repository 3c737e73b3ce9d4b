import type { BatchItem } from "../../src/adapters/document-printer.ts";
import type { InvitationInput, RosterInput } from "../../src/documents/paper-data.ts";
import { PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";
import type { IsoDate } from "../../src/model/time.ts";

/** Seats of one session. */
export const SEATS = 35;

export const OFFICE = {
  name: "Työ- ja elinkeinotoimisto",
  unit: "Uusimaa",
  street: "Ratapihantie 7",
  postal: "00520 Helsinki",
  email: "kotoprojekti@te-toimisto.example",
  phone: "0295 000 000",
  senderId: "UUSIMAA",
};

const { senderId: _senderId, ...PAPER_OFFICE } = OFFICE;

const SESSION = {
  code: "AR-2708",
  date: "2026-08-27" as IsoDate,
  time: "9.00",
  place: "TE-toimisto, Tikkurila",
  address: "Kielotie 13, 01300 Vantaa",
  room: "Sali 2",
  durationHours: 3,
};

/** Invented names, short and long. */
const NAMES = ["Aino Esimerkki", "Abdirahman Mohamed Al-Rashidi", "علي حسن محمد", "Мария Примерова", "Kristjan Näidis-Mägi"];

/** The invitation with a number, its language going round the ten. */
export function letter(index: number): InvitationInput {
  const language = PAPER_LANGUAGES[index % PAPER_LANGUAGES.length] ?? "fi";
  return {
    language,
    reference: `B${String(index).padStart(4, "0")}-92`,
    version: 1,
    issuedOn: "2026-08-10" as IsoDate,
    personName: NAMES[index % NAMES.length] ?? "",
    session: { ...SESSION, language },
    office: PAPER_OFFICE,
  };
}

function roster(): RosterInput {
  const participants = Array.from({ length: SEATS }, (_, index) => ({
    reference: letter(index).reference,
    name: letter(index).personName,
    municipality: "Vantaa",
    nonDisclosure: false,
  }));
  return {
    printedOn: "2026-08-20" as IsoDate,
    destroyBy: "2026-09-26" as IsoDate,
    session: { ...SESSION, language: "ar" },
    office: PAPER_OFFICE,
    participants,
  };
}

/** Everything that one full session needs: 35 invitations and the roster. */
export function sessionJob(): BatchItem[] {
  const letters = Array.from({ length: SEATS }, (_, index): BatchItem => ({ kind: "invitation", data: letter(index) }));
  return [...letters, { kind: "roster", data: roster() }];
}
