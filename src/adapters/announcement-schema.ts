import type { ColumnType, Generated, JSONColumnType } from "kysely";

type CreatedAt = ColumnType<string, string | undefined, never>;
type ChangedAt = ColumnType<string, string | undefined, string>;
type Json = JSONColumnType<object, string, string>;

export interface RegistrationLinksTable {
  name: string;
  mapping: Json;
  header: Json;
  session_id: string | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface AnnouncementsTable {
  id: Generated<string>;
  link: string;
  response_key: string;
  session_id: string;
  person_keys: string[];
  name: string | null;
  sender_unit: string | null;
  contact: string | null;
  holds_seat: boolean;
  registration_id: string | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface CalendarEntriesTable {
  uid: string;
  session_id: string;
  role: "host" | "interpreter";
  sequence: number;
  content_hash: string;
  is_cancelled: boolean;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

/** Tables of announced people and of calendars. */
export interface AnnouncementTables {
  registration_links: RegistrationLinksTable;
  announcements: AnnouncementsTable;
  calendar_entries: CalendarEntriesTable;
}
