import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { FaultCode } from "../errors.ts";
import type { FileUse } from "../intake/file-part.ts";
import type { OverrideReason, SeatState, WaitingReason } from "../model/booking.ts";
import type { RegistrationState } from "../model/registration.ts";
import type { SessionState } from "../model/session.ts";
import type { ExportOperation, SubmissionState } from "../pipeline/store-port.ts";
import type { AnnouncementTables } from "./announcement-schema.ts";
import type { AttendanceTables } from "./attendance-schema.ts";
import type { MailTables } from "./mail-schema.ts";

/** Set by the server when a row is made; UTC instant as text. */
type CreatedAt = ColumnType<string, string | undefined, never>;
type ChangedAt = ColumnType<string, string | undefined, string>;

/** Stored JSON: parsed by the driver, checked by zod where it is read. */
type Json = JSONColumnType<object, string, string>;
type NullableJson = ColumnType<unknown, string | null, string | null>;

export interface SubmissionsTable {
  id: string;
  received_at: string;
  received_on: string;
  channel: string;
  source: string;
  state: SubmissionState;
  fault_code: FaultCode | null;
  fault_reason: string | null;
  content_key: string;
  duplicate_of: string | null;
  reading: NullableJson;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface SubmissionFilesTable {
  submission_id: string;
  file_index: number;
  sha256: string;
  size_bytes: number;
  media_type: string;
  original_name: string | null;
  parent_index: ColumnType<number | null, number | null | undefined, number | null>;
  use: ColumnType<FileUse, FileUse | undefined, FileUse>;
  fault_code: ColumnType<FaultCode | null, FaultCode | null | undefined, FaultCode | null>;
}

export interface RegistrationsTable {
  id: string;
  submission_id: string;
  ordinal: number;
  version: number;
  reference: string;
  received_on: string;
  state: RegistrationState;
  route: string;
  reading: Json;
  check_result: Json;
  person_keys: string[];
  approved_by: string | null;
  approved_at: string | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface SessionsTable {
  id: string;
  code: string;
  language: string;
  date: string;
  time: string;
  place: string;
  address: string;
  room: string | null;
  host: string | null;
  interpreter: string | null;
  duration_hours: number | null;
  capacity: number;
  kind: string;
  state: SessionState;
  series_id: string | null;
  min_participants: number | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface BookingsTable {
  id: Generated<string>;
  registration_id: string;
  session_id: string;
  state: SeatState;
  seat_number: number | null;
  waiting_number: number | null;
  kind: string;
  waiting_reason: WaitingReason | null;
  over_capacity: OverrideReason | null;
  is_walk_in: boolean;
  ended_reason: string | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface WalkInsTable {
  reference: string;
  session_id: string;
  over_capacity: OverrideReason | null;
  noted_by: string;
  registration_id: string | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface InvitationsTable {
  registration_id: string;
  version: number;
  session_id: string;
  content_hash: string;
  created_at: CreatedAt;
}

export interface DocumentsTable {
  relative_path: string;
  kind: string;
  language: string;
  version: number;
  sha256: string;
  registration_id: string | null;
  session_id: string | null;
  submission_id: string | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface ExportBatchesTable {
  id: string;
  sequence: number;
  state: "prepared" | "published";
  file_name: string | null;
  sha256: string | null;
  created_at: CreatedAt;
  published_at: string | null;
}

export interface ExportRecordsTable {
  batch_id: string;
  registration_id: string;
  version: number;
  operation: ExportOperation;
}

export interface AuditLogTable {
  id: Generated<number>;
  at: CreatedAt;
  actor: string;
  action: string;
  registration_id: string | null;
  detail: string | null;
}

export interface JobEffectsTable {
  job_id: string;
  effect: string;
  created_at: CreatedAt;
}

export interface MetaTable {
  key: string;
  value: NullableJson;
  updated_at: ChangedAt;
}

/** The tables as the last migration leaves them. */
export interface Database extends AnnouncementTables, AttendanceTables, MailTables {
  submissions: SubmissionsTable;
  submission_files: SubmissionFilesTable;
  registrations: RegistrationsTable;
  sessions: SessionsTable;
  bookings: BookingsTable;
  walk_ins: WalkInsTable;
  invitations: InvitationsTable;
  documents: DocumentsTable;
  export_batches: ExportBatchesTable;
  export_records: ExportRecordsTable;
  audit_log: AuditLogTable;
  job_effects: JobEffectsTable;
  meta: MetaTable;
}
