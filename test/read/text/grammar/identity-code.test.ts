import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CENTURY_SIGNS, checkCharacterOf, parsePersonalIdentityCode } from "../../../../src/model/personal-identity-code.ts";
import { proveIdentityCode } from "../../../../src/read/text/grammar/identity-code.ts";

const valid = (nine: string, sign: string): string => `${nine.slice(0, 6)}${sign}${nine.slice(6)}${checkCharacterOf(nine)}`;

describe("proveIdentityCode", () => {
  it("takes a code as it stands", () => {
    const code = valid("010190900", "-");
    expect(proveIdentityCode(code, "test")).toEqual({ code, isLiteral: true });
  });

  it.each([
    ["O", "0", 0],
    ["I", "1", 1],
    ["l", "1", 1],
  ])("puts %s right for %s where only a digit can stand", (letter, _digit, index) => {
    const code = valid("010190900", "A");
    const misread = code.slice(0, index) + letter + code.slice(index + 1);
    expect(proveIdentityCode(misread, "test")).toEqual({ code, isLiteral: false });
  });

  it("never changes the century sign: whatever comes out has the sign that was read", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789OQDILZSBG-+AYXWVUBCDEF|!"), minLength: 9, maxLength: 13 });
    fc.assert(
      fc.property(text, fc.constantFrom(...CENTURY_SIGNS), (rest, sign) => {
        const read = rest.slice(0, 6) + sign + rest.slice(6, 10);
        const proved = proveIdentityCode(read, "test");
        if (proved === null) return;
        expect(proved.code[6]).toBe(sign);
        expect(parsePersonalIdentityCode(proved.code, "test").ok).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("does not guess a sign that was read as a letter of no century", () => {
    const code = valid("010190900", "-");
    expect(proveIdentityCode(code.replace("-", "~"), "test")).toBeNull();
    expect(proveIdentityCode(code.replace("-", "G"), "test")).toBeNull();
  });

  it("refuses a code whose digit was misread as another digit", () => {
    const code = valid("010190900", "-");
    expect(proveIdentityCode(`2${code.slice(1)}`, "test")).toBeNull();
  });

  it.each(["", "010190-900", "010190-900XX", "name"])("refuses %j", (text) => {
    expect(proveIdentityCode(text, "test")).toBeNull();
  });
});
