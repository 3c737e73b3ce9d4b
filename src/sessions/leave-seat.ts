import { findBooking, findNextWaiting, freeSeatsOf, type SeatHall, seatIn, seatsOf, withoutPerson } from "./seat-hall.ts";
import { isComing } from "./session-states.ts";

/** Returns the hall with the free seats of a coming session given to those who wait, in their order. Pure. */
export function fillSeats(hall: SeatHall, sessionId: string): SeatHall {
  let filled = hall;
  for (;;) {
    const seats = seatsOf(filled, sessionId);
    const next = findNextWaiting(seats);
    if (!isComing(seats.session) || next === null || freeSeatsOf(seats) <= 0) return filled;
    filled = seatIn(filled, sessionId, { registrationId: next.registrationId, overCapacity: null, isWalkIn: false });
  }
}

/** Returns the hall without one registration's place, and only that; a freed seat goes to the first who waits. Pure. */
export function leaveSeat(hall: SeatHall, registrationId: string): SeatHall {
  const known = findBooking(hall, registrationId);
  return known === null ? hall : fillSeats(withoutPerson(hall, registrationId), known.sessionId);
}
