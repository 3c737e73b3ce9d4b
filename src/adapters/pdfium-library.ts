import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init, type WrappedPdfiumModule } from "@embedpdf/pdfium";

export type Pdfium = WrappedPdfiumModule;

/** The part of the WebAssembly interface that is used; it is described in the browser's types only. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => WasmInstance;
  readonly Memory: abstract new (...parameters: never[]) => WasmMemory;
  readonly RuntimeError: abstract new (...parameters: never[]) => Error;
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

const WASM_PAGE_BYTES = 65_536;

/**
 * Most memory the engine may take. A 600 dpi A3 picture in colour needs about 210 MB; damaged files were
 * seen to ask for 2.4 GB. Growth beyond the limit fails inside the engine, well before the process is killed.
 */
const MAX_ENGINE_BYTES = 384 * 1024 * 1024;

/** A fresh engine takes 16 MB, a page of 300 dpi that it draws 50 MB. */
const RESTING_ENGINE_BYTES = 32 * 1024 * 1024;

let loading: Promise<Pdfium> | undefined;

function limitGrowth(memory: WasmMemory): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages: number): number => {
    if (memory.buffer.byteLength + pages * WASM_PAGE_BYTES > MAX_ENGINE_BYTES) throw new RangeError("engine memory limit");
    return grow(pages);
  };
}

function instantiate(imports: object, done: (instance: WasmInstance) => void): WasmInstance["exports"] {
  const bytes = readFileSync(createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm"));
  const instance = new wasm.Instance(new wasm.Module(bytes), imports);
  for (const value of Object.values(instance.exports)) if (value instanceof wasm.Memory) limitGrowth(value);
  done(instance);
  return instance.exports;
}

async function load(): Promise<Pdfium> {
  const pdfium = await init({ instantiateWasm: instantiate } as unknown as Parameters<typeof init>[0]);
  pdfium.PDFiumExt_Init();
  return pdfium;
}

/** Returns the PDF engine, loaded once per process (about 20 ms). */
export function loadPdfium(): Promise<Pdfium> {
  loading ??= load();
  return loading;
}

/** Forgets the engine after it stopped on a fault: its memory can no longer be trusted. */
export function dropPdfium(): void {
  loading = undefined;
}

/**
 * Forgets an engine that a large document has grown: its memory never shrinks by itself.
 *
 * A document that is still open keeps the engine it was opened with.
 */
export function dropLargePdfium(pdfium: Pdfium): void {
  if (heapOf(pdfium).length > RESTING_ENGINE_BYTES) dropPdfium();
}

/** True for a stop inside the engine, or for a refused growth of its memory. */
export function isEngineStop(error: unknown): boolean {
  return error instanceof wasm.RuntimeError || error instanceof RangeError;
}

/** Runs `use` with a zeroed piece of the engine's memory and frees it afterwards. */
export function withScratch<T>(pdfium: Pdfium, sizeBytes: number, use: (pointer: number) => T): T {
  const pointer = pdfium.pdfium.wasmExports.malloc(sizeBytes);
  if (pointer === 0) throw new RangeError("engine memory limit");
  try {
    heapOf(pdfium).fill(0, pointer, pointer + sizeBytes);
    return use(pointer);
  } finally {
    pdfium.pdfium.wasmExports.free(pointer);
  }
}

/** Returns the engine's memory as it is now; growth replaces it, so never keep it. */
export function heapOf(pdfium: Pdfium): Uint8Array {
  return (pdfium.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8;
}

/** Reads `count` values of four bytes from the engine's memory. */
export function readNumbers(pdfium: Pdfium, pointer: number, count: number, type: "float" | "i32"): number[] {
  return Array.from({ length: count }, (_, index) => pdfium.pdfium.getValue(pointer + index * 4, type));
}
