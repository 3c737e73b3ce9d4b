import type { RegistrationLink } from "../sessions/files/registration-mapping.ts";

/** A person that a partner has announced before the form came. */
export interface NewAnnouncement {
  readonly link: string;
  /** Keyed hash of what makes the response this one: its number, else its whole row. */
  readonly responseKey: string;
  readonly sessionId: string;
  /** Keyed hashes of what stands for the person; empty when too little was given to know the person again. */
  readonly personKeys: readonly string[];
  /** Personal data, until the form is here: then they are emptied. */
  readonly name: string | null;
  readonly senderUnit: string | null;
  readonly contact: string | null;
  /** Whether a seat is kept until the form comes. */
  readonly holdsSeat: boolean;
}

export interface Announcement extends NewAnnouncement {
  readonly id: string;
  /** The registration of the person whose form has come; null while it is awaited. */
  readonly registrationId: string | null;
  readonly announcedAt: string;
}

/** People that partners have announced, and the exports they came in. */
export interface AnnouncementStore {
  readonly findRegistrationLink: (name: string) => Promise<RegistrationLink | null>;
  readonly saveRegistrationLink: (link: RegistrationLink) => Promise<void>;
  /** By the response; null when it is new. */
  readonly findAnnouncement: (link: string, responseKey: string) => Promise<Announcement | null>;
  /** Adds an announcement, or changes the one of the same response whose form has not come. */
  readonly saveAnnouncement: (announcement: NewAnnouncement) => Promise<void>;
  readonly listAnnouncements: (sessionId?: string) => Promise<Announcement[]>;
  /** The newest awaited announcement of a person to a session that is not cancelled. */
  readonly findAnnounced: (personKeys: readonly string[]) => Promise<Announcement | null>;
  /** Ties a person's announcements to the registration that came and empties what they said of the person. */
  readonly tieAnnouncements: (personKeys: readonly string[], registrationId: string) => Promise<void>;
  /** Moves everybody awaited in one session to another; the first `seats` of those for whom a seat was kept have one kept there. */
  readonly moveAnnouncements: (fromId: string, intoId: string, seats: number) => Promise<void>;
  /** Takes an awaited announcement back: its seat is free. @throws notFound */
  readonly dropAnnouncement: (id: string) => Promise<void>;
  /** Deletes announcements to sessions before a day. Returns how many. */
  readonly deleteAnnouncementsBefore: (day: string) => Promise<number>;
}

/** What the calendar of one person was last told about a session. */
export interface CalendarEntry {
  readonly uid: string;
  readonly sessionId: string;
  readonly role: "host" | "interpreter";
  readonly sequence: number;
  /** SHA-256 of what was told. */
  readonly contentHash: string;
  readonly isCancelled: boolean;
}

/** Calendar files that were written. */
export interface CalendarStore {
  readonly listCalendarEntries: (sessionId: string) => Promise<CalendarEntry[]>;
  readonly saveCalendarEntry: (entry: CalendarEntry) => Promise<void>;
}
