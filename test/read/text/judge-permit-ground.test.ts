import { describe, expect, it } from "vitest";
import { judgePermitGround } from "../../../src/read/text/judge-permit-ground.ts";
import { lineOf } from "./reading-samples.ts";

describe("judgePermitGround", () => {
  it.each([
    ["88 8", "88", "88 §", "88 §"],
    ["52 §", "52", "528", "52 §"],
    ["878", "87", "878", "87 §"],
    ["78 & 3 MOM", "78 S 3 MOM", "78 § 3 MOM", "78 § 3 MOM"],
    ["78 § 3 mom.1k", "78 § 3 mom. 1k", "78 § 3 mom.1 k", "78 § 3 mom. 1 k"],
    ["TURVAPAIKKA", "TURVAPAIKKA", "TURVAPAIKKA", "TURVAPAIKKA"],
  ])("proves %j / %j / %j as %s", (words, shapes, codes, value) => {
    expect(judgePermitGround([lineOf({ words, shapes, codes })])).toMatchObject({ value, isProved: true });
  });

  it("proposes a section whose sign nobody read, without accepting it", () => {
    expect(judgePermitGround([lineOf({ words: "88 8", shapes: "886", codes: "8B" })])).toMatchObject({ value: "88 §", isProved: false });
  });

  it("accepts nothing when two sections are seen", () => {
    expect(judgePermitGround([lineOf({ words: "52 §", shapes: "82", codes: "82 §" })])?.isProved).toBe(false);
  });

  it("returns null for a text that is no section", () => {
    expect(judgePermitGround([lineOf({ words: "luvan mukaan", shapes: "luvan mukaan", codes: "luvan mukaan" })])).toBeNull();
  });
});
