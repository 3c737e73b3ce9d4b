import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobPathOf } from "../src/adapters/blob-store-files.ts";
import { exportPerson } from "../src/adapters/person-export.ts";
import { erasePersonData } from "../src/commands/person-commands.ts";
import { openTerminal } from "../src/commands/terminal.ts";
import type { IsoDate } from "../src/model/time.ts";
import { erasePerson } from "../src/pipeline/erase-person.ts";
import type { PersonRegistration } from "../src/pipeline/person-port.ts";
import { createReading, createRegistration, createSubmission, toSubmissionReading } from "./adapters/store-inputs.ts";
import { type OfficePlace, openOfficePlace, type Taken } from "./office-place.ts";

const TODAY = "2026-06-01" as IsoDate;
const BY = { by: "Virkailija", reason: "pyyntö", isForced: false };

let place: OfficePlace;

beforeAll(async () => {
  place = await openOfficePlace();
});

afterAll(() => place.remove());

const referenceOf = ({ registrations }: Taken, index = 0): string => registrations[index]?.reference ?? "";
const find = (reference: string): Promise<PersonRegistration[]> => place.office.persons.findByRegistration(reference);

async function erase(reference: string, isForced = false): Promise<unknown> {
  const { store, persons } = place.office;
  return erasePerson(await find(reference), { ...BY, isForced }, { store, persons, today: TODAY });
}

/** Everything in the database, as text: nothing of an erased person may be in it. */
async function wholeDatabase(): Promise<string> {
  const tables = await place.sql("select table_name as name from information_schema.tables where table_schema in ('public', 'pgboss')");
  const texts: string[] = [];
  for (const { name } of tables) {
    const schema = (await place.sql("select table_schema as schema from information_schema.tables where table_name = $1", [name]))[0]
      ?.schema;
    texts.push(JSON.stringify(await place.sql(`select * from "${schema}"."${name}"`)));
  }
  return texts.join("\n");
}

async function makePdf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(randomUUID()); // the same bytes again would be a duplicate
  for (let page = 0; page < pages; page += 1) document.addPage([100 + page, 200]);
  return document.save();
}

/** One PDF of three pages: the first two of one person, the last of another. */
async function takeShared(): Promise<Taken> {
  const { office } = place;
  const blob = await office.blobs.put(await makePdf(3));
  const submission = createSubmission();
  const files = [{ fileIndex: 0, ...blob, mediaType: "application/pdf", originalName: "kaksi.pdf" }];
  await office.store.recordSubmission({ ...submission, files }, { name: "submission", data: {} });
  const pageOf = (pageIndex: number) => ({ source: { fileIndex: 0, pageIndex }, kind: "form-1", rotation: 0 as const, quality: 1 });
  const registrations = [
    createRegistration(1, { reading: { ...createReading("Ensimmäinen"), pages: [pageOf(0), pageOf(1)] }, personKeys: ["first"] }),
    createRegistration(2, { reading: { ...createReading("Toinenkin"), pages: [pageOf(2)] }, personKeys: ["second"] }),
  ];
  const saved = await office.store.saveReading(submission.id, toSubmissionReading(registrations), registrations);
  await office.store.finishSubmission(submission.id);
  return { submissionId: submission.id, sha256s: [blob.sha256], registrations: saved };
}

async function exportTo(reference: string): Promise<{ folder: string; withheld: readonly string[]; data: string }> {
  const { persons, store, blobs } = place.office;
  const folder = join(place.config.home, "..", `export-${reference}-${Math.random().toString(36).slice(2)}`);
  const registrations = await find(reference);
  const tables = await persons.collect(registrations);
  const { withheld } = await exportPerson({ registrations, tables, store, blobs, folder, exportedAt: "2026-06-01", onProgress: () => {} });
  return { folder, withheld, data: readFileSync(join(folder, "person.json"), "utf8") };
}

