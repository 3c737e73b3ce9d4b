import { lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FaultCode } from "../errors.ts";
import { formatReason } from "../intake/reason-texts.ts";
import { ClaimJournal, OutcomeJournal, readJournal, writeJournal } from "./folder-journal.ts";
import { NOTE_SUFFIX, placeOriginal } from "./folder-outcomes.ts";
import { findPlaced, forgetPlaced, rememberPlaced } from "./folder-placed.ts";
import { joinName } from "./folder-tree.ts";

const CLAIM_FILE = "claim.json";
const OUTCOME_FILE = "outcome.json";
const ITEM = "item";
/** Where claims lie when the data folder is on another disk: a rename does not cross disks. */
const INBOX_WORK = ".ilmo-work";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A thing that was taken out of the inbox and has not got to its end yet. */
export interface Claim extends ClaimJournal {
  readonly workFolder: string;
  readonly item: Buffer;
  readonly nameBytes: Buffer;
  /** Decided by an earlier run that did not get to move the original. */
  readonly outcome: OutcomeJournal | undefined;
}

/** Moves things between the inbox, the work folder and the outcome folders. */
export interface FolderClaims {
  /** Takes a thing out of the inbox; undefined when it is not there any more. */
  readonly claim: (journal: ClaimJournal) => Promise<Claim | undefined>;
  /** Moves the original of a submission that was taken in, and could not be read after all, from done to quarantine. */
  readonly putAside: (submissionId: string, code: FaultCode, detail: string) => Promise<boolean>;
  /** Remembers that a claimed thing has changed and how it looks now. */
  readonly resign: (claim: Claim, signature: string, gaveUp?: ClaimJournal["gaveUp"]) => Promise<Claim>;
  /** Brings a claim to its end: the original into its outcome folder, the claim gone. */
  readonly finish: (claim: Claim, outcome: OutcomeJournal) => Promise<void>;
  /** Lists what an earlier run left; clears what it had finished or never begun. */
  readonly recover: () => Promise<Claim[]>;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

async function exists(path: Buffer): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return false;
      throw error;
    },
  );
}

const itemOf = (workFolder: string): Buffer => joinName(Buffer.from(workFolder), Buffer.from(ITEM));

function toClaim(workFolder: string, journal: ClaimJournal, outcome?: OutcomeJournal): Claim {
  return { ...journal, workFolder, item: itemOf(workFolder), nameBytes: Buffer.from(journal.name, "base64"), outcome };
}

async function removeWork(workFolder: string): Promise<void> {
  await rm(workFolder, { recursive: true, force: true });
}

/** A claim without a readable journal was cut off before anything was moved, or its disk lost the journal: the thing itself is kept. */
async function loadClaim(workFolder: string, id: string): Promise<Claim | undefined> {
  if (!(await exists(itemOf(workFolder)))) {
    await removeWork(workFolder);
    return undefined;
  }
  const journal = await readJournal(join(workFolder, CLAIM_FILE), ClaimJournal);
  const outcome = await readJournal(join(workFolder, OUTCOME_FILE), OutcomeJournal);
  if (journal) return toClaim(workFolder, journal, outcome);
  const stats = await lstat(itemOf(workFolder));
  const name = Buffer.from(id).toString("base64");
  const kind = stats.isDirectory() ? "folder" : "file";
  return toClaim(workFolder, { id, name, kind, signature: "", claimedAt: stats.ctime.toISOString() }, outcome);
}

async function resign(before: Claim, signature: string, gaveUp?: ClaimJournal["gaveUp"]): Promise<Claim> {
  const { id, name, kind, claimedAt, workFolder } = before;
  const journal: ClaimJournal = { id, name, kind, claimedAt, signature, ...(gaveUp && { gaveUp }) };
  await writeJournal(workFolder, CLAIM_FILE, journal);
  return toClaim(workFolder, journal);
}

/**
 * Returns the movers of one inbox.
 *
 * @param home data folder; claims lie in its `work/inbox`, or inside the inbox when that is on another disk
 */
export function openFolderClaims(inbox: string, home: string): FolderClaims {
  const roots = [join(home, "work", "inbox"), join(inbox, INBOX_WORK)];
  let [root = ""] = roots;

  const prepare = async (journal: ClaimJournal): Promise<string> => {
    const workFolder = join(root, journal.id);
    await mkdir(workFolder, { recursive: true, mode: 0o700 });
    await writeJournal(workFolder, CLAIM_FILE, journal);
    return workFolder;
  };

  const claimFrom = async (source: Buffer, journal: ClaimJournal, outcome?: OutcomeJournal): Promise<Claim | undefined> => {
    const workFolder = await prepare(journal);
    if (outcome) await writeJournal(workFolder, OUTCOME_FILE, outcome);
    try {
      await rename(source, itemOf(workFolder));
      return toClaim(workFolder, journal, outcome);
    } catch (error) {
      await removeWork(workFolder);
      if (codeOf(error) === "ENOENT") return undefined;
      const other = roots[1] ?? "";
      if (codeOf(error) !== "EXDEV" || root === other) throw error;
      root = other;
      return claimFrom(source, journal, outcome);
    }
  };

  const finish = async (finished: Claim, outcome: OutcomeJournal): Promise<void> => {
    const { id, workFolder, item, nameBytes } = finished;
    const isFolder = finished.kind === "folder";
    const onNamed = async (name: Buffer): Promise<void> => {
      if (outcome.kind !== "done") return;
      const { receivedOn, fileCount } = outcome;
      await rememberPlaced(home, id, item, { name: name.toString("base64"), isFolder, receivedOn, fileCount });
    };
    // A repeated "done" is decided again in no time; a repeated look at a file that was put aside might come out otherwise.
    if (!finished.outcome && outcome.kind !== "done") await writeJournal(workFolder, OUTCOME_FILE, outcome);
    await placeOriginal(inbox, { workFolder, item, name: nameBytes, isFolder, outcome, onNamed });
    await removeWork(workFolder);
  };

  const recover = async (): Promise<Claim[]> => {
    const claims: Claim[] = [];
    for (const folder of roots) {
      const ids = await readdir(folder).catch(() => []);
      for (const id of ids.filter((name) => UUID.test(name))) {
        const found = await loadClaim(join(folder, id), id);
        if (found) claims.push(found);
      }
    }
    return claims.toSorted((a, b) => a.claimedAt.localeCompare(b.claimedAt));
  };

  const claim = (journal: ClaimJournal): Promise<Claim | undefined> =>
    claimFrom(joinName(Buffer.from(inbox), Buffer.from(journal.name, "base64")), journal);

  const putAside: FolderClaims["putAside"] = async (submissionId, code, detail) => {
    const placed = await findPlaced(inbox, home, submissionId);
    if (!placed) return false;
    const { name, isFolder, receivedOn, fileCount, path } = placed;
    const note = formatReason({ kind: "quarantine", code, detail }, { receivedOn, fileCount, submissionId });
    const outcome: OutcomeJournal = { kind: "quarantine", code, note };
    const claimedAt = new Date(`${receivedOn}T12:00:00Z`).toISOString();
    const journal: ClaimJournal = { id: submissionId, name, kind: isFolder ? "folder" : "file", signature: "", claimedAt };
    const taken = await claimFrom(path, journal, outcome);
    if (taken) await finish(taken, outcome);
    await rm(Buffer.concat([path, Buffer.from(NOTE_SUFFIX)]), { force: true });
    await forgetPlaced(home, submissionId);
    return taken !== undefined;
  };

  return { claim, putAside, resign, finish, recover };
}
