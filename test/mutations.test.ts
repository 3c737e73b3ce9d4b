import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { MUTATIONS } from "../bench/mutations/mutations.ts";

const root = resolve(import.meta.dirname, "..");

describe("MUTATIONS", () => {
  it.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))("finds its place in the code: %s", (_, { file, from, to }) => {
    const code = readFileSync(resolve(root, file), "utf8");
    expect(code.split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  });
});
