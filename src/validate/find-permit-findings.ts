import type { Finding } from "../model/finding.ts";
import { parseWrittenDate } from "../model/parse-written-date.ts";
import type { MrzReading, RegistrationReading } from "../model/reading.ts";
import type { IsoDate } from "../model/time.ts";
import type { CheckContext } from "./check-context.ts";
import { type FieldValues, isSeenAlike } from "./field-values.ts";
import type { SessionChoice } from "./find-session-findings.ts";

/** Returns the zone read from the residence permit card itself (never a passport's). Pure. */
export function permitMrzOf(reading: RegistrationReading): MrzReading | undefined {
  return reading.pages.find((page) => page.kind === "permit" && page.mrz !== undefined)?.mrz;
}

function findCopyFindings(reading: RegistrationReading): Finding[] {
  const permits = reading.pages.filter((page) => page.kind === "permit");
  if (permits.length === 0) return [{ code: "permitCopyMissing", severity: "error", field: "permitCopy" }];
  const sides = new Set(permits.flatMap((page) => page.sides ?? []));
  if (sides.size < 2) return [{ code: "permitCopyIncomplete", severity: "warning", field: "permitCopy" }];
  if (permitMrzOf(reading) === undefined) return [{ code: "permitCopyUnreadable", severity: "warning", field: "permitCopy" }];
  return [];
}

/** A permanent permit does not end with its card. @see DOMAIN 0.6 */
function isPermanent(values: FieldValues): boolean {
  const type = values.choice("permitType");
  return values.isTicked("permitPermanent") || type === "P" || type === "P-EU";
}

/** Returns the permit's last day: what the form says, else the card's own date. */
function permitEndOf(values: FieldValues, mrz: MrzReading | undefined): IsoDate | null {
  const written = values.text("permitValidUntil");
  const fromForm = written === null ? null : parseWrittenDate(written);
  if (fromForm !== null) return fromForm;
  return mrz?.checksHold === true ? (mrz.expiryDate as IsoDate | null) : null;
}

function findEndFindings(values: FieldValues, mrz: MrzReading | undefined, session: SessionChoice, context: CheckContext): Finding[] {
  if (isPermanent(values)) return [];
  const end = permitEndOf(values, mrz);
  if (end === null) return [];
  if (end < context.receivedOn) return [{ code: "permitExpired", severity: "error", field: "permitValidUntil" }];
  const isNamed = session.session !== null && session.state === "named";
  if (isNamed && end < session.session.date) return [{ code: "permitEndsBeforeSession", severity: "error", field: "permitValidUntil" }];
  return [];
}

function findCardNumberFindings(values: FieldValues, mrz: MrzReading | undefined): Finding[] {
  const written = values
    .text("permitCardNumber")
    ?.toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
  if (written === undefined || mrz === undefined || !mrz.checksHold) return [];
  return written === mrz.documentNumber || !isSeenAlike(values.reading("permitCardNumber"))
    ? []
    : [{ code: "permitCardNumberMismatch", severity: "warning", field: "permitCardNumber" }];
}

/** Returns the findings about the permit and its copy, judged by the pages found, not by the form's ticks. Pure. @see DOMAIN 1.3, 8.1 */
export function findPermitFindings(
  values: FieldValues,
  reading: RegistrationReading,
  session: SessionChoice,
  context: CheckContext,
): Finding[] {
  const mrz = permitMrzOf(reading);
  return [...findCopyFindings(reading), ...findEndFindings(values, mrz, session, context), ...findCardNumberFindings(values, mrz)];
}
