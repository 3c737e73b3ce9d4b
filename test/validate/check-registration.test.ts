import { describe, expect, it } from "vitest";
import type { RegistrationReading } from "../../src/model/reading.ts";
import { type Session, SessionRules } from "../../src/model/session.ts";
import type { IsoDate } from "../../src/model/time.ts";
import type { CheckContext } from "../../src/validate/check-context.ts";
import { checkRegistration } from "../../src/validate/check-registration.ts";
import { CARD, completeRegistration, withUnsure } from "./registration-builder.ts";

const session = (id: string, language: string, date: string, time = "9.00", place = "TE-toimisto, Pasila"): Session => ({
  id,
  code: id,
  language,
  date,
  time,
  place,
  address: "Esimerkkikatu 1",
  capacity: 35,
  kind: "groupInfo",
  state: "open",
});

const context = (changes: Partial<CheckContext> = {}): CheckContext => ({
  receivedOn: "2026-09-14" as IsoDate,
  sessions: [
    session("AR-1909", "ar", "2026-09-19"),
    session("AR-2409", "ar", "2026-09-24"),
    session("AR-2409B", "ar", "2026-09-24", "12.30", "TE-toimisto, Tikkurila"),
    session("SO-2409", "so", "2026-09-24"),
    session("AR-0510", "ar", "2026-10-05"),
  ],
  rules: SessionRules.parse({}),
  environment: "test",
  isKnownPerson: false,
  ...changes,
});

const codesOf = (reading: RegistrationReading, changes: Partial<CheckContext> = {}): string[] =>
  checkRegistration(reading, context(changes)).findings.map((finding) => finding.code);

const page = (sides: ("front" | "back")[], hasMrz: boolean): RegistrationReading["pages"][number] => ({
  source: { fileIndex: 0, pageIndex: 2 },
  kind: "permit",
  sides,
  rotation: 0,
  quality: 1,
  ...(hasMrz ? { mrz: CARD } : {}),
});

