import { describe, expect, it } from "vitest";
import type { FormLayout } from "../../../src/model/form-layout.ts";
import { findVersionWord } from "../../../src/read/align/find-version-word.ts";

const layout: FormLayout = {
  id: "X-7/fi/2.0",
  code: "X-7",
  language: "fi",
  version: "2.0",
  pages: [
    {
      pageNumber: 1,
      widthMm: 210,
      heightMm: 297,
      marks: [],
      words: [
        { text: "Version 2.0 of another thing", rect: { x: 1, y: 2, width: 3, height: 4 } },
        { text: "x-7 fi 2.0", rect: { x: 15, y: 287, width: 20, height: 2.5 } },
      ],
    },
    {
      pageNumber: 4,
      widthMm: 210,
      heightMm: 297,
      marks: [],
      words: [
        { text: "X-7", rect: { x: 15, y: 287, width: 9, height: 2 } },
        { text: "fi", rect: { x: 25, y: 287.2, width: 2, height: 1.8 } },
        { text: "2.0", rect: { x: 28, y: 287, width: 3, height: 2 } },
        { text: "2.0", rect: { x: 60, y: 287, width: 3, height: 2 } },
      ],
    },
    { pageNumber: 2, widthMm: 210, heightMm: 297, marks: [], words: [{ text: "X-7", rect: { x: 15, y: 287, width: 9, height: 2.5 } }] },
  ],
  zones: [],
};

describe("findVersionWord", () => {
  it("returns the word with code and version, with room around it", () => {
    expect(findVersionWord(layout, 1)).toEqual({ x: 14, y: 286, width: 22, height: 4.5 });
  });

  it("returns code and version that stand as single words on a line", () => {
    expect(findVersionWord(layout, 4)).toEqual({ x: 14, y: 286, width: 18, height: 4 });
  });

  it.each([2, 3])("returns null on page %i, which does not print them", (pageNumber) => {
    expect(findVersionWord(layout, pageNumber)).toBeNull();
  });
});
