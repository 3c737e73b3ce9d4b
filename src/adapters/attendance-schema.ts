import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { AttendanceState, AttendanceStatus, RowDoubt } from "../model/attendance.ts";
import type { ContactHow, ContactKind, NoShowDecision, NoShowState } from "../model/no-show.ts";
import type { RosterScanState } from "../pipeline/attendance-store-port.ts";

type CreatedAt = ColumnType<string, string | undefined, never>;
type ChangedAt = ColumnType<string, string | undefined, string>;
type Json = JSONColumnType<object, string, string>;

export interface RosterPrintsTable {
  session_id: string;
  version: number;
  session_code: string;
  sha256: string;
  pages: number;
  created_at: CreatedAt;
}

export interface RosterPrintRowsTable {
  session_id: string;
  version: number;
  row_number: number;
  registration_id: string;
}

export interface RosterScansTable {
  id: string;
  submission_id: string;
  file_index: number;
  page_index: number;
  session_code: string;
  version: number;
  page_number: number;
  pages: number;
  session_id: string | null;
  state: RosterScanState;
  quality: number;
  shows_pale_ink: boolean;
  scanned_on: string;
  closed_by: string | null;
  closed_reason: string | null;
  created_at: CreatedAt;
}

export interface RosterScanRowsTable {
  scan_id: string;
  row_number: number;
  registration_id: string | null;
  seen: Json;
  png: string | null;
  closed_by: string | null;
  closed_reason: string | null;
}

export interface AttendanceTable {
  session_id: string;
  registration_id: string;
  state: AttendanceState | null;
  status: AttendanceStatus;
  language_test: boolean | null;
  skills_survey: boolean | null;
  doubts: RowDoubt[];
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface ContactsTable {
  id: Generated<number>;
  registration_id: string;
  session_id: string;
  kind: ContactKind;
  document_version: number | null;
  how: ContactHow;
  happened_on: string;
  noted_by: string;
  created_at: CreatedAt;
}

export interface NoShowCasesTable {
  id: string;
  session_id: string;
  registration_id: string;
  state: NoShowState;
  opened_on: string;
  opened_by: string;
  explain_by: string;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface NoShowDecisionsTable {
  id: Generated<number>;
  case_id: string;
  decision: NoShowDecision;
  decided_by: string;
  reason: string;
  proposal: string;
  evidence: Json;
  decided_at: CreatedAt;
}

/** Tables of attendance as the last migration leaves them. */
export interface AttendanceTables {
  roster_prints: RosterPrintsTable;
  roster_print_rows: RosterPrintRowsTable;
  roster_scans: RosterScansTable;
  roster_scan_rows: RosterScanRowsTable;
  attendance: AttendanceTable;
  contacts: ContactsTable;
  no_show_cases: NoShowCasesTable;
  no_show_decisions: NoShowDecisionsTable;
}
