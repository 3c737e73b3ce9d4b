import { type Kysely, sql } from "kysely";

/** Files that lay in a mail or archive stand behind the originals of their submission. Never changed once published. */
const STATEMENTS = [
  "alter table submission_files add column parent_index integer check (parent_index >= 0)",
  "alter table submission_files add column use text not null default 'read' check (use in ('read', 'container', 'ignored', 'unreadable'))",
  "alter table submission_files add column fault_code text",
  "alter table submission_files add check (fault_code is null or use = 'unreadable')",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
