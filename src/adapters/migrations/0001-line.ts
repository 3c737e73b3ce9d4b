import { type Kysely, sql } from "kysely";

/** Tables of the whole line, from what arrived to what was exported. A published migration is never changed. */
const STATEMENTS = [
  `create table submissions (
    id uuid primary key,
    received_at timestamptz not null,
    received_on date not null,
    channel text not null,
    source text not null,
    state text not null check (state in ('received', 'read', 'done', 'duplicate', 'quarantined')),
    fault_code text,
    fault_reason text,
    content_key text not null,
    duplicate_of uuid references submissions,
    reading jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((state = 'duplicate') = (duplicate_of is not null)),
    check ((state = 'quarantined') = (fault_code is not null))
  )`,
  "create index submissions_content on submissions (content_key)",
  "create index submissions_state on submissions (state, received_at)",

  `create table submission_files (
    submission_id uuid not null references submissions,
    file_index integer not null check (file_index >= 0),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes bigint not null check (size_bytes >= 0),
    media_type text not null,
    original_name text,
    primary key (submission_id, file_index)
  )`,
  "create index submission_files_sha256 on submission_files (sha256)",

  `create table registrations (
    id uuid primary key,
    submission_id uuid not null references submissions,
    ordinal integer not null check (ordinal > 0),
    version integer not null default 1 check (version > 0),
    reference text not null unique,
    received_on date not null,
    state text not null check (state in ('DRAFT', 'APPROVED', 'EXPORTED', 'CANCELLED')),
    route text not null,
    reading jsonb not null,
    check_result jsonb not null,
    person_keys text[] not null default '{}',
    approved_by text,
    approved_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (submission_id, ordinal),
    check (state not in ('APPROVED', 'EXPORTED') or (approved_by is not null and approved_at is not null))
  )`,
  "create index registrations_state on registrations (state, created_at)",
  "create index registrations_person on registrations using gin (person_keys)",

  `create table sessions (
    id text primary key,
    code text not null,
    language text not null,
    date date not null,
    "time" text not null,
    place text not null,
    address text not null,
    room text,
    host text,
    interpreter text,
    duration_hours integer check (duration_hours > 0),
    capacity integer not null check (capacity > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  "create index sessions_date on sessions (date)",

  `create table bookings (
    id uuid primary key default gen_random_uuid(),
    registration_id uuid not null references registrations,
    session_id text not null references sessions,
    state text not null check (state in ('booked', 'waiting', 'cancelled')),
    seat_number integer check (seat_number > 0),
    waiting_number integer check (waiting_number > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((state = 'booked') = (seat_number is not null)),
    check ((state = 'waiting') = (waiting_number is not null))
  )`,
  "create unique index bookings_live on bookings (registration_id) where state <> 'cancelled'",
  "create unique index bookings_seat on bookings (session_id, seat_number)",
  "create unique index bookings_queue on bookings (session_id, waiting_number)",

  `create table documents (
    relative_path text primary key,
    kind text not null,
    language text not null,
    version integer not null check (version > 0),
    sha256 text not null,
    registration_id uuid references registrations,
    session_id text references sessions,
    submission_id uuid references submissions,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  "create index documents_registration on documents (registration_id)",
  "create index documents_session on documents (session_id)",
  "create index documents_submission on documents (submission_id)",

  `create table export_batches (
    id uuid primary key,
    sequence integer not null unique check (sequence > 0),
    state text not null check (state in ('prepared', 'published')),
    file_name text unique,
    sha256 text,
    created_at timestamptz not null default now(),
    published_at timestamptz,
    check ((state = 'published') = (file_name is not null and sha256 is not null and published_at is not null))
  )`,
  `create table export_records (
    batch_id uuid not null references export_batches,
    registration_id uuid not null references registrations,
    version integer not null,
    operation text not null check (operation in ('UUSI', 'KORVAAVA', 'MITATOINTI')),
    primary key (batch_id, registration_id),
    unique (registration_id, version, operation)
  )`,

  `create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    actor text not null,
    action text not null,
    registration_id uuid,
    detail text
  )`,
  "create index audit_log_registration on audit_log (registration_id)",

  `create table job_effects (
    job_id uuid not null,
    effect text not null,
    created_at timestamptz not null default now(),
    primary key (job_id, effect)
  )`,
  `create table meta (
    key text primary key,
    value jsonb,
    updated_at timestamptz not null default now()
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