describe("checkRegistration", () => {
  it("finds nothing in a complete registration and names its session", () => {
    const result = checkRegistration(completeRegistration(), context());
    expect(result).toEqual({ findings: [], route: "groupInfo", sessionId: "AR-2409", sessionProposed: false });
  });

  it.each<[string, Record<string, string | boolean | null>, string[]]>([
    ["no tick", { fullTimeWork: false }, ["fullTimeMissing"]],
    ["both ticks", { partTimeOnly: true }, ["fullTimeAmbiguous"]],
    ["not able to work", { ableToWork: "no" }, ["notAbleToWork"]],
    ["no session", { sessionRef: null }, ["sessionMissing"]],
    ["a day without session", { sessionRef: "arabia 25.9.2026 klo 9.00" }, ["sessionUnknown"]],
    ["a time without session", { sessionRef: "arabia 24.9.2026 klo 15.00" }, ["sessionUnknown"]],
    ["a session in 5 days", { sessionRef: "arabia 19.9.2026" }, ["sessionTooSoon"]],
    ["a session in 21 days", { sessionRef: "AR-0510 / 5.10.2026" }, ["sessionTooLate"]],
    ["a wrong check character", { personalIdentityCode: "031089-914F" }, ["personalIdentityCodeInvalid"]],
    ["no code but other identity", { personalIdentityCode: null }, ["personalIdentityCodeMissing"]],
    ["another birth date", { dateOfBirth: "4.10.1989" }, ["birthDateMismatch"]],
    ["another's name beside the signature", { nameInBlock: "Abdi Warsame" }, ["nameMismatch"]],
    ["one of the names beside the signature", { nameInBlock: "HAKIMI" }, []],
    ["another person's name", { surname: "Virtanen", givenNames: "Liisa" }, ["nameMismatch"]],
    ["another card number", { permitCardNumber: "XA1234568" }, ["permitCardNumberMismatch"]],
    ["a permit that has ended", { permitValidUntil: "13.9.2026" }, ["permitExpired"]],
    ["a permit that ends today", { permitValidUntil: "14.9.2026" }, ["permitEndsBeforeSession"]],
    ["a permit that ends the day before the session", { permitValidUntil: "23.9.2026" }, ["permitEndsBeforeSession"]],
    ["a permit that ends on the session's day", { permitValidUntil: "24.9.2026" }, []],
    ["an ended date on a permanent permit", { permitValidUntil: "13.9.2020", permitType: "P" }, []],
    ["non-disclosure", { nonDisclosure: true }, ["nonDisclosure"]],
  ])("finds exactly what is wrong with %s", (_, changes, expected) => {
    expect(codesOf(completeRegistration(changes))).toEqual(expected);
  });

  describe("with sessions that are full, called off or of another kind", () => {
    const open = context().sessions;
    const freeSeats = new Map([["AR-2409", 0]]);
    const blank = completeRegistration({ sessionRef: null });

    it("passes over a full session when it proposes one, and a later one when all in the window are full", () => {
      expect(checkRegistration(blank, context()).sessionId).toBe("AR-2409");
      expect(checkRegistration(blank, context({ freeSeats })).sessionId).toBe("AR-2409B");
      const bothFull = checkRegistration(
        blank,
        context({
          freeSeats: new Map([
            ["AR-2409", 0],
            ["AR-2409B", -1],
          ]),
        }),
      );
      expect([bothFull.sessionId, bothFull.findings.map(({ code }) => code)]).toEqual(["AR-0510", ["sessionMissing"]]);
    });

    it("proposes the queue of the first session when every one is full, and says so", () => {
      const allFull = new Map(open.map(({ id }) => [id, 0]));
      const result = checkRegistration(blank, context({ freeSeats: allFull }));
      expect([result.sessionId, result.findings.map(({ code }) => code)]).toEqual(["AR-2409", ["sessionMissing", "sessionFull"]]);
    });

    it("keeps the session that the form names when it is full, with a warning", () => {
      const result = checkRegistration(completeRegistration(), context({ freeSeats }));
      expect(result).toMatchObject({ sessionId: "AR-2409", sessionProposed: false });
      expect(result.findings).toEqual([{ code: "sessionFull", severity: "warning", field: "sessionRef" }]);
    });

    it("does not call a session full whose last seats are kept for announced people: the person may be one of them", () => {
      const emptySeats = new Map([["AR-2409", 1]]);
      expect(checkRegistration(completeRegistration(), context({ freeSeats, emptySeats })).findings).toEqual([]);
      expect(checkRegistration(blank, context({ freeSeats: new Map(open.map(({ id }) => [id, 0])), emptySeats })).findings).toHaveLength(2);
    });

    it.each(["planned", "closed", "cancelled", "held"] as const)("proposes another session when the one named is %s", (state) => {
      const sessions = open.map((item) => (item.id === "AR-2409" ? { ...item, state } : item));
      const result = checkRegistration(completeRegistration(), context({ sessions }));
      expect(result).toMatchObject({ sessionId: "AR-2409B", sessionProposed: true });
      expect(result.findings).toEqual([{ code: "sessionClosed", severity: "warning", field: "sessionRef" }]);
      expect(checkRegistration(blank, context({ sessions })).sessionId).toBe("AR-2409B");
    });

    it("means the session that is held when one at the same time and place was called off", () => {
      const sessions = [{ ...session("AR-2409X", "ar", "2026-09-24"), state: "cancelled" as const }, ...open];
      expect(checkRegistration(completeRegistration(), context({ sessions }))).toMatchObject({ sessionId: "AR-2409", findings: [] });
    });

    it("takes no session of another kind, named or proposed", () => {
      const sessions = open.map((item) => (item.id === "AR-2409" ? { ...item, kind: "skillsSurvey" } : item));
      expect(checkRegistration(blank, context({ sessions })).sessionId).toBe("AR-2409B");
      expect(codesOf(completeRegistration(), { sessions })).toEqual(["sessionUnknown"]);
    });

    it("takes the session of a note in the margin when the field is blank", () => {
      const noted = { ...blank, marginNote: "arabia 24.9.2026 klo 12.30" };
      expect(checkRegistration(noted, context())).toMatchObject({ sessionId: "AR-2409B", sessionProposed: false, findings: [] });
    });
  });

  it("sends part-time only to the municipality and keeps a person without any tick in the group", () => {
    const partTime = checkRegistration(completeRegistration({ fullTimeWork: false, partTimeOnly: true }), context());
    expect([partTime.route, partTime.findings.map((finding) => finding.code)]).toEqual(["municipality", ["fullTimeMissing"]]);
    expect(checkRegistration(completeRegistration({ fullTimeWork: false }), context()).route).toBe("groupInfo");
  });

  it("sends a language without sessions to the office desk and asks for no session", () => {
    const result = checkRegistration(completeRegistration({ sessionLanguage: "other", sessionRef: null }), context());
    expect([result.route, result.findings.map((finding) => finding.code)]).toEqual(["officeDesk", ["languageNotServed"]]);
  });

  it("proposes the first session 7-14 days ahead when none is named, and says so", () => {
    const result = checkRegistration(completeRegistration({ sessionRef: null }), context());
    expect([result.sessionId, result.sessionProposed, result.findings[0]?.severity]).toEqual(["AR-2409", true, "warning"]);
  });

  it.each<[string, RegistrationReading["pages"], string[]]>([
    ["no card page", [], ["permitCopyMissing"]],
    ["the front only", [page(["front"], false)], ["permitCopyIncomplete"]],
    ["both sides without a readable zone", [page(["front"], false), page(["back"], false)], ["permitCopyUnreadable"]],
    ["both sides on two pages", [page(["front"], false), page(["back"], true)], []],
  ])("judges the copy by its pages: %s", (_, pages, expected) => {
    expect(codesOf({ ...completeRegistration(), pages })).toEqual(expected);
  });

  it("says signatureMissing only when the page with the signature is there", () => {
    const signature = { present: false, kind: "none", status: "accepted", confidence: 1 } as const;
    expect(codesOf({ ...completeRegistration(), signature })).toEqual(["signatureMissing"]);
    expect(codesOf({ ...completeRegistration(), signature: { ...signature, kind: null }, missingFormPages: [2] })).toEqual([
      "formPageMissing",
    ]);
  });

  it("says nothing about fields of a page that is missing", () => {
    const base = completeRegistration();
    const readings = base.readings.filter((item) => !["fullTimeWork", "partTimeOnly", "ableToWork"].includes(item.field));
    expect(codesOf({ ...base, readings, missingFormPages: [2] })).toEqual(["formPageMissing"]);
  });

  it("asks for the form when only attachments came", () => {
    const base = { ...completeRegistration(), layoutId: null, formLanguage: null, formVersion: null, versionState: "none" } as const;
    const signature = { present: false, kind: null, status: "review", confidence: 0 } as const;
    const { findings } = checkRegistration({ ...base, readings: [], signature }, context());
    expect(findings).toEqual([{ code: "formPageMissing", severity: "error" }]);
  });

  it("draws no finding from a text that is too unsure, and asks about an unsure tick", () => {
    const wrongCode = completeRegistration({ personalIdentityCode: "031089-914F" });
    expect(codesOf(withUnsure(wrongCode, "personalIdentityCode", 0.3))).toEqual([]);
    expect(codesOf(withUnsure(completeRegistration(), "fullTimeWork", 0.5))).toEqual(["fullTimeAmbiguous"]);
    expect(codesOf(withUnsure(completeRegistration(), "fullTimeWork", 0.8))).toEqual([]);
  });

  it("takes artificial codes only in the test environment", () => {
    expect(codesOf(completeRegistration(), { environment: "production" })).toEqual(["personalIdentityCodeInvalid"]);
  });

  it("marks a drifted form and a known person, in the form's order", () => {
    const reading = { ...completeRegistration({ fullTimeWork: false }), versionState: "drifted" as const };
    expect(codesOf(reading, { isKnownPerson: true })).toEqual(["formVersionUnknown", "duplicatePerson"]);
  });

  it.each([
    [0, []],
    [1, ["attachmentsUnreadable"]],
    [7, ["attachmentsUnreadable"]],
  ])("tells once of %d attachments that could not be read", (unreadableAttachments, codes) => {
    expect(codesOf(completeRegistration(), { unreadableAttachments })).toEqual(codes);
  });

  it("sends nobody away by the boxes of a drifted form, but heeds a mark for non-disclosure", () => {
    const reading = { ...completeRegistration({ ableToWork: "no", nonDisclosure: true }), versionState: "drifted" as const };
    const result = checkRegistration(reading, context());
    expect([result.route, result.findings.map((finding) => finding.code)]).toEqual(["groupInfo", ["formVersionUnknown", "nonDisclosure"]]);
  });

  it("heeds the session's language on a drifted form: it leads to another desk of the same office", () => {
    const reading = { ...completeRegistration({ sessionLanguage: "other", sessionRef: null }), versionState: "drifted" as const };
    const result = checkRegistration(reading, context());
    expect(result.route).toBe("officeDesk");
    expect(result.findings.map((finding) => finding.code)).toContain("languageNotServed");
  });

  it("does not draw a mismatch from a card number that only one reader saw", () => {
    const misread = withUnsure(completeRegistration({ permitCardNumber: "XE1234567" }), "permitCardNumber", 0.9);
    expect(codesOf(misread)).toEqual([]);
    const readings = misread.readings.map((item) =>
      item.field === "permitCardNumber" ? { ...item, evidence: ["twoReaders" as const], score: 0.7 } : item,
    );
    expect(codesOf({ ...misread, readings })).toEqual(["permitCardNumberMismatch"]);
  });

  it("draws no mismatch from a birth date that was hardly read", () => {
    const other = completeRegistration({ dateOfBirth: "4.10.1989" });
    expect(codesOf(withUnsure(other, "dateOfBirth", 0.65))).toEqual([]);
    expect(codesOf(withUnsure(other, "dateOfBirth", 0.75))).toEqual(["birthDateMismatch"]);
  });

  it("believes a failing check of a code in review only when two readers saw the same", () => {
    const wrongCode = withUnsure(completeRegistration({ personalIdentityCode: "031089-914F" }), "personalIdentityCode", 0.9);
    const seenAlike = wrongCode.readings.map((item) =>
      item.field === "personalIdentityCode" ? { ...item, evidence: ["twoReaders" as const] } : item,
    );
    expect(codesOf({ ...wrongCode, readings: seenAlike })).toEqual(["personalIdentityCodeInvalid"]);
    const seenOnce = wrongCode.readings.map((item) => ({ ...item, evidence: [] }));
    expect(codesOf({ ...wrongCode, readings: seenOnce })).toEqual([]);
  });

  it("misses a full-time tick that shows nothing, also where the scan may have swallowed it", () => {
    const unsure = withUnsure(completeRegistration({ fullTimeWork: false }), "fullTimeWork", 0.9);
    const shown = (evidence: "blankInk"[]) => unsure.readings.map((item) => (item.field === "fullTimeWork" ? { ...item, evidence } : item));
    expect(codesOf({ ...unsure, readings: shown(["blankInk"]) })).toEqual(["fullTimeMissing"]);
    expect(codesOf({ ...unsure, readings: shown([]) })).toEqual(["fullTimeAmbiguous"]);
  });
});

