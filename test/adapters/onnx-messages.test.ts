import { describe, expect, it } from "vitest";
import { bytesOf, fieldOf, formatFields, numbersOf, parseFields, textsOf } from "../../src/adapters/onnx-messages.ts";

describe("parseFields", () => {
  it("reads numbers, texts and nested messages", () => {
    // The example of the protocol's documentation: field 1 = 150, field 2 = "testing", field 3 = { field 1 = 150 }.
    const fields = parseFields(Buffer.from("089601120774657374696e671a03089601", "hex"));
    expect(numbersOf(fields, 1)).toEqual([150]);
    expect(textsOf(fields, 2)).toEqual(["testing"]);
    expect(bytesOf(fields, 3).map((bytes) => numbersOf(parseFields(bytes), 1))).toEqual([[150]]);
  });

  it("reads packed numbers like single ones", () => {
    expect(numbersOf(parseFields(Buffer.from("3206038e029ea705", "hex")), 6)).toEqual([3, 270, 86942]);
  });

  it("refuses a wire type that does not exist", () => {
    expect(() => parseFields(Buffer.from("0f", "hex"))).toThrow("wire type");
  });
});

describe("formatFields", () => {
  it("writes every field as it was read", () => {
    const bytes = Buffer.from("089601120774657374696e671a030896012d0000803f3100000000000000f0", "hex");
    expect(Buffer.from(formatFields(parseFields(bytes))).toString("hex")).toBe(bytes.toString("hex"));
  });

  it("writes numbers of any length", () => {
    const numbers = [0, 1, 127, 128, 16_383, 16_384, 6_625_000];
    expect(numbersOf(parseFields(formatFields(numbers.map((number) => fieldOf(1, number)))), 1)).toEqual(numbers);
  });
});
