import type { AttachmentEngines } from "../read/attachment/ports.ts";
import type { TextEngines } from "../read/text/ports.ts";
import { createLineReader } from "./line-reader.ts";
import { openOcrModel, readOcrDictionary } from "./line-reader-model.ts";
import { openPpOcr } from "./pp-ocr.ts";
import { hasCyrillicData, openTesseract } from "./tesseract.ts";
import { createTextDetector } from "./text-detector.ts";

/** The recognisers of one reading process, kept warm. */
export interface ReadingEngines {
  readonly text: TextEngines;
  readonly attachments: AttachmentEngines;
}

/** Opens the recognisers; text and attachments share one recognition model. @throws toolMissing when a packaged model is not there */
export async function openReadingEngines(): Promise<ReadingEngines> {
  const recognition = await openOcrModel("ch_PP-OCRv4_rec_infer.onnx", { keepsMemory: true });
  const detection = await openOcrModel("ch_PP-OCRv4_det_infer.onnx");
  const words = openTesseract();
  const cyrillic = (await hasCyrillicData()) ? { cyrillic: words } : {};
  return {
    text: { words, shapes: await openPpOcr({ session: recognition }), ...cyrillic },
    attachments: { detector: createTextDetector(detection), reader: createLineReader(recognition, readOcrDictionary()) },
  };
}
