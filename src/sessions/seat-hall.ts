import { IlmoError } from "../errors.ts";
import type { Booking } from "../model/booking.ts";
import type { Session } from "../model/session.ts";

/** One session with everybody who has a place in it: seats and queue. */
export interface SessionSeats {
  readonly session: Session;
  /** Booked and waiting, any order. */
  readonly bookings: readonly Booking[];
  /** Seats of people whose form is not here yet, taken in on the spot or announced by a partner: they have no seat number. */
  readonly walkIns: number;
  /** Registrations of announced people for whom a seat was kept here: they pass nobody in the queue by taking it. */
  readonly keptFor?: readonly string[];
}

/** The sessions that one change of seats looks at, by id. A change returns a new hall; what differs is then written. */
export type SeatHall = ReadonlyMap<string, SessionSeats>;

/** @throws sessionInvalid for a session that is not in the calendar */
export function seatsOf(hall: SeatHall, sessionId: string): SessionSeats {
  const seats = hall.get(sessionId);
  if (seats === undefined)
    throw new IlmoError("sessionInvalid", "Expected a session that is in the calendar. `ilmo sessions list` shows them.");
  return seats;
}

/** Returns the place of a registration in any of the sessions. Pure. */
export function findBooking(hall: SeatHall, registrationId: string): Booking | null {
  for (const { bookings } of hall.values()) {
    const found = bookings.find((booking) => booking.registrationId === registrationId);
    if (found !== undefined) return found;
  }
  return null;
}

/** Returns those who have a seat, in the order of the seats. Pure. */
export function seatedOf({ bookings }: SessionSeats): Booking[] {
  return bookings.filter(({ state }) => state === "booked").toSorted((a, b) => (a.seatNumber ?? 0) - (b.seatNumber ?? 0));
}

/** Returns those who wait, first in the queue first. Pure. */
export function waitingOf({ bookings }: SessionSeats): Booking[] {
  return bookings.filter(({ state }) => state === "waiting").toSorted((a, b) => (a.waitingNumber ?? 0) - (b.waitingNumber ?? 0));
}

/** Returns the first who gets a freed seat; who is held back by a person is passed over. Pure. */
export function findNextWaiting(seats: SessionSeats): Booking | null {
  return waitingOf(seats).find(({ waitingReason }) => waitingReason !== "byStaff") ?? null;
}

/** Returns how many seats nobody has; negative when people sit beyond the capacity. Pure. */
export function freeSeatsOf(seats: SessionSeats): number {
  return seats.session.capacity - seatedOf(seats).length - seats.walkIns;
}

/** Lowest number that nobody has: never above the capacity while a seat is free. */
function lowestFreeNumber(seats: SessionSeats): number {
  const taken = new Set(seatedOf(seats).map(({ seatNumber }) => seatNumber));
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}

/** Returns the hall with one session's state of things replaced. Pure. */
export function withSeats(hall: SeatHall, seats: SessionSeats): SeatHall {
  return new Map(hall).set(seats.session.id, seats);
}

/** Returns the hall with a person seated, whatever the capacity: the caller has looked. Pure. */
export function seatIn(hall: SeatHall, sessionId: string, person: Pick<Booking, "registrationId" | "overCapacity" | "isWalkIn">): SeatHall {
  const left = withoutPerson(hall, person.registrationId);
  const seats = seatsOf(left, sessionId);
  const { registrationId, overCapacity, isWalkIn } = person;
  const seatNumber = lowestFreeNumber(seats);
  const booking = {
    registrationId,
    sessionId,
    state: "booked",
    seatNumber,
    waitingNumber: null,
    waitingReason: null,
    overCapacity,
    isWalkIn,
  } as const;
  return withSeats(left, { ...seats, bookings: [...seats.bookings, booking] });
}

/** Returns the hall with a person at the end of a session's queue. Pure. */
export function queueIn(hall: SeatHall, sessionId: string, person: Pick<Booking, "registrationId" | "waitingReason">): SeatHall {
  const left = withoutPerson(hall, person.registrationId);
  const seats = seatsOf(left, sessionId);
  const { registrationId, waitingReason } = person;
  const waitingNumber = Math.max(0, ...waitingOf(seats).map((booking) => booking.waitingNumber ?? 0)) + 1;
  const state = "waiting" as const;
  const booking = { registrationId, sessionId, state, seatNumber: null, waitingNumber, waitingReason, overCapacity: null, isWalkIn: false };
  return withSeats(left, { ...seats, bookings: [...seats.bookings, booking] });
}

/** Returns the hall without a person's place; the freed seat stays free. Pure. */
export function withoutPerson(hall: SeatHall, registrationId: string): SeatHall {
  const known = findBooking(hall, registrationId);
  if (known === null) return hall;
  const seats = seatsOf(hall, known.sessionId);
  return withSeats(hall, { ...seats, bookings: seats.bookings.filter((booking) => booking !== known) });
}
