import { type Kysely, sql } from "kysely";

/** Messages of mailboxes, tasks for people, answers, and how the mailboxes do. Never changed once published. */
const STATEMENTS = [
  `create table mail_messages (
    id uuid primary key,
    account text not null,
    folder text not null,
    uid_validity text not null,
    uid bigint check (uid > 0),
    message_id text,
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    body_sha256 text check (body_sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes bigint not null check (size_bytes >= 0),
    arrived_at timestamptz not null,
    reference text not null unique,
    kind text not null check (kind in ('forms', 'notice', 'letter', 'machine', 'held', 'tooLarge')),
    state text not null check (state in ('recorded', 'waiting', 'held', 'refused', 'ended')),
    from_address text,
    unit text,
    language text not null check (language in ('fi', 'sv', 'en')),
    doubt text,
    answer_block text,
    document_count integer not null check (document_count >= 0),
    has_notice boolean not null,
    has_identity_code boolean not null,
    submission_id uuid references submissions,
    is_duplicate boolean not null,
    target_folder text,
    is_moved boolean not null default false,
    move_fault text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (sha256 is not null or kind = 'tooLarge'),
    check (not is_moved or target_folder is not null)
  )`,
  "create unique index mail_messages_place on mail_messages (account, folder, uid_validity, uid)",
  "create index mail_messages_message_id on mail_messages (message_id)",
  "create index mail_messages_submission on mail_messages (submission_id)",
  "create index mail_messages_open on mail_messages (account) where state <> 'ended' or not is_moved",

  `create table tasks (
    id bigint generated always as identity primary key,
    key text not null unique,
    kind text not null,
    mail_id uuid references mail_messages on delete cascade,
    submission_id uuid references submissions,
    due_on date,
    detail text,
    created_at timestamptz not null default now(),
    done_at timestamptz,
    done_by text,
    check ((done_at is null) = (done_by is null))
  )`,
  "create index tasks_open on tasks (due_on) where done_at is null",
  "create index tasks_submission on tasks (submission_id)",

  `create table mail_checks (
    account text primary key,
    first_attempt_at timestamptz not null,
    last_attempt_at timestamptz not null,
    last_success_at timestamptz,
    fault text
  )`,

  `create table mail_answers (
    id uuid primary key,
    key text not null unique,
    kind text not null check (kind in ('acknowledgement', 'completionRequest')),
    way text not null check (way in ('send', 'draft')),
    account text,
    mail_id uuid references mail_messages on delete cascade,
    registration_id uuid references registrations,
    letter jsonb not null,
    state text not null default 'waiting' check (state in ('waiting', 'sending', 'done', 'unsure', 'givenUp')),
    attempts integer not null default 0,
    next_try_at timestamptz not null,
    fault_code text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  "create index mail_answers_open on mail_answers (next_try_at) where state in ('waiting', 'sending')",
  "create index mail_answers_registration on mail_answers (registration_id)",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
