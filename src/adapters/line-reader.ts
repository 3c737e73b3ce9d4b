import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { GreyRaster } from "../model/page.ts";
import { cutLine, lineOf } from "../read/attachment/cut-line.ts";
import type { LineReader, LineReading, ReadCharacter } from "../read/attachment/ports.ts";
import { openOcrModel, readOcrDictionary } from "./line-reader-model.ts";

/** Height of the pictures the model learnt from, pixels. */
const HEIGHT_PX = 48;
/** Narrowest and widest crop given to the model, pixels: a longer line is squeezed. */
const MIN_WIDTH_PX = 48;
const MAX_WIDTH_PX = 2_000;
/** Characters that the model confuses with a document's filler. */
const FILLER_LOOKALIKES = "〈《＜≤";

/**
 * Opens the PP-OCR recognition model that comes with the project; about 60 MB.
 *
 * @throws toolMissing when the model cannot be loaded
 */
export async function openLineReader(): Promise<LineReader> {
  return createLineReader(await openOcrModel("ch_PP-OCRv4_rec_infer.onnx", { keepsMemory: true }), readOcrDictionary());
}

/**
 * Returns a reader on a loaded PP-OCR recognition model.
 *
 * @param dictionary the model's characters, one each, in the order of its classes (class 0 is "nothing", the last is the space)
 */
export function createLineReader(session: InferenceSession, dictionary: readonly string[]): LineReader {
  const [inputName = ""] = session.inputNames;
  const [outputName = ""] = session.outputNames;
  const characters = ["", ...dictionary, " "];
  const classesByAlphabet = new Map<string, readonly number[][]>();
  return {
    async readLine(crop, alphabet) {
      const { data, width } = toInput(crop);
      const output = await session.run({ [inputName]: new Tensor("float32", data, [1, 3, HEIGHT_PX, width]) });
      const tensor = output[outputName];
      const [, steps = 0, classes = 0] = tensor?.dims ?? [];
      if (tensor === undefined || steps === 0) return { text: "", confidence: 0, characters: [] };
      const scores: Scores = { data: tensor.data as Float32Array, steps, classes };
      if (alphabet === undefined) return toReading(decodeFreely(scores, characters));
      const groups = classesByAlphabet.get(alphabet) ?? classesOf(alphabet, characters);
      classesByAlphabet.set(alphabet, groups);
      const sums = sumWithin(scores, groups);
      return { ...toReading(decodeWithin(scores, alphabet, sums)), steps: { stepCount: steps, data: sums } };
    },
  };
}

interface Scores {
  readonly data: Float32Array;
  readonly steps: number;
  readonly classes: number;
}

function toInput(crop: GreyRaster): { data: Float32Array; width: number } {
  const wanted = Math.round((crop.widthPx * HEIGHT_PX) / crop.heightPx);
  const width = Math.min(MAX_WIDTH_PX, Math.max(MIN_WIDTH_PX, wanted));
  const isRightSize = crop.heightPx === HEIGHT_PX && crop.widthPx === width;
  const scaled = isRightSize ? crop : cutLine(crop, lineOf(crop), { heightPx: HEIGHT_PX, widthPx: width });
  const plane = HEIGHT_PX * width;
  const data = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    const value = (scaled.data[i] ?? 255) / 127.5 - 1;
    data[i] = value;
    data[i + plane] = value;
    data[i + 2 * plane] = value;
  }
  return { data, width };
}

/** Greedy decoding: at each step the likeliest class; repeats and "nothing" fall away. */
function decodeFreely({ data, steps, classes }: Scores, characters: readonly string[]): ReadCharacter[] {
  const read: Mutable<ReadCharacter>[] = [];
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    const best = likeliest(data, step * classes, classes);
    const confidence = data[step * classes + best] ?? 0;
    const last = read.at(-1);
    if (best !== 0 && best !== previous) {
      read.push({ character: characters[best] ?? "", confidence, position: (step + 0.5) / steps });
    } else if (best !== 0 && last !== undefined && confidence > last.confidence) {
      last.confidence = confidence;
    }
    previous = best;
  }
  return read;
}

function likeliest(data: Float32Array, offset: number, classes: number): number {
  let best = 0;
  let most = -1;
  for (let index = 0; index < classes; index++) {
    const value = data[offset + index] ?? 0;
    if (value > most) {
      most = value;
      best = index;
    }
  }
  return best;
}

/** Returns for each character of the alphabet the classes that count as it: its own, its small letter, its look-alikes. */
function classesOf(alphabet: string, characters: readonly string[]): number[][] {
  const indexOf = new Map(characters.map((character, index) => [character, index]));
  return [...alphabet].map((wanted) => {
    const accepted = [wanted, wanted.toLowerCase(), ...(wanted === "<" ? FILLER_LOOKALIKES : "")];
    return [...new Set(accepted)].flatMap((character) => indexOf.get(character) ?? []);
  });
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Returns for each step the probability of each character of the alphabet. */
function sumWithin({ data, steps, classes }: Scores, groups: readonly number[][]): Float32Array {
  const sums = new Float32Array(steps * groups.length);
  for (let step = 0; step < steps; step++) {
    for (const [index, group] of groups.entries()) {
      for (const place of group)
        sums[step * groups.length + index] = (sums[step * groups.length + index] ?? 0) + (data[step * classes + place] ?? 0);
    }
  }
  return sums;
}

/** Greedy decoding with only the classes of one alphabet and "nothing". */
function decodeWithin({ data, steps, classes }: Scores, alphabet: string, sums: Float32Array): ReadCharacter[] {
  const read: ReadCharacter[] = [];
  let previous = -1;
  for (let step = 0; step < steps; step++) {
    const best = likeliest(sums, step * alphabet.length, alphabet.length);
    const confidence = sums[step * alphabet.length + best] ?? 0;
    const isNothing = (data[step * classes] ?? 0) >= confidence;
    const last = read.at(-1);
    const seen = { character: alphabet[best] ?? "", confidence, position: (step + 0.5) / steps };
    if (!isNothing && best !== previous) read.push(seen);
    else if (!isNothing && last !== undefined && confidence > last.confidence) read[read.length - 1] = seen;
    previous = isNothing ? -1 : best;
  }
  return read;
}

function toReading(characters: readonly ReadCharacter[]): LineReading {
  const text = characters.map(({ character }) => character).join("");
  let sum = 0;
  for (const { confidence } of characters) sum += confidence;
  return { text, confidence: characters.length === 0 ? 0 : sum / characters.length, characters };
}
