import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

type Pdfjs = typeof import("pdfjs-dist/legacy/build/pdf.mjs");

let loading: Promise<Pdfjs> | undefined;

/** Nothing is drawn with pdf.js here: without this it would load the package that it draws with, 60 MB with all fonts of the machine. */
function leaveOutCanvas(require: NodeJS.Require, pdfjsPath: string): void {
  const path = createRequire(pdfjsPath).resolve("@napi-rs/canvas");
  const exports = { DOMMatrix: Object, ImageData: Object, Path2D: Object };
  require.cache[path] ??= Object.assign(Object.create(null), { id: path, filename: path, loaded: true, exports, children: [], paths: [] });
}

async function load(): Promise<Pdfjs> {
  const require = createRequire(import.meta.url);
  const path = require.resolve("pdfjs-dist/legacy/build/pdf.mjs");
  leaveOutCanvas(require, path);
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  pdfjs.GlobalWorkerOptions.workerSrc = pathToFileURL(join(dirname(path), "pdf.worker.mjs")).href;
  return pdfjs;
}

/** Returns pdf.js, for reading texts and values; loaded when first needed (45 MB), once a process. */
export function loadPdfjs(): Promise<Pdfjs> {
  loading ??= load();
  return loading;
}
