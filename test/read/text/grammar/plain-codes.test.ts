import { describe, expect, it } from "vitest";
import {
  parseCardNumber,
  parseCustomerNumber,
  parseEmail,
  parseLicence,
  parsePhone,
  parsePostalCode,
  parseYears,
  toPhoneKey,
} from "../../../../src/read/text/grammar/plain-codes.ts";

describe("parsePhone", () => {
  it.each(["040 000 4062", "050-0002699", "+358 50 0006865", "041 0005915", "(09) 0001234", "+46 70 000 00 00"])("accepts %s", (text) => {
    expect(parsePhone(text)).toBe(text);
  });

  it.each(["04S 000 1172", "400 000 4062", "040 00", "1234567", "+358", "040 000 4062 x", ""])("refuses %j", (text) => {
    expect(parsePhone(text)).toBeNull();
  });

  it("compares numbers whatever their writing", () => {
    expect(toPhoneKey("+358 50 000 6865")).toBe(toPhoneKey("050-0006865"));
    expect(toPhoneKey("00358500006865")).toBe("0500006865");
  });
});

describe("plain codes", () => {
  it.each([
    [parsePostalCode, "04400", "04400"],
    [parsePostalCode, "FI-04400", "04400"],
    [parsePostalCode, "0440", null],
    [parsePostalCode, "O4400", null],
    [parseCardNumber, "ab1234567", "AB1234567"],
    [parseCardNumber, "A12345678", "A12345678"],
    [parseCardNumber, "AB123", null],
    [parseCardNumber, "ABCDEFGH", null],
    [parseCustomerNumber, "2665736", "2665736"],
    [parseCustomerNumber, "26657B6", null],
    [parseYears, "12", "12"],
    [parseYears, "12 vuotta", "12 vuotta"],
    [parseYears, "30", "30"],
    [parseYears, "31", null],
    [parseYears, "O", null],
    [parseLicence, "AB", "AB"],
    [parseLicence, "B, C1E", "B, C1E"],
    [parseLicence, "8", null],
    [parseLicence, "E", null],
    [parseLicence, "", null],
    [parseEmail, "hemin.aziz45@mail.example", "hemin.aziz45@mail.example"],
    [parseEmail, "hemin. aziz45@mail. example", "hemin.aziz45@mail.example"],
    [parseEmail, "hemin.aziz45Qmail.example", null],
    [parseEmail, "hemin..aziz@mail.example", null],
    [parseEmail, "hemin@mail", null],
  ] as const)("%o reads %j as %j", (parse, text, expected) => {
    expect(parse(text)).toBe(expected);
  });
});
