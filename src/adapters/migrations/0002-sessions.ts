import { type Kysely, sql } from "kysely";

/** Series and states of sessions, the waiting list with reasons, walk-ins, versions of invitations. Never changed once published. */
const STATEMENTS = [
  `alter table sessions
    add column kind text not null default 'groupInfo',
    add column state text not null default 'open' check (state in ('planned', 'open', 'closed', 'cancelled', 'held')),
    add column series_id text,
    add column min_participants integer check (min_participants > 0)`,
  "create index sessions_series on sessions (series_id) where series_id is not null",

  `alter table bookings
    add column waiting_reason text check (waiting_reason in ('full', 'byStaff', 'movedWithoutSeat')),
    add column over_capacity text,
    add column is_walk_in boolean not null default false,
    add column ended_reason text`,
  "update bookings set waiting_reason = 'full' where state = 'waiting'",
  `alter table bookings
    add check ((state = 'waiting') = (waiting_reason is not null)),
    add check (over_capacity is null or state <> 'waiting')`,
  "create index bookings_registration on bookings (registration_id)",

  `create table walk_ins (
    reference text primary key,
    session_id text not null references sessions,
    over_capacity text,
    noted_by text not null,
    registration_id uuid references registrations,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  "create index walk_ins_session on walk_ins (session_id) where registration_id is null",

  `create table invitations (
    registration_id uuid not null references registrations,
    version integer not null check (version > 0),
    session_id text not null references sessions,
    content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
    created_at timestamptz not null default now(),
    primary key (registration_id, version)
  )`,
  "create index invitations_session on invitations (session_id)",
  // Invitations printed until now: their number was the registration's, and what they said is not known.
  `insert into invitations (registration_id, version, session_id, content_hash, created_at)
    select distinct on (registration_id, version) registration_id, version, session_id, repeat('0', 64), created_at
    from documents where kind = 'invitation' and registration_id is not null and session_id is not null
    order by registration_id, version, created_at`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
