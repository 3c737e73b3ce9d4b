import { readFile } from "node:fs/promises";
import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";
import { IlmoError } from "../errors.ts";

let prepared: Promise<unknown> | undefined;

async function prepare(): Promise<unknown> {
  const wasmBinary = new Uint8Array(await readFile(new URL(import.meta.resolve("zxing-wasm/writer/zxing_writer.wasm")))).buffer;
  // The package would otherwise fetch its engine from the network.
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** Returns a text as a QR code, an SVG picture with its quiet zone, named for screen readers. Touches only memory. */
export async function writeQr(text: string): Promise<string> {
  prepared ??= prepare();
  await prepared;
  const { svg, error } = await writeBarcode(text, { format: "QRCode", options: "ecLevel=M", addQuietZones: true, scale: 1 });
  const start = svg.indexOf("<svg");
  if (error !== "" || start < 0) throw new IlmoError("unexpected", "Expected a QR code of a short code.");
  // The engine states a size in pixels; the style sheet needs a picture that scales.
  const scalable = svg.slice(start).replace(/width="(\d+)" height="(\d+)"/u, 'viewBox="0 0 $1 $2" shape-rendering="crispEdges"');
  return scalable.replace(/<desc>.*?<\/desc>/u, "").replace("<svg", `<svg role="img" aria-label="QR ${text.replace(/[^\w ./-]/gu, "")}"`);
}
