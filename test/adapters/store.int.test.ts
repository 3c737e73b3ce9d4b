import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/adapters/database.ts";
import { tryDatabaseLock } from "../../src/adapters/database-lock.ts";
import { startPgBossQueue } from "../../src/adapters/pg-boss-queue.ts";
import { createStore } from "../../src/adapters/repositories/store.ts";
import type { JobQueue } from "../../src/pipeline/queue-port.ts";
import { toStableUuid } from "../../src/pipeline/stable-id.ts";
import type { Store, StoredRegistration } from "../../src/pipeline/store-port.ts";
import { BOTH_DATABASES, type TestDatabase } from "./both-databases.ts";
import { createReading, createRegistration, createSession, createSubmission, FIRST_JOB, toSubmissionReading } from "./store-inputs.ts";
import { createHome, removeHome } from "./test-home.ts";

const surnameOf = ([registration]: readonly StoredRegistration[]): unknown => registration?.reading.readings[0]?.value;

describe.each(BOTH_DATABASES)("createStore on $name PostgreSQL", ({ open }) => {
  let database: TestDatabase;
  let queue: JobQueue;
  let store: Store;

  beforeAll(async () => {
    database = await open();
    queue = await startPgBossQueue({ url: database.url, queues: [{ name: "read" }], isWorker: false });
    store = createStore({ db: database.db, queue, now: () => new Date("2026-03-03T08:00:00.000Z") });
  });

  afterAll(async () => {
    await queue.stop();
    await database.stopAll();
  });

  const countWaiting = async (): Promise<number> => (await queue.stats())[0]?.waiting ?? 0;

  async function saveOne(change: Parameters<typeof createRegistration>[1] = {}): Promise<StoredRegistration> {
    const submission = createSubmission();
    await store.recordSubmission(submission, FIRST_JOB);
    const registrations = [createRegistration(1, change)];
    const [saved] = await store.saveReading(submission.id, toSubmissionReading(registrations), registrations);
    if (!saved) throw new Error("expected a registration");
    return saved;
  }

  describe("recordSubmission", () => {
    it("keeps a submission with its files and its first job", async () => {
      const before = await countWaiting();
      const submission = createSubmission(["front", "back"].map((side) => side + randomUUID()));
      expect(await store.recordSubmission(submission, FIRST_JOB)).toEqual({ kind: "recorded", submissionId: submission.id });
      expect(await store.getSubmission(submission.id)).toEqual({
        ...submission,
        state: "received",
        faultCode: null,
        faultReason: null,
        duplicateOf: null,
      });
      expect(await countWaiting()).toBe(before + 1);
    });

    it("changes nothing when the same submission is recorded again", async () => {
      const submission = createSubmission();
      await store.recordSubmission(submission, FIRST_JOB);
      const before = await countWaiting();
      expect(await store.recordSubmission(submission, FIRST_JOB)).toEqual({ kind: "alreadyRecorded", submissionId: submission.id });
      expect(await countWaiting()).toBe(before);
    });

    it("links the same contents to the first, whatever their order and names, without a job", async () => {
      const contents = [randomUUID(), randomUUID()];
      const first = createSubmission(contents);
      await store.recordSubmission(first, FIRST_JOB);
      const before = await countWaiting();
      const second = createSubmission(contents.toReversed());
      const outcome = { kind: "duplicate", submissionId: second.id, duplicateOf: first.id };
      expect(await store.recordSubmission(second, FIRST_JOB)).toEqual(outcome);
      expect(await store.recordSubmission(second, FIRST_JOB)).toEqual(outcome);
      expect(await store.getSubmission(second.id)).toMatchObject({ state: "duplicate", duplicateOf: first.id });
      expect(await countWaiting()).toBe(before);
    });

    it("makes one of ten of the same contents at once the first", async () => {
      const content = randomUUID();
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => store.recordSubmission(createSubmission([content]), FIRST_JOB)));
      expect(outcomes.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === "duplicate")).toHaveLength(9);
    });

    it("takes contents again that were put aside before", async () => {
      const content = randomUUID();
      const first = createSubmission([content]);
      await store.recordSubmission(first, FIRST_JOB);
      await store.quarantineSubmission(first.id, "fileDamaged", "Tiedosto on rikki.");
      expect(await store.getSubmission(first.id)).toMatchObject({
        state: "quarantined",
        faultCode: "fileDamaged",
        faultReason: "Tiedosto on rikki.",
      });
      const second = createSubmission([content]);
      expect(await store.recordSubmission(second, FIRST_JOB)).toMatchObject({ kind: "recorded" });
      expect(await store.findSubmissionByContent(second.files.map(({ sha256 }) => sha256))).toBe(second.id);
    });

    it("keeps neither row nor job when the job is refused", async () => {
      const submission = createSubmission();
      await expect(store.recordSubmission(submission, { name: "no-such-queue", data: {} })).rejects.toThrow();
      await expect(store.getSubmission(submission.id)).rejects.toMatchObject({ code: "notFound" });
    });
  });

  describe("inTransaction", () => {
    it("keeps row and job together when it commits, neither when it fails", async () => {
      const before = await countWaiting();
      const key = randomUUID();
      const failing = store.inTransaction(async (transaction) => {
        await transaction.setMeta(key, 1);
        await transaction.enqueue("read", {});
        throw new Error("the disk is full");
      });
      await expect(failing).rejects.toThrow("the disk is full");
      expect(await store.getMeta(key)).toBeUndefined();
      expect(await countWaiting()).toBe(before);
      await store.inTransaction(async (transaction) => {
        await transaction.setMeta(key, { lastScan: "2026-03-02" });
        await transaction.enqueue("read", {});
      });
      expect(await store.getMeta(key)).toEqual({ lastScan: "2026-03-02" });
      expect(await countWaiting()).toBe(before + 1);
    });

    it("lets a job have an effect once", async () => {
      const jobId = randomUUID();
      const claims = await Promise.all([1, 2, 3].map(() => store.inTransaction((transaction) => transaction.claimEffect(jobId, "papers"))));
      expect(claims.toSorted()).toEqual([false, false, true]);
      expect(await store.claimEffect(jobId, "roster")).toBe(true);
    });
  });

  describe("saveReading", () => {
    it("keeps registrations in order, with references that stay when it runs again", async () => {
      const submission = createSubmission();
      await store.recordSubmission(submission, FIRST_JOB);
      const registrations = [createRegistration(1), createRegistration(2, { reading: createReading("Öberg\0 \ud800") })];
      const first = await store.saveReading(submission.id, toSubmissionReading(registrations), registrations);
      const second = await store.saveReading(submission.id, toSubmissionReading(registrations), registrations);
      expect(second).toEqual(first);
      expect(first.map(({ ordinal, version, state, receivedOn }) => ({ ordinal, version, state, receivedOn }))).toEqual([
        { ordinal: 1, version: 1, state: "DRAFT", receivedOn: "2026-03-02" },
        { ordinal: 2, version: 1, state: "DRAFT", receivedOn: "2026-03-02" },
      ]);
      expect(first[1]?.reading.readings[0]?.value).toBe("Öberg \ufffd");
      expect(new Set(first.map(({ reference }) => reference)).size).toBe(2);
      expect((await store.getSubmission(submission.id)).state).toBe("read");
      expect((await store.getReading(submission.id))?.registrations).toHaveLength(2);
    });

    it("takes a better reading of a draft, and leaves an approved one alone", async () => {
      const saved = await saveOne();
      const better = [createRegistration(1, { reading: createReading("Virtanen") })];
      expect(surnameOf(await store.saveReading(saved.submissionId, toSubmissionReading(better), better))).toBe("Virtanen");
      await store.approve(saved.id, "Liisa Virkailija");
      const late = [createRegistration(1, { reading: createReading("Korhonen") })];
      expect(surnameOf(await store.saveReading(saved.submissionId, toSubmissionReading(late), late))).toBe("Virtanen");
    });

    it("does not reopen a submission that is done", async () => {
      const saved = await saveOne();
      await store.finishSubmission(saved.submissionId);
      await store.saveReading(saved.submissionId, toSubmissionReading([]), []);
      await store.quarantineSubmission(saved.submissionId, "unexpected", "too late");
      expect((await store.getSubmission(saved.submissionId)).state).toBe("done");
    });

    it("refuses a submission that is not there", async () => {
      await expect(store.saveReading(randomUUID(), toSubmissionReading([]), [])).rejects.toMatchObject({ code: "notFound" });
    });
  });

  describe("approve", () => {
    it("notes who approved and when, once", async () => {
      const saved = await saveOne();
      const approved = await store.approve(saved.reference, "Liisa Virkailija");
      expect(approved).toMatchObject({ state: "APPROVED", approvedBy: "Liisa Virkailija", approvedAt: "2026-03-03T08:00:00.000Z" });
      expect(await store.approve(saved.id, "Someone Else")).toEqual(approved);
      const audit = await store.listAudit({ registrationId: saved.id });
      expect(audit.map(({ actor, action }) => ({ actor, action }))).toEqual([
        { actor: "Liisa Virkailija", action: "registration.approved" },
      ]);
    });

    it("refuses open errors, a nameless person and a cancelled registration", async () => {
      const findings = [{ code: "signatureMissing", severity: "error" } as const];
      const incomplete = await saveOne({ check: { findings, route: "groupInfo", sessionId: null, sessionProposed: false } });
      await expect(store.approve(incomplete.id, "Liisa Virkailija")).rejects.toMatchObject({
        code: "notAllowed",
        context: { openErrors: "signatureMissing" },
      });
      const complete = await saveOne();
      await expect(store.approve(complete.id, " ")).rejects.toMatchObject({ code: "notAllowed" });
      await store.cancelRegistration(complete.id, "Liisa Virkailija");
      await expect(store.approve(complete.id, "Liisa Virkailija")).rejects.toMatchObject({ code: "notAllowed" });
      await expect(store.approve(randomUUID(), "Liisa Virkailija")).rejects.toMatchObject({ code: "notFound" });
    });
  });

  it("finds live registrations of the same person in other submissions", async () => {
    const personKey = randomUUID();
    const first = await saveOne({ personKeys: [personKey, randomUUID()] });
    const second = await saveOne({ personKeys: [personKey, randomUUID()] });
    const cancelled = await saveOne({ personKeys: [personKey, randomUUID()] });
    await store.cancelRegistration(cancelled.id, "Liisa Virkailija");
    const found = await store.findPersons([randomUUID(), personKey], second.submissionId);
    expect(found.map(({ id }) => id)).toEqual([first.id]);
  });

  it("keeps sessions, replaces them by id and lists them by day", async () => {
    const language = `x-${randomUUID()}`;
    const late = createSession({ language, date: "2026-04-01", room: "2.12", host: "A. Ohjaaja", durationHours: 3 });
    const early = createSession({ language, date: "2026-03-10" });
    await store.upsertSessions([late, early]);
    await store.upsertSessions([{ ...late, room: "3.1" }]);
    expect(await store.listSessions({ language })).toEqual([early, { ...late, room: "3.1" }]);
    expect(await store.listSessions({ language, from: "2026-03-11" })).toEqual([{ ...late, room: "3.1" }]);
  });

  it("notes papers by their path and replaces the note of the same path", async () => {
    const { id } = await saveOne();
    const paper = {
      kind: "invitation",
      language: "so",
      version: 1,
      sha256: "a".repeat(64),
      relativePath: `invitations/${id}.pdf`,
      registrationId: id,
      sessionId: null,
      submissionId: null,
    };
    await store.saveDocument(paper);
    await store.saveDocument({ ...paper, sha256: "b".repeat(64) });
    expect(await store.listDocuments({ registrationId: id })).toEqual([{ ...paper, sha256: "b".repeat(64) }]);
  });

  describe("export batches", () => {
    const file = { fileName: "ilmo_UUSIMAA_TEST_20260303T080000Z_000001_v1.xml", sha256: "c".repeat(64) };

    it("numbers batches without gaps, exports each registration once and finishes what was cut off", async () => {
      await store.prepareExportBatch(randomUUID(), 1_000).then(async (left) => {
        if (left) await store.publishExportBatch(left.id, { fileName: `left-${left.id}.xml`, sha256: "e".repeat(64) });
      });
      const published = await store.listExportBatches();
      const approved = [await saveOne(), await saveOne(), await saveOne()];
      for (const { id } of approved) await store.approve(id, "Liisa Virkailija");
      const otherRoute = await saveOne({ check: { findings: [], route: "municipality", sessionId: null, sessionProposed: false } });
      await store.approve(otherRoute.id, "Liisa Virkailija");

      const batch = await store.prepareExportBatch(randomUUID(), 2);
      expect(batch).toMatchObject({ sequence: published.length + 1, state: "prepared" });
      expect(await store.prepareExportBatch(randomUUID(), 2)).toEqual(batch);
      expect((await store.status()).preparedBatches).toBe(1);
      await store.publishExportBatch(batch?.id ?? "", file);
      expect(await store.publishExportBatch(batch?.id ?? "", file)).toMatchObject({ state: "published", ...file });
      await expect(store.publishExportBatch(batch?.id ?? "", { ...file, sha256: "d".repeat(64) })).rejects.toMatchObject({
        code: "exportInvalid",
      });

      const next = await store.prepareExportBatch(randomUUID(), 2);
      expect(next?.sequence).toBe((batch?.sequence ?? 0) + 1);
      await store.publishExportBatch(next?.id ?? "", { fileName: "next.xml", sha256: file.sha256 });
      const exported = [...(batch?.records ?? []), ...(next?.records ?? [])];
      expect(exported.map(({ registrationId }) => registrationId).toSorted()).toEqual(approved.map(({ id }) => id).toSorted());
      expect(exported.every(({ version, operation }) => version === 1 && operation === "UUSI")).toBe(true);
      for (const { id } of approved) expect((await store.getRegistration(id)).state).toBe("EXPORTED");
      expect(await store.prepareExportBatch(randomUUID(), 2)).toBeNull();
      await expect(store.cancelRegistration(approved[0]?.id ?? "", "Liisa Virkailija")).rejects.toMatchObject({ code: "notAllowed" });
    });

    it("gives two exports at once the same batch", async () => {
      const saved = await saveOne();
      await store.approve(saved.id, "Liisa Virkailija");
      const [one, two] = await Promise.all([store.prepareExportBatch(randomUUID(), 10), store.prepareExportBatch(randomUUID(), 10)]);
      expect(one).not.toBeNull();
      expect(two).toEqual(one);
    });
  });

  it("counts what waits by state", async () => {
    const before = await store.status();
    const submission = createSubmission(undefined, { receivedAt: "2020-01-01T00:00:00.000Z" });
    await store.recordSubmission(submission, FIRST_JOB);
    const saved = await saveOne();
    const after = await store.status();
    expect(after.submissions.received).toBe(before.submissions.received + 1);
    expect(after.submissions.read).toBe(before.submissions.read + 1);
    expect(after.registrations.DRAFT).toBe(before.registrations.DRAFT + 1);
    expect(after.oldestWaitingAt).toBe("2020-01-01T00:00:00.000Z");
    await store.finishSubmission(submission.id);
    expect((await store.status()).oldestWaitingAt).not.toBe("2020-01-01T00:00:00.000Z");
    expect((await store.listRegistrations({ submissionId: saved.submissionId })).map(({ id }) => id)).toEqual([saved.id]);
  });

  it("says which constraint refused a row, never what was in it", async () => {
    const insert = database.db
      .insertInto("audit_log")
      .values({ actor: "Liisa", action: "x", registration_id: "Matkalainen", detail: null })
      .execute();
    const error: unknown = await insert.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected", context: { sqlState: "22P02" } });
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("Matkalainen");
  });

  it("opens a second time with the tables that are there", async () => {
    const databaseUrl = database.isEmbedded ? {} : { databaseUrl: database.url };
    const again = await Promise.all([1, 2].map(() => openDatabase({ home: database.home, ...databaseUrl })));
    for (const { db, close } of again) {
      expect(await db.selectFrom("submissions").select("id").limit(1).execute()).toHaveLength(1);
      await close();
    }
    expect((await store.status()).submissions.received).toBeGreaterThan(0);
  });

  it("lets one process hold a lock, and frees it when that one lets go", async () => {
    const held = await tryDatabaseLock(database.url, "intake");
    expect(held).not.toBeNull();
    expect(await tryDatabaseLock(database.url, "intake")).toBeNull();
    const other = await tryDatabaseLock(database.url, "another");
    expect(other).not.toBeNull();
    await other?.release();
    await held?.release();
    await held?.lost;
    const next = await tryDatabaseLock(database.url, "intake");
    expect(next).not.toBeNull();
    await next?.release();
  });
});

describe("openDatabase", () => {
  it("refuses a database that a newer version made", async () => {
    const home = createHome();
    const database = await openDatabase({ home });
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01T00:00:00Z')`.execute(database.db);
    await expect(openDatabase({ home })).rejects.toMatchObject({ code: "configInvalid" });
    await database.close();
    removeHome(home);
  });

  it("says that the database is unavailable when nobody listens", async () => {
    const opening = openDatabase({ home: "/nowhere", databaseUrl: "postgresql://office@127.0.0.1:1/line" });
    await expect(opening).rejects.toMatchObject({ code: "databaseUnavailable" });
  });
});

describe("toStableUuid", () => {
  it("gives the same id for the same parts, another for others, in the form of a UUID of version 8", () => {
    expect(toStableUuid("registration", "a", 1)).toBe(toStableUuid("registration", "a", 1));
    expect(toStableUuid("registration", "a", 1)).not.toBe(toStableUuid("registration", "a", 2));
    expect(toStableUuid("a", "b")).not.toBe(toStableUuid("ab"));
    expect(toStableUuid("registration", "a", 1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
