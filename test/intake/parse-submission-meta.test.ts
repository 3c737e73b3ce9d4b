import { describe, expect, it } from "vitest";
import { orderFiles, parseLocalMeta, parseSubmissionMeta } from "../../src/intake/parse-submission-meta.ts";

const parse = (meta: object) => parseSubmissionMeta(JSON.stringify({ receivedAt: "2026-09-14", channel: "post", ...meta }));

describe("parseSubmissionMeta", () => {
  it.each([
    ["2026-09-14", "2026-09-14T12:00:00.000Z", "2026-09-14"],
    ["2026-09-14T21:30:00Z", "2026-09-14T21:30:00.000Z", "2026-09-15"],
    ["2026-01-01T00:30:00+02:00", "2025-12-31T22:30:00.000Z", "2026-01-01"],
  ])("gives %s as instant and local day", (receivedAt, instant, day) => {
    expect(parse({ receivedAt })).toMatchObject({ receivedAt: instant, receivedOn: day, channel: "post", files: [] });
  });

  it("leaves other keys alone and a byte-order mark out", () => {
    const text = `\uFEFF${JSON.stringify({ receivedAt: "2026-09-14", channel: "secure-mail", caseId: "c-1", note: "x" })}`;
    expect(parseSubmissionMeta(text).channel).toBe("secure-mail");
  });

  it.each([
    [{ receivedAt: "14.9.2026" }, "receivedAt"],
    [{ receivedAt: "2026-02-30" }, "receivedAt"],
    [{ receivedAt: undefined }, "receivedAt"],
    [{ channel: "" }, "channel"],
    [{ files: "a.pdf" }, "files"],
    [{ files: [1] }, "files.0"],
  ])("refuses %j and names the key, not the value", (meta, place) => {
    expect(() => parse(meta)).toThrowError(
      expect.objectContaining({ code: "metaInvalid", message: expect.stringContaining(`wrong: ${place}`) }),
    );
  });

  it("refuses what is not JSON", () => {
    expect(() => parseSubmissionMeta("{")).toThrowError(expect.objectContaining({ code: "metaInvalid" }));
  });
});

describe("parseLocalMeta", () => {
  it("needs nothing, and takes what is there", () => {
    expect(parseLocalMeta("{}")).toEqual({ caseId: undefined, receivedOn: undefined, files: [] });
    const text = JSON.stringify({ caseId: "c-1", receivedAt: "2026-09-14T22:30:00Z", files: ["a.pdf"], other: 1 });
    expect(parseLocalMeta(text)).toEqual({ caseId: "c-1", receivedOn: "2026-09-15", files: ["a.pdf"] });
  });

  it.each(["{", "[]", '{"receivedAt":"yesterday"}', '{"files":[1]}'])("refuses %s", (text) => {
    expect(() => parseLocalMeta(text)).toThrowError(expect.objectContaining({ code: "metaInvalid" }));
  });
});

describe("orderFiles", () => {
  it("puts the named files first and the others by name and number", () => {
    expect(orderFiles(["b10.pdf", "b9.pdf", "a.pdf", "z.pdf"], ["z.pdf", "z.pdf"])).toEqual(["z.pdf", "a.pdf", "b9.pdf", "b10.pdf"]);
  });

  it.each(["missing.pdf", "../a.pdf", ""])("refuses the name %j that is not there", (name) => {
    expect(() => orderFiles(["a.pdf"], [name])).toThrowError(expect.objectContaining({ code: "metaInvalid" }));
  });
});
