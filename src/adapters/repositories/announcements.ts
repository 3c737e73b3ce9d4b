import { type Selectable, sql } from "kysely";
import { z } from "zod";
import { IlmoError } from "../../errors.ts";
import type { Announcement, AnnouncementStore, CalendarStore, NewAnnouncement } from "../../pipeline/announcement-store-port.ts";
import { type RegistrationLink, RegistrationMapping } from "../../sessions/files/registration-mapping.ts";
import type { AnnouncementsTable } from "../announcement-schema.ts";
import { listCalendarEntries, saveCalendarEntry } from "./calendar-entries.ts";
import type { Executor } from "./executor.ts";

function toAnnouncement(row: Selectable<AnnouncementsTable>): Announcement {
  return {
    id: row.id,
    link: row.link,
    responseKey: row.response_key,
    sessionId: row.session_id,
    personKeys: row.person_keys,
    name: row.name,
    senderUnit: row.sender_unit,
    contact: row.contact,
    holdsSeat: row.holds_seat,
    registrationId: row.registration_id,
    announcedAt: row.created_at,
  };
}

async function findRegistrationLink(executor: Executor, name: string): Promise<RegistrationLink | null> {
  const row = await executor.selectFrom("registration_links").selectAll().where("name", "=", name).executeTakeFirst();
  if (row === undefined) return null;
  return {
    name,
    mapping: RegistrationMapping.parse(row.mapping),
    header: z.array(z.string()).parse(row.header),
    sessionId: row.session_id,
  };
}

async function saveRegistrationLink(executor: Executor, link: RegistrationLink, at: string): Promise<void> {
  const facts = { mapping: JSON.stringify(link.mapping), header: JSON.stringify(link.header), session_id: link.sessionId, updated_at: at };
  await executor
    .insertInto("registration_links")
    .values({ name: link.name, ...facts })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(facts))
    .execute();
}

async function findAnnouncement(executor: Executor, link: string, responseKey: string): Promise<Announcement | null> {
  const row = await executor
    .selectFrom("announcements")
    .selectAll()
    .where("link", "=", link)
    .where("response_key", "=", responseKey)
    .executeTakeFirst();
  return row === undefined ? null : toAnnouncement(row);
}

async function saveAnnouncement(executor: Executor, announcement: NewAnnouncement, at: string): Promise<void> {
  const { link, responseKey, sessionId, personKeys, name, senderUnit, contact, holdsSeat } = announcement;
  const facts = { session_id: sessionId, person_keys: [...personKeys], name, sender_unit: senderUnit, contact, holds_seat: holdsSeat };
  await executor
    .insertInto("announcements")
    .values({ link, response_key: responseKey, ...facts })
    .onConflict((conflict) =>
      conflict
        .columns(["link", "response_key"])
        .doUpdateSet({ ...facts, updated_at: at })
        .where("announcements.registration_id", "is", null),
    )
    .execute();
}

async function listAnnouncements(executor: Executor, sessionId?: string): Promise<Announcement[]> {
  let query = executor.selectFrom("announcements").selectAll().orderBy("session_id").orderBy("created_at").orderBy("id");
  if (sessionId !== undefined) query = query.where("session_id", "=", sessionId);
  return (await query.execute()).map(toAnnouncement);
}

const sharesKey = (personKeys: readonly string[]) => sql<boolean>`person_keys && ${sql.val([...personKeys])}::text[]`;

async function findAnnounced(executor: Executor, personKeys: readonly string[]): Promise<Announcement | null> {
  const row = await executor
    .selectFrom("announcements")
    .selectAll()
    .where("registration_id", "is", null)
    .where(sharesKey(personKeys))
    .where("session_id", "not in", executor.selectFrom("sessions").select("id").where("state", "=", "cancelled"))
    .orderBy("updated_at", "desc")
    .executeTakeFirst();
  return row === undefined ? null : toAnnouncement(row);
}

async function tieAnnouncements(executor: Executor, personKeys: readonly string[], registrationId: string, at: string): Promise<void> {
  await executor
    .updateTable("announcements")
    .set({ registration_id: registrationId, name: null, contact: null, updated_at: at })
    .where("registration_id", "is", null)
    .where(sharesKey(personKeys))
    .execute();
}

