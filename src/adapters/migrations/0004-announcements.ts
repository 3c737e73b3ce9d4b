import { type Kysely, sql } from "kysely";

/** People announced by partners before their forms come, and what calendars were told. Never changed once published. */
const STATEMENTS = [
  `create table registration_links (
    name text primary key,
    mapping jsonb not null,
    header jsonb not null,
    session_id text references sessions,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  `create table announcements (
    id uuid primary key default gen_random_uuid(),
    link text not null,
    response_key text not null,
    session_id text not null references sessions,
    person_keys text[] not null default '{}',
    name text,
    sender_unit text,
    contact text,
    holds_seat boolean not null,
    registration_id uuid references registrations,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (link, response_key),
    check (registration_id is null or (name is null and contact is null))
  )`,
  "create index announcements_session on announcements (session_id) where registration_id is null",
  "create index announcements_person on announcements using gin (person_keys)",
  "create index announcements_registration on announcements (registration_id)",

  `create table calendar_entries (
    uid text primary key,
    session_id text not null references sessions,
    role text not null check (role in ('host', 'interpreter')),
    sequence integer not null check (sequence >= 0),
    content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
    is_cancelled boolean not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  "create index calendar_entries_session on calendar_entries (session_id)",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
