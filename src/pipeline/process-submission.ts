import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { countUnreadable, filesToRead } from "../intake/file-part.ts";
import type { IsoDate } from "../model/time.ts";
import type { BlobStore } from "./blob-store-port.ts";
import { checkSubmission } from "./check-submission.ts";
import { followAnnouncement, tieAnnouncement } from "./follow-announcement.ts";
import { layOutFiles, type WorkFolder } from "./lay-out-files.ts";
import { processRosterPages, rosterPagesOf } from "./process-roster.ts";
import type { RosterReader } from "./roster-reader-port.ts";
import { loadSessionContext } from "./session-context.ts";
import { type SettlePorts, settleRegistration } from "./settle-registration.ts";
import type { NewRegistration, StoredRegistration, Submission } from "./store-port.ts";
import type { ReadProgress, SubmissionReader } from "./submission-reader-port.ts";

export interface LinePorts extends Omit<SettlePorts, "config"> {
  readonly config: Config;
  readonly blobs: BlobStore;
  readonly reader: SubmissionReader;
  readonly rosters: RosterReader;
  readonly hashPerson: (personKey: string) => string;
  readonly openWorkFolder: (submissionId: string) => Promise<WorkFolder>;
  readonly onProgress: (submissionId: string, progress: ReadProgress) => void;
}

async function readAndCheck(submission: Submission, ports: LinePorts): Promise<StoredRegistration[]> {
  const { store, config, reader } = ports;
  const seating = await loadSessionContext(store);
  const { sessions } = seating;
  const receivedOn = submission.receivedOn as IsoDate;
  const folder = await ports.openWorkFolder(submission.id);
  try {
    const files = await layOutFiles(filesToRead(submission.files), folder, ports.blobs);
    const { home, environment } = config;
    const senderUnits = config.senders.map(({ unit }) => unit);
    const request = {
      files,
      home,
      sessions,
      senderUnits,
      receivedOn,
      environment,
      withPictures: true,
      acceptFrom: config.reading.acceptFrom,
    };
    const reading = await reader.read(request, (progress) => ports.onProgress(submission.id, progress));
    if (reading.registrations.length === 0 && rosterPagesOf(reading).length === 0)
      throw new IlmoError(
        "formMissing",
        "Expected at least one page of a known registration form or of a signed roster; none was found. Check that the form itself was scanned; a form from elsewhere is made known with `ilmo forms add`.",
        { context: { pages: reading.unassignedPages.length } },
      );
    const isKnown = async (personKeys: readonly string[]): Promise<boolean> => {
      const found = await store.findPersons(personKeys.map(ports.hashPerson), submission.id);
      return found.some(({ check }) => check.route !== "otherForm");
    };
    const unreadableAttachments = countUnreadable(submission.files);
    const context = { ...seating, receivedOn, environment: config.environment, unreadableAttachments };
    const checked = await checkSubmission(reading, context, isKnown);
    const registrations: NewRegistration[] = [];
    for (const [index, item] of reading.registrations.entries()) {
      const result = checked[index];
      if (result === undefined) continue;
      const personKeys = result.personKeys.map(ports.hashPerson);
      registrations.push({
        ordinal: index + 1,
        reading: item,
        check: item.isOtherForm === true ? result.check : await followAnnouncement(result.check, personKeys, store),
        personKeys,
      });
    }
    return await store.saveReading(submission.id, reading, registrations);
  } finally {
    await folder.remove();
  }
}

/**
 * Takes one recorded submission to its end: read, checked, seated, papers written, attendance set.
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
  for (const registration of registrations) {
    await settleRegistration(registration.id, ports);
    await tieAnnouncement(registration, ports.store);
  }
  const reading = await ports.store.getReading(submissionId);
  if (reading !== null) await processRosterPages(submission, reading, ports);
  await ports.store.finishSubmission(submissionId);
}
