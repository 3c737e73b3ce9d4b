import { IlmoError } from "../errors.ts";

/** What the system says when the disk or its mount, not the file, is at fault. */
const STORAGE_CODES = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS", "ENOTDIR", "EACCES", "EPERM", "EMFILE", "ENFILE"]);

/**
 * Returns the fault that a system error of reading or writing a file stands for: storageUnavailable when the disk is full, read-only or
 * not ours, else unexpected. Pure. The system's own message quotes the path, so only its code is kept.
 */
export function toFileFault(error: unknown, message: string): IlmoError {
  if (error instanceof IlmoError) return error;
  const systemCode = (error as NodeJS.ErrnoException).code ?? null;
  const isStorage = systemCode !== null && STORAGE_CODES.has(systemCode);
  return new IlmoError(isStorage ? "storageUnavailable" : "unexpected", message, { context: { systemCode } });
}
