import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { createFileOpener } from "../adapters/file-opener.ts";
import { openUnwrapFolder } from "../adapters/unwrap-folder.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import type { OpeningHints } from "../intake/ports.ts";
import { isLocked, openAgain } from "../pipeline/open-again.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** `ilmo quarantine`: what waits for a person, oldest first; no names. */
export async function listQuarantine(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const submissions = await store.listSubmissions({ state: "quarantined" });
    const rows = submissions.map(({ id, receivedOn, channel, faultCode, files }) => ({
      submissionId: id,
      receivedOn,
      channel,
      reason: faultCode ?? "",
      files: files.length,
      todo: isLocked(faultCode)
        ? faultCode === "keyMissing"
          ? "add the key, then ilmo retry"
          : "ilmo unlock"
        : "see the note in quarantine/",
    }));
    terminal.line(
      formatTable([
        ["submission", "received", "channel", "reason", "files", "to do"],
        ...rows.map((row) => [row.submissionId, row.receivedOn, row.channel, row.reason, String(row.files), row.todo]),
      ]),
    );
    terminal.json(rows);
  });
}

/** Reads passwords, one a line. @throws usage, never quoting the file */
async function loadPasswords(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new IlmoError("usage", "Expected --password-file to name a readable file with one password a line.");
  });
  return text
    .split(/\r?\n/)
    .map((line) => line.normalize("NFC"))
    .filter((line) => line !== "");
}

async function tryAgain(config: Config, terminal: Terminal, submissionId: string, again: OpeningHints): Promise<void> {
  const folder = await openUnwrapFolder(config.home);
  const opener = createFileOpener(config);
  try {
    await withOffice(config, async ({ store, blobs }) => {
      terminal.progress("opening the originals");
      const opened = await openAgain(submissionId, userInfo().username, again, { store, blobs, inspect: opener.inspect, folder });
      terminal.progressDone();
      terminal.line(`${submissionId}: opened; ${opened.toRead} files are read now, ${opened.unreadable} cannot be read.`);
      terminal.line("The copy in quarantine/ can be removed: the original is stored.");
      terminal.json({ submissionId, ...opened });
    });
  } finally {
    terminal.progressDone();
    await opener.close();
    await folder.remove();
  }
}

/** `ilmo retry <submission>`: tries again after a key was added or a fault is gone. @throws notFound, notAllowed, file* */
export async function retrySubmission(config: Config, terminal: Terminal, submissionId: string, skipLocked: boolean): Promise<void> {
  await tryAgain(config, terminal, submissionId, { skipLocked });
}

/** `ilmo unlock <submission> --password-file FILE`: tries again with passwords that nobody else sees. @throws as retrySubmission; usage */
export async function unlockSubmission(config: Config, terminal: Terminal, submissionId: string, passwordFile: string): Promise<void> {
  await tryAgain(config, terminal, submissionId, { passwords: await loadPasswords(passwordFile) });
}
