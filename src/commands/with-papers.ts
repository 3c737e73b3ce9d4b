import { join } from "node:path";
import { createDocumentPrinter } from "../adapters/document-printer.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { FAULTS, IlmoError } from "../errors.ts";
import { localDay } from "../model/time.ts";
import type { IssuedPaper, LetterPrinter, PaperPorts } from "../pipeline/paper-ports.ts";
import type { StoredRegistration } from "../pipeline/store-port.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** Opens the office's store, the outbox and a printer for one command and closes them after. */
export async function withPapers<T>(config: Config, use: (ports: PaperPorts<LetterPrinter>) => Promise<T>): Promise<T> {
  return withOffice(config, async (office) => {
    const printer = createDocumentPrinter(config);
    const write = async (relativePath: string, bytes: Uint8Array): Promise<string> => {
      await writeFileWhole(join(config.outbox, relativePath), bytes);
      return (await office.blobs.put(bytes)).sha256;
    };
    try {
      return await use({ ...office, printer, outbox: { write }, config, today: () => localDay(new Date()) });
    } finally {
      await printer.close();
    }
  });
}

/** What became of a pile of papers. */
export interface PrintedPile {
  readonly papers: readonly IssuedPaper[];
  /** Papers that failed a gate: by reference, with what to do. */
  readonly stopped: readonly { readonly subject: string; readonly reason: string }[];
}

/** Prints one paper after the other, the count shown while it goes on. A paper that fails a gate does not keep the others back. */
export async function printEach(
  registrations: readonly StoredRegistration[],
  terminal: Terminal,
  print: (registration: StoredRegistration) => Promise<IssuedPaper>,
): Promise<PrintedPile> {
  const papers: IssuedPaper[] = [];
  const stopped: { subject: string; reason: string }[] = [];
  for (const [index, registration] of registrations.entries()) {
    terminal.progress(`${index + 1} of ${registrations.length} papers`);
    try {
      papers.push(await print(registration));
    } catch (error) {
      if (!(error instanceof IlmoError) || error.code !== "documentGateFailed") throw error;
      stopped.push({ subject: registration.reference, reason: error.message });
    }
  }
  terminal.progressDone();
  return { papers, stopped };
}

/** Tells what lies in the outbox now and what was stopped; a stopped paper gives the command its exit code. */
export function tellPapers(terminal: Terminal, { papers, stopped }: PrintedPile, heading: string): void {
  const rows = papers.map(({ subject, language, version, relativePath }) => [subject, language, String(version), relativePath]);
  if (rows.length > 0) terminal.line(formatTable([[heading, "language", "version", "file in the outbox"], ...rows]));
  for (const { subject, reason } of stopped) terminal.line(`${subject} NOT PRINTED: ${reason}`);
  if (stopped.length > 0) process.exitCode = FAULTS.documentGateFailed.exitCode;
  terminal.json({ papers, stopped });
}
