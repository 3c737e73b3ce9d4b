import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOSTILE_PASSWORD, type HostileFile, makeHostileSet } from "../../fixtures/hostile/hostile-set.ts";
import { startTestOpener, type TestOpener } from "./opener-samples.ts";

const MAX_BYTES = 32 * 1024 * 1024;

describe("createFileOpener", () => {
  let box: TestOpener;
  let files: ReadonlyMap<string, HostileFile>;
  const put = (name: string): string => {
    const path = join(box.folder, name);
    writeFileSync(path, files.get(name)?.bytes ?? "");
    return path;
  };

  beforeAll(async () => {
    files = new Map((await makeHostileSet()).map((file) => [file.name, file]));
    box = startTestOpener({ intake: { maxFileBytes: MAX_BYTES, containerTimeoutMs: 1_500 } }, [HOSTILE_PASSWORD]);
  });
  afterAll(() => box.close());

  it("brings every file of the hostile set to its outcome and leaves it as it was", async () => {
    const found: Record<string, string> = {};
    for (const { name, bytes } of files.values()) {
      const path = put(name);
      found[name] = await box.outcomeOf(path);
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
    expect(found).toEqual(Object.fromEntries([...files.values()].map(({ name, outcome }) => [name, outcome])));
    expect(readdirSync(join(box.folder, "home", "unwrapping"))).toEqual([]);
  });
});
