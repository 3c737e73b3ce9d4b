import { randomBytes, randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deriveBackupKey } from "../../../src/adapters/backup/backup-key.ts";
import { createBackup } from "../../../src/adapters/backup/create-backup.ts";
import { openBackup, verifyParts } from "../../../src/adapters/backup/open-backup.ts";
import { restoreBackup } from "../../../src/adapters/backup/restore-backup.ts";
import { type OfficeStore, openOffice } from "../../../src/compose.ts";
import { Config } from "../../../src/config.ts";
import { openLog } from "../../../src/log.ts";
import { SUBMISSION_QUEUE } from "../../../src/pipeline/queues.ts";
import { type ExternalPostgres, startExternalPostgres } from "../external-postgres.ts";
import { createRegistration, createSession, createSubmission, toSubmissionReading } from "../store-inputs.ts";
import { createHome, removeHome } from "../test-home.ts";

const log = openLog({ logLevel: "silent" });
const PASSPHRASE = "a long enough passphrase";
const BLOB_KEY = randomBytes(32);

let server: ExternalPostgres;
const homes: string[] = [];

function newPlace(databaseUrl?: string): Config {
  const root = createHome();
  homes.push(root);
  const config = { home: join(root, "home"), inbox: join(root, "inbox"), outbox: join(root, "outbox"), databaseUrl };
  return Config.parse({ ...config, blobKey: BLOB_KEY.toString("base64") });
}

beforeAll(async () => {
  server = await startExternalPostgres();
});

afterAll(async () => {
  await server.stop();
  for (const home of homes) {
    removeHome(join(home, "home"));
    rmSync(home, { recursive: true, force: true });
  }
});

/** Records one submission whose original is in the blob store, as the intake does. */
async function record({ store, blobs }: OfficeStore): Promise<{ id: string; content: string }> {
  const content = randomBytes(12).toString("hex");
  const blob = await blobs.put(Buffer.from(content));
  const submission = createSubmission([content], {});
  const files = submission.files.map((file) => ({ ...file, ...blob }));
  await store.recordSubmission({ ...submission, files }, { name: SUBMISSION_QUEUE, data: { submissionId: submission.id } });
  return { id: submission.id, content };
}

async function readOne({ store }: OfficeStore, submissionId: string): Promise<void> {
  const registrations = [createRegistration(1)];
  await store.saveReading(submissionId, toSubmissionReading(registrations), registrations);
}

/** Three finished submissions, two read ones, two received ones. */
async function fill(office: OfficeStore): Promise<void> {
  const session = createSession();
  await office.store.upsertSessions([session]);
  for (let index = 0; index < 7; index += 1) {
    const { id } = await record(office);
    if (index >= 5) continue;
    await readOne(office, id);
    if (index >= 3) continue;
    const [registration] = await office.store.listRegistrations({ submissionId: id });
    if (registration === undefined) throw new Error("expected the registration that was just saved");
    await office.store.audit({ actor: "test", action: "registration.seen", registrationId: registration.id, detail: null });
    await office.store.finishSubmission(id);
  }
}

/** Goes on recording until it is told to stop; returns everything it has recorded. */
function keepRecording(office: OfficeStore): () => Promise<string[]> {
  const stop = new AbortController();
  const run = async (): Promise<string[]> => {
    const ids: string[] = [];
    while (!stop.signal.aborted) ids.push((await record(office)).id);
    return ids;
  };
  const done = run();
  return () => {
    stop.abort();
    return done;
  };
}

const request = (config: Config, databaseUrl: string, passphrase: string | null): Parameters<typeof createBackup>[0] => ({
  config,
  databaseUrl,
  blobKeys: [BLOB_KEY],
  target: join(config.home, "..", "backups"),
  key: passphrase === null ? null : deriveBackupKey(passphrase),
  now: new Date(),
  onProgress: () => {},
});

const restoreTo = (folder: string, config: Config, passphrase: string | null): Promise<unknown> =>
  openBackup(folder, passphrase).then((backup) =>
    restoreBackup({
      backup,
      config,
      outbox: config.outbox,
      openOffice: (place) => openOffice(place, log, false),
      onProgress: () => {},
    }),
  );

