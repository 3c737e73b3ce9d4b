import { type Kysely, sql } from "kysely";

/** What was printed on rosters, what came back signed, attendance, proofs of delivery and no-show cases. Never changed once published. */
const STATEMENTS = [
  `create table roster_prints (
    session_id text not null references sessions,
    version integer not null check (version > 0),
    session_code text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    pages integer not null check (pages > 0),
    created_at timestamptz not null default now(),
    primary key (session_id, version)
  )`,
  "create index roster_prints_code on roster_prints (session_code, version)",
  `create table roster_print_rows (
    session_id text not null,
    version integer not null,
    row_number integer not null check (row_number > 0),
    registration_id uuid not null references registrations,
    primary key (session_id, version, row_number),
    foreign key (session_id, version) references roster_prints
  )`,
  "create index roster_print_rows_registration on roster_print_rows (registration_id)",

  `create table roster_scans (
    id uuid primary key,
    submission_id uuid not null references submissions,
    file_index integer not null check (file_index >= 0),
    page_index integer not null check (page_index >= 0),
    session_code text not null,
    version integer not null,
    page_number integer not null check (page_number > 0),
    pages integer not null,
    session_id text references sessions,
    state text not null check (state in ('read', 'unreadable', 'unknown')),
    quality real not null check (quality between 0 and 1),
    shows_pale_ink boolean not null,
    scanned_on date not null,
    closed_by text,
    closed_reason text,
    created_at timestamptz not null default now(),
    unique (submission_id, file_index, page_index),
    check ((state = 'unknown') = (session_id is null)),
    check ((closed_by is null) = (closed_reason is null))
  )`,
  "create index roster_scans_session on roster_scans (session_id)",
  `create table roster_scan_rows (
    scan_id uuid not null references roster_scans,
    row_number integer not null check (row_number > 0),
    registration_id uuid references registrations,
    seen jsonb not null,
    png text,
    closed_by text,
    closed_reason text,
    primary key (scan_id, row_number),
    check ((closed_by is null) = (closed_reason is null))
  )`,
  "create index roster_scan_rows_registration on roster_scan_rows (registration_id)",

  `create table attendance (
    session_id text not null references sessions,
    registration_id uuid not null references registrations,
    state text check (state in ('present', 'late', 'leftEarly', 'absentNotified', 'absent', 'excused', 'walkIn')),
    status text not null check (status in ('recorded', 'proposed', 'review', 'confirmed')),
    language_test boolean,
    skills_survey boolean,
    doubts text[] not null default '{}',
    decided_by text,
    decided_at timestamptz,
    reason text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (session_id, registration_id),
    check ((status = 'confirmed') = (decided_by is not null and decided_at is not null)),
    check (status = 'review' or state is not null)
  )`,
  "create index attendance_registration on attendance (registration_id)",

  `create table contacts (
    id bigint generated always as identity primary key,
    registration_id uuid not null references registrations,
    session_id text not null references sessions,
    kind text not null check (kind in ('invitation', 'reminder')),
    document_version integer check (document_version > 0),
    how text not null check (how in ('hand', 'post', 'unit', 'phone', 'sms')),
    happened_on date not null,
    noted_by text not null,
    created_at timestamptz not null default now()
  )`,
  "create index contacts_registration on contacts (registration_id)",

  `create table no_show_cases (
    id uuid primary key,
    session_id text not null references sessions,
    registration_id uuid not null references registrations,
    state text not null check (state in ('open', 'decided', 'withdrawn')),
    opened_on date not null,
    opened_by text not null,
    explain_by date not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (session_id, registration_id)
  )`,
  `create table no_show_decisions (
    id bigint generated always as identity primary key,
    case_id uuid not null references no_show_cases,
    decision text not null check (decision in ('continue', 'excused', 'newTime', 'endProposed')),
    decided_by text not null,
    reason text not null,
    proposal text not null,
    evidence jsonb not null,
    decided_at timestamptz not null default now()
  )`,
  "create index no_show_decisions_case on no_show_decisions (case_id)",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
