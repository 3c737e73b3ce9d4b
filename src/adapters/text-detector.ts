import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { GreyRaster } from "../model/page.ts";
import type { TextDetector } from "../read/attachment/ports.ts";
import { openOcrModel } from "./line-reader-model.ts";
import { findBoxes } from "./text-detector-boxes.ts";

/** Sides the model takes are multiples of this, pixels. */
const SIDE_STEP_PX = 32;
/** Mean and deviation of the pictures the model learnt from, by colour channel (ImageNet). */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
const WHITE = 255;

/**
 * Opens the PP-OCR detection model that comes with the project; about 10 MB, 100 MB more while it works.
 *
 * @throws toolMissing when the model cannot be loaded
 */
export async function openTextDetector(): Promise<TextDetector> {
  return createTextDetector(await openOcrModel("ch_PP-OCRv4_det_infer.onnx"));
}

/**
 * Returns a detector on a loaded PP-OCR detection model.
 *
 * The raster is taken as it is (reduce it first: 90 CPU ms at 960 x 672 px, 35 at 640 x 448); lines are in its pixels.
 */
export function createTextDetector(session: InferenceSession): TextDetector {
  const [inputName = ""] = session.inputNames;
  const [outputName = ""] = session.outputNames;
  return {
    async findLines(raster) {
      const { data, width, height } = toInput(raster);
      const output = await session.run({ [inputName]: new Tensor("float32", data, [1, 3, height, width]) });
      const tensor = output[outputName];
      if (tensor === undefined) return [];
      return findBoxes({ width, height, data: tensor.data as Float32Array });
    },
  };
}

function toInput(raster: GreyRaster): { data: Float32Array; width: number; height: number } {
  const width = Math.ceil(raster.widthPx / SIDE_STEP_PX) * SIDE_STEP_PX;
  const height = Math.ceil(raster.heightPx / SIDE_STEP_PX) * SIDE_STEP_PX;
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  for (const [channel, mean] of MEAN.entries()) {
    const deviation = DEVIATION[channel] ?? 1;
    const offset = channel * plane;
    data.fill((1 - mean) / deviation, offset, offset + plane);
    for (let y = 0; y < raster.heightPx; y++) {
      const from = y * raster.widthPx;
      const to = offset + y * width;
      for (let x = 0; x < raster.widthPx; x++) data[to + x] = ((raster.data[from + x] ?? WHITE) / WHITE - mean) / deviation;
    }
  }
  return { data, width, height };
}
