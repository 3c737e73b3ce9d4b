import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { validateXML } from "xmllint-wasm";
import { IlmoError } from "../errors.ts";
import { formatCsv } from "../export/ura/format-csv.ts";
import { formatKeyingSheet } from "../export/ura/format-keying-sheet.ts";
import { formatManifest } from "../export/ura/format-manifest.ts";
import { batchNameOf, type ImportBatch, MAX_RECORDS_PER_BATCH } from "../export/ura/import-record.ts";
import { formatBatchV1 } from "../export/ura/v1.ts";
import { importSchemaV1 } from "../export/ura/v1-schema.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/** The files of a published batch, in the order of their renaming; the manifest is the last. */
export interface PublishedBatch {
  readonly name: string;
  readonly files: readonly string[];
  readonly xmlSha256: string;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Validates the XML against the schema of the batch's environment.
 *
 * @throws exportInvalid with the number of faults and the line of the first; never with what the file says
 */
export async function assertValidImport(xml: string, environment: "production" | "test"): Promise<void> {
  const result = await validateXML({
    xml: [{ fileName: "batch.xml", contents: xml }],
    schema: [{ fileName: "ilmo-import-1.0.xsd", contents: importSchemaV1(environment) }],
  });
  if (result.valid) return;
  const [first] = result.errors;
  throw new IlmoError(
    "exportInvalid",
    "Expected an import file that follows its schema; it does not, so nothing was published. Correct the registration and export again.",
    { context: { faults: result.errors.length, firstLine: first?.loc?.lineNumber ?? null, environment } },
  );
}

/**
 * Publishes a batch in a folder: XML, CSV and keying sheet, then the manifest, each written to `.tmp/`, synced and renamed.
 *
 * A published file is never changed: the same batch published again (after a crash) completes what is missing.
 *
 * @throws exportInvalid when the XML breaks its schema or a file of that name holds something else
 * @see DOMAIN 5.3
 */
export async function publishBatch(folder: string, batch: ImportBatch): Promise<PublishedBatch> {
  if (batch.records.length === 0 || batch.records.length > MAX_RECORDS_PER_BATCH)
    throw new IlmoError("exportInvalid", `Expected 1-${MAX_RECORDS_PER_BATCH} registrations in one file; divide the export.`, {
      context: { records: batch.records.length },
    });
  const name = batchNameOf(batch);
  const xml = formatBatchV1(batch);
  await assertValidImport(xml, batch.environment);
  const xmlSha256 = createHash("sha256").update(xml).digest("hex");
  const manifest = formatManifest(batch, { fileName: `${name}.xml`, sizeBytes: Buffer.byteLength(xml), sha256: xmlSha256 });
  const contents: [string, string][] = [
    [`${name}.xml`, xml],
    [`${name}.csv`, formatCsv(batch)],
    [`${name}.keying.html`, formatKeyingSheet(batch)],
    [`${name}.manifest.json`, manifest],
  ];
  for (const [fileName, content] of contents) await publishFile(join(folder, fileName), fileName, content);
  return { name, files: contents.map(([fileName]) => fileName), xmlSha256 };
}

async function publishFile(target: string, fileName: string, content: string): Promise<void> {
  if (await exists(target)) {
    if ((await readFile(target, "utf8")) === content) return;
    throw new IlmoError(
      "exportInvalid",
      "Expected no other file under the batch's name; one with other content is there. Nothing was changed.",
      {
        context: { file: fileName },
      },
    );
  }
  await writeFileWhole(target, content);
}
