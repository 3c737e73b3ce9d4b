import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStore } from "../../src/adapters/repositories/store.ts";
import type { CheckResult } from "../../src/model/registration.ts";
import type { IsoDate } from "../../src/model/time.ts";
import { changeSeats } from "../../src/pipeline/change-seats.ts";
import { followAnnouncement, tieAnnouncement } from "../../src/pipeline/follow-announcement.ts";
import { type AnnouncementImport, type AnnouncementOutcome, importAnnouncements } from "../../src/pipeline/import-announcements.ts";
import { callOff, merge } from "../../src/pipeline/session-operations.ts";
import type { Store } from "../../src/pipeline/store-port.ts";
import { parseCsv } from "../../src/sessions/files/parse-csv.ts";
import { giveSeat } from "../../src/sessions/give-seat.ts";
import { toPersonKeys } from "../../src/validate/person-key.ts";
import { BOTH_DATABASES, type TestDatabase } from "../adapters/both-databases.ts";
import { createRegistration, createSession, createSubmission, FIRST_JOB, toSubmissionReading } from "../adapters/store-inputs.ts";

const HEADER = "Vastausnumero;Sukunimi;Etunimet;Syntymäaika;Tilaisuus;Kieli;Lähettävä yksikkö;Yhteyshenkilö";
const hashPerson = (key: string): string => `hash of ${key.length}:${Buffer.from(key).toString("base64")}`;
const keysOf = (surname: string, birthDate = "1989-10-03"): string[] =>
  toPersonKeys({ surname, givenNames: "Ali", birthDate: birthDate as IsoDate, personalIdentityCode: null, migriCustomerNumber: null }).map(
    hashPerson,
  );

