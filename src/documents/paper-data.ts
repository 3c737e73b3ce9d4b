import { z } from "zod";
import { AbsencePolicy } from "../model/absence-policy.ts";
import { FindingCode } from "../model/finding.ts";
import { IsoDate } from "../model/time.ts";
import { Datum } from "./clean-datum.ts";
import { OfficeLanguage, PaperLanguage, PartnerLanguage } from "./paper-language.ts";

const optionalDatum = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === null || text.trim() === "" ? null : Datum.parse(text)));

/** The office as papers print it. */
export const PaperOffice = z.object({ name: Datum, unit: Datum, street: Datum, postal: Datum, email: Datum, phone: Datum });
export type PaperOffice = z.infer<typeof PaperOffice>;

/** A session as papers print it. */
export const PaperSession = z.object({
  code: Datum,
  /** "groupInfo", or what else is held: "languageTest", "skillsSurvey", "serviceInfo"; any other is a meeting. */
  kind: z.string().default("groupInfo"),
  /** Spoken at the session; it may be one in which no papers exist. */
  language: z.string().min(2),
  date: IsoDate,
  /** Local time, "H.MM" or "HH:MM". */
  time: z.string(),
  place: Datum,
  address: Datum,
  room: optionalDatum,
  host: optionalDatum,
  interpreter: optionalDatum,
  durationHours: z.int().positive().nullish().default(null),
});

/** Short code of a registration, such as "K7M3-92": letters, digits, hyphens; carries no personal data. */
export const Reference = z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,19}$/);

/** What an invitation is made of. Identity code, nationality and ground of the permit have no place in it. */
export const InvitationData = z.object({
  language: PaperLanguage,
  /** The language printed beside the person's own: Finnish unless the person is served in Swedish. */
  companion: OfficeLanguage.default("fi"),
  reference: Reference,
  version: z.int().positive().default(1),
  /** The version that this one takes the place of; null for the first to sessions of its kind. */
  replacesVersion: z.int().positive().nullish().default(null),
  /** Pictures for a person who does not read the own language. */
  variant: z.enum(["text", "pictograms"]).default("text"),
  issuedOn: IsoDate,
  personName: Datum,
  session: PaperSession,
  office: PaperOffice,
  absencePolicies: z.array(AbsencePolicy).min(1).optional(),
});
export type InvitationInput = z.input<typeof InvitationData>;

const Literacy = z.enum(["yes", "little", "no"]).nullish().default(null);

/** One row of a roster. A person under non-disclosure appears by reference only, whatever else is given. */
export const RosterParticipant = z.object({
  reference: Reference,
  name: Datum,
  municipality: optionalDatum,
  readsLatin: Literacy,
  readsMotherTongue: Literacy,
  interpreterNeeded: z.boolean().default(false),
  interpreterLanguage: optionalDatum,
  /** Open findings; those about missing papers are printed. */
  findings: z.array(FindingCode).default([]),
  nonDisclosure: z.boolean(),
});
export type RosterParticipant = z.infer<typeof RosterParticipant>;

/** What a roster is made of; participants in the order of printing. */
export const RosterData = z.object({
  language: OfficeLanguage.default("fi"),
  version: z.int().positive().default(1),
  printedOn: IsoDate,
  destroyBy: IsoDate,
  session: PaperSession,
  office: PaperOffice,
  participants: z.array(RosterParticipant),
});
export type RosterInput = z.input<typeof RosterData>;

/** What a completion request to the sending unit is made of: one person a letter. */
export const CompletionRequestData = z.object({
  language: OfficeLanguage.default("fi"),
  reference: Reference,
  version: z.int().positive().default(1),
  issuedOn: IsoDate,
  answerBy: IsoDate,
  personName: Datum,
  senderUnit: Datum,
  senderContact: optionalDatum,
  session: PaperSession.nullish().default(null),
  findings: z.array(FindingCode),
  office: PaperOffice,
});
export type CompletionRequestInput = z.input<typeof CompletionRequestData>;

/** What the completion requests of one sending unit are made of: a cover sheet and a letter a person. */
export const UnitRequestsData = z.object({
  language: OfficeLanguage.default("fi"),
  issuedOn: IsoDate,
  senderUnit: Datum,
  office: PaperOffice,
  requests: z.array(CompletionRequestData).min(1),
});
export type UnitRequestsInput = z.input<typeof UnitRequestsData>;

/** What the letter to a person is made of whom the office does not call to a group session. */
export const ReferralData = z.object({
  route: z.enum(["municipality", "officeDesk"]),
  language: PaperLanguage,
  companion: OfficeLanguage.default("fi"),
  reference: Reference,
  receivedOn: IsoDate,
  issuedOn: IsoDate,
  personName: Datum,
  /** The official who confirmed the route. */
  confirmedBy: Datum,
  office: PaperOffice,
});
export type ReferralInput = z.input<typeof ReferralData>;

/** What the instruction to partners is made of; sessions in the order of printing. */
export const PartnerInstructionData = z.object({
  language: PartnerLanguage.default("fi"),
  issuedOn: IsoDate,
  office: PaperOffice,
  /** Languages in which group sessions are held. */
  servedLanguages: z.array(z.string().min(2)).min(1),
  capacity: z.int().positive(),
  absencePolicies: z.array(AbsencePolicy).min(1).optional(),
  sessions: z.array(z.object({ session: PaperSession, freeSeats: z.int().min(0) })),
});
export type PartnerInstructionInput = z.input<typeof PartnerInstructionData>;