async function moveAnnouncements(executor: Executor, fromId: string, intoId: string, seats: number, at: string): Promise<void> {
  const awaited = await executor
    .selectFrom("announcements")
    .select(["id", "holds_seat"])
    .where("session_id", "=", fromId)
    .where("registration_id", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const seated = awaited.filter((row) => row.holds_seat).slice(0, seats);
  for (const row of awaited)
    await executor
      .updateTable("announcements")
      .set({ session_id: intoId, holds_seat: seated.includes(row), updated_at: at })
      .where("id", "=", row.id)
      .execute();
}

async function dropAnnouncement(executor: Executor, id: string): Promise<void> {
  const isUuid = z.uuid().safeParse(id).success;
  const gone = isUuid
    ? await executor.deleteFrom("announcements").where("id", "=", id).where("registration_id", "is", null).executeTakeFirst()
    : null;
  if (gone === null || gone.numDeletedRows === 0n)
    throw new IlmoError("notFound", "Expected the id of an announced person whose form is awaited; `ilmo sessions announced` shows them.");
}

async function deleteAnnouncementsBefore(executor: Executor, day: string): Promise<number> {
  const result = await executor
    .deleteFrom("announcements")
    .where("session_id", "in", executor.selectFrom("sessions").select("id").where("date", "<", day))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * Seats kept for announced people, by session. Nobody's seat is counted twice: not of people who are being seated just now,
 * nor of people whose registration has or had a place.
 */
export async function countHeldSeats(executor: Executor, registrationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ session_id: string; held: number }>`
    select a.session_id, count(*) as held
    from announcements a
    where a.holds_seat and a.registration_id is null and not exists (
      select 1 from registrations r
      where r.person_keys && a.person_keys and (
        r.id = any(${sql.val([...registrationIds])}::uuid[]) or exists (select 1 from bookings b where b.registration_id = r.id)
      )
    )
    group by a.session_id`.execute(executor);
  return new Map(rows.rows.map(({ session_id, held }) => [session_id, Number(held)]));
}

/** Of the registrations those for whom a seat is kept until they take it, by session. */
export async function listKeptFor(executor: Executor, registrationIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (registrationIds.length === 0) return new Map();
  const rows = await sql<{ session_id: string; ids: string[] }>`
    select a.session_id, array_agg(r.id::text) as ids
    from announcements a join registrations r on r.person_keys && a.person_keys
    where a.holds_seat and a.registration_id is null and r.id = any(${sql.val([...registrationIds])}::uuid[])
    group by a.session_id`.execute(executor);
  return new Map(rows.rows.map(({ session_id, ids }) => [session_id, ids]));
}

/** The store's methods about announced people and calendars. */
export function bindAnnouncements(executor: Executor, at: () => string): AnnouncementStore & CalendarStore {
  return {
    findRegistrationLink: (name) => findRegistrationLink(executor, name),
    saveRegistrationLink: (link) => saveRegistrationLink(executor, link, at()),
    findAnnouncement: (link, responseKey) => findAnnouncement(executor, link, responseKey),
    saveAnnouncement: (announcement) => saveAnnouncement(executor, announcement, at()),
    listAnnouncements: (sessionId) => listAnnouncements(executor, sessionId),
    findAnnounced: (personKeys) => findAnnounced(executor, personKeys),
    tieAnnouncements: (personKeys, registrationId) => tieAnnouncements(executor, personKeys, registrationId, at()),
    moveAnnouncements: (fromId, intoId, seats) => moveAnnouncements(executor, fromId, intoId, seats, at()),
    dropAnnouncement: (id) => dropAnnouncement(executor, id),
    deleteAnnouncementsBefore: (day) => deleteAnnouncementsBefore(executor, day),
    listCalendarEntries: (sessionId) => listCalendarEntries(executor, sessionId),
    saveCalendarEntry: (entry) => saveCalendarEntry(executor, entry, at()),
  };
}
