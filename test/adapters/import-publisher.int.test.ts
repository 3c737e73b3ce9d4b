import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assertValidImport, publishBatch } from "../../src/adapters/import-publisher.ts";
import { formatBatchV1 } from "../../src/export/ura/v1.ts";
import { batchOf, recordOf } from "../export/ura/import-fixture.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ilmo-export-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const OTHER_ID = "6f0d1c62-5f5e-4c39-9a8e-0d5a3f6f1a09";

describe("assertValidImport", () => {
  it("takes a full record, one without identity code, a replacing one and a cancelling one", async () => {
    const byDate = recordOf({ personalIdentityCode: null }, OTHER_ID);
    const replacing = { ...recordOf({}, "6f0d1c62-5f5e-4c39-9a8e-0d5a3f6f1a08"), operation: "KORVAAVA" as const, version: 2 };
    const cancelling = { operation: "MITATOINTI" as const, registrationId: "6f0d1c62-5f5e-4c39-9a8e-0d5a3f6f1a07", version: 3 };
    const xml = formatBatchV1(batchOf([recordOf(), byDate, replacing as ReturnType<typeof recordOf>, cancelling]));
    await expect(assertValidImport(xml, "test")).resolves.toBeUndefined();
  });

  it.each([
    ["an artificial code in production", formatBatchV1(batchOf([recordOf()], "production")), "production"],
    ["a test batch in production", formatBatchV1(batchOf([recordOf({ personalIdentityCode: null })])), "production"],
    ["one record twice", formatBatchV1(batchOf([recordOf(), recordOf()])), "test"],
    ["no identity", formatBatchV1(batchOf([recordOf()])).replace(/<Henkilotunnus>.*<\/Henkilotunnus>/, ""), "test"],
  ] as const)("refuses %s", async (_, xml, environment) => {
    await expect(assertValidImport(xml, environment)).rejects.toMatchObject({ code: "exportInvalid" });
  });

  it("says nothing of the person in its fault", async () => {
    const xml = formatBatchV1(batchOf([recordOf()])).replace("031089-914E", "031089-9999");
    const fault: unknown = await assertValidImport(xml, "production").catch((error: unknown) => error);
    expect(JSON.stringify(fault) + String(fault)).not.toMatch(/031089|Hakimi/);
  });
});

describe("publishBatch", () => {
  it("leaves whole files and a manifest whose sum is the file's", async () => {
    const published = await publishBatch(folder, batchOf([recordOf()]));
    const xml = await readFile(join(folder, `${published.name}.xml`));
    const manifest: unknown = JSON.parse(await readFile(join(folder, `${published.name}.manifest.json`), "utf8"));
    const sha256 = createHash("sha256").update(xml).digest("hex");
    expect(manifest).toMatchObject({ sequence: 7, previousSequence: 6, recordCount: 1, bytes: xml.length, sha256 });
    expect((await readdir(folder)).toSorted()).toEqual([".tmp", ...published.files].toSorted());
    expect(await readdir(join(folder, ".tmp"))).toEqual([]);
  });

  it("completes a batch after a crash and never changes a published file", async () => {
    const { name, files } = await publishBatch(folder, batchOf([recordOf()]));
    await rm(join(folder, `${name}.manifest.json`));
    expect((await publishBatch(folder, batchOf([recordOf()]))).files).toEqual(files);
    await writeFile(join(folder, `${name}.xml`), "something else");
    await expect(publishBatch(folder, batchOf([recordOf()]))).rejects.toMatchObject({ code: "exportInvalid" });
    expect(await readFile(join(folder, `${name}.xml`), "utf8")).toBe("something else");
  });

  it("publishes nothing when the file would break its schema", async () => {
    await expect(publishBatch(folder, batchOf([recordOf()], "production"))).rejects.toMatchObject({ code: "exportInvalid" });
    expect(await readdir(folder)).toEqual([]);
  });
});
