import { describe, expect, it } from "vitest";
import { toRegistrationContent } from "../../../src/export/ura/to-registration-content.ts";
import { registration, SESSION } from "./import-fixture.ts";

describe("toRegistrationContent", () => {
  it("turns written values into codes and ISO dates and keeps the text", () => {
    const result = toRegistrationContent(registration(), SESSION, "test");
    expect(result).toMatchObject({
      ok: true,
      content: {
        identity: { kind: "code", personalIdentityCode: "031089-914E" },
        citizenships: [{ text: "Syyria", code: "SYR" }],
        countryOfBirth: { text: "Syyria, Idlib", code: "SYR" },
        phone: "+358400001234",
        municipality: { code: "091" },
        schoolYears: 9,
        permit: { validUntil: "2030-01-31", isPermanent: false, cardNumber: "XA1234567" },
        work: [{ start: "2016-02", end: "2018" }],
        session: { id: "AR-2409-900" },
      },
    });
  });

  it("gives no address, phone or municipality of a person under non-disclosure", () => {
    const result = toRegistrationContent(registration({ nonDisclosure: true }), SESSION, "test");
    expect(JSON.stringify(result)).not.toMatch(/Esimerkkitie|00520|Helsinki|\+358/);
  });

  it("takes birth date and customer number where there is no code, and names the gap where neither is there", () => {
    const byDate = toRegistrationContent(registration({ personalIdentityCode: null }), SESSION, "test");
    expect(byDate).toMatchObject({ ok: true, content: { identity: { kind: "birthDate", birthDate: "1989-10-03" } } });
    const gap = toRegistrationContent(registration({ personalIdentityCode: null, migriCustomerNumber: null }), SESSION, "test");
    expect(gap).toMatchObject({ ok: false, gaps: [{ field: "personalIdentityCode" }] });
  });

  it("refuses an artificial code in production", () => {
    expect(toRegistrationContent(registration(), SESSION, "production").ok).toBe(false);
  });
});
