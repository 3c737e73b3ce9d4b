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

  it("makes no key of texts that are too unsure", () => {
    const unsure = ["personalIdentityCode", "dateOfBirth", "surname"].reduce(
      (base, field) => withUnsure(base, field, 0.2),
      completeRegistration(),
    );
    expect(personKeysOf({ ...unsure, pages: [] })).toEqual([]);
  });
});
