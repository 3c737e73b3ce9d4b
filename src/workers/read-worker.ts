import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { decodePages } from "../adapters/decode-pages.ts";
import { encodePicture } from "../adapters/encode-picture.ts";
import { loadTemplates, stampOfLayouts } from "../adapters/layout-store.ts";
import { openReadingEngines, type ReadingEngines } from "../adapters/reading-engines.ts";
import { readRosterCode } from "../adapters/roster-code.ts";
import { serveWorker } from "../adapters/worker-serve.ts";
import type { FormTemplate } from "../model/form-layout.ts";
import type { DecodedPage } from "../model/page.ts";
import type { SubmissionReading } from "../model/reading.ts";
import type { IsoDate } from "../model/time.ts";
import { readSubmission } from "../pipeline/read-submission.ts";
import { ReadRequest } from "../pipeline/submission-reader-port.ts";
import { type PreparedTemplate, prepareTemplate } from "../read/align/prepare-template.ts";

/** Layouts as they were when last loaded, with the home they came from and what it looked like then. */
interface Layouts {
  readonly home: string;
  readonly stamp: string;
  readonly templates: readonly FormTemplate[];
  readonly prepared: readonly PreparedTemplate[];
}

let engines: Promise<ReadingEngines> | undefined;
let layouts: Layouts | undefined;

/** A form that is added while the service runs is known from the next submission on. */
async function layoutsOf(home: string): Promise<Layouts> {
  const stamp = await stampOfLayouts(home);
  if (layouts?.home === home && layouts.stamp === stamp) return layouts;
  const prepared = (await loadTemplates(home)).map(prepareTemplate);
  layouts = { home, stamp, templates: prepared.map(({ template }) => template), prepared };
  return layouts;
}

async function* pagesOf(files: ReadRequest["files"]): AsyncGenerator<DecodedPage> {
  for (const { fileIndex, path } of files) {
    yield* decodePages({ fileIndex, bytes: await readFile(path) });
    await pause(0);
  }
}

async function read(request: ReadRequest, onProgress: (progress: unknown) => void): Promise<SubmissionReading> {
  engines ??= openReadingEngines();
  const { text, attachments } = await engines;
  onProgress({ pagesDone: 0, stage: "pages" });
  const { templates, prepared } = await layoutsOf(request.home);
  return readSubmission(pagesOf(request.files), {
    engines: text,
    attachments,
    templates,
    prepared,
    receivedOn: request.receivedOn as IsoDate,
    context: { formLanguage: null, environment: request.environment, sessions: request.sessions, senderUnits: request.senderUnits },
    readRosterCode,
    ...(request.acceptFrom === undefined ? {} : { acceptFrom: request.acceptFrom }),
    onPage: (pagesDone) => {
      globalThis.gc?.(); // pictures live outside the heap: without this they pile up until the process is too large
      onProgress({ pagesDone, stage: "pages" });
    },
    ...(request.withPictures ? { picture: encodePicture } : {}),
  });
}

serveWorker(ReadRequest, read);
