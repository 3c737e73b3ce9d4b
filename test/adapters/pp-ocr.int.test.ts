import { describe, expect, it } from "vitest";
import { openPpOcr } from "../../src/adapters/pp-ocr.ts";
import { drawLine } from "./text-line-pictures.ts";
import { describeTextRecogniser } from "./text-recogniser-contract.ts";

describeTextRecogniser("openPpOcr", () => openPpOcr());

describe("openPpOcr", () => {
  it("gives each character its own confidence and place", async () => {
    const recogniser = await openPpOcr();
    const [line] = await recogniser.recognise([await drawLine("a2026")], { letters: "codes" });
    await recogniser.close();
    expect(line?.chars?.map(({ char }) => char).join("")).toBe("a2026");
    const places = line?.chars?.map(({ at }) => at) ?? [];
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.every((at) => at > 0 && at < 1)).toBe(true);
    expect(line?.confidence).toBe(Math.min(...(line?.chars ?? []).map(({ confidence }) => confidence)));
  });

  it("reads many lines of unlike length as it reads each of them alone", async () => {
    const recogniser = await openPpOcr();
    const texts = ["A", "Helsinki", "englanti 11.09.2026 klo 12.30 Tikkurila", "2026", "Hamid Alizada", "AB1234567"];
    const pictures = await Promise.all(texts.map((text) => drawLine(text)));
    const together = await recogniser.recognise(pictures, { letters: "names" });
    const alone = await Promise.all(pictures.map((picture) => recogniser.recognise([picture], { letters: "names" })));
    await recogniser.close();
    expect(together.map(({ text }) => text)).toEqual(alone.map(([line]) => line?.text));
  });

  it("says which tool is missing when the model is not there", async () => {
    await expect(openPpOcr({ modelPath: "/nowhere/model.onnx" })).rejects.toMatchObject({ code: "toolMissing" });
  });
});
