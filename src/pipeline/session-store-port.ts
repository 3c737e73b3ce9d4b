import type { Booking, OverrideReason } from "../model/booking.ts";
import type { Session } from "../model/session.ts";
import type { SeatDifference } from "../sessions/hall-differences.ts";
import type { SeatHall } from "../sessions/seat-hall.ts";

export interface SessionFilter {
  /** First day. */
  readonly from?: string;
  readonly language?: string;
}

/** How a session is filled. */
export interface SeatCount {
  readonly booked: number;
  readonly waiting: number;
  readonly walkIns: number;
  /** Seats kept for people whom partners announced and whose form is not here yet. */
  readonly held: number;
}

/** Somebody who came without a form: a reference, nothing else. */
export interface WalkIn {
  readonly reference: string;
  readonly sessionId: string;
  readonly overCapacity: OverrideReason | null;
  readonly notedBy: string;
  /** The registration that came later for this person. */
  readonly registrationId: string | null;
}

/** One printing of an invitation: the number that it bears and what it said. */
export interface InvitationVersion {
  readonly registrationId: string;
  /** 1-based, counted for the registration: a higher one replaces the lower ones. */
  readonly version: number;
  readonly sessionId: string;
  /** SHA-256 of what is printed, without number and day of printing. */
  readonly contentHash: string;
  readonly createdAt: string;
}

/** A place that a registration has or had, with the reason why it ended. */
export interface PastBooking extends Booking {
  readonly endedReason: string | null;
  readonly createdAt: string;
}

/** What planning needs of one registration: no name, no code. */
export interface Demander {
  readonly registrationId: string;
  readonly receivedOn: string;
  readonly route: string;
  /** The language that was chosen on the form; null when none was read. */
  readonly language: string | null;
  readonly senderUnit: string | null;
  /** Live place in a group-info session, or null. */
  readonly seat: "booked" | "waiting" | null;
  readonly sessionId: string | null;
  /** Why the last place ended, for example "prevented"; null when none did. */
  readonly lastEnd: string | null;
  /** Whether the person came to a session; null while that is not sure. */
  readonly attended: boolean | null;
}

/** Which sessions and whose places a change of seats looks at. */
export interface HallScope {
  /** Of which kind the places of the registrations are; that of the first session when unset, else the group information. */
  readonly kind?: string;
  readonly sessionIds: readonly string[];
  readonly registrationIds: readonly string[];
}

/** Sessions, seats, queues. */
export interface SessionStore {
  /** Adds or replaces the rows by id and nothing else; changes with all that follows go through `saveSessions`. */
  readonly upsertSessions: (sessions: readonly Session[]) => Promise<void>;
  readonly listSessions: (filter?: SessionFilter) => Promise<Session[]>;
  readonly listBookings: (sessionId: string) => Promise<Booking[]>;
  /** The place in a session of one kind, the group information when none is said. */
  readonly findBooking: (registrationId: string, kind?: string) => Promise<Booking | null>;
  /** The places in sessions of every kind, oldest first. */
  readonly listPlaces: (registrationId: string) => Promise<Booking[]>;
  /** Every place the registration ever had, oldest first. */
  readonly listPastBookings: (registrationId: string) => Promise<PastBooking[]>;
  /** By session id; a session nobody is in has no entry. */
  readonly countSeats: () => Promise<ReadonlyMap<string, SeatCount>>;
  readonly listWalkIns: (sessionId: string) => Promise<WalkIn[]>;
  /** Oldest first. */
  readonly listInvitations: (registrationId: string) => Promise<InvitationVersion[]>;
  /** The number that these contents bear: that of the last printing when it said the same, else the next one. */
  readonly claimInvitationVersion: (invitation: Pick<InvitationVersion, "registrationId" | "sessionId" | "contentHash">) => Promise<number>;
  /** Every registration that is not cancelled. */
  readonly listDemanders: () => Promise<Demander[]>;
}

/** What changes seats: only inside a transaction. */
export interface SeatTransaction {
  /** Waits until no other transaction changes seats, then returns the sessions with all their places. */
  readonly lockHall: (scope: HallScope) => Promise<SeatHall>;
  readonly saveSeats: (differences: readonly SeatDifference[], endedReason: string) => Promise<void>;
  readonly addWalkIn: (walkIn: Omit<WalkIn, "reference" | "registrationId">) => Promise<WalkIn>;
  /** Ties a walk-in to the registration that came later. @throws notFound; notAllowed when it is tied to another */
  readonly tieWalkIn: (reference: string, registrationId: string) => Promise<WalkIn>;
}
