import { openAsBlob } from "node:fs";
import {
  BlobReader,
  configure,
  type Entry,
  ERR_INVALID_PASSWORD,
  ERR_OVERLAPPING_ENTRY,
  ERR_UNSAFE_FILENAME,
  type FileEntry,
  ZipReader,
} from "@zip.js/zip.js";
import { type FaultCode, IlmoError } from "../errors.ts";
import type { PartHead, PartSink } from "./part-sink.ts";

configure({ useWebWorkers: false });

/** Kind of a file in the mode bits that Unix programs store. */
const MODE_KIND = 0o170000;
const MODE_LINK = 0o120000;

const damaged = (): IlmoError =>
  new IlmoError(
    "fileDamaged",
    "Expected a whole archive; this one is damaged, cut off or put together wrongly. Ask the sender for a new copy.",
  );

const isLink = ({ externalFileAttributes }: Entry): boolean => (((externalFileAttributes ?? 0) >>> 16) & MODE_KIND) === MODE_LINK;

/** The library's faults are told apart by the constants that it exports. */
const isFault = (error: unknown, ...messages: readonly string[]): boolean => error instanceof Error && messages.includes(error.message);

const unsafe = (): IlmoError =>
  new IlmoError("fileUnsafe", "Expected an archive of ordinary files; this one holds paths that lead out of it. Do not open it by hand.");

function toFault(error: unknown): IlmoError {
  if (error instanceof IlmoError) return error;
  return isFault(error, ERR_UNSAFE_FILENAME) ? unsafe() : damaged();
}

/** Inflates one entry into the sink, which stops it at the limit. @throws what the library throws */
async function inflate(entry: FileEntry, head: PartHead, sink: PartSink, password: string | undefined): Promise<void> {
  const writer = sink.open(head);
  const target = new WritableStream<Uint8Array>({ write: (bytes) => writer.add(bytes) });
  try {
    await entry.getData(target, { checkSignature: true, checkOverlappingEntry: true, ...(password === undefined ? {} : { password }) });
  } catch (error) {
    writer.drop();
    throw error;
  }
  await writer.end();
}

/** One damaged entry leaves the others readable; an archive that is put together wrongly is not believed at all. */
async function inflateOrTell(entry: FileEntry, head: PartHead, sink: PartSink, password?: string): Promise<FaultCode | undefined> {
  try {
    await inflate(entry, head, sink, password);
    return undefined;
  } catch (error) {
    if (error instanceof IlmoError || isFault(error, ERR_OVERLAPPING_ENTRY, ERR_UNSAFE_FILENAME)) throw error;
    return "fileDamaged";
  }
}

/** Tells whether a password fits. The old cipher lets one wrong password in 256 through, the sum finds it out later. */
async function fits(entry: FileEntry, password: string): Promise<boolean> {
  try {
    await entry.getData(new WritableStream<Uint8Array>(), { password, checkPasswordOnly: true });
    return true;
  } catch (error) {
    if (isFault(error, ERR_INVALID_PASSWORD)) return false;
    throw error;
  }
}

async function takeEntry(entry: FileEntry, sink: PartSink, passwords: readonly string[]): Promise<FaultCode | undefined> {
  const head = { name: entry.filename };
  if (isLink(entry)) return "fileUnsafe";
  if (!entry.encrypted) return inflateOrTell(entry, head, sink);
  for (const password of passwords) {
    const isOpen = (await fits(entry, password)) && (await inflateOrTell(entry, head, sink, password)) === undefined;
    if (isOpen) return undefined;
  }
  return "fileEncrypted";
}

/**
 * Takes the files out of an archive. Folders and names of entries are never used as paths.
 *
 * @returns one fault for each entry that could not be taken out
 * @throws fileDamaged, fileTooLarge
 */
export async function readZip(path: string, sink: PartSink, passwords: readonly string[]): Promise<FaultCode[]> {
  const reader = new ZipReader(new BlobReader(await openAsBlob(path)));
  const faults: FaultCode[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      const fault = await takeEntry(entry, sink, passwords);
      if (fault !== undefined) faults.push(fault);
    }
  } catch (error) {
    throw toFault(error);
  } finally {
    await reader.close().catch(() => {});
  }
  return faults;
}
