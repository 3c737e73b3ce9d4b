import { existsSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobPathOf } from "../src/adapters/blob-store-files.ts";
import { sweepFiles } from "../src/adapters/retention-sweep.ts";
import { withUpkeepLock } from "../src/adapters/upkeep-lock.ts";
import { localDay } from "../src/model/time.ts";
import { planRetention } from "../src/pipeline/run-retention.ts";
import type { ClassPlan } from "../src/retention/find-expired.ts";
import { type RetentionRun, runRetention } from "../src/upkeep.ts";
import { createSession, createSubmission } from "./adapters/store-inputs.ts";
import { type OfficePlace, openOfficePlace, type Taken } from "./office-place.ts";

let place: OfficePlace;
let exported: Taken;
let draft: Taken;
let held: Taken;
let duplicate: string;
let asideSha: string;
let shared: Taken;

const DAYS_AGO_100 = "now() - interval '100 days'";

async function exportAt(taken: Taken, at: string): Promise<void> {
  await place.sql(
    `update registrations set state = 'EXPORTED', approved_by = 'Virkailija', approved_at = ${at}, updated_at = ${at} where submission_id = $1`,
    [taken.submissionId],
  );
}

async function paperOf({ registrations, submissionId }: Taken, relativePath: string): Promise<void> {
  const [registration] = registrations;
  const { sha256 } = await place.office.blobs.put(Buffer.from(`paper ${relativePath}`));
  writeFileSync(join(place.config.outbox, relativePath), "paper");
  await place.office.store.saveDocument({
    kind: "invitation",
    language: "ar",
    version: 1,
    sha256,
    relativePath,
    registrationId: registration?.id ?? null,
    sessionId: null,
    submissionId,
  });
}

const isStored = (sha256: string): boolean => existsSync(blobPathOf(join(place.config.home, "blobs"), sha256));
const planOf = ({ plans }: RetentionRun, name: ClassPlan["class"]): ClassPlan | undefined => plans.find((plan) => plan.class === name);

function makeBlobsOld(): void {
  const old = new Date(Date.now() - 7 * 3_600_000);
  const folder = join(place.config.home, "blobs");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), old, old);
}

beforeAll(async () => {
  place = await openOfficePlace();
  const { office, config } = place;
  exported = await place.take(["scan of an exported form"], ["Vanha"], ["key"]);
  draft = await place.take(["scan of a draft"], ["Kesken"]);
  held = await place.take(["scan that a court wants"], ["Pidetty"]);
  shared = await place.take(["scan of two", "a page that a draft has too"], ["Yhteinen", "Toinen"]);
  await place.take(["a page that a draft has too"], ["Kesken2"]);
  const again = createSubmission();
  const file = { fileIndex: 0, sha256: exported.sha256s[0] ?? "", sizeBytes: 24, mediaType: "application/pdf", originalName: null };
  await office.store.recordSubmission({ ...again, files: [file] }, { name: "submission", data: {} });
  duplicate = again.id;
  const aside = createSubmission(["put aside"]);
  await office.blobs.put(Buffer.from("put aside"));
  asideSha = aside.files[0]?.sha256 ?? "";
  await office.store.recordSubmission(aside, { name: "submission", data: {} });
  await office.store.quarantineSubmission(aside.id, "fileDamaged", "Expected a whole file.");
  for (const taken of [exported, held, shared]) await exportAt(taken, DAYS_AGO_100);
  await office.retention.hold(held.registrations[0]?.reference ?? "", "oikaisuvaatimus", "Virkailija");
  await place.sql(`update submissions set updated_at = ${DAYS_AGO_100}, created_at = ${DAYS_AGO_100}`);
  for (const name of ["exported.pdf", "draft.pdf"]) await paperOf(name === "draft.pdf" ? draft : exported, name);
  await place.sql(`update documents set updated_at = ${DAYS_AGO_100}`);
  writeFileSync(join(config.inbox, "done", "Matkalainen.pdf"), "scan of an exported form");
  writeFileSync(join(config.inbox, "done", "Kesken.pdf"), "scan of a draft");
  writeFileSync(join(config.inbox, "duplicate", "Matkalainen.pdf"), "scan of an exported form");
  writeFileSync(join(config.inbox, "quarantine", "rikki.pdf"), "put aside");
  await office.store.upsertSessions([createSession({ id: "past", date: "2020-01-01" })]);
  await place.sql(
    `insert into documents (relative_path, kind, language, version, sha256, session_id) values ('roster.pdf', 'roster', 'fi', 1, repeat('a', 64), 'past')`,
  );
  writeFileSync(join(config.outbox, "roster.pdf"), "roster");
  await place.sql(
    `insert into export_batches (id, sequence, state, file_name, sha256, published_at)
     values (gen_random_uuid(), 1, 'published', 'UUSIMAA_1.xml', 'x', ${DAYS_AGO_100})`,
  );
  for (const end of ["xml", "csv", "manifest.json"]) writeFileSync(join(config.outbox, "import", `UUSIMAA_1.${end}`), "");
  writeFileSync(join(config.outbox, "import", "UUSIMAA_10.xml"), "");
  makeBlobsOld();
});

