import { type Kysely, sql } from "kysely";

/** Legal holds, the log of what was deleted, and files that are still to be removed. Never changed once published. */
const STATEMENTS = [
  `create table holds (
    id uuid primary key default gen_random_uuid(),
    registration_id uuid not null references registrations,
    reason text not null,
    set_by text not null,
    set_at timestamptz not null default now(),
    released_by text,
    released_at timestamptz,
    check ((released_by is null) = (released_at is null))
  )`,
  "create unique index holds_live on holds (registration_id) where released_at is null",
  `create table deletions (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    actor text not null,
    cause text not null check (cause in ('retention', 'erasure')),
    class text not null,
    reason text,
    item_count integer not null check (item_count > 0),
    ids jsonb not null
  )`,
  `create table pending_removals (
    kind text not null check (kind in ('outbox', 'importFile', 'done', 'duplicate', 'quarantine')),
    name text not null,
    size_bytes bigint,
    created_at timestamptz not null default now(),
    primary key (kind, name)
  )`,
  `alter table registrations
    add column pictures_removed_at timestamptz,
    add column emptied_at timestamptz`,
  `alter table submissions
    add column pictures_removed_at timestamptz,
    add column emptied_at timestamptz`,
  "alter table export_batches add column files_removed_at timestamptz",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
