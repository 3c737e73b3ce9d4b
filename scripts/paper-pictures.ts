import { mkdtempSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  countDifferentSquares,
  encodePicture,
  GOLDEN_FOLDER,
  loadPicture,
  pictureFile,
  renderPictures,
} from "../fixtures/golden-pictures.ts";
import { SAMPLE_OFFICE, SAMPLE_PAPERS } from "../fixtures/paper-samples.ts";
import { readInOrder } from "../fixtures/reading-order.ts";
import { createDocumentPrinter } from "../src/adapters/document-printer.ts";

/**
 * Makes the pictures and reading-order texts of the sample papers again and says what changed:
 * `sh scripts/with-setup.sh node scripts/paper-pictures.ts`. Look at every picture that changed before it is committed.
 */

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Writes a text and says whether it is another one. */
async function writeText(file: URL, text: string): Promise<string> {
  const before = await readFile(file, "utf8").catch(() => null);
  await writeFile(file, text);
  if (before === null) return "new text";
  return before === text ? "text unchanged" : "TEXT CHANGED";
}

async function writePictures(name: string, bytes: Uint8Array): Promise<string> {
  const pictures = await renderPictures(bytes);
  const changes: string[] = [];
  for (const [index, picture] of pictures.entries()) {
    const file = pictureFile(name, index, pictures.length);
    const before = await loadPicture(file);
    const different = before === null ? null : countDifferentSquares(before, picture);
    // An unchanged picture keeps its bytes, so that the repository does not grow.
    if (different !== 0) await writeFile(file, await encodePicture(picture));
    changes.push(different === null ? "new picture" : different === 0 ? "picture unchanged" : `PICTURE CHANGED in ${different} squares`);
  }
  return changes.join(", ");
}

const home = mkdtempSync(join(tmpdir(), "ilmo-pictures-"));
const printer = createDocumentPrinter({ home, office: SAMPLE_OFFICE }, { isBundled: true });
try {
  await mkdir(GOLDEN_FOLDER, { recursive: true });
  for (const { name, print } of SAMPLE_PAPERS) {
    const { bytes } = await print(printer);
    const text = await writeText(new URL(`${name}.txt`, GOLDEN_FOLDER), await readInOrder(bytes));
    say(`${name}: ${await writePictures(name, bytes)}; ${text}`);
  }
} finally {
  await printer.close();
  await rm(home, { recursive: true, force: true });
}