afterAll(() => place.remove());

describe("runRetention", () => {
  it("shows what is due without touching it, and never what has not ended", async () => {
    const plans = await planRetention(place.office.retention, place.config.retention, localDay(new Date()));
    const of = (name: ClassPlan["class"]): ClassPlan | undefined => plans.find((plan) => plan.class === name);
    expect(of("originals")?.due.toSorted()).toEqual([exported.submissionId, shared.submissionId, duplicate].toSorted());
    expect(of("originals")).toMatchObject({ held: [held.submissionId], unfinished: 2 });
    expect(of("papers")).toMatchObject({ due: ["exported.pdf"], unfinished: 1 });
    expect(of("rosters")?.due).toEqual(["roster.pdf"]);
    expect(of("importFiles")?.due).toHaveLength(1);
    expect(of("extracted")?.due).toEqual([]);
    expect(isStored(exported.sha256s[0] ?? "")).toBe(true);
  });

  it("deletes rows and files of what is due, and nothing else", async () => {
    const { config, office } = place;
    const run = await runRetention(config, office, "test", () => {});
    expect(planOf(run, "originals")?.due).toHaveLength(3);
    expect(run.swept).toEqual({ papers: 3, originals: 3, blobs: 4 });
    expect(isStored(exported.sha256s[0] ?? "")).toBe(false);
    expect(isStored(asideSha)).toBe(false);
    expect(isStored(draft.sha256s[0] ?? "")).toBe(true);
    expect(isStored(held.sha256s[0] ?? "")).toBe(true);
    expect(shared.sha256s.map(isStored)).toEqual([false, true]);
    expect(readdirSync(join(config.inbox, "done"))).toEqual(["Kesken.pdf"]);
    expect(readdirSync(join(config.inbox, "duplicate"))).toEqual([]);
    expect(readdirSync(join(config.inbox, "quarantine"))).toEqual([]);
    expect(readdirSync(config.outbox).toSorted()).toEqual(["draft.pdf", "import"]);
    expect(readdirSync(join(config.outbox, "import"))).toEqual(["UUSIMAA_10.xml"]);
    const [gone] = await office.store.listRegistrations({ submissionId: exported.submissionId });
    expect(gone?.reading.readings[0]).toMatchObject({ value: "Vanha", crop: { fileIndex: 0 } });
    expect(gone?.reading.readings[0]?.crop?.png).toBeUndefined();
    const [kept] = await office.store.listRegistrations({ submissionId: held.submissionId });
    expect(kept?.reading.readings[0]?.crop?.png).toBeDefined();
  });

  it("notes what it deleted, and finds nothing more to delete", async () => {
    const { config, office } = place;
    const before = await office.retention.listDeletions(100);
    expect(before.find((item) => item.class === "originals")).toMatchObject({ actor: "test", cause: "retention", itemCount: 3 });
    const run = await runRetention(config, office, "test", () => {});
    expect(run.plans.flatMap(({ due }) => due)).toEqual([]);
    expect(run.swept).toEqual({ papers: 0, originals: 0, blobs: 0 });
    expect(await office.retention.listDeletions(100)).toEqual(before);
  });

  it("takes the same contents for new when they come in again", async () => {
    const again = await place.take(["scan of an exported form"], ["Vanha"]);
    expect((await place.office.store.getSubmission(again.submissionId)).duplicateOf).toBeNull();
  });

  it("empties what was read when its longer time is over, and keeps the row for the exports", async () => {
    const { config, office } = place;
    await place.sql("update registrations set updated_at = now() - interval '181 days' where submission_id = $1", [exported.submissionId]);
    await runRetention(config, office, "test", () => {});
    const [emptied] = await office.store.listRegistrations({ submissionId: exported.submissionId });
    expect(emptied).toMatchObject({ reference: exported.registrations[0]?.reference, state: "EXPORTED", personKeys: [] });
    expect(emptied?.reading.readings).toEqual([]);
    expect(await office.store.getReading(exported.submissionId)).toEqual({ registrations: [], unassignedPages: [] });
    const [tables] = await place.sql("select count(*)::int as count from submissions where reading::text like '%Vanha%' and id = $1", [
      exported.submissionId,
    ]);
    expect(tables?.count).toBe(0);
  });

  it("deletes what was held once it is released", async () => {
    const { config, office } = place;
    await office.retention.release(held.registrations[0]?.reference ?? "", "Virkailija");
    const run = await runRetention(config, office, "test", () => {});
    expect(planOf(run, "originals")?.due).toEqual([held.submissionId]);
    expect(isStored(held.sha256s[0] ?? "")).toBe(false);
    await expect(office.retention.release(held.registrations[0]?.reference ?? "", "Virkailija")).rejects.toMatchObject({
      code: "notAllowed",
    });
  });

  it("does not run beside a backup", async () => {
    const { config, office } = place;
    const whileBackedUp = withUpkeepLock(office.databaseUrl, () => runRetention(config, office, "test", () => {}, 0));
    await expect(whileBackedUp).rejects.toMatchObject({ code: "notAllowed" });
  });

  it("leaves a blob alone that has no row yet and came in a moment ago", async () => {
    const { sha256 } = await place.office.blobs.put(Buffer.from("being taken in right now"));
    const run = await runRetention(place.config, place.office, "test", () => {});
    expect(run.swept.blobs).toBe(0);
    expect(isStored(sha256)).toBe(true);
  });

  it("goes on past names that are not UTF-8 and links that lead nowhere, and keeps their notes", async () => {
    const folder = Buffer.from(join(place.config.inbox, "quarantine/"));
    const [odd, link] = [Buffer.from("rikki\xff.pdf", "latin1"), Buffer.from("linkki.pdf")];
    const note = Buffer.from(".reason.txt");
    writeFileSync(Buffer.concat([folder, odd]), "put aside under an odd name");
    symlinkSync("nowhere", Buffer.concat([folder, link]));
    for (const name of [odd, link]) writeFileSync(Buffer.concat([folder, name, note]), "why");
    writeFileSync(Buffer.concat([folder, Buffer.from("lone\xff.pdf", "latin1"), note]), "why");
    await sweepFiles({ config: place.config, store: place.office.retention, now: new Date(Date.now() + 2 * 86_400_000) });
    const left = readdirSync(folder, { encoding: "buffer" }).map((name) => name.toString("latin1"));
    expect(left.toSorted()).toEqual(["linkki.pdf", "linkki.pdf.reason.txt", "rikki\xff.pdf", "rikki\xff.pdf.reason.txt"]);
    for (const name of readdirSync(folder, { encoding: "buffer" })) rmSync(Buffer.concat([folder, name]));
  });

  it("destroys the scan of a signed roster with the rosters, and a mail without forms once nothing is to be done about it", async () => {
    const { office, sql, config } = place;
    const scan = await place.take(["signed roster"], []);
    await sql(
      `insert into roster_scans (id, submission_id, file_index, page_index, session_code, version, page_number, pages, session_id, state,
         quality, scanned_on, shows_pale_ink) values (gen_random_uuid(), $1, 0, 0, 'AR', 1, 1, 1, 'past', 'read', 1, '2020-01-02', true)`,
      [scan.submissionId],
    );
    await sql("insert into roster_scan_rows (scan_id, row_number, seen, png) select id, 1, '{}', 'a picture' from roster_scans");
    for (const state of ["ended", "waiting"])
      await sql(
        `insert into mail_messages (id, account, folder, uid_validity, sha256, size_bytes, arrived_at, reference, kind, state, language,
           document_count, has_notice, has_identity_code, is_duplicate, updated_at)
         values (gen_random_uuid(), 'office', 'INBOX', '1', repeat('c', 64), 1, now(), $1, 'letter', $1, 'fi', 0, false, false, false, ${DAYS_AGO_100})`,
        [state],
      );
    const run = await runRetention(config, office, "test", () => {});
    expect(planOf(run, "rosters")?.due).toEqual([scan.submissionId]);
    expect((await office.store.getSubmission(scan.submissionId)).files).toEqual([]);
    expect(await sql("select png from roster_scan_rows")).toEqual([{ png: null }]);
    expect(await sql("select state from mail_messages")).toEqual([{ state: "waiting" }]);
  });
});
