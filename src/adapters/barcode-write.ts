import { readFile } from "node:fs/promises";
import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";
import { IlmoError } from "../errors.ts";

/** A square code: `isDark[row][column]`, without its quiet zone. */
export type CodeModules = readonly (readonly boolean[])[];

let prepared: Promise<unknown> | undefined;

async function prepare(): Promise<unknown> {
  const wasmBinary = new Uint8Array(await readFile(new URL(import.meta.resolve("zxing-wasm/writer/zxing_writer.wasm")))).buffer;
  // The package would otherwise fetch its engine from the network.
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/**
 * Returns the modules of a DataMatrix code for a short text.
 *
 * @throws unexpected when the engine cannot encode the text
 */
export async function writeDataMatrix(text: string): Promise<CodeModules> {
  prepared ??= prepare();
  await prepared;
  const { symbol, error } = await writeBarcode(text, { format: "DataMatrix", options: "forceSquare", scale: 1, addQuietZones: false });
  if (error !== "") throw new IlmoError("unexpected", "Expected a text that fits into a DataMatrix code.");
  return Array.from({ length: symbol.height }, (_, y) =>
    Array.from({ length: symbol.width }, (__, x) => (symbol.data[y * symbol.width + x] ?? 255) < 128),
  );
}
