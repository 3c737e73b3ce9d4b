import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { z } from "zod";
import { openReadingEngines } from "../../src/adapters/reading-engines.ts";
import type { GreyRaster } from "../../src/model/page.ts";
import type { MrzReading } from "../../src/model/reading.ts";
import { localDay } from "../../src/model/time.ts";
import { classifyAttachment } from "../../src/read/attachment/classify-attachment.ts";
import { MRZ_FORMATS, type MrzField, textOf } from "../../src/read/mrz/mrz-format.ts";
import { DAMAGES } from "./damage.ts";

/** `truth.json` of a folder of specimens: the printed lines of each picture, null when it bears no zone. */
const Truth = z.record(z.string(), z.object({ lines: z.array(z.string()).nullable() }));

interface Counts {
  pictures: number;
  /** Every character of every line right. */
  exact: number;
  /** Every field of the zone used without a look. */
  accepted: number;
  /** Fields used without a look. */
  fields: number;
  /** Of these, fields that are wrong. */
  silent: number;
  silentFields: string[];
}

const FIELD_COUNT = 7;

async function openPicture(bytes: Buffer): Promise<GreyRaster> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: "white" })
    .greyscale()
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, data: new Uint8Array(data), dpi: 200 };
}

/** Lists the fields that were accepted with another text than the printed one. */
function findSilent(mrz: MrzReading, printed: readonly string[]): MrzField[] {
  const format = MRZ_FORMATS.find(({ name }) => name === mrz.format);
  if (format === undefined) return [];
  return mrz.accepted.filter((field: MrzField) => {
    const place = format.fields[field];
    return place !== null && textOf(mrz.lines, place) !== textOf(printed, place);
  });
}

function tally(counts: Counts, mrz: MrzReading | undefined, printed: readonly string[]): void {
  counts.pictures += 1;
  if (mrz === undefined) return;
  if (mrz.lines.join("\n") === printed.join("\n")) counts.exact += 1;
  if (mrz.accepted.length === FIELD_COUNT) counts.accepted += 1;
  counts.fields += mrz.accepted.length;
  const silent = findSilent(mrz, printed);
  counts.silent += silent.length;
  if (silent.length > 0) counts.silentFields.push(silent.join(" "));
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Expected a folder with pictures of cards and a truth.json: npm run bench:mrz -- <folder>");
  process.exit(2);
}
const truth = Truth.parse(JSON.parse(readFileSync(join(folder, "truth.json"), "utf8")));
const engines = await openReadingEngines();
const table: Record<string, Counts> = {};
for (const { name, apply } of DAMAGES) {
  const counts: Counts = { pictures: 0, exact: 0, accepted: 0, fields: 0, silent: 0, silentFields: [] };
  for (const [file, { lines }] of Object.entries(truth)) {
    const picture = await openPicture(await apply(readFileSync(join(folder, file))));
    const { mrz } = await classifyAttachment(picture, engines.attachments, localDay(new Date()));
    tally(counts, mrz, lines ?? []);
    process.stderr.write(`\r\u001B[K${name}: ${counts.pictures} of ${Object.keys(truth).length}`);
  }
  table[name] = counts;
}
process.stderr.write("\r\u001B[K");
console.table(table);
const out = resolve(import.meta.dirname, "../../.cache/bench/mrz.json");
mkdirSync(resolve(out, ".."), { recursive: true });
writeFileSync(out, `${JSON.stringify(table, null, 2)}\n`);
const silent = Object.values(table).reduce((sum, counts) => sum + counts.silent, 0);
console.log(`${silent} fields used without a look and wrong. Written to .cache/bench/mrz.json`);
process.exit(silent === 0 ? 0 : 1);
