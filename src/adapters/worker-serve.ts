import { z } from "zod";
import { IlmoError } from "../errors.ts";
import { endWithParent } from "./worker-child-orphan.ts";

const Envelope = z.object({ kind: z.literal("request"), value: z.unknown() });

/** Sends and waits until the parent has it, so that the last word is not lost in an exit. */
function send(message: object): Promise<void> {
  return new Promise((done) => {
    if (process.send === undefined || !process.connected) process.exit(0);
    process.send(message, undefined, {}, () => done());
  });
}

function toFault(error: unknown): object {
  if (error instanceof IlmoError) return { kind: "fault", code: error.code, message: error.message, context: error.context };
  const message = "Expected the file to be read; an unexpected fault came instead. It is tried again.";
  return { kind: "fault", code: "unexpected", message, context: { kind: error instanceof Error ? error.name : typeof error } };
}

/**
 * Turns this process into a worker of a pool: one job at a time, until the parent lets go.
 *
 * Foreign errors leave as a code only: their texts may quote a path or a file.
 */
export function serveWorker<Request>(
  request: z.ZodType<Request>,
  work: (request: Request, onProgress: (progress: unknown) => void) => Promise<unknown>,
): void {
  endWithParent();
  process.on("disconnect", () => process.exit(0));
  process.on("message", (raw: unknown) => {
    void (async () => {
      try {
        const { value } = Envelope.parse(raw);
        const reply = await work(request.parse(value), (progress) => void send({ kind: "progress", value: progress }));
        await send({ kind: "reply", value: reply });
      } catch (error) {
        await send(toFault(error));
      }
    })();
  });
}