describe("exportPerson", () => {
  it("gives every row, original and paper of all of a person's registrations, and of nobody else", async () => {
    const first = await place.take(["her first form"], ["Omainen"], ["same person"]);
    const second = await place.take(["her second form"], ["Omainen"], ["same person"]);
    await place.take(["somebody else's form"], ["Vieras"], ["somebody else"]);
    const paper = await place.office.blobs.put(Buffer.from("her invitation"));
    const relativePath = `invitations/${referenceOf(first)}.pdf`;
    const ids = { registrationId: first.registrations[0]?.id ?? "", sessionId: null, submissionId: first.submissionId };
    await place.office.store.saveDocument({ kind: "invitation", language: "ar", version: 1, sha256: paper.sha256, relativePath, ...ids });
    await place.office.store.audit({
      actor: "Virkailija",
      action: "registration.viewed",
      registrationId: ids.registrationId,
      detail: null,
    });
    const { folder, withheld, data } = await exportTo(referenceOf(second));
    expect(withheld).toEqual([]);
    expect(readdirSync(join(folder, "originals"))).toHaveLength(2);
    expect(readFileSync(join(folder, "papers", `${referenceOf(first)}.pdf`), "utf8")).toBe("her invitation");
    expect(data).toContain("Omainen");
    expect(data).toContain("registration.viewed");
    expect(data).not.toContain("Vieras");
  });

  it("cuts the person's own pages out of a scan that shows others too", async () => {
    const shared = await takeShared();
    const { folder, data } = await exportTo(referenceOf(shared));
    const cut = await PDFDocument.load(readFileSync(join(folder, "originals", `${referenceOf(shared)}-1.pdf`)));
    expect(cut.getPages().map((page) => page.getWidth())).toEqual([100, 101]);
    expect(data).not.toContain("Toinenkin");
    expect(data).not.toContain("kaksi.pdf");
  });

  it("refuses a folder that holds something", async () => {
    const taken = await place.take(["a form"], ["Joku"]);
    const { folder } = await exportTo(referenceOf(taken));
    const { persons, store, blobs } = place.office;
    const registrations = await find(referenceOf(taken));
    const tables = await persons.collect(registrations);
    await expect(exportPerson({ registrations, tables, store, blobs, folder, exportedAt: "", onProgress: () => {} })).rejects.toMatchObject(
      { code: "notAllowed" },
    );
  });
});

