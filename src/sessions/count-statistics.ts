import { GROUP_INFO } from "../model/session.ts";
import type { DemandingRegistration } from "./propose-sessions.ts";

/** One registration with where it came from. */
export interface CountedRegistration extends DemandingRegistration {
  readonly senderUnit: string | null;
  /** Whether the person came to a session; null while that is not sure. */
  readonly attended: boolean | null;
}

export interface StatisticsRow {
  readonly language: string | null;
  readonly senderUnit: string | null;
  readonly registrations: number;
  readonly seated: number;
  readonly waiting: number;
  readonly withoutSeat: number;
  readonly came: number;
  readonly absent: number;
  /** Sent to the municipality or the office desk. */
  readonly otherRoute: number;
}

const keyOf = (text: string | null): string | null =>
  text === null || text.trim() === "" ? null : text.normalize("NFC").trim().replace(/\s+/gu, " ");

function rowOf(items: readonly CountedRegistration[]): StatisticsRow {
  const group = items.filter(({ route }) => route === GROUP_INFO);
  const count = (seat: CountedRegistration["seat"]): number => group.filter((item) => item.seat === seat).length;
  return {
    language: items[0]?.language ?? null,
    senderUnit: keyOf(items[0]?.senderUnit ?? null),
    registrations: items.length,
    seated: count("booked"),
    waiting: count("waiting"),
    withoutSeat: count(null),
    came: group.filter(({ attended }) => attended === true).length,
    absent: group.filter(({ attended }) => attended === false).length,
    otherRoute: items.length - group.length,
  };
}

/**
 * Returns counts by language and sending unit, in the order of both; units that differ in letter case or spaces are one.
 *
 * Pure.
 */
export function countStatistics(registrations: readonly CountedRegistration[]): StatisticsRow[] {
  const groups = new Map<string, CountedRegistration[]>();
  for (const item of registrations) {
    const key = JSON.stringify([item.language, keyOf(item.senderUnit)?.toLowerCase() ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const text = (value: string | null): string => value ?? "\uffff";
  return [...groups.values()]
    .map(rowOf)
    .toSorted((a, b) => text(a.language).localeCompare(text(b.language)) || text(a.senderUnit).localeCompare(text(b.senderUnit)));
}