describe("checkRegistration on a form that is no registration form", () => {
  const otherForm = (changes: Partial<RegistrationReading> = {}): RegistrationReading => {
    const { pages: _, ...form } = completeRegistration();
    const kept = ["surname", "givenNames", "personalIdentityCode", "dateOfBirth"];
    const readings = form.readings.filter(({ field }) => kept.includes(field));
    return { ...form, layoutId: "HAKEMUS/fi/1", isOtherForm: true, pages: [], readings, ...changes };
  };

  it("says only that it is another form: no seat, no permit copy, no wish for work is asked of it", () => {
    expect(checkRegistration(otherForm(), context({ isKnownPerson: true }))).toEqual({
      findings: [{ code: "otherForm", severity: "error" }],
      route: "otherForm",
      sessionId: null,
      sessionProposed: false,
    });
  });

  it("does not miss an identity code that it may not ask for", () => {
    const readings = completeRegistration({ personalIdentityCode: null }).readings.filter(({ field }) => field === "personalIdentityCode");
    expect(codesOf(otherForm({ readings }))).toEqual(["otherForm"]);
  });

  it("still shows what is wrong in what it holds", () => {
    const readings = completeRegistration({ personalIdentityCode: "031089-914F", nonDisclosure: true }).readings;
    const signature = { present: false, kind: "none", status: "accepted", confidence: 1 } as const;
    expect(codesOf(otherForm({ readings, missingFormPages: [2], signature }))).toEqual([
      "otherForm",
      "formPageMissing",
      "personalIdentityCodeInvalid",
      "nonDisclosure",
      "signatureMissing",
    ]);
  });
});
