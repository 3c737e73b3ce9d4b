import { IlmoError } from "../errors.ts";

/** The process worked, or hung, for too long without a sign. */
export const timedOut = (silenceMs: number): IlmoError =>
  new IlmoError(
    "parserTimeout",
    `Expected a sign of life within ${silenceMs / 1000} s of work on a file; none came. The file is probably damaged or made to hang.`,
  );

/** The process took more memory than it may. */
export const tooHungry = (memoryMb: number): IlmoError =>
  new IlmoError(
    "parserMemory",
    `Expected a file that can be read within ${memoryMb} MB of memory; this one needs more. Scan it again in a lower resolution.`,
  );

/** The process ended without an answer. */
export const crashed = (): IlmoError =>
  new IlmoError(
    "parserCrashed",
    "Expected an answer from the reading process; it ended without one. It is tried again in a fresh process.",
  );

/** The process answered something that is no answer. */
export const lied = (): IlmoError =>
  new IlmoError(
    "parserCrashed",
    "Expected a well-formed answer from the reading process; it sent something else. It is tried again in a fresh process.",
  );
