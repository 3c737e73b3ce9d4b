import { describe, expect, it } from "vitest";
import { openTesseract, toPgm } from "../../src/adapters/tesseract.ts";
import { drawLine } from "./text-line-pictures.ts";
import { describeTextRecogniser } from "./text-recogniser-contract.ts";

describeTextRecogniser("openTesseract", async () => openTesseract());

describe("openTesseract", () => {
  it("reads Finnish and Swedish letters as names, and the at sign as a code", async () => {
    const recogniser = openTesseract();
    const names = await recogniser.recognise([await drawLine("Åsa Hämäläinen, Östersundom")], { letters: "names" });
    const codes = await recogniser.recognise([await drawLine("karim@mail.example", true)], { letters: "codes" });
    await recogniser.close();
    expect(names[0]?.text).toBe("Åsa Hämäläinen, Östersundom");
    expect(codes[0]?.text.replaceAll(" ", "")).toBe("karim@mail.example");
  });

  it("forgets a job's whitelist for the next job", async () => {
    const recogniser = openTesseract();
    const picture = await drawLine("Karim 2026");
    const digits = await recogniser.recognise([picture], { letters: "codes", whitelist: "0123456789" });
    const all = await recogniser.recognise([picture], { letters: "codes" });
    await recogniser.close();
    expect(digits[0]?.text).not.toContain("K");
    expect(all[0]?.text).toBe("Karim 2026");
  });

  it("says which tool is missing when there are no language data, and keeps answering so", async () => {
    const recogniser = openTesseract({ dataPath: "/nowhere" });
    const picture = await drawLine("Karim");
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(recogniser.recognise([picture], { letters: "names" })).rejects.toMatchObject({ code: "toolMissing" });
    }
    await recogniser.close();
  });
});

describe("toPgm", () => {
  it("writes the header and one byte a pixel", () => {
    const bytes = toPgm({ widthPx: 2, heightPx: 1, dpi: 300, data: Uint8Array.of(0, 255) });
    expect([...bytes]).toEqual([...Buffer.from("P5\n2 1\n255\n"), 0, 255]);
  });
});
