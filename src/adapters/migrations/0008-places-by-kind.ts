import { type Kysely, sql } from "kysely";

/** A person may have a place in the group information and one in a later session of another kind. Never changed once published. */
const STATEMENTS = [
  "alter table bookings add column kind text not null default 'groupInfo'",
  "update bookings set kind = sessions.kind from sessions where sessions.id = bookings.session_id",
  "drop index bookings_live",
  "create unique index bookings_live on bookings (registration_id, kind) where state <> 'cancelled'",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
