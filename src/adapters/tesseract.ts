import { access, mkdtemp, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createWorker, OEM, PSM, type Worker } from "tesseract.js";
import { IlmoError } from "../errors.ts";
import type { GreyRaster } from "../model/page.ts";
import type { LetterSet, RecognisedLine, TextProfile, TextRecogniser } from "../read/text/ports.ts";

/** Tesseract's language data for each letter set: `swe` has å ä ö but no `@`, `fin` has no å, `eng` has `@` and `_`. */
const LANGUAGES: Readonly<Record<LetterSet, string>> = { names: "swe", text: "swe", codes: "eng", cyrillic: "rus" };

/** Where the set-up puts data that no npm package carries (`scripts/debian-cyrillic.sh`). */
const FETCHED_FOLDER = fileURLToPath(new URL("../../.cache/tessdata", import.meta.url));
const FETCHED = new Set(["rus"]);

const DATA_FOLDER = "4.0.0_best_int";

export interface TesseractOptions {
  /** Folder with `<language>.traineddata.gz`; default: the npm packages `@tesseract.js-data/*`. */
  readonly dataPath?: string;
  /** Languages by letter set, for trials. */
  readonly languages?: Partial<Readonly<Record<LetterSet, string>>>;
}

/**
 * Returns the tesseract reader; its workers (one a language, each a thread with its own WebAssembly memory) start when first
 * needed and stay warm until `close`.
 *
 * Never touches the network: language data come from the installed packages, for Cyrillic letters from the set-up.
 */
export function openTesseract(options: TesseractOptions = {}): TextRecogniser {
  return new TesseractRecogniser({ ...LANGUAGES, ...options.languages }, options.dataPath);
}

/** Tells whether the set-up could fetch the data for Cyrillic letters. */
export async function hasCyrillicData(folder: string = FETCHED_FOLDER): Promise<boolean> {
  return access(join(folder, dataFile(LANGUAGES.cyrillic))).then(
    () => true,
    () => false,
  );
}

class TesseractRecogniser implements TextRecogniser {
  private readonly languages: Readonly<Record<LetterSet, string>>;
  private readonly dataPath: string | undefined;
  private readonly workers = new Map<string, Promise<Worker>>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly temporaryFolders: string[] = [];

  constructor(languages: Readonly<Record<LetterSet, string>>, dataPath: string | undefined) {
    this.languages = languages;
    this.dataPath = dataPath;
  }

  recognise(lines: readonly GreyRaster[], profile: TextProfile): Promise<readonly RecognisedLine[]> {
    const language = this.languages[profile.letters];
    const run = (this.queues.get(language) ?? Promise.resolve()).then(() => this.read(lines, language, profile));
    this.queues.set(
      language,
      run.catch(() => undefined),
    );
    return run;
  }

  async close(): Promise<void> {
    await Promise.all(this.queues.values());
    const workers = await Promise.allSettled(this.workers.values());
    await Promise.all(workers.flatMap((worker) => (worker.status === "fulfilled" ? [worker.value.terminate()] : [])));
    await Promise.all(this.temporaryFolders.map((folder) => rm(folder, { recursive: true, force: true })));
    this.workers.clear();
  }

  /** One job at a time on a worker: parameters belong to the worker, not to the job. */
  private async read(lines: readonly GreyRaster[], language: string, profile: TextProfile): Promise<RecognisedLine[]> {
    const worker = await this.workerFor(language);
    await worker.setParameters({ tessedit_char_whitelist: profile.whitelist ?? "" });
    const results: RecognisedLine[] = [];
    for (const line of lines) results.push(await readLine(worker, line));
    return results;
  }

  private workerFor(language: string): Promise<Worker> {
    const known = this.workers.get(language);
    if (known !== undefined) return known;
    const started = this.start(language);
    this.workers.set(language, started);
    return started;
  }

  private async start(languages: string): Promise<Worker> {
    try {
      const langPath = this.dataPath ?? (await this.packagedData(languages));
      // Without its data createWorker never settles: look first, and listen to what it only reports.
      await Promise.all(languages.split("+").map((language) => access(join(langPath, dataFile(language)))));
      const worker = await startWorker(languages, langPath);
      // Ink on a form is dark: doubtful lines are not tried light on dark as well (a twentieth of the time).
      await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_LINE, tessedit_do_invert: "0" });
      return worker;
    } catch (error) {
      throw new IlmoError("toolMissing", "Expected tesseract's language data. Run npm ci again or set its folder.", {
        cause: error,
        context: { languages },
      });
    }
  }

  /** tesseract.js takes one folder: several languages are linked together in a temporary one. */
  private async packagedData(languages: string): Promise<string> {
    const [first = "", ...others] = languages.split("+");
    if (others.length === 0) return packagedFolder(first);
    const folder = await mkdtemp(join(tmpdir(), "ilmo-tessdata-"));
    this.temporaryFolders.push(folder);
    for (const language of [first, ...others]) {
      const file = dataFile(language);
      await symlink(join(packagedFolder(language), file), join(folder, file));
    }
    return folder;
  }
}

function packagedFolder(language: string): string {
  if (FETCHED.has(language)) return FETCHED_FOLDER;
  return join(dirname(createRequire(import.meta.url).resolve(`@tesseract.js-data/${language}/package.json`)), DATA_FOLDER);
}

function dataFile(language: string): string {
  return `${language}.traineddata.gz`;
}

function startWorker(languages: string, langPath: string): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const options = { langPath, cacheMethod: "none", gzip: true, errorHandler: (error: unknown) => reject(error) };
    createWorker(languages, OEM.LSTM_ONLY, options).then(resolve, reject);
  });
}

/** Ink is darker than this; a picture without any makes the engine print statistics instead of an answer. */
const INK_BELOW = 160;

async function readLine(worker: Worker, line: GreyRaster): Promise<RecognisedLine> {
  if (!line.data.some((value) => value < INK_BELOW)) return { text: "", confidence: 0 };
  const { data } = await worker.recognize(toPgm(line), { user_defined_dpi: String(Math.round(line.dpi)) } as never, {
    text: false,
    blocks: true,
  });
  const words = (data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines.flatMap((found) => found.words)));
  const text = words.map((word) => word.text).join(" ");
  const confidence = words.length === 0 ? 0 : Math.min(...words.map((word) => word.confidence)) / 100;
  return { text, confidence, words: words.map((word) => ({ text: word.text, confidence: word.confidence / 100 })) };
}

/** Binary PGM: 4x faster to decode inside WebAssembly than BMP, and 150 MB less. */
export function toPgm(raster: GreyRaster): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${raster.widthPx} ${raster.heightPx}\n255\n`, "latin1"), raster.data]);
}
