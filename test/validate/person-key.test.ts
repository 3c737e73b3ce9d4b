import { describe, expect, it } from "vitest";
import { personKeysOf } from "../../src/validate/person-key.ts";
import { completeRegistration, withUnsure } from "./registration-builder.ts";

describe("personKeysOf", () => {
  it("shares a key between two forms of one person, one without the identity code", () => {
    const withCode = personKeysOf(completeRegistration());
    const without = personKeysOf({
      ...completeRegistration({ personalIdentityCode: null, surname: "HAKIMI", givenNames: "Noor" }),
      pages: [],
    });
    expect(withCode.filter((key) => without.includes(key))).not.toHaveLength(0);
  });

  it("shares no key between two persons", () => {
    const other = completeRegistration({
      personalIdentityCode: "010190-999W",
      dateOfBirth: "1.1.1990",
      surname: "Virtanen",
      migriCustomerNumber: "2000002",
    });
    const keys = personKeysOf(completeRegistration());
    expect(personKeysOf({ ...other, pages: [] }).filter((key) => keys.includes(key))).toEqual([]);
  });

  describe("when the surname was not read", () => {
    const keysOf = (values: Parameters<typeof completeRegistration>[0]) => {
      const read = withUnsure(completeRegistration({ personalIdentityCode: null, migriCustomerNumber: null, ...values }), "surname", 0.2);
      return personKeysOf(read).filter((key) => key.startsWith("name:"));
    };
    const named = personKeysOf({ ...completeRegistration({ personalIdentityCode: null }), pages: [] });

    it("knows the person by the names on the card of the same birth date", () => {
      expect(keysOf({}).filter((key) => named.includes(key))).toHaveLength(1);
    });

    it("takes no names from a card of another birth date", () => {
      expect(keysOf({ dateOfBirth: "4.10.1989" })).toEqual([]);
    });
  });

  it("makes no key of texts that are too unsure", () => {
    const unsure = ["personalIdentityCode", "dateOfBirth", "surname"].reduce(
      (base, field) => withUnsure(base, field, 0.2),
      completeRegistration(),
    );
    expect(personKeysOf({ ...unsure, pages: [] })).toEqual([]);
  });
});