describe("erasePerson", () => {
  it("leaves no trace of the person in the database, and removes originals and papers", async () => {
    const { config, office } = place;
    const taken = await place.take(["form of the erased"], ["Poistettava"], ["key of the erased"]);
    const { id = "" } = taken.registrations[0] ?? {};
    const relativePath = `erased-${referenceOf(taken)}.pdf`;
    writeFileSync(join(config.outbox, relativePath), "paper");
    writeFileSync(join(config.inbox, "done", "Poistettava.pdf"), "form of the erased");
    const document = { kind: "invitation", language: "ar", version: 1, sha256: "b".repeat(64), relativePath };
    await office.store.saveDocument({ ...document, registrationId: id, sessionId: null, submissionId: taken.submissionId });
    await erasePersonData(config, openTerminal(true), { registration: referenceOf(taken), identityFile: undefined }, BY);
    const everything = await wholeDatabase();
    for (const trace of ["Poistettava", "key of the erased", taken.sha256s[0] ?? ""]) expect(everything).not.toContain(trace);
    expect(everything).toContain("registration.erased");
    expect(existsSync(join(config.outbox, relativePath))).toBe(false);
    expect(readdirSync(join(config.inbox, "done"))).not.toContain("Poistettava.pdf");
    expect(await office.store.getRegistration(id)).toMatchObject({ state: "CANCELLED", personKeys: [] });
  });

  it("keeps the other person's part of a shared submission, and the scan for it", async () => {
    const { office, config } = place;
    const shared = await takeShared();
    const reference = referenceOf(shared);
    await place.sql("update registrations set person_keys = array[id::text] where submission_id = $1", [shared.submissionId]);
    expect(await erase(reference)).toEqual([
      { kind: "sharedOriginal", what: shared.submissionId },
      { kind: "logs", what: reference },
    ]);
    const reading = await office.store.getReading(shared.submissionId);
    expect(reading?.registrations.map(({ readings }) => readings[0]?.value)).toEqual([undefined, "Toinenkin"]);
    expect(existsSync(blobPathOf(join(config.home, "blobs"), shared.sha256s[0] ?? ""))).toBe(true);
    expect((await office.store.getSubmission(shared.submissionId)).files).toHaveLength(1);
    expect(await erase(referenceOf(shared, 1))).toEqual([{ kind: "logs", what: referenceOf(shared, 1) }]);
    expect((await office.store.getSubmission(shared.submissionId)).files).toHaveLength(0);
  });

  it("says where the message lies in the mailbox, which it does not delete, and forgets its row", async () => {
    const taken = await place.take(["form by mail"], ["Postitse"]);
    await place.sql(
      `insert into mail_messages (id, account, folder, uid_validity, sha256, size_bytes, arrived_at, reference, kind, state, language,
         document_count, has_notice, has_identity_code, is_duplicate, submission_id, target_folder, is_moved, from_address)
       values (gen_random_uuid(), 'forms', 'INBOX', '1', repeat('d', 64), 1, '2026-05-01T09:00:00Z', 'M-A', 'forms', 'ended', 'fi',
         1, false, false, false, $1, 'Processed', false, 'clerk@unit.example')`,
      [taken.submissionId],
    );
    expect(await erase(referenceOf(taken))).toEqual([
      { kind: "mailboxCopy", what: "came to forms at 2026-05-01T09:00:00.000Z and lies in Processed" },
      { kind: "logs", what: referenceOf(taken) },
    ]);
    expect(await place.sql("select id from mail_messages")).toEqual([]);
  });

  it("refuses what is held, forced or not", async () => {
    const taken = await place.take(["held form"], ["Pidetty"]);
    await place.office.retention.hold(referenceOf(taken), "oikaisuvaatimus", "Virkailija");
    await expect(erase(referenceOf(taken), true)).rejects.toMatchObject({ code: "notAllowed", context: { refusal: "held" } });
    expect((await find(referenceOf(taken)))[0]?.state).toBe("DRAFT");
  });

  it("refuses what was handed over, until an official decides otherwise, and tells which import file stays", async () => {
    const taken = await place.take(["exported form"], ["Viety"]);
    const batch = "7a1d3c50-0000-4000-8000-000000000001";
    await place.sql("update registrations set state = 'EXPORTED', approved_by = 'V', approved_at = now() where submission_id = $1", [
      taken.submissionId,
    ]);
    await place.sql(
      "insert into export_batches (id, sequence, state, file_name, sha256, published_at) values ($1, 1, 'published', 'UUSIMAA_7.xml', 'x', now())",
      [batch],
    );
    await place.sql("insert into export_records values ($1, $2, 1, 'UUSI')", [batch, taken.registrations[0]?.id]);
    await expect(erase(referenceOf(taken))).rejects.toMatchObject({ context: { refusal: "statutory" } });
    expect(await erase(referenceOf(taken), true)).toEqual([
      { kind: "importFile", what: "UUSIMAA_7.xml" },
      { kind: "logs", what: referenceOf(taken) },
    ]);
    expect((await find(referenceOf(taken)))[0]?.state).toBe("EXPORTED");
  });

  it("erases none of a person's registrations when one of them may not be", async () => {
    const free = await place.take(["free form"], ["Sama"], ["the same one"]);
    const held = await place.take(["held form of the same"], ["Sama"], ["the same one"]);
    await place.office.retention.hold(referenceOf(held), "oikaisuvaatimus", "Virkailija");
    await expect(erase(referenceOf(free))).rejects.toMatchObject({ code: "notAllowed" });
    const [kept] = await place.office.store.listRegistrations({ submissionId: free.submissionId });
    expect(kept?.reading.readings[0]?.value).toBe("Sama");
  });

  it("wants a name and a reason", async () => {
    const taken = await place.take(["form without a decision"], ["Nimetön"]);
    const { store, persons } = place.office;
    const registrations = await find(referenceOf(taken));
    for (const decision of [
      { ...BY, by: " " },
      { ...BY, reason: "" },
    ])
      await expect(erasePerson(registrations, decision, { store, persons, today: TODAY })).rejects.toMatchObject({ code: "notAllowed" });
  });
});
