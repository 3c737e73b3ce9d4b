import { describe, expect, it } from "vitest";
import { paperFileName } from "../../src/documents/paper-file-name.ts";

describe("paperFileName", () => {
  it("carries reference, kind, language and version", () => {
    expect(paperFileName({ kind: "invitation", reference: "K7M3-92", language: "ar", version: 2 })).toBe("invitation-K7M3-92-ar-v2.pdf");
  });

  it("lets no path through", () => {
    expect(paperFileName({ kind: "roster", reference: "../AR 27/08", language: "fi", version: 1 })).toBe("roster-___AR_27_08-fi-v1.pdf");
  });
});
