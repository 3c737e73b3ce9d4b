import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createDocumentPrinter } from "../adapters/document-printer.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { findMessageFaults } from "../documents/find-message-faults.ts";
import { MESSAGE_FILES, toMessageTable, withReview } from "../documents/message-files.ts";
import { PAPER_LANGUAGES, type PaperLanguage } from "../documents/paper-language.ts";
import { IlmoError } from "../errors.ts";
import { localDay } from "../model/time.ts";
import { assertNamed } from "../pipeline/seat-operations.ts";
import { formatTable, type Terminal } from "./terminal.ts";

const FOLDER = new URL("../../templates/messages/", import.meta.url);

/** `ilmo texts list`: each language with its number of texts and who has checked them. */
export function listTexts(terminal: Terminal): void {
  const states = PAPER_LANGUAGES.map((language) => {
    const { meta, messages } = toMessageTable(MESSAGE_FILES[language]);
    return { language, name: meta.name, texts: messages.size, reviewedBy: meta.reviewedBy };
  });
  const rows = states.map(({ language, texts, reviewedBy }) => [language, String(texts), reviewedBy ?? "not reviewed: papers bear a mark"]);
  terminal.line(formatTable([["language", "texts", "reviewed by"], ...rows]));
  terminal.json(states);
}

/** `ilmo texts review`: writes the sheets on which a reviewer checks a language, or every language that nobody has checked. */
export async function reviewTexts(
  config: Config,
  terminal: Terminal,
  language: PaperLanguage | undefined,
  out: string | undefined,
): Promise<void> {
  const unreviewed = PAPER_LANGUAGES.filter((candidate) => toMessageTable(MESSAGE_FILES[candidate]).meta.reviewedBy === null);
  const languages = language === undefined ? unreviewed : [language];
  const folder = resolve(out ?? join(config.outbox, "texts"));
  await mkdir(folder, { recursive: true });
  const printer = createDocumentPrinter(config);
  const written: { language: PaperLanguage; path: string; pages: number }[] = [];
  try {
    for (const [index, item] of languages.entries()) {
      terminal.progress(`${index + 1} of ${languages.length} languages`);
      const { bytes, pages } = await printer.textsReview(item, localDay(new Date()));
      const path = join(folder, `review-${item}.pdf`);
      await writeFileWhole(path, bytes);
      written.push({ language: item, path, pages });
    }
  } finally {
    await printer.close();
  }
  terminal.progressDone();
  for (const { path, pages } of written) terminal.line(`${path} written: ${pages} pages.`);
  if (written.length === 0) terminal.line("Every language has been reviewed.");
  terminal.json({ written });
}

/**
 * `ilmo texts mark-reviewed <language> --by <name>`: notes in the language's own file who has checked its texts. The mark on papers
 * goes away until one of the texts changes.
 *
 * @throws textMissing when the file has faults; storageUnavailable when it cannot be written
 */
export async function markReviewed(terminal: Terminal, language: PaperLanguage, by: string): Promise<void> {
  const [fault] = findMessageFaults(MESSAGE_FILES).filter((candidate) => candidate.language === language);
  if (fault !== undefined)
    throw new IlmoError("textMissing", `Expected a language file without faults; ${fault.key} is ${fault.kind}. Mend it first.`, {
      context: { language, key: fault.key },
    });
  const path = fileURLToPath(new URL(`${language}.json`, FOLDER));
  const note = `${assertNamed(by)}, ${localDay(new Date())}`;
  const file = withReview(JSON.parse(await readFile(path, "utf8")), note);
  await writeFileWhole(path, Buffer.from(`${JSON.stringify(file, null, 2)}\n`));
  terminal.line(`${path} says now: reviewed by ${note}.`);
  terminal.json({ path, language, reviewedBy: note });
}
