import { z } from "zod";
import { SubmissionReading } from "../model/reading.ts";
import { Session } from "../model/session.ts";

/** What a reader needs to read one submission; files are paths that the reading process can open. */
export const ReadRequest = z.object({
  files: z.array(z.object({ fileIndex: z.int().nonnegative(), path: z.string() })),
  /** Folder with the stored form layouts. */
  home: z.string(),
  sessions: z.array(Session),
  /** Names of the units that send forms. */
  senderUnits: z.array(z.string()),
  receivedOn: z.iso.date(),
  environment: z.enum(["production", "test"]),
  /** Whether crops come with their pictures. */
  withPictures: z.boolean(),
  /** Least confidence by field or content from which a reading needs no look; the defaults elsewhere. */
  acceptFrom: z.record(z.string(), z.number()).optional(),
});
export type ReadRequest = z.infer<typeof ReadRequest>;

/** Told after each page. */
export const ReadProgress = z.object({ pagesDone: z.int(), stage: z.literal("pages") });
export type ReadProgress = z.infer<typeof ReadProgress>;

export const ReadReply = SubmissionReading;
export type ReadReply = SubmissionReading;

/**
 * Reads submissions in processes that can be killed.
 *
 * @throws IlmoError file*, parser*
 */
export interface SubmissionReader {
  readonly read: (request: ReadRequest, onProgress: (progress: ReadProgress) => void) => Promise<SubmissionReading>;
  readonly close: () => Promise<void>;
}

/** A file to look through: every page is decoded once, so that a damaged one is known before its original is moved. */
export const InspectRequest = z.object({ path: z.string() });
export type InspectRequest = z.infer<typeof InspectRequest>;
export const InspectReply = z.object({ pages: z.int().nonnegative() });
export type InspectReply = z.infer<typeof InspectReply>;
