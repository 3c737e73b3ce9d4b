import { readFile } from "node:fs/promises";
import { readMail } from "../adapters/message-mail.ts";
import { readOutlook } from "../adapters/message-outlook.ts";
import { readTnef } from "../adapters/message-tnef.ts";
import { readZip } from "../adapters/message-zip.ts";
import { PartSink } from "../adapters/part-sink.ts";
import { unlockPdf } from "../adapters/pdf-password.ts";
import { serveWorker } from "../adapters/worker-serve.ts";
import { IlmoError } from "../errors.ts";
import { type UnwrapReply, UnwrapRequest } from "../intake/unwrap/protocol.ts";

async function unlock(request: UnwrapRequest, sink: PartSink): Promise<UnwrapReply["faults"]> {
  const bytes = await unlockPdf(await readFile(request.path), request.passwords);
  if (bytes === null) return ["fileEncrypted"];
  await sink.put({ name: null, declaredType: "application/pdf" }, bytes);
  return [];
}

async function takeApart(request: UnwrapRequest, sink: PartSink): Promise<Omit<UnwrapReply, "parts">> {
  const { path, kind, passwords } = request;
  switch (kind) {
    case "mail":
      return readMail(path, sink);
    case "outlook":
      return readOutlook(await readFile(path), sink);
    case "tnef":
      return { faults: (await readTnef(await readFile(path), sink)) ? [] : ["fileDamaged"] };
    case "zip":
      return { faults: await readZip(path, sink, passwords) };
    case "lockedPdf":
      return { faults: await unlock(request, sink) };
  }
}

/** A reader that stumbles over a file says so in its own words; for us the file is damaged. */
function toFault(error: unknown): unknown {
  if (error instanceof IlmoError) return error;
  return new IlmoError(
    "fileDamaged",
    "Expected a container that can be taken apart; this one cannot. Ask the sender to send the form as PDF.",
    {
      context: { kind: error instanceof Error ? error.name : typeof error },
    },
  );
}

serveWorker(UnwrapRequest, async (request) => {
  const sink = new PartSink(request);
  const found = await takeApart(request, sink).catch((error: unknown) => {
    throw toFault(error);
  });
  return { ...found, parts: sink.parts };
});
