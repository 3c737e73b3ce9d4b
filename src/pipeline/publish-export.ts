import type { ImportBatch, ImportRecord } from "../export/ura/import-record.ts";
import { type ContentGap, toRegistrationContent } from "../export/ura/to-registration-content.ts";
import type { Session } from "../model/session.ts";
import type { ExportBatch, ExportRecord, Store, StoredRegistration } from "./store-port.ts";

export interface ExportPorts {
  readonly store: Store;
  readonly publish: (
    batch: ImportBatch,
  ) => Promise<{ readonly name: string; readonly files: readonly string[]; readonly xmlSha256: string }>;
  readonly senderId: string;
  readonly environment: "production" | "test";
}

/** Returns what an approved registration lacks for the import file; empty when it can go out. */
export function findExportGaps(registration: StoredRegistration, environment: "production" | "test"): readonly ContentGap[] {
  const result = toRegistrationContent(registration, null, environment);
  return result.ok ? [] : result.gaps;
}

function sessionOf(registration: StoredRegistration, sessions: readonly Session[]): Session | null {
  return sessions.find((session) => session.id === registration.check.sessionId) ?? null;
}

async function toImportRecord(entry: ExportRecord, sessions: readonly Session[], ports: ExportPorts): Promise<ImportRecord> {
  const { registrationId, version, operation } = entry;
  if (operation === "MITATOINTI") return { operation, registrationId, version };
  const registration = await ports.store.getRegistration(registrationId);
  const result = toRegistrationContent(registration, sessionOf(registration, sessions), ports.environment);
  if (!result.ok) throw new Error("an approved registration lost its identity between approval and export");
  return {
    operation,
    registrationId,
    version,
    reference: registration.reference,
    receivedOn: registration.receivedOn,
    approvedBy: registration.approvedBy ?? "",
    approvedAt: registration.approvedAt ?? "",
    content: result.content,
  };
}

/**
 * Publishes one import file of everything approved; a batch that an earlier run left unpublished is taken up first and gets
 * the same name and content. Returns null when nothing waits.
 *
 * @throws exportInvalid
 * @see DOMAIN 5.3
 */
export async function publishExport(
  ports: ExportPorts,
  newId: string,
  limit: number,
): Promise<{ batch: ExportBatch; files: readonly string[] } | null> {
  const prepared = await ports.store.prepareExportBatch(newId, limit);
  if (prepared === null) return null;
  const sessions = await ports.store.listSessions();
  const records: ImportRecord[] = [];
  for (const entry of prepared.records) records.push(await toImportRecord(entry, sessions, ports));
  const published = await ports.publish({
    batchId: prepared.id,
    sequence: prepared.sequence,
    previousSequence: prepared.sequence > 1 ? prepared.sequence - 1 : null,
    senderId: ports.senderId,
    environment: ports.environment,
    createdAt: prepared.createdAt,
    records,
  });
  const batch = await ports.store.publishExportBatch(prepared.id, { fileName: `${published.name}.xml`, sha256: published.xmlSha256 });
  return { batch, files: published.files };
}
