import { describe, expect, it } from "vitest";
import { findAnswerBlock } from "../../../src/intake/mail/judge-answer.ts";
import { makeMail } from "./mail-builder.ts";

const OWN = ["intake@office.example"];

describe("findAnswerBlock", () => {
  it.each([
    ["Auto-Submitted: no", "auto-submitted", "no"],
    ["a return path", "return-path", "<clerk@unit.example>"],
    ["Precedence: first-class", "precedence", "first-class"],
    ["X-Auto-Response-Suppress for receipts", "x-auto-response-suppress", "DR, RN"],
  ])("lets a person's message with %s be answered", (_what, name, value) => {
    expect(findAnswerBlock(makeMail({ fields: [[name, value]] }), OWN)).toBeNull();
  });

  it.each([
    ["auto-submitted", "auto-replied", "automatic"],
    ["auto-submitted", "auto-generated (rejected)", "automatic"],
    ["x-autoreply", "yes", "automatic"],
    ["precedence", "Bulk", "bulk"],
    ["precedence", "list", "bulk"],
    ["precedence", "junk", "bulk"],
    ["list-id", "<news.unit.example>", "list"],
    ["list-unsubscribe", "<mailto:x@y.example>", "list"],
    ["x-auto-response-suppress", "OOF, AutoReply", "suppressed"],
    ["x-auto-response-suppress", "All", "suppressed"],
    ["return-path", "< >", "bounce"],
  ])("answers nothing with %s: %s", (name, value, block) => {
    expect(findAnswerBlock(makeMail({ fields: [[name, value]] }), OWN)).toBe(block);
  });

  it.each([
    ["MAILER-DAEMON@mx.example".toLowerCase(), "bounce"],
    ["no-reply@securemail.unit.example", "bounce"],
    ["noreply+7@unit.example", "bounce"],
    ["owner-news@unit.example", "bounce"],
    ["news-bounces@unit.example", "bounce"],
    ["intake@office.example", "own"],
    [null, "bounce"],
  ])("answers nothing from %s", (from, block) => {
    expect(findAnswerBlock(makeMail({ from }), OWN)).toBe(block);
  });

  it("answers no report of a server", () => {
    expect(findAnswerBlock(makeMail({ type: "multipart/report" }), OWN)).toBe("bounce");
  });
});
