import { describe, expect, it } from "vitest";
import { decideMail, type MailPolicy, needsPerson } from "../../../src/intake/mail/decide-mail.ts";
import type { MailEnvelope } from "../../../src/intake/mail/mail-message.ts";
import { NOTICE_PATTERNS } from "../../../src/intake/mail/notice-patterns.ts";
import type { IsoDate } from "../../../src/model/time.ts";
import { makeMail, PDF, TEXT } from "./mail-builder.ts";

const POLICY: MailPolicy = {
  senders: [{ unit: "Unit", addresses: [], domains: ["unit.example"], language: "fi" }],
  ownAddresses: ["intake@office.example"],
  authservIds: [],
  patterns: NOTICE_PATTERNS,
  maxMessageBytes: 1_000_000,
  environment: "production",
};
const LINK = "Lue viesti: https://securemail.unit.example/m/1";
const decide = (mail: MailEnvelope, text = "", policy: Partial<MailPolicy> = {}) =>
  decideMail(mail, text, "2026-11-24" as IsoDate, { ...POLICY, ...policy });

describe("decideMail", () => {
  it.each([
    ["a known unit's message with a document", makeMail(), "", "forms"],
    [
      "an encrypted message",
      makeMail({ type: "application/pkcs7-mime", parts: [{ ...PDF, part: "1", type: "application/pkcs7-mime" }] }),
      "",
      "forms",
    ],
    [
      "a photo in the text",
      makeMail({ parts: [TEXT, { ...PDF, type: "image/jpeg", isAttachment: false, hasContentId: true, sizeBytes: 400_000 }] }),
      "",
      "forms",
    ],
    [
      "words with a logo",
      makeMail({ parts: [TEXT, { ...PDF, type: "image/png", isAttachment: false, hasContentId: true, sizeBytes: 4_000 }] }),
      "",
      "letter",
    ],
    ["words with a signature", makeMail({ parts: [TEXT, { ...PDF, type: "application/pkcs7-signature" }] }), "", "letter"],
    ["a notice", makeMail({ parts: [TEXT] }), LINK, "notice"],
    ["a document with a link beside it", makeMail(), LINK, "forms"],
    ["a stranger's message", makeMail({ from: "x@elsewhere.example" }), "", "held"],
    ["a bounce", makeMail({ type: "multipart/report", from: "mailer-daemon@mx.example" }), "", "machine"],
    ["an automatic answer", makeMail({ parts: [TEXT], fields: [["auto-submitted", "auto-replied"]] }), "", "machine"],
    ["a scanner's mail with a document", makeMail({ fields: [["auto-submitted", "auto-generated"]] }), "", "forms"],
    ["a message just as large as allowed", makeMail({ sizeBytes: 1_000_000 }), "", "forms"],
    ["a larger one", makeMail({ sizeBytes: 1_000_001 }), "", "tooLarge"],
  ])("takes %s", (_what, mail, text, kind) => {
    expect(decide(mail, text).kind).toBe(kind);
  });

  it("asks a person about a stranger's link, but about no forged one", () => {
    const stranger = makeMail({ from: "no-reply@securemail.elsewhere.example", parts: [TEXT] });
    expect(decide(stranger, "Lue viesti: https://securemail.elsewhere.example/m/1")).toMatchObject({
      kind: "held",
      notice: { product: "deltagon" },
    });
    const forged = makeMail({ parts: [TEXT], fields: [["authentication-results", "mx; dmarc=fail"]] });
    expect(decide(forged, LINK, { authservIds: ["mx"] })).toMatchObject({ kind: "held", notice: null });
  });

  it.each([
    ["in the text", "Tunnus 131052-308T.", "", true],
    ["in the subject", "", "Hakemus 131052-308t", true],
    ["with a new century sign", "131052Y308T", "", true],
    ["with a hyphen that does not break", "131052\u2011308T", "", true],
    ["with an unseen sign in it", "1310\u00AD52-\u200B308T", "", true],
    ["between tags of HTML", "<p>Tunnus <span lang=FI>131052</span><b>-308</b>T</p>", "", true],
    ["with signs written as numbers", "131052&#45;308&#x54;", "", true],
    ["in a cell beside another", "<td>131052-308T</td><td>2026</td>", "", true],
    ["with a number that is no sign", "131052&#9999999;308T", "", false],
    ["with a wrong check character", "131052-308U", "", false],
    ["inside a longer number", "4131052-308T9", "", false],
  ])("sees an identity code %s", (_what, text, subject, isThere) => {
    expect(decide(makeMail({ subject }), text).hasIdentityCode).toBe(isThere);
  });
});

describe("needsPerson", () => {
  it.each([
    ["forms", false],
    ["machine", false],
    ["notice", true],
    ["letter", true],
    ["held", true],
    ["tooLarge", true],
  ] as const)("says of %s: %s", (kind, isNeeded) => {
    expect(needsPerson(kind)).toBe(isNeeded);
  });
});
