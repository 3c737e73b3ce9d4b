import type { Booking } from "../../src/model/booking.ts";
import { Session } from "../../src/model/session.ts";
import { giveSeat } from "../../src/sessions/give-seat.ts";
import { findBooking, type SeatHall, seatedOf, seatsOf, waitingOf } from "../../src/sessions/seat-hall.ts";

/** A session that says only what a test is about. */
export function sessionOf(id: string, change: Partial<Session> = {}): Session {
  const place = { place: "TE-toimisto, Pasila", address: "Ratapihantie 7" };
  return Session.parse({ id, code: id, language: "ar", date: "2026-09-24", time: "9.00", ...place, capacity: 2, ...change });
}

/** A hall in which people were booked one after the other: `{ A: ["ann", "ben"] }`. */
export function hallOf(sessions: readonly Session[], booked: Readonly<Record<string, readonly string[]>> = {}): SeatHall {
  let hall: SeatHall = new Map(sessions.map((session) => [session.id, { session, bookings: [], walkIns: 0 }]));
  for (const [sessionId, people] of Object.entries(booked))
    for (const registrationId of people) hall = giveSeat(hall, { registrationId, sessionId, isByStaff: true });
  return hall;
}

const names = (bookings: readonly Booking[]): string[] => bookings.map(({ registrationId }) => registrationId);

/** Who sits and who waits, in order. */
export function peopleIn(hall: SeatHall, sessionId: string): { readonly seated: string[]; readonly waiting: string[] } {
  const seats = seatsOf(hall, sessionId);
  return { seated: names(seatedOf(seats)), waiting: names(waitingOf(seats)) };
}

/** What one person has. */
export const placeOf = (hall: SeatHall, registrationId: string): Booking | null => findBooking(hall, registrationId);
