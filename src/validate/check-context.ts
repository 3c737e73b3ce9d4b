import type { Session, SessionRules } from "../model/session.ts";
import type { IsoDate } from "../model/time.ts";

/** Everything the checks need besides the readings; time and lists arrive as arguments. */
export interface CheckContext {
  readonly receivedOn: IsoDate;
  readonly sessions: readonly Session[];
  readonly rules: SessionRules;
  /** Seats that can be offered, by session id; a session without an entry has all of its seats. */
  readonly freeSeats?: ReadonlyMap<string, number>;
  /** The same with those that are kept for announced people: who names the session may be one of them. */
  readonly emptySeats?: ReadonlyMap<string, number>;
  /** "test" takes identity codes 900-999 as official. */
  readonly environment: "production" | "test";
  /** True when the same person already has an open registration. */
  readonly isKnownPerson: boolean;
  /** Attachments that came with the form and could not be read. */
  readonly unreadableAttachments?: number;
}
