import type { ImportBatch } from "./import-record.ts";

/** What the manifest says of the batch's XML file. */
export interface XmlFacts {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Formats the manifest, whose appearance is the commit mark of a batch. Pure. @see DOMAIN 5.3 */
export function formatManifest(batch: ImportBatch, xml: XmlFacts): string {
  const manifest = {
    schema: "urn:ilmo:import:1",
    schemaVersion: "1.0",
    batchId: batch.batchId,
    createdAt: batch.createdAt,
    sender: batch.senderId,
    environment: batch.environment === "production" ? "PROD" : "TEST",
    sequence: batch.sequence,
    previousSequence: batch.previousSequence,
    recordCount: batch.records.length,
    file: xml.fileName,
    bytes: xml.sizeBytes,
    sha256: xml.sha256,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
