import { z } from "zod";
import { IlmoError } from "../../errors.ts";
import { Session, SessionRules } from "../../model/session.ts";
import { type NumberedSession, type ParsedSessions, sortOutRows } from "./parse-session-table.ts";
import { findSessionColumn } from "./session-columns.ts";
import type { RowFault } from "./table.ts";

const Outline = z.object({ rules: z.unknown().optional(), sessions: z.array(z.unknown()) });

export interface ParsedSessionFile extends ParsedSessions {
  /** null when the file says nothing about rules. */
  readonly rules: SessionRules | null;
}

function parseJson(text: string): z.infer<typeof Outline> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new IlmoError("sessionInvalid", "Expected a JSON file with sessions; this one is not JSON.");
  }
  const outline = Outline.safeParse(value);
  if (outline.success) return outline.data;
  throw new IlmoError("sessionInvalid", 'Expected a JSON object with a list "sessions"; this one has none.');
}

function parseRules(value: unknown): SessionRules | null {
  if (value === undefined) return null;
  const rules = SessionRules.safeParse(value);
  if (rules.success) return rules.data;
  const places = rules.error.issues.map(({ path, message }) => `rules.${path.join(".")}: ${message}`).join("; ");
  throw new IlmoError("sessionInvalid", `Expected rules as documented; wrong are: ${places}.`);
}

function parseEntry(value: unknown, rowNumber: number): NumberedSession | RowFault[] {
  const parsed = Session.safeParse(value);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => ({ rowNumber, column: path.join("."), expected: `a valid value (${message})` }));
  }
  const time = findSessionColumn("time");
  if (time?.parse(parsed.data.time) === null) return [{ rowNumber, column: "time", expected: time.expected }];
  return { rowNumber, session: parsed.data };
}

/**
 * Returns the sessions and rules of a JSON file and everything that is wrong in it; rows are the entries, from 1.
 *
 * Pure.
 *
 * @throws sessionInvalid when it is no such file at all, or its rules are wrong
 */
export function parseSessionJson(text: string): ParsedSessionFile {
  const outline = parseJson(text);
  const rules = parseRules(outline.rules);
  return { rules, ...sortOutRows(outline.sessions.map((value, index) => parseEntry(value, index + 1))) };
}
