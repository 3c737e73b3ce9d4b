import type { FaultCode } from "../errors.ts";

/**
 * What becomes of a file of a submission: its pages are read; it was taken apart and its parts are read; it is decoration or
 * a machine's part of a mail; or it could not be read although it may matter.
 */
export type FileUse = "read" | "container" | "ignored" | "unreadable";

/** Where a file of a submission came from, when it is not an original that is read as it is. */
export interface FilePart {
  /** Position of the original that it lay in; null for an original. */
  readonly parentIndex: number | null;
  readonly use: FileUse;
  /** Why it could not be read. */
  readonly faultCode: FaultCode | null;
}

interface FileWithPart {
  readonly fileIndex: number;
  readonly part?: FilePart;
}

/** Returns the files whose pages are read, in the order they came: the parts of a container stand in its place. Pure. */
export function filesToRead<File extends FileWithPart>(files: readonly File[]): File[] {
  const placeOf = ({ fileIndex, part }: File): number => part?.parentIndex ?? fileIndex;
  return files
    .filter(({ part }) => part === undefined || part.use === "read")
    .toSorted((a, b) => placeOf(a) - placeOf(b) || a.fileIndex - b.fileIndex);
}

/** Returns how many attachments of a submission could not be read. Pure. */
export function countUnreadable(files: readonly FileWithPart[]): number {
  return files.filter(({ part }) => part?.use === "unreadable").length;
}
