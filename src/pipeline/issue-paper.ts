import type { PaperPorts, PrintedPaper } from "./paper-ports.ts";
import type { DocumentRecord } from "./store-port.ts";

export type PaperKey = Omit<DocumentRecord, "sha256">;

/**
 * Prints, writes and records one paper. A paper that is recorded already is not printed again unless a person asks.
 *
 * May run any number of times: the same key gives the same file.
 */
export async function issuePaper(
  key: PaperKey,
  print: () => Promise<PrintedPaper>,
  { store, outbox }: Pick<PaperPorts, "store" | "outbox">,
  isAskedFor = false,
): Promise<void> {
  const subject = key.registrationId === null ? { sessionId: key.sessionId ?? "" } : { registrationId: key.registrationId };
  const known = await store.listDocuments(subject);
  const isRecorded = known.some((document) => document.relativePath === key.relativePath && document.version === key.version);
  if (isRecorded && !isAskedFor) return;
  const { bytes } = await print();
  const sha256 = await outbox.write(key.relativePath, bytes);
  await store.saveDocument({ ...key, sha256 });
}
