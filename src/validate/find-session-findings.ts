import type { Finding } from "../model/finding.ts";
import type { RegistrationReading } from "../model/reading.ts";
import type { Session } from "../model/session.ts";
import { daysBetween, type IsoDate } from "../model/time.ts";
import type { CheckContext } from "./check-context.ts";
import type { FieldValues } from "./field-values.ts";
import { proposeSession, resolveSession } from "./resolve-session.ts";

/** The session of a registration and how it was found. */
export interface SessionChoice {
  readonly state: "named" | "blank" | "unknown" | "unclear" | "pageMissing" | "closed";
  readonly session: Session | null;
  readonly isProposed: boolean;
}

/**
 * Returns the session that the form names (in its field, else in a margin note), or else the one proposed; also when the one
 * named takes nobody any more ("closed").
 * Pure.
 */
export function sessionOf(values: FieldValues, reading: RegistrationReading, context: CheckContext): SessionChoice {
  const language = values.choice("sessionLanguage");
  const proposed = proposeSession({ ...context, language });
  const propose = (state: SessionChoice["state"]): SessionChoice => ({ state, session: proposed, isProposed: proposed !== null });
  if (!values.has("sessionRef")) return propose("pageMissing");
  const item = values.reading("sessionRef");
  const written = typeof item?.value === "string" && item.value !== "" ? item.value : (reading.marginNote ?? null);
  if (written === null) return propose(values.isBlank("sessionRef") ? "blank" : "unclear");
  const match = resolveSession(item?.raw ?? written, language, context.sessions);
  if (match.kind === "one" && match.session.state !== "open") return propose("closed");
  if (match.kind === "one") return { state: "named", session: match.session, isProposed: false };
  const isSure = values.text("sessionRef") !== null;
  return propose(match.kind === "unknown" && isSure ? "unknown" : "unclear");
}

/** The person waits in that session's queue. */
function findFull({ session, isProposed }: SessionChoice, { freeSeats, emptySeats = freeSeats }: CheckContext): Finding[] {
  const seats = isProposed ? freeSeats : emptySeats;
  const isFull = session !== null && (seats?.get(session.id) ?? session.capacity) <= 0;
  return isFull ? [{ code: "sessionFull", severity: "warning", field: "sessionRef" }] : [];
}

/** Returns the findings about the session. Pure. @see DOMAIN 1.3 */
export function findSessionFindings(choice: SessionChoice, values: FieldValues, context: CheckContext): Finding[] {
  return [...findNamedFindings(choice, values, context), ...findFull(choice, context)];
}

function findNamedFindings(choice: SessionChoice, values: FieldValues, context: CheckContext): Finding[] {
  const severity = choice.isProposed ? "warning" : "error";
  const language = values.choice("sessionLanguage");
  const isServed = language === null || context.rules.servedLanguages.includes(language);
  if (choice.state === "blank") return isServed ? [{ code: "sessionMissing", severity, field: "sessionRef" }] : [];
  if (choice.state === "closed") return [{ code: "sessionClosed", severity, field: "sessionRef" }];
  if (choice.state === "unknown") return [{ code: "sessionUnknown", severity, field: "sessionRef" }];
  if (choice.state !== "named" || choice.session === null) return [];
  const days = daysBetween(context.receivedOn, choice.session.date as IsoDate);
  if (days < context.rules.minDaysBefore) return [{ code: "sessionTooSoon", severity: "warning", field: "sessionRef" }];
  if (days > context.rules.maxDaysBefore) return [{ code: "sessionTooLate", severity: "warning", field: "sessionRef" }];
  return [];
}
