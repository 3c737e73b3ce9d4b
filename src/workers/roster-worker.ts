import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { decodePages } from "../adapters/decode-pages.ts";
import { encodePicture } from "../adapters/encode-picture.ts";
import { mapPdfPages } from "../adapters/form-pdf-engine.ts";
import { serveWorker } from "../adapters/worker-serve.ts";
import { IlmoError } from "../errors.ts";
import type { GreyRaster } from "../model/page.ts";
import { readRosterPages } from "../pipeline/read-rosters.ts";
import { RosterReadRequest } from "../pipeline/roster-reader-port.ts";

/** The blank's resolution, that of every aligned page. */
const BLANK_DPI = 200;

async function drawPrint(path: string, pageNumber: number): Promise<GreyRaster> {
  const bytes = new Uint8Array(await readFile(path));
  const pages = await mapPdfPages(bytes, (page) => (page.pageNumber === pageNumber ? page.renderGrey(BLANK_DPI) : null));
  const blank = pages?.[pageNumber - 1];
  if (blank === undefined || blank === null)
    throw new IlmoError("storageUnavailable", "Expected the printed roster as it was stored; it cannot be drawn. Check the blob store.");
  return blank;
}

serveWorker(RosterReadRequest, async (request, onProgress) => {
  let pagesDone = 0;
  return readRosterPages(request.pages, {
    pagesOf: async function* (fileIndex) {
      const file = request.files.find((item) => item.fileIndex === fileIndex);
      if (file !== undefined) yield* decodePages({ fileIndex, bytes: await readFile(file.path) });
    },
    drawPrint,
    picture: encodePicture,
    onPage: async () => {
      globalThis.gc?.(); // as in the reading of forms: pictures live outside the heap
      pagesDone += 1;
      onProgress({ pagesDone, stage: "pages" });
      await pause(0);
    },
  });
});
