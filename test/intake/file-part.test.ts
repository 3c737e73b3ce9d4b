import { describe, expect, it } from "vitest";
import { countUnreadable, type FilePart, filesToRead } from "../../src/intake/file-part.ts";
import { type IncomingFile, toFilesWithParts } from "../../src/intake/ports.ts";

const SHA = "a".repeat(64);
const file = (fileIndex: number, part?: FilePart): IncomingFile => ({
  fileIndex,
  sha256: SHA,
  sizeBytes: 1,
  mediaType: "pdf",
  originalName: null,
  ...(part === undefined ? {} : { part }),
});
const partOf = (parentIndex: number | null, use: FilePart["use"]): FilePart => ({
  parentIndex,
  use,
  faultCode: use === "unreadable" ? "fileDamaged" : null,
});

const FILES = [
  file(0),
  file(1, partOf(null, "container")),
  file(2),
  file(3, partOf(1, "read")),
  file(4, partOf(1, "ignored")),
  file(5, partOf(1, "unreadable")),
  file(6, partOf(1, "read")),
];

describe("filesToRead", () => {
  it("puts what lay in a container into the container's place", () => {
    expect(filesToRead(FILES).map(({ fileIndex }) => fileIndex)).toEqual([0, 3, 6, 2]);
  });
});

describe("countUnreadable", () => {
  it("counts what could not be read, not what was dropped", () => {
    expect(countUnreadable(FILES)).toBe(1);
    expect(countUnreadable([file(0)])).toBe(0);
  });
});

describe("toFilesWithParts", () => {
  it("leaves an original that is read as it is alone", () => {
    expect(toFilesWithParts(file(0), { use: "read", parts: [], signature: "none" }, 4)).toEqual([file(0)]);
  });

  it("numbers the parts behind everything else and points to their original", () => {
    const found = { sha256: SHA, sizeBytes: 1, mediaType: "pdf", originalName: "form.pdf", use: "read", faultCode: null } as const;
    expect(
      toFilesWithParts(
        file(1),
        { use: "container", parts: [found, { ...found, use: "unreadable", faultCode: "fileDamaged" }], signature: "none" },
        4,
      ),
    ).toEqual([
      file(1, partOf(null, "container")),
      { ...file(4, partOf(1, "read")), originalName: "form.pdf" },
      { ...file(5, partOf(1, "unreadable")), originalName: "form.pdf" },
    ]);
  });
});
