import { randomUUID } from "node:crypto";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../../src/adapters/embedded-postgres.ts";
import * as line from "../../../src/adapters/migrations/0001-line.ts";
import * as sessions from "../../../src/adapters/migrations/0002-sessions.ts";
import * as placesByKind from "../../../src/adapters/migrations/0008-places-by-kind.ts";
import { createHome, removeHome } from "../test-home.ts";

let home: string;
let server: EmbeddedPostgres;
let db: Kysely<unknown>;

beforeAll(async () => {
  home = createHome();
  server = await startEmbeddedPostgres({ home });
  db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: server.url }) }) });
});

afterAll(async () => {
  await db.destroy();
  await server.stop();
  removeHome(home);
});

it("takes over sessions, seats, queue and printed invitations of a database in use", async () => {
  const [submission, seated, waiting] = [randomUUID(), randomUUID(), randomUUID()];
  await line.up(db);
  await sql`insert into submissions (id, received_at, received_on, channel, source, state, content_key)
    values (${submission}, now(), '2026-03-02', 'folder', 'inbox', 'done', 'x')`.execute(db);
  await sql`insert into registrations (id, submission_id, ordinal, reference, received_on, state, route, reading, check_result)
    values (${seated}, ${submission}, 1, 'A2C3-45', '2026-03-02', 'DRAFT', 'groupInfo', '{}', '{}'),
      (${waiting}, ${submission}, 2, 'A2C3-46', '2026-03-02', 'DRAFT', 'groupInfo', '{}', '{}')`.execute(db);
  await sql`insert into sessions (id, code, language, date, "time", place, address, capacity)
    values ('AR-1603-900', 'AR-1603', 'ar', '2026-03-16', '9.00', 'Pasila', 'Ratapihantie 7', 1)`.execute(db);
  await sql`insert into bookings (registration_id, session_id, state, seat_number, waiting_number)
    values (${seated}, 'AR-1603-900', 'booked', 1, null), (${waiting}, 'AR-1603-900', 'waiting', null, 1)`.execute(db);
  await sql`insert into documents (relative_path, kind, language, version, sha256, registration_id, session_id, submission_id)
    values ('invitations/A2C3-45-ar-v2.pdf', 'invitation', 'ar', 2, 'x', ${seated}, 'AR-1603-900', ${submission})`.execute(db);

  await sessions.up(db);
  await placesByKind.up(db);

  const { rows } = await sql<object>`select s.state, s.kind, b.kind as place, b.waiting_reason, b.is_walk_in
    from bookings b join sessions s on s.id = b.session_id order by b.seat_number`.execute(db);
  const taken = { state: "open", kind: "groupInfo", place: "groupInfo", is_walk_in: false };
  expect(rows).toEqual([
    { ...taken, waiting_reason: null },
    { ...taken, waiting_reason: "full" },
  ]);
  const invitations = await sql<object>`select registration_id, version, session_id from invitations`.execute(db);
  expect(invitations.rows).toEqual([{ registration_id: seated, version: 2, session_id: "AR-1603-900" }]);
});

it("lets no person have two places of one kind, whatever writes them", async () => {
  const again = sql`insert into bookings (registration_id, session_id, state, seat_number)
    select registration_id, session_id, 'booked', 9 from bookings where seat_number = 1`.execute(db);
  await expect(again).rejects.toThrow(/bookings_live/);
});
