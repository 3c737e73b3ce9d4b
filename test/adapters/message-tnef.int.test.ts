import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { buildTnef } from "../../fixtures/hostile/tnef.ts";
import { readTnef } from "../../src/adapters/message-tnef.ts";
import { PartSink } from "../../src/adapters/part-sink.ts";
import { faultCodeOf } from "../../src/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "ilmo-tnef-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openSink = (maxBytes = 1e6, maxParts = 200) => {
  const outFolder = mkdtempSync(join(folder, "out-"));
  return { outFolder, sink: new PartSink({ kind: "tnef", path: "", outFolder, maxBytes, maxParts, passwords: [] }) };
};

const FILES = [
  { name: "Ilmoittautuminen Äiti.pdf", content: Buffer.from("first") },
  { name: "toinen.png", content: Buffer.from("second") },
];

describe("readTnef", () => {
  it("gives every file its long name and its bytes", async () => {
    const { sink, outFolder } = openSink();
    expect(await readTnef(Buffer.from(buildTnef(FILES)), sink)).toBe(true);
    expect(sink.parts.map(({ name }) => name)).toEqual(["Ilmoittautuminen Äiti.pdf", "toinen.png"]);
    expect(sink.parts.map(({ file }) => readFileSync(join(outFolder, file), "latin1"))).toEqual(["first", "second"]);
  });

  it("tells that something was altered, by the sums", async () => {
    const bytes = Buffer.from(buildTnef(FILES));
    bytes[bytes.indexOf("second")] = 0x53;
    const { sink } = openSink();
    expect(await readTnef(bytes, sink)).toBe(false);
    expect(sink.parts).toHaveLength(2);
  });

  it("stops at the limits of bytes and parts", async () => {
    const bytes = Buffer.from(buildTnef(FILES));
    await expect(readTnef(bytes, openSink(8).sink)).rejects.toMatchObject({ code: "fileTooLarge" });
    await expect(readTnef(bytes, openSink(100, 1).sink)).rejects.toMatchObject({ code: "fileTooLarge" });
  });

  it("ends with any bytes behind its head, and never with a fault that nobody planned", async () => {
    const head = Buffer.from([0x78, 0x9f, 0x3e, 0x22, 0, 0]);
    const attribute = fc
      .tuple(fc.constantFrom(1, 2), fc.constantFrom(0x00069002, 0x0006800f, 0x00069005, 0x00018010), fc.uint8Array({ maxLength: 60 }))
      .map(([level, id, data]) => {
        const start = Buffer.alloc(9);
        start.writeUInt8(level, 0);
        start.writeUInt32LE(id, 1);
        start.writeUInt32LE(data.length, 5);
        return Buffer.concat([start, data, Buffer.alloc(2)]);
      });
    await fc.assert(
      fc.asyncProperty(fc.array(attribute, { maxLength: 8 }), async (attributes) => {
        const outcome = await readTnef(Buffer.concat([head, ...attributes]), openSink().sink).catch((error: unknown) => faultCodeOf(error));
        expect([true, false, "fileDamaged"]).toContain(outcome);
      }),
      { numRuns: 150 },
    );
  });
});
