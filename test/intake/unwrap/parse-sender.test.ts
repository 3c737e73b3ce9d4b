import { describe, expect, it } from "vitest";
import { parseSender } from "../../../src/intake/unwrap/parse-sender.ts";

describe("parseSender", () => {
  it.each([
    ["reception@centre.example", "reception@centre.example"],
    [" Reception Centre <Reception@Centre.example>", "reception@centre.example"],
    ['"Centre, Reception" <reception@centre.example>', "reception@centre.example"],
    ['"evil@elsewhere.example" <reception@centre.example>', "reception@centre.example"],
    ["reception@centre.example (Reception, night)", "reception@centre.example"],
    ["Reception\r\n <reception@centre.example>", "reception@centre.example"],
    ['"a \\" b" <reception@centre.example>', "reception@centre.example"],
  ])("finds the one address of %j", (line, address) => {
    expect(parseSender([line])).toEqual({ kind: "one", address });
  });

  it.each([
    ["two addresses", "a@centre.example, b@centre.example"],
    ["a group", "Centre: a@centre.example;"],
    ["an address before the address", "a@centre.example <b@elsewhere.example>"],
    ["two angles", "A <a@centre.example> <b@elsewhere.example>"],
    ["a quoted name that does not end", '"A <a@centre.example>'],
    ["a comment that does not end", "a@centre.example (x"],
    ["a comment that ends twice", "a@centre.example )"],
    ["two at signs", "a@b@centre.example"],
    ["no address", "Reception Centre"],
    ["nothing", ""],
  ])("calls %s ambiguous", (_, line) => {
    expect(parseSender([line])).toEqual({ kind: "ambiguous" });
  });

  it("calls two From lines ambiguous, and none none", () => {
    expect(parseSender(["a@centre.example", "a@centre.example"])).toEqual({ kind: "ambiguous" });
    expect(parseSender([])).toEqual({ kind: "none" });
  });
});
