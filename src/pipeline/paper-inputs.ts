import type { Config } from "../config.ts";
import type {
  CompletionRequestInput,
  InvitationInput,
  PartnerInstructionInput,
  ReferralInput,
  RosterInput,
  RosterParticipant,
} from "../documents/paper-data.ts";
import {
  isPaperLanguage,
  type OfficeLanguage,
  PAPER_LANGUAGES,
  type PaperLanguage,
  type PartnerLanguage,
} from "../documents/paper-language.ts";
import { matchLanguage, toIso6393 } from "../model/codes/languages.ts";
import type { FindingCode } from "../model/finding.ts";
import type { Registration } from "../model/registration.ts";
import type { Session, SessionRules } from "../model/session.ts";
import { addDays, type IsoDate } from "../model/time.ts";

type Office = Config["office"];

/** Days after the session until the roster is destroyed. @see DOMAIN 7.1 (proposal: 30 days) */
const ROSTER_KEPT_DAYS = 30;

/** What a sending unit can complete; the rest is for the office to settle. */
const COMPLETABLE: readonly FindingCode[] = [
  "formPageMissing",
  "formVersionUnknown",
  "sessionUnknown",
  "personalIdentityCodeInvalid",
  "birthDateMismatch",
  "permitExpired",
  "permitEndsBeforeSession",
  "fullTimeMissing",
  "permitCopyMissing",
  "permitCopyIncomplete",
  "permitCopyUnreadable",
  "signatureMissing",
];

const textOf = (registration: Registration, field: string): string | null => {
  const value = registration.reading.readings.find((item) => item.field === field)?.value;
  return typeof value === "string" && value !== "" ? value : null;
};

const isTicked = (registration: Registration, field: string): boolean =>
  registration.reading.readings.some((item) => item.field === field && item.value === true);

/** Returns whether the person is under non-disclosure: papers then go by hand through the sending unit. Pure. @see DOMAIN 7.3 */
export function isUnderNonDisclosure(registration: Registration): boolean {
  return isTicked(registration, "nonDisclosure");
}

/** Returns the person's name as papers print it; the reference when no name was read. Pure. */
export function personNameOf(registration: Registration): string {
  const name = [textOf(registration, "givenNames"), textOf(registration, "surname")].filter((part) => part !== null).join(" ");
  return name === "" ? registration.reference : name;
}

/** Returns a session as papers print it. Pure. */
export function paperSessionOf(session: Session): InvitationInput["session"] {
  const { code, kind, language, date, time, place, address, room, host, interpreter, durationHours } = session;
  return {
    code,
    kind,
    language,
    date: date as IsoDate,
    time,
    place,
    address,
    room,
    host,
    interpreter,
    durationHours,
  };
}

function officeOf({ name, unit, street, postal, email, phone }: Office): InvitationInput["office"] {
  return { name, unit, street, postal, email, phone };
}

/** The language of papers where none exist in the person's own. */
const FALLBACK_LANGUAGE = "en";

const serviceLanguageOf = (registration: Registration): OfficeLanguage => (textOf(registration, "serviceLanguage") === "sv" ? "sv" : "fi");

/** Returns the language in which a person is written to: the one chosen for sessions, else the mother tongue, else English. Pure. */
export function letterLanguageOf(registration: Registration): PaperLanguage {
  const chosen = textOf(registration, "sessionLanguage") ?? "";
  if (isPaperLanguage(chosen)) return chosen;
  const motherTongue = matchLanguage(textOf(registration, "motherTongue") ?? "")?.code;
  return PAPER_LANGUAGES.find((language) => toIso6393(language) === motherTongue) ?? FALLBACK_LANGUAGE;
}

/** Returns what the invitation of a seated registration says; in pictures for a person who does not read. Pure. @see DOMAIN 8, 1.2 (4.6) */
export function toInvitationInput(registration: Registration, session: Session, office: Office, today: IsoDate): InvitationInput {
  return {
    language: isPaperLanguage(session.language) ? session.language : letterLanguageOf(registration),
    companion: serviceLanguageOf(registration),
    reference: registration.reference,
    version: registration.version,
    variant: textOf(registration, "readsMotherTongue") === "no" ? "pictograms" : "text",
    issuedOn: today,
    personName: personNameOf(registration),
    session: paperSessionOf(session),
    office: officeOf(office),
  };
}

