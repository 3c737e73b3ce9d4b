import { z } from "zod";
import { RosterPageReading } from "../model/attendance.ts";
import { RosterPageCode } from "../model/reading.ts";

/** Pages of signed rosters to read back, each with the print it is read against; paths that the reading process can open. */
export const RosterReadRequest = z.object({
  files: z.array(z.object({ fileIndex: z.int().nonnegative(), path: z.string() })),
  pages: z.array(
    z.object({
      fileIndex: z.int().nonnegative(),
      pageIndex: z.int().nonnegative(),
      code: RosterPageCode,
      /** The printed PDF. */
      printPath: z.string(),
      /** People on the whole roster. */
      participants: z.int().nonnegative(),
    }),
  ),
});
export type RosterReadRequest = z.infer<typeof RosterReadRequest>;

export const RosterReadReply = z.array(RosterPageReading);
export type RosterReadReply = z.infer<typeof RosterReadReply>;

/**
 * Reads signed rosters in a process that can be killed.
 *
 * @throws IlmoError file*, parser*
 */
export interface RosterReader {
  /** One reading a page of the request, in its order. */
  readonly read: (request: RosterReadRequest) => Promise<RosterPageReading[]>;
  readonly close: () => Promise<void>;
}