describe.each(BOTH_DATABASES)("importAnnouncements on the $name database", ({ open }) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = await open();
    store = createStore({ db: database.db, queue: { enqueue: async () => randomUUID() }, now: () => new Date("2026-03-02T08:00:00Z") });
  });
  afterAll(() => database.stopAll());

  const importText = (link: string, text: string, change: Partial<AnnouncementImport> = {}): Promise<AnnouncementOutcome> =>
    importAnnouncements(store, {
      link,
      table: parseCsv(new TextEncoder().encode(text)),
      mapping: null,
      sessionId: null,
      today: "2026-03-02" as IsoDate,
      hashPerson,
      skipWrong: false,
      by: "test",
      ...change,
    });

  const row = (number: number, surname: string, session: string): string =>
    `${number};${surname};Ali;3.10.1989;${session};arabia;Koivurannan vastaanottokeskus;Anna Esimerkki 040 000`;

  async function addSession(capacity: number): Promise<string> {
    const id = `S${randomUUID().slice(0, 8).toUpperCase()}`;
    await store.upsertSessions([createSession({ id, code: `C${id}`, capacity })]);
    return id;
  }

  async function addRegistration(personKeys: readonly string[]): Promise<string> {
    const submission = createSubmission();
    await store.recordSubmission(submission, FIRST_JOB);
    const registration = createRegistration(1, { personKeys });
    const [stored] = await store.saveReading(submission.id, toSubmissionReading([registration]), [registration]);
    if (stored === undefined) throw new Error("expected a stored registration");
    return stored.id;
  }

  const book = async (registrationId: string, sessionId: string): Promise<string | undefined> => {
    await changeSeats(store, {
      sessionIds: [sessionId],
      registrationIds: [registrationId],
      by: "test",
      action: "seat.booked",
      reason: "test",
      change: (hall) => giveSeat(hall, { registrationId, sessionId }),
    });
    return (await store.findBooking(registrationId))?.state;
  };

  it("keeps a seat for an announced person until the form comes, and for nobody else", async () => {
    const sessionId = await addSession(2);
    await importText("seats", `${HEADER}\n${row(1, "Hassan", sessionId)}\n`);
    expect(await book(await addRegistration(keysOf("Muu")), sessionId)).toBe("booked");
    expect(await book(await addRegistration(keysOf("Toinen")), sessionId)).toBe("waiting");
    const announced = await addRegistration(keysOf("Hassan"));
    expect(await book(announced, sessionId)).toBe("booked");
    await tieAnnouncement({ id: announced, personKeys: keysOf("Hassan") }, store);
    expect(await store.listAnnouncements(sessionId)).toMatchObject([{ registrationId: announced, name: null, contact: null }]);
    expect(await book(await addRegistration(keysOf("Kolmas")), sessionId)).toBe("waiting");
  });

  it("frees the seat of an announcement that is taken back", async () => {
    const sessionId = await addSession(1);
    await importText("drop", `${HEADER}\n${row(1, "Hassan", sessionId)}\n`);
    const [announced] = await store.listAnnouncements(sessionId);
    await store.dropAnnouncement(announced?.id ?? "");
    expect(await book(await addRegistration(keysOf("Muu")), sessionId)).toBe("booked");
    await expect(store.dropAnnouncement(announced?.id ?? "")).rejects.toMatchObject({ code: "notFound" });
  });

  it("takes announced people along when their session is merged, with as many kept seats as are left", async () => {
    const [from, into] = [await addSession(5), await addSession(2)];
    await importText("merged", `${HEADER}\n${row(1, "Eka", from)}\n${row(2, "Toka", from)}\n`);
    expect(await book(await addRegistration(keysOf("Muu")), into)).toBe("booked");
    await merge(store, { fromId: from, intoId: into, by: "test", overflow: "refuse" });
    expect(await store.listAnnouncements(from)).toEqual([]);
    expect((await store.listAnnouncements(into)).map(({ holdsSeat }) => holdsSeat).toSorted()).toEqual([false, true]);
    expect(await book(await addRegistration(keysOf("Kolmas")), into)).toBe("waiting");
    const announced = [await addRegistration(keysOf("Eka")), await addRegistration(keysOf("Toka"))];
    const places = [await book(announced[0] ?? "", into), await book(announced[1] ?? "", into)];
    expect(places.toSorted()).toEqual(["booked", "waiting"]);
  });

  it("sends nobody to a cancelled session because a partner had announced them there", async () => {
    const sessionId = await addSession(5);
    await importText("cancelled", `${HEADER}\n${row(1, "Peruttu", sessionId)}\n`);
    await callOff(store, { sessionId, by: "test", reason: "hostPrevented" });
    expect(await store.findAnnounced(keysOf("Peruttu"))).toBeNull();
    const other = await addSession(5);
    await merge(store, { fromId: sessionId, intoId: other, by: "test", overflow: "refuse" });
    expect(await store.findAnnounced(keysOf("Peruttu"))).toMatchObject({ sessionId: other, holdsSeat: true });
  });

  it("tells whose sessions are full and who could not be known again, and keeps no seat for them", async () => {
    const sessionId = await addSession(1);
    const nameless = `3;Ilman;Aikaa;;${sessionId};arabia;;`;
    const outcome = await importText("full", `${HEADER}\n${row(1, "Eka", sessionId)}\n${row(2, "Toka", sessionId)}\n${nameless}\n`);
    expect(outcome).toMatchObject({ added: 3, withoutSeat: 1, unmatchable: 1 });
    expect((await store.listAnnouncements(sessionId)).map(({ holdsSeat }) => holdsSeat).toSorted()).toEqual([false, false, true]);
  });

  it("knows the same response again, by its number or by its row, and follows a changed one", async () => {
    const [one, other] = [await addSession(5), await addSession(5)];
    const text = `${HEADER}\n${row(1, "Hassan", one)}\n`;
    expect(await importText("again", text)).toMatchObject({ added: 1, changed: 0, same: 0 });
    expect(await importText("again", text)).toMatchObject({ added: 0, changed: 0, same: 1 });
    expect(await importText("again", text.replace(one, other))).toMatchObject({ added: 0, changed: 1, same: 0 });
    expect(await store.listAnnouncements(one)).toEqual([]);
    const unnumbered = `Sukunimi;Etunimet;Tilaisuus\nHassan;Ali;${one}\n`;
    expect(await importText("rows", unnumbered)).toMatchObject({ added: 1 });
    expect(await importText("rows", `${unnumbered}Toinen;Ali;${one}\n`)).toMatchObject({ added: 1, same: 1 });
  });

  it("needs the mapping once, whatever the order of columns, and refuses other columns telling which", async () => {
    const sessionId = await addSession(5);
    const mapping = { surname: "Kysymys 1", givenNames: "Kysymys 2", session: "Kysymys 3" };
    const head = "Kysymys 1;Kysymys 2;Kysymys 3";
    await expect(importText("mapped", `${head}\nHassan;Ali;${sessionId}\n`)).rejects.toMatchObject({ code: "usage" });
    expect(await importText("mapped", `${head}\nHassan;Ali;${sessionId}\n`, { mapping })).toMatchObject({ added: 1 });
    expect(await importText("mapped", `Kysymys 3;Kysymys 2;Kysymys 1\n${sessionId};Maryam;Omar\n`)).toMatchObject({ added: 1 });
    const drifted = `Kysymys 1;Kysymys 2;Kysymys 4\nSalainen;Ali;${sessionId}\n`;
    const failure: unknown = await importText("mapped", drifted).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "usage", message: expect.stringMatching(/gone: "Kysymys 3"; new: "Kysymys 4"/) as unknown });
    expect(String(failure)).not.toContain("Salainen");
    expect(await importText("mapped", drifted, { mapping: { ...mapping, session: "Kysymys 4" } })).toMatchObject({ added: 1 });
  });

  it("takes nothing in when a row is wrong, or the right rows when asked to", async () => {
    const sessionId = await addSession(5);
    const text = `${HEADER}\n${row(1, "Hassan", sessionId)}\n${row(2, "Omar", "SX-0000")}\n${row(3, "Ali", sessionId).replace("arabia", "somali")}\n`;
    const faults = [
      { rowNumber: 3, column: "Tilaisuus" },
      { rowNumber: 4, column: "Tilaisuus" },
    ];
    expect(await importText("wrong", text)).toMatchObject({ added: 0, faults });
    expect(await store.listAnnouncements(sessionId)).toEqual([]);
    expect(await importText("wrong", text, { skipWrong: true })).toMatchObject({ added: 1, faults });
  });

  it("proposes the announced session for a form that names none, and leaves the form's own word alone", async () => {
    const sessionId = await addSession(5);
    await importText("follow", `${HEADER}\n${row(1, "Seuraava", sessionId)}\n`);
    const check: CheckResult = { findings: [], route: "groupInfo", sessionId: null, sessionProposed: false };
    expect(await followAnnouncement(check, keysOf("Seuraava"), store)).toEqual({ ...check, sessionId, sessionProposed: true });
    expect(await followAnnouncement(check, keysOf("Muu"), store)).toEqual(check);
    const named = { ...check, sessionId: "own", sessionProposed: false };
    expect(await followAnnouncement(named, keysOf("Seuraava"), store)).toEqual(named);
  });

  it("deletes announcements a month after their session", async () => {
    const sessionId = await addSession(5);
    await importText("old", `${HEADER}\n${row(1, "Hassan", sessionId)}\n`);
    const later = { today: "2026-04-16" as IsoDate };
    await importText("other", `${HEADER}\n`, { ...later, today: "2026-04-15" as IsoDate });
    expect(await store.listAnnouncements(sessionId)).toHaveLength(1);
    await importText("other", `${HEADER}\n`, later);
    expect(await store.listAnnouncements(sessionId)).toEqual([]);
  });
});
