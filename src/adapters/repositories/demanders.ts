import { sql } from "kysely";
import { GROUP_INFO } from "../../model/session.ts";
import type { Demander } from "../../pipeline/session-store-port.ts";
import type { Executor } from "./executor.ts";

/** Value of one field of a stored reading, as text; null when it was not read. */
const fieldText = (field: string) =>
  sql<
    string | null
  >`jsonb_path_query_first(registrations.reading, '$.readings[*] ? (@.field == $field).value', ${JSON.stringify({ field })}::jsonb) #>> '{}'`;

/** Why the last place ended; null for those who never had another. */
const LAST_END = sql<string | null>`(select past.ended_reason from bookings past
  where past.registration_id = registrations.id and past.state = 'cancelled' and past.kind = ${GROUP_INFO} order by past.updated_at desc limit 1)`;

/** Whether the person came to a session: true, false, or null while nothing is sure. A proposed absence is not sure. */
const ATTENDED = sql<boolean | null>`(select bool_or(seen.state in ('present', 'late', 'leftEarly', 'walkIn')) from attendance seen
  where seen.registration_id = registrations.id and seen.status in ('recorded', 'confirmed'))`;

/** Every registration that is not cancelled, with the one place that it has; oldest first. */
export async function listDemanders(executor: Executor): Promise<Demander[]> {
  const rows = await executor
    .selectFrom("registrations")
    .leftJoin("bookings", (join) =>
      join
        .onRef("bookings.registration_id", "=", "registrations.id")
        .on("bookings.state", "!=", "cancelled")
        .on("bookings.kind", "=", GROUP_INFO),
    )
    .select([
      "registrations.id as registrationId",
      "registrations.received_on as receivedOn",
      "registrations.route as route",
      fieldText("sessionLanguage").as("language"),
      fieldText("senderUnit").as("senderUnit"),
      "bookings.state as seat",
      "bookings.session_id as sessionId",
      LAST_END.as("lastEnd"),
      ATTENDED.as("attended"),
    ])
    .where("registrations.state", "!=", "CANCELLED")
    .orderBy("registrations.received_on")
    .orderBy("registrations.created_at")
    .orderBy("registrations.ordinal")
    .execute();
  return rows.map(({ seat, ...row }) => ({ ...row, seat: seat === "cancelled" ? null : seat }));
}
