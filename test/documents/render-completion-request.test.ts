import { describe, expect, it } from "vitest";
import { completionFindings, renderCompletionRequest } from "../../src/documents/render-completion-request.ts";
import { FINDING_CODES } from "../../src/model/finding.ts";
import { completionInput, TEMPLATES } from "./paper-inputs.ts";

const textOf = (deviation: Parameters<typeof completionInput>[0] = {}) =>
  renderCompletionRequest(completionInput(deviation), "<svg></svg>", TEMPLATES).expectation.text;

describe("completionFindings", () => {
  it("keeps what the sending unit can put right, once, in the form's order", () => {
    expect(completionFindings(["signatureMissing", "duplicatePerson", "permitCopyMissing", "signatureMissing"])).toEqual([
      "permitCopyMissing",
      "signatureMissing",
    ]);
  });

  it("leaves out what only the office can settle", () => {
    const forOffice = FINDING_CODES.filter((code) => !completionFindings(FINDING_CODES).includes(code));
    expect(forOffice).toEqual([
      "otherForm",
      "sessionClosed",
      "sessionFull",
      "sessionTooSoon",
      "sessionTooLate",
      "nonDisclosure",
      "languageNotServed",
      "notAbleToWork",
      "duplicatePerson",
    ]);
  });
});

describe("renderCompletionRequest", () => {
  it("says what is missing, by when, how to send it and whom to ask", () => {
    const text = textOf();
    expect(text).toContain("Henkilön allekirjoitus puuttuu.");
    expect(text).toContain("Oleskelulupakortista on kopio vain toiselta puolelta.");
    expect(text).toContain("Vastatkaa viimeistään 24.8.2026");
    expect(text).toContain("Salatulla sähköpostilla osoitteeseen kotoprojekti@te-toimisto.example");
    expect(text).toContain("Älkää kirjoittako henkilötunnusta sähköpostin otsikkoon tai tekstiin.");
    expect(text).toContain("puhelin 0295 000 000");
  });

  it("is written in Swedish for a Swedish unit", () => {
    expect(textOf({ language: "sv" })).toContain("Svara senast 24.8.2026");
  });

  it.each(["fi", "sv"] as const)("has words in %s for every finding that a unit can put right", (language) => {
    expect(textOf({ language, findings: [...FINDING_CODES] }).length).toBeGreaterThan(2_000);
  });

  it("prints no empty line for a session or a contact that is not known", () => {
    const text = textOf({ session: null, senderContact: null });
    expect(text).not.toContain("infotilaisuus:");
    expect(text).not.toContain("Anna Esimerkki");
  });

  it("refuses to write when there is nothing to ask for", () => {
    expect(() => textOf({ findings: ["duplicatePerson"] })).toThrow(expect.objectContaining({ code: "notAllowed" }));
  });
});
