import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fuzzParser } from "../../fixtures/hostile/fuzz.ts";
import { makeFuzzSeeds } from "../../fixtures/hostile/fuzz-seeds.ts";
import { mutate } from "../../fixtures/hostile/mutate.ts";
import { hashFile } from "../../src/adapters/file-hash.ts";
import { startTestOpener, type TestOpener } from "./opener-samples.ts";

/** Damaged copies of each file; the long run is `npm run bench:fuzz`. */
const COPIES = 60;
const SEED = 20_261;
const MAX_MS = 20_000;

describe("createFileOpener with damaged files", () => {
  let box: TestOpener;
  let seeds: Record<string, Uint8Array>;
  beforeAll(async () => {
    seeds = await makeFuzzSeeds();
    box = startTestOpener({ intake: { containerTimeoutMs: 1_000 } });
  });
  afterAll(() => box.close());

  it.each(["eml", "msg", "tnef", "zip", "pdf", "jpeg", "png", "tiff", "heic", "meta.json"])(
    "reads, opens or puts aside every damaged %s and never changes it",
    async (kind) => {
      const copies = mutate(seeds[kind] ?? new Uint8Array(), COPIES, SEED);
      const path = join(box.folder, "copy");
      const count = await fuzzParser(kind, copies, { inspect: (copy) => box.opener.inspect(copy, hashFile), path, maxMs: MAX_MS });
      expect(count.wrongs).toEqual([]);
      expect(Object.values(count.outcomes).reduce((sum, times) => sum + times, 0)).toBe(COPIES);
    },
  );
});
