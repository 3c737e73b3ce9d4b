import { join } from "node:path";
import { createDocumentPrinter } from "../adapters/document-printer.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { localDay } from "../model/time.ts";
import type { IssuedPaper, LetterPrinter, PaperPorts } from "../pipeline/paper-ports.ts";
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

/** Prints one paper after the other, the count shown while it goes on. */
export async function printEach<T>(
  items: readonly T[],
  terminal: Terminal,
  print: (item: T) => Promise<IssuedPaper>,
): Promise<IssuedPaper[]> {
  const papers: IssuedPaper[] = [];
  for (const [index, item] of items.entries()) {
    terminal.progress(`${index + 1} of ${items.length} papers`);
    papers.push(await print(item));
  }
  terminal.progressDone();
  return papers;
}

/** Tells what lies in the outbox now. */
export function tellPapers(terminal: Terminal, papers: readonly IssuedPaper[], heading: string): void {
  const rows = papers.map(({ subject, language, version, relativePath }) => [subject, language, String(version), relativePath]);
  if (rows.length > 0) terminal.line(formatTable([[heading, "language", "version", "file in the outbox"], ...rows]));
  terminal.json({ papers });
}
