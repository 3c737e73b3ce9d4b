import { FINDING_CODES, type Finding, type Route } from "../model/finding.ts";
import type { RegistrationReading } from "../model/reading.ts";
import type { CheckResult } from "../model/registration.ts";
import type { SessionRules } from "../model/session.ts";
import type { CheckContext } from "./check-context.ts";
import { type FieldValues, fieldValuesOf } from "./field-values.ts";
import { findIdentityFindings } from "./find-identity-findings.ts";
import { findPermitFindings } from "./find-permit-findings.ts";
import { findSessionFindings, sessionOf } from "./find-session-findings.ts";
import { findNonDisclosure, findWorkFindings } from "./find-work-findings.ts";

/**
 * Where the registration goes; what is unsure keeps the group. Of a drifted form's boxes only the session's language counts, which
 * leads to another desk of the same office; the others would send the person away, and staff decides.
 */
function routeOf(values: FieldValues, rules: SessionRules, isDrifted: boolean): Route {
  const isPartTimeOnly = values.isTicked("partTimeOnly") && !values.isTicked("fullTimeWork");
  if (!isDrifted && (isPartTimeOnly || values.choice("ableToWork") === "no")) return "municipality";
  const language = values.choice("sessionLanguage");
  if (language !== null && !rules.servedLanguages.includes(language)) return "officeDesk";
  return "groupInfo";
}

function findFormFindings(reading: RegistrationReading): Finding[] {
  const findings: Finding[] = [];
  if (reading.versionState === "drifted") findings.push({ code: "formVersionUnknown", severity: "error" });
  const isWithoutForm = reading.versionState === "none"; // attachments alone: the form itself must be asked for
  if (isWithoutForm || reading.missingFormPages.length > 0) findings.push({ code: "formPageMissing", severity: "error" });
  return findings;
}

/** What could not be read may be the very thing that seems to be missing: a person looks. */
function findAttachmentFindings({ unreadableAttachments = 0 }: CheckContext): Finding[] {
  return unreadableAttachments > 0 ? [{ code: "attachmentsUnreadable", severity: "warning" }] : [];
}

function findSignatureFindings(reading: RegistrationReading): Finding[] {
  const { signature } = reading;
  if (signature.present || signature.kind === null) return [];
  return [{ code: "signatureMissing", severity: "error", field: "signature" }];
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code));
}

/** What such a form does not ask is not missing on it; its identity code and a mark for non-disclosure mean the same as anywhere. */
const MISSING_ON_REGISTRATIONS_ONLY: readonly Finding["code"][] = ["personalIdentityCodeMissing"];

/** A form from elsewhere is read, and a person sees what it is about: it takes no seat, asks for no permit copy, is never exported. */
function checkOtherForm(reading: RegistrationReading, context: CheckContext): CheckResult {
  const values = fieldValuesOf(reading);
  const identity = findIdentityFindings(values, reading, context).filter(({ code }) => !MISSING_ON_REGISTRATIONS_ONLY.includes(code));
  const findings: Finding[] = [
    { code: "otherForm", severity: "error" },
    ...findFormFindings(reading),
    ...findAttachmentFindings(context),
    ...identity,
    ...findNonDisclosure(values),
    ...findSignatureFindings(reading),
  ];
  return { findings: inOrder(findings), route: "otherForm", sessionId: null, sessionProposed: false };
}

/**
 * Returns all findings in the form's order, the route, and the session that the form names or that is proposed.
 *
 * Pure. Fields on a page that was not found give no finding of their own: `formPageMissing` says it all.
 *
 * @see DOMAIN 1.3; good-practice text 2016, section 1
 */
export function checkRegistration(reading: RegistrationReading, context: CheckContext): CheckResult {
  if (reading.isOtherForm === true) return checkOtherForm(reading, context);
  const values = fieldValuesOf(reading);
  const session = sessionOf(values, reading, context);
  const findings = [
    ...findFormFindings(reading),
    ...findAttachmentFindings(context),
    ...findSessionFindings(session, values, context),
    ...findIdentityFindings(values, reading, context),
    ...findPermitFindings(values, reading, session, context),
    ...findWorkFindings(values, context.rules, reading.versionState === "drifted"),
    ...findSignatureFindings(reading),
    ...(context.isKnownPerson ? [{ code: "duplicatePerson", severity: "warning" } as const] : []),
  ];
  return {
    findings: inOrder(findings),
    route: routeOf(values, context.rules, reading.versionState === "drifted"),
    sessionId: session.session?.id ?? null,
    sessionProposed: session.isProposed,
  };
}
