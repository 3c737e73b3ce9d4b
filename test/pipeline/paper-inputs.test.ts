import { describe, expect, it } from "vitest";
import { renderInvitation } from "../../src/documents/render-invitation.ts";
import { renderRoster } from "../../src/documents/render-roster.ts";
import type { Registration } from "../../src/model/registration.ts";
import { Session } from "../../src/model/session.ts";
import { IsoDate } from "../../src/model/time.ts";
import { letterLanguageOf, toInvitationInput, toReferralInput, toRosterInput } from "../../src/pipeline/paper-inputs.ts";
import { OFFICE, TEMPLATES } from "../documents/paper-inputs.ts";

const TODAY = IsoDate.parse("2026-08-10");
const office = { ...OFFICE, senderId: "UUSIMAA" };
const session = Session.parse({
  id: "AR-2708",
  code: "AR-2708",
  language: "ar",
  date: "2026-08-27",
  time: "9.00",
  place: "TE-toimisto",
  address: "Kielotie 13, 01300 Vantaa",
});

/** What stands on a form and has no place on a paper that leaves the office. */
const SECRET = {
  personalIdentityCode: "010190-999X",
  citizenship: "SOM",
  permitGround: "87 § 1 mom.",
  permitCardNumber: "A1234567",
  migriCustomerNumber: "7654321",
  dateOfBirth: "1.1.1990",
  streetAddress: "Salapolku 9",
  phone: "040 000 1234",
  email: "noor@posti.example",
  furtherInfo: "sairaus",
};

function registration(values: Readonly<Record<string, string | boolean>> = {}): Registration {
  const all = { givenNames: "Noor", surname: "Hakimi", readsMotherTongue: "yes", sessionLanguage: "ar", ...SECRET, ...values };
  return {
    id: "5f0c7d4e-8f0e-4f5b-9d55-3a1f1d0f2b11",
    submissionId: "5f0c7d4e-8f0e-4f5b-9d55-3a1f1d0f2b12",
    ordinal: 1,
    version: 1,
    reference: "K7M3-92",
    receivedOn: "2026-08-05",
    state: "DRAFT",
    check: { findings: [], route: "municipality", sessionId: null, sessionProposed: false },
    reading: {
      layoutId: "ILMO-F1/fi/2.0",
      formLanguage: "fi",
      formVersion: "2.0",
      versionState: "known",
      missingFormPages: [],
      pages: [],
      readings: Object.entries(all).map(([field, value]) => ({
        field,
        value,
        confidence: 0.99,
        status: "accepted",
        evidence: ["twoReaders"],
      })),
      signature: { present: true, kind: "ink", status: "accepted", confidence: 0.98 },
    },
  };
}

const invited = (values: Readonly<Record<string, string | boolean>> = {}, change: Partial<Session> = {}) =>
  toInvitationInput(registration(values), { ...session, ...change }, office, TODAY);

describe("toInvitationInput", () => {
  it.each([
    ["no", "pictograms"],
    ["little", "text"],
    ["yes", "text"],
    ["", "text"],
  ])("invites a person who answers %j to reading the mother tongue with %s", (readsMotherTongue, variant) => {
    expect(invited({ readsMotherTongue }).variant).toBe(variant);
  });

  it("writes in the language of the session, else in the person's own", () => {
    expect(invited({}, { language: "prs" }).language).toBe("prs");
    const kurmanji = invited({ sessionLanguage: "other", motherTongue: "venäjä" }, { language: "kmr" });
    expect(kurmanji).toMatchObject({ language: "ru", session: { language: "kmr" } });
  });

  it("names what is held", () => {
    expect(invited({}, { kind: "languageTest" }).session.kind).toBe("languageTest");
  });

  it.each(["text", "pictograms"] as const)("prints nothing of the form but the name, as %s", (variant) => {
    const { body } = renderInvitation({ ...invited(), variant }, "", TEMPLATES);
    expect(body).toContain("Noor Hakimi");
    for (const secret of Object.values(SECRET)) expect(body).not.toContain(secret);
  });
});

describe("letterLanguageOf", () => {
  it.each([
    [{ sessionLanguage: "ckb", motherTongue: "arabia" }, "ckb"],
    [{ sessionLanguage: "other", motherTongue: "Viro" }, "et"],
    [{ sessionLanguage: "other", motherTongue: "Farsi" }, "fa"],
    [{ sessionLanguage: "other", motherTongue: "Dari" }, "prs"],
    [{ sessionLanguage: "other", motherTongue: "Kurmandži" }, "en"],
    [{ sessionLanguage: "", motherTongue: "" }, "en"],
  ])("writes to a person who gives %j in %s", (values, language) => {
    expect(letterLanguageOf(registration(values))).toBe(language);
  });
});

describe("toReferralInput", () => {
  it("names the official and follows the route", () => {
    const data = toReferralInput(registration({ serviceLanguage: "sv" }), office, "Maija Esimerkki", TODAY);
    expect(data).toMatchObject({ route: "municipality", companion: "sv", receivedOn: "2026-08-05", confirmedBy: "Maija Esimerkki" });
  });
});

describe("toRosterInput", () => {
  it("prints no code, address, number or citizenship", () => {
    const input = toRosterInput(session, [registration(), registration({ nonDisclosure: true, municipality: "Pedersöre" })], {
      office,
      version: 1,
      today: TODAY,
    });
    const { body } = renderRoster(input, [""], TEMPLATES);
    expect(body.match(/Noor Hakimi/gu)).toHaveLength(1);
    expect(body).not.toContain("Pedersöre");
    for (const secret of Object.values(SECRET)) expect(body).not.toContain(secret);
  });

  it("is to be destroyed 30 days after the session", () => {
    expect(toRosterInput(session, [], { office, version: 1, today: TODAY }).destroyBy).toBe("2026-09-26");
  });
});