/** Returns what the letter says to a person whose route an official has confirmed. Pure. @see DOMAIN 1.3 */
export function toReferralInput(registration: Registration, office: Office, confirmedBy: string, today: IsoDate): ReferralInput {
  const { reference, receivedOn, check } = registration;
  return {
    route: check.route === "officeDesk" ? "officeDesk" : "municipality",
    language: letterLanguageOf(registration),
    companion: serviceLanguageOf(registration),
    reference,
    receivedOn,
    issuedOn: today,
    personName: personNameOf(registration),
    confirmedBy,
    office: officeOf(office),
  };
}

/** Returns what the instruction to partners says, with the sessions that still take people. Pure. */
export function toPartnerInstructionInput(
  language: PartnerLanguage,
  sessions: readonly { readonly session: Session; readonly freeSeats: number }[],
  { config, rules, today }: { readonly config: Pick<Config, "office" | "absence">; readonly rules: SessionRules; readonly today: IsoDate },
): PartnerInstructionInput {
  return {
    language,
    issuedOn: today,
    office: officeOf(config.office),
    absencePolicies: config.absence.policies,
    servedLanguages: rules.servedLanguages,
    capacity: rules.capacity,
    sessions: sessions.map(({ session, freeSeats }) => ({ session: paperSessionOf(session), freeSeats })),
  };
}

/** Returns the findings that the sending unit is asked to complete; empty when the registration goes elsewhere. Pure. */
export function completableFindings(registration: Registration): FindingCode[] {
  if (registration.check.route !== "groupInfo") return [];
  return registration.check.findings.map((finding) => finding.code).filter((code) => COMPLETABLE.includes(code));
}

/** How a unit is addressed that the form does not name. */
const UNKNOWN_UNIT: Readonly<Record<OfficeLanguage, string>> = { fi: "Lähettävä yksikkö", sv: "Avsändande enhet" };

/** Returns what the completion request of a registration says. Pure. @see DOMAIN 1.3 "Missing-data letters" */
export function toCompletionRequestInput(
  registration: Registration,
  session: Session | null,
  config: Pick<Config, "office" | "completion">,
  today: IsoDate,
): CompletionRequestInput {
  return {
    language: serviceLanguageOf(registration),
    reference: registration.reference,
    version: registration.version,
    issuedOn: today,
    answerBy: addDays(today, config.completion.answerWithinDays),
    personName: personNameOf(registration),
    senderUnit: textOf(registration, "senderUnit") ?? UNKNOWN_UNIT[serviceLanguageOf(registration)],
    senderContact: textOf(registration, "senderContact"),
    session: session === null ? null : paperSessionOf(session),
    findings: completableFindings(registration),
    office: officeOf(config.office),
  };
}

const literacyOf = (registration: Registration, field: string): RosterParticipant["readsLatin"] => {
  const value = textOf(registration, field);
  return value === "yes" || value === "little" || value === "no" ? value : null;
};

function participantOf(registration: Registration): RosterInput["participants"][number] {
  return {
    reference: registration.reference,
    name: personNameOf(registration),
    municipality: textOf(registration, "municipality"),
    readsLatin: literacyOf(registration, "readsLatin"),
    readsMotherTongue: literacyOf(registration, "readsMotherTongue"),
    interpreterNeeded: isTicked(registration, "interpreterNeeded"),
    interpreterLanguage: textOf(registration, "interpreterLanguage"),
    findings: registration.check.findings.map((finding) => finding.code),
    nonDisclosure: isUnderNonDisclosure(registration),
  };
}

/** Returns what the roster of a session says; participants in the order of their seats. Pure. */
export function toRosterInput(
  session: Session,
  participants: readonly Registration[],
  { office, version, today }: { readonly office: Office; readonly version: number; readonly today: IsoDate },
): RosterInput {
  return {
    language: "fi",
    version,
    printedOn: today,
    destroyBy: addDays(session.date as IsoDate, ROSTER_KEPT_DAYS),
    session: paperSessionOf(session),
    office: officeOf(office),
    participants: participants.map(participantOf),
  };
}
