import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { domainOf, parseHeaders } from "../../../src/intake/mail/parse-headers.ts";

describe("parseHeaders", () => {
  it("unfolds fields, keeps their order and stops at the body", () => {
    expect(parseHeaders("Received: from a\r\n\tby b;\r\n  today\r\nFROM: x@y.example\r\nno field\r\n\r\nTo: body@z.example")).toEqual([
      { name: "received", value: "from a by b; today" },
      { name: "from", value: "x@y.example" },
    ]);
  });

  it("never fails, whatever the bytes are", () => {
    assert(
      property(string({ maxLength: 400 }), (text) => {
        for (const { name } of parseHeaders(text)) expect(name).toBe(name.trim().toLowerCase());
      }),
    );
  });

  it("looks at a limited number of fields", () => {
    expect(parseHeaders("A: b\r\n".repeat(5_000))).toHaveLength(2_000);
  });
});

describe("domainOf", () => {
  it.each([
    ["a@b.example", "b.example"],
    ["a@b.example.", "b.example"],
    ["a@x@b.example", "b.example"],
  ])("gives %s the domain %s", (address, domain) => {
    expect(domainOf(address)).toBe(domain);
  });
});
