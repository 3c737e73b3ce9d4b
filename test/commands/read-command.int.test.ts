import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLocally } from "../../src/commands/read-command.ts";
import { loadConfig } from "../../src/config.ts";
import type { IsoDate } from "../../src/model/time.ts";
import { quietTerminal } from "./quiet-terminal.ts";

describe("ilmo read", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ilmo-read-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const submission = (name: string, meta: string): string => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "scan.pdf"), "");
    writeFileSync(join(folder, name, "meta.json"), meta);
    return join(folder, name);
  };
  const read = async (paths: string[], out = join(folder, "out")): Promise<unknown> => {
    let value: unknown;
    const terminal = quietTerminal(
      () => {},
      (json) => {
        value = json;
      },
    );
    const options = { sessions: undefined, out, withPictures: false, today: "2026-09-14" as IsoDate };
    await readLocally({ ...loadConfig(), home: join(folder, "home") }, terminal, paths, options);
    return value;
  };

  it("keeps the results of two submissions that bear one caseId apart", async () => {
    const paths = ["a", "b", "c"].map((name, index) => submission(name, JSON.stringify({ caseId: index === 2 ? "CASE" : "case" })));
    expect(await read(paths)).toMatchObject([{ output: "case.json" }, { output: "case-2.json" }, { output: "CASE-3.json" }]);
    const names = readdirSync(join(folder, "out")).filter((name) => name.endsWith(".json"));
    expect(names.toSorted()).toEqual(["CASE-3.json", "case-2.json", "case.json"]);
    expect(JSON.parse(readFileSync(join(folder, "out", "case-2.json"), "utf8"))).toMatchObject({ fault: { code: "fileEmpty" } });
  });

  it("says that the results cannot be written before it reads", async () => {
    const path = submission("a", "{}");
    await expect(read([path], join(path, "scan.pdf"))).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("--out") });
  });

  it("says which of the places named is wrong, by its number and not by its name", async () => {
    const paths = [submission("a", "{}"), submission("Matti", "{")];
    await expect(read(paths)).rejects.toMatchObject({
      code: "metaInvalid",
      message: expect.stringMatching(/^Place 2 of 2: .*Nothing was read\.$/),
    });
    await expect(read([paths[0] ?? "", join(folder, "Matti-2")])).rejects.toMatchObject({
      message: expect.stringMatching(/^Place 2 of 2: /),
    });
    await expect(read(paths)).rejects.not.toMatchObject({ message: expect.stringContaining("Matti") });
  });
});
