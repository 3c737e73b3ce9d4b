import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TextRecogniser } from "../../src/read/text/ports.ts";
import { drawLine } from "./text-line-pictures.ts";

/** What every reader of lines must do, whatever its engine. */
export function describeTextRecogniser(name: string, open: () => Promise<TextRecogniser>): void {
  describe(name, () => {
    let recogniser: TextRecogniser;
    beforeAll(async () => {
      recogniser = await open();
    });
    afterAll(() => recogniser.close());

    it("reads plain print letter by letter, in the order of the pictures", async () => {
      const texts = ["21.4.2026", "Karim Hamdan", "040 000 4062", "Koivurannan vastaanottokeskus", "B"];
      const lines = await recogniser.recognise(await Promise.all(texts.map((text) => drawLine(text))), { letters: "names" });
      expect(lines.map(({ text }) => text)).toEqual(texts);
      for (const { confidence } of lines) {
        expect(confidence).toBeGreaterThan(0.5);
        expect(confidence).toBeLessThanOrEqual(1);
      }
    });

    it("gives only characters of the whitelist", async () => {
      const [line] = await recogniser.recognise([await drawLine("A1B2 2026")], { letters: "codes", whitelist: "0123456789" });
      expect(line?.text).toMatch(/^[\d ]*$/);
    });

    it("finds nothing on white paper and in a picture without pixels", async () => {
      const white = { widthPx: 200, heightPx: 48, dpi: 300, data: new Uint8Array(200 * 48).fill(255) };
      const none = { widthPx: 0, heightPx: 0, dpi: 300, data: new Uint8Array() };
      const lines = await recogniser.recognise([white, none], { letters: "names" });
      expect(lines).toMatchObject([{ text: "" }, { text: "", confidence: 0 }]);
    });

    it("answers jobs that overlap, each with its own lines", async () => {
      const first = recogniser.recognise([await drawLine("2026")], { letters: "codes", whitelist: "0123456789" });
      const second = recogniser.recognise([await drawLine("Espoo"), await drawLine("Vantaa")], { letters: "names" });
      expect((await first).map(({ text }) => text)).toEqual(["2026"]);
      expect((await second).map(({ text }) => text)).toEqual(["Espoo", "Vantaa"]);
    });

    it("returns nothing for nothing", async () => {
      expect(await recogniser.recognise([], { letters: "text" })).toEqual([]);
    });
  });
}
