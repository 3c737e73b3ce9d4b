import { readFile } from "node:fs/promises";
import { decodePages } from "../adapters/decode-pages.ts";
import { serveWorker } from "../adapters/worker-serve.ts";
import { InspectRequest } from "../pipeline/submission-reader-port.ts";

serveWorker(InspectRequest, async ({ path }, onProgress) => {
  let pages = 0;
  for await (const _page of decodePages({ fileIndex: 0, bytes: await readFile(path) })) {
    pages += 1;
    onProgress({ pagesDone: pages, stage: "pages" });
  }
  return { pages };
});
