import { describe, expect, it } from "vitest";
import { findSender, judgeSender, type KnownSender } from "../../../src/intake/mail/judge-sender.ts";
import { makeMail } from "./mail-builder.ts";

const SENDERS: KnownSender[] = [
  { unit: "Domain", addresses: [], domains: ["unit.example"], language: "sv" },
  { unit: "Below", addresses: [], domains: ["south.unit.example"], language: "fi" },
  { unit: "Address", addresses: ["one@town.example"], domains: [], language: "fi" },
];
const OWN = ["mx.office.example"];

describe("findSender", () => {
  it.each([
    ["clerk@unit.example", "Domain"],
    ["clerk@north.unit.example", "Domain"],
    ["clerk@south.unit.example", "Below"],
    ["one@town.example", "Address"],
    ["two@town.example", undefined],
    ["clerk@notunit.example", undefined],
    ["clerk@unit.example.evil.example", undefined],
  ])("knows %s as %s", (address, unit) => {
    expect(findSender(address, SENDERS)?.unit).toBe(unit);
  });
});

describe("judgeSender", () => {
  const judge = (results: readonly string[], ids: readonly string[] = OWN) =>
    judgeSender(makeMail({ fields: results.map((value) => ["authentication-results", value] as const) }), SENDERS, ids);

  it("believes the From field when no own server is named", () => {
    expect(judge([], [])).toEqual({ kind: "known", address: "clerk@unit.example", unit: "Domain", language: "sv" });
  });

  it.each([
    ["a DMARC pass", "mx.office.example; spf=pass smtp.mailfrom=unit.example; dmarc=pass (p=reject) header.from=unit.example"],
    [
      "an aligned SPF pass without a policy",
      "mx.office.example; dmarc=none header.from=unit.example; spf=pass smtp.mailfrom=bounce@mail.unit.example",
    ],
    ["an aligned DKIM pass without a policy", "mx.office.example 1; dkim=pass header.d=unit.example"],
    ["a pass behind a quoted parenthesis", 'mx.office.example; spf=fail smtp.mailfrom="("@x.example; dmarc=pass header.from=unit.example'],
    ["a pass with the From domain in quotes", 'mx.office.example; dmarc=pass header.from="UNIT.example."'],
  ])("lets %s in", (_what, result) => {
    expect(judge([result]).kind).toBe("known");
  });

  it.each([
    ["a DMARC failure", ["mx.office.example; dmarc=fail header.from=unit.example"], "senderForged"],
    ["a failure above a forged pass", ["mx.office.example; dmarc=fail", "mx.office.example; dmarc=pass"], "senderForged"],
    ["a failure beside an aligned SPF pass", ["mx.office.example; dmarc=fail; spf=pass smtp.mailfrom=unit.example"], "senderForged"],
    ["a forged pass below an own header without DMARC", ["mx.office.example; spf=fail", "mx.office.example; dmarc=pass"], "senderUnproven"],
    ["a pass in a comment", ["mx.office.example; spf=fail (dmarc=pass; dkim=pass header.d=unit.example)"], "senderUnproven"],
    ["a pass of a stranger's server", ["mx.elsewhere.example; dmarc=pass"], "senderUnproven"],
    ["a forged pass below a stranger's header", ["mx.elsewhere.example; none", "mx.office.example; dmarc=pass"], "senderUnproven"],
    ["an SPF pass of another domain", ["mx.office.example; spf=pass smtp.mailfrom=attacker.example"], "senderUnproven"],
    ["a DKIM pass of the whole top domain", ["mx.office.example; dkim=pass header.d=example"], "senderUnproven"],
    [
      "a pass in the quoted name of the bounce address",
      [`mx.office.example; spf=pass smtp.mailfrom="a; dmarc=pass b"@x.example`],
      "senderUnproven",
    ],
    [
      "a signed domain in a quoted name",
      [`mx.office.example; spf=pass smtp.mailfrom="a; dkim=pass header.d=unit.example b"@x.example`],
      "senderUnproven",
    ],
    ["a property in a quoted name", [`mx.office.example; dkim=pass header.i="a header.d=unit.example b"@x.example`], "senderUnproven"],
    [
      "a failure behind a quoted parenthesis",
      [`mx.office.example; dkim=pass header.d=unit.example; spf=fail smtp.mailfrom="("@x.example; dmarc=fail`],
      "senderForged",
    ],
    [
      "a failure behind an escaped quote",
      [`mx.office.example; dkim=pass header.d=unit.example; spf=fail smtp.mailfrom="\\""@x.example; dmarc=fail`],
      "senderForged",
    ],
    ["a quote that does not end", [`mx.office.example; dmarc=pass; spf=fail smtp.mailfrom="a`], "senderUnproven"],
    ["a DMARC pass for another From field", ["mx.office.example; dmarc=pass header.from=attacker.example"], "senderUnproven"],
    ["a DMARC pass for a domain below", ["mx.office.example; dmarc=pass header.from=x.unit.example"], "senderUnproven"],
    ["no result at all", [], "senderUnproven"],
  ])("holds %s back", (_what, results, doubt) => {
    expect(judge(results)).toMatchObject({ kind: "doubtful", doubt });
  });

  it("holds a message back whose sender is not one clear address", () => {
    expect(judgeSender(makeMail({ from: null }), SENDERS, [])).toEqual({ kind: "doubtful", address: null, doubt: "senderUnclear" });
  });
});