describe("createBackup and restoreBackup", () => {
  it.each([
    { from: "embedded", to: "embedded", passphrase: null },
    { from: "embedded", to: "external", passphrase: PASSPHRASE },
    { from: "external", to: "external", passphrase: PASSPHRASE },
  ])("bring back one instant of a line at work, $from to $to, passphrase $passphrase", async ({ from, to, passphrase }) => {
    const place = newPlace(from === "external" ? await server.createDatabase() : undefined);
    mkdirSync(join(place.outbox, "import"), { recursive: true });
    writeFileSync(join(place.outbox, "import", "UUSIMAA_1.xml"), "<x/>");
    const office = await openOffice(place, log, false);
    await fill(office);
    const stopRecording = keepRecording(office);
    const { folder, manifest } = await createBackup(request(place, office.databaseUrl, passphrase));
    await stopRecording();
    await office.close();

    const target = newPlace(to === "external" ? await server.createDatabase() : undefined);
    await restoreTo(folder, target, passphrase);
    const restored = await openOffice(target, log, false);
    try {
      const status = await restored.store.status();
      expect(status.submissions).toMatchObject(manifest.submissions);
      expect(status.registrations).toMatchObject(manifest.registrations);
      expect(status.submissions.done).toBe(3);
      expect(status.registrations.DRAFT).toBe(5);
      const submissions = await restored.store.listSubmissions({ limit: 100_000 });
      for (const { files } of submissions) for (const { sha256 } of files) expect(await restored.blobs.has(sha256)).toBe(true);
      for (const { files } of submissions.slice(0, 20)) for (const { sha256 } of files) await restored.blobs.get(sha256);
      const unfinished = submissions.filter(({ state }) => state === "received" || state === "read").length;
      const stats = await restored.queue.stats();
      expect(stats.find(({ name }) => name === SUBMISSION_QUEUE)?.waiting).toBe(unfinished + 3);
      expect(await restored.store.listAudit()).toHaveLength(3);
      await restored.store.audit({ actor: "test", action: "goes on", registrationId: null, detail: null });
      expect(readFileSync(join(target.outbox, "import", "UUSIMAA_1.xml"), "utf8")).toBe("<x/>");
      expect(readFileSync(join(target.home, "keys", "person-hash.key"))).toEqual(readFileSync(join(place.home, "keys", "person-hash.key")));
    } finally {
      await restored.close();
    }
  });

  it("brings back what was just being taken in, under names that the backup does not show", async () => {
    const place = newPlace(await server.createDatabase());
    const office = await openOffice(place, log, false);
    const id = randomUUID();
    const inClaim = (home: string, ...names: Buffer[]): Buffer =>
      Buffer.concat([Buffer.from(join(home, "work", "inbox", id)), ...names.map((name) => Buffer.concat([Buffer.from("/"), name]))]);
    const latin1Name = Buffer.from("Mäkinen.pdf", "latin1");
    mkdirSync(inClaim(place.home, Buffer.from("item")), { recursive: true });
    writeFileSync(inClaim(place.home, Buffer.from("claim.json")), "{}");
    writeFileSync(inClaim(place.home, Buffer.from("item"), latin1Name), "half taken in");
    const { folder, manifest } = await createBackup(request(place, office.databaseUrl, PASSPHRASE));
    await office.close();
    expect(JSON.stringify(manifest)).not.toContain("kinen");
    const target = newPlace(await server.createDatabase());
    await restoreTo(folder, target, PASSPHRASE);
    expect(readFileSync(inClaim(target.home, Buffer.from("item"), latin1Name), "utf8")).toBe("half taken in");
    expect(readFileSync(inClaim(target.home, Buffer.from("claim.json")), "utf8")).toBe("{}");
  });

  it("shows nothing of a person when it is encrypted, and opens with no other passphrase", async () => {
    const place = newPlace(await server.createDatabase());
    const office = await openOffice(place, log, false);
    await fill(office);
    const { folder, manifest } = await createBackup(request(place, office.databaseUrl, PASSPHRASE));
    await office.close();
    for (const { path } of manifest.parts) expect(readFileSync(join(folder, path)).includes("Matkalainen")).toBe(false);
    await expect(openBackup(folder, null)).rejects.toMatchObject({ code: "configInvalid" });
    await expect(openBackup(folder, "another passphrase")).rejects.toMatchObject({ code: "configInvalid" });
    expect((await openBackup(folder, PASSPHRASE)).manifest.submissions).toEqual({ done: 3, read: 2, received: 2 });
  });

  it("refuses a changed part, a changed manifest, and a place that holds something", async () => {
    const place = newPlace(await server.createDatabase());
    const office = await openOffice(place, log, false);
    await fill(office);
    const { folder, manifest } = await createBackup(request(place, office.databaseUrl, PASSPHRASE));
    await office.close();
    const used = newPlace(await server.createDatabase());
    mkdirSync(used.home, { recursive: true });
    writeFileSync(join(used.home, "anything"), "");
    await expect(restoreTo(folder, used, PASSPHRASE)).rejects.toMatchObject({ code: "notAllowed" });
    await expect(restoreTo(folder, { ...newPlace(), databaseUrl: place.databaseUrl }, PASSPHRASE)).rejects.toMatchObject({
      code: "notAllowed",
    });

    const blob = manifest.parts.find(({ path }) => path.startsWith("blobs/"));
    appendFileSync(join(folder, blob?.path ?? ""), "x");
    const fresh = newPlace(await server.createDatabase());
    await expect(restoreTo(folder, fresh, PASSPHRASE)).rejects.toMatchObject({ code: "fileDamaged" });
    const opened = await openBackup(folder, PASSPHRASE);
    await expect(verifyParts(opened, () => {})).rejects.toMatchObject({ context: { part: blob?.path, fault: "changed" } });
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ ...manifest, submissions: {} }));
    await expect(openBackup(folder, PASSPHRASE)).rejects.toMatchObject({ code: "configInvalid" });
  });

  it("names blobs that are damaged or missing, and leaves nothing of a run that failed", async () => {
    const place = newPlace(await server.createDatabase());
    const office = await openOffice(place, log, false);
    const [first, second] = [await record(office), await record(office)];
    const shaOf = async (id: string): Promise<string> => (await office.store.getSubmission(id)).files[0]?.sha256 ?? "";
    const [damaged, missing] = [await shaOf(first.id), await shaOf(second.id)];
    const pathOf = (sha256: string): string => join(place.home, "blobs", sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    appendFileSync(pathOf(damaged), "x");
    rmSync(pathOf(missing));
    const { folder, manifest } = await createBackup(request(place, office.databaseUrl, null));
    expect(manifest).toMatchObject({ damagedBlobs: [damaged], missingBlobs: [missing], blobs: 0 });
    await expect(
      createBackup({ ...request(place, office.databaseUrl, null), databaseUrl: "postgresql://office@127.0.0.1:1/none" }),
    ).rejects.toMatchObject({ code: "databaseUnavailable" });
    await office.close();
    expect(readdirSync(join(folder, ".."))).toHaveLength(1);
  });
});
