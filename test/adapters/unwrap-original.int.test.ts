import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashFile } from "../../src/adapters/file-hash.ts";
import { OriginalUnwrapping, type UnwrapPorts } from "../../src/adapters/unwrap-original.ts";
import { type FaultCode, IlmoError } from "../../src/errors.ts";
import type { UnwrapReply, UnwrapRequest } from "../../src/intake/unwrap/protocol.ts";

const fault = (code: FaultCode): IlmoError => new IlmoError(code, "Expected something else.");

describe("OriginalUnwrapping", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ilmo-unwrap-"));
    writeFileSync(join(folder, "original"), "From: a\nTo: b\n\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A parser that finds files of these contents in every container. */
  const finding =
    (...contents: readonly string[]) =>
    async ({ outFolder }: UnwrapRequest): Promise<UnwrapReply> => {
      for (const [index, content] of contents.entries()) writeFileSync(join(outFolder, String(index)), content);
      return {
        faults: [],
        parts: contents.map((_, index) => ({ file: String(index), name: `${index}.pdf`, declaredType: null, isInline: false })),
      };
    };

  const run = (changed: Partial<UnwrapPorts>) =>
    new OriginalUnwrapping({
      takeApart: finding("%PDF-1", "%PDF-2"),
      openCms: () => Promise.reject(fault("keyMissing")),
      inspectPages: async () => {},
      keep: hashFile,
      passwordsFor: () => [],
      limits: { maxDepth: 8, maxLeaves: 200, maxBytes: 1_000, maxMs: 60_000 },
      nowMs: () => 0,
      folder: mkdtempSync(join(folder, "run-")),
      hints: {},
      ...changed,
    }).run(join(folder, "original"), "mail");

  it("keeps what can be read and tells what cannot", async () => {
    const inspectPages = async (path: string): Promise<void> => {
      if (path.endsWith("/1")) throw fault("fileDamaged");
    };
    const { parts } = await run({ inspectPages });
    expect(parts.map(({ use, faultCode, originalName }) => [use, faultCode, originalName])).toEqual([
      ["read", null, "0.pdf"],
      ["unreadable", "fileDamaged", "1.pdf"],
    ]);
  });

  it("looks again in a fresh process when the first ended without an answer, and then blames the file", async () => {
    let tries = 0;
    const crashesOnce = async (): Promise<void> => {
      tries += 1;
      if (tries === 1) throw fault("parserCrashed");
    };
    expect((await run({ inspectPages: crashesOnce })).parts.map(({ use }) => use)).toEqual(["read", "read"]);
    const crashesOnSecond = async (path: string): Promise<void> => {
      if (path.endsWith("/1")) throw fault("parserCrashed");
    };
    expect((await run({ inspectPages: crashesOnSecond })).parts.map(({ use }) => use)).toEqual(["read", "unreadable"]);
  });

  it.each(["databaseUnavailable", "storageUnavailable"] as const)("tries everything again later when %s", async (code) => {
    await expect(run({ keep: () => Promise.reject(fault(code)) })).rejects.toMatchObject({ code });
  });

  it.each(["fileEncrypted", "keyMissing", "signatureInvalid", "fileTooLarge"] as const)(
    "holds the whole back for one part with %s",
    async (code) => {
      const takeApart = async (request: UnwrapRequest): Promise<UnwrapReply> => ({ ...(await finding("%PDF-1")(request)), faults: [code] });
      await expect(run({ takeApart })).rejects.toMatchObject({ code });
    },
  );

  it("goes on without locked parts when a person says so, but never with a bad signature", async () => {
    const withFault =
      (code: FaultCode) =>
      async (request: UnwrapRequest): Promise<UnwrapReply> => ({ ...(await finding("%PDF-1")(request)), faults: [code] });
    const hints = { skipLocked: true };
    expect((await run({ takeApart: withFault("fileEncrypted"), hints })).parts.map(({ use }) => use)).toEqual(["read", "unreadable"]);
    await expect(run({ takeApart: withFault("signatureInvalid"), hints })).rejects.toMatchObject({ code: "signatureInvalid" });
  });

  it.each([
    ["bytes", { maxBytes: 11 }],
    ["parts", { maxLeaves: 1 }],
  ])("believes no parser about %s", async (what, limit) => {
    const limits = { maxDepth: 8, maxLeaves: 200, maxBytes: 1_000, maxMs: 60_000, ...limit };
    await expect(run({ limits })).rejects.toMatchObject({ code: "fileTooLarge", context: { what } });
  });

  it("ends at containers that lie in containers without end", async () => {
    const mail = "From: a\nTo: b\n\n";
    await expect(run({ takeApart: finding(mail) })).rejects.toMatchObject({ code: "fileTooLarge", context: { limit: 8 } });
  });

  it("ends when its time is over", async () => {
    let nowMs = 0;
    const slow = async (request: UnwrapRequest): Promise<UnwrapReply> => {
      nowMs += 40_000;
      return finding("From: a\nTo: b\n\n")(request);
    };
    await expect(run({ takeApart: slow, nowMs: () => nowMs })).rejects.toMatchObject({ code: "parserTimeout" });
  });

  it("says that there is nothing to read, or why it cannot be read", async () => {
    await expect(run({ takeApart: finding() })).rejects.toMatchObject({ code: "attachmentMissing" });
    await expect(run({ inspectPages: () => Promise.reject(fault("fileUnsupported")) })).rejects.toMatchObject({ code: "fileUnsupported" });
  });
});
