import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import type { SessionRules } from "../model/session.ts";
import type { IsoDate } from "../model/time.ts";
import type { BlobStore } from "./blob-store-port.ts";
import { checkSubmission } from "./check-submission.ts";
import { type SettlePorts, settleRegistration } from "./settle-registration.ts";
import type { NewRegistration, StoredRegistration, Submission } from "./store-port.ts";
import type { ReadProgress, SubmissionReader } from "./submission-reader-port.ts";

/** A private folder of one job, emptied after use. */
export interface WorkFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export interface LinePorts extends Omit<SettlePorts, "config"> {
  readonly config: Config;
  readonly rules: SessionRules;
  readonly blobs: BlobStore;
  readonly reader: SubmissionReader;
  readonly hashPerson: (personKey: string) => string;
  readonly openWorkFolder: (submissionId: string) => Promise<WorkFolder>;
  readonly onProgress: (submissionId: string, progress: ReadProgress) => void;
}

/** Brings the originals to files that the reading process can open, named by their position only. */
async function layOutFiles(submission: Submission, folder: WorkFolder, blobs: BlobStore): Promise<{ fileIndex: number; path: string }[]> {
  const files: { fileIndex: number; path: string }[] = [];
  for (const { fileIndex, sha256 } of submission.files) {
    const path = `${folder.path}/${fileIndex}`;
    await blobs.copyTo(sha256, path);
    files.push({ fileIndex, path });
  }
  return files;
}

async function readAndCheck(submission: Submission, ports: LinePorts): Promise<StoredRegistration[]> {
  const { store, config, reader } = ports;
  const sessions = await store.listSessions();
  const receivedOn = submission.receivedOn as IsoDate;
  const folder = await ports.openWorkFolder(submission.id);
  try {
    const files = await layOutFiles(submission, folder, ports.blobs);
    const request = { files, home: config.home, sessions, receivedOn, environment: config.environment, withPictures: true };
    const reading = await reader.read(request, (progress) => ports.onProgress(submission.id, progress));
    if (reading.registrations.length === 0)
      throw new IlmoError(
        "formMissing",
        "Expected at least one page of a known registration form; none was found. Check that the form itself was scanned; a form from elsewhere is made known with `ilmo forms add`.",
        { context: { pages: reading.unassignedPages.length } },
      );
    const isKnown = async (personKeys: readonly string[]): Promise<boolean> => {
      const found = await store.findPersons(personKeys.map(ports.hashPerson), submission.id);
      return found.length > 0;
    };
    const context = { receivedOn, sessions, rules: ports.rules, environment: config.environment };
    const checked = await checkSubmission(reading, context, isKnown);
    const registrations: NewRegistration[] = reading.registrations.flatMap((item, index) => {
      const result = checked[index];
      if (result === undefined) return [];
      return [{ ordinal: index + 1, reading: item, check: result.check, personKeys: result.personKeys.map(ports.hashPerson) }];
    });
    return await store.saveReading(submission.id, reading, registrations);
  } finally {
    await folder.remove();
  }
}

/**
 * Takes one recorded submission to its end: read, checked, seated, papers written.
 *
 * May run any number of times and be killed at any instant; a finished submission is left alone.
 *
 * @throws IlmoError whose code says whether to try again or to put the submission aside
 */
export async function processSubmission(submissionId: string, ports: LinePorts): Promise<void> {
  const submission = await ports.store.getSubmission(submissionId);
  if (submission.state === "done" || submission.state === "duplicate" || submission.state === "quarantined") return;
  const registrations =
    submission.state === "read" ? await ports.store.listRegistrations({ submissionId }) : await readAndCheck(submission, ports);
  for (const registration of registrations) await settleRegistration(registration.id, ports);
  await ports.store.finishSubmission(submissionId);
}
