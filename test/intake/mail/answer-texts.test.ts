import { describe, expect, it } from "vitest";
import { formatAcknowledgement } from "../../../src/intake/mail/answer-texts.ts";

const FACTS = {
  reference: "M-K7M3-92",
  arrivedAt: "2026-07-01T21:05:00.000Z",
  documentCount: 3,
  readCount: 3,
  isLinkOnly: false,
  hasLinkToo: false,
  office: { name: "Toimisto", phone: "0295 000 000" },
};
const format = (change: Partial<typeof FACTS> | { readCount: null }, language: "fi" | "sv" | "en" = "fi") =>
  formatAcknowledgement({ ...FACTS, ...change }, language);

describe("formatAcknowledgement", () => {
  it("speaks the sender's language first, and the two others too", () => {
    const { subject, text } = format({}, "sv");
    expect(subject).toBe("Meddelandet mottaget, referens M-K7M3-92");
    expect(text.indexOf("Ert meddelande")).toBe(0);
    expect(text.indexOf("Viestinne")).toBeGreaterThan(0);
    expect(text.indexOf("Your message")).toBeGreaterThan(text.indexOf("Viestinne"));
  });

  it("tells the office's time of arrival, the reference and the number of attachments", () => {
    const { text } = format({});
    expect(text).toContain("2.7.2026 00.05");
    expect(text).toContain("M-K7M3-92");
    expect(text).toContain("Liitteitä luettu: 3.");
  });

  it.each([
    [{ readCount: 1 }, "Liitteitä luettu: 1/3."],
    [{ readCount: 0 }, "Viestin liitteitä ei saatu auki."],
    [{ readCount: null }, "Viestissä ei ollut lomakkeita."],
    [{ documentCount: 0, readCount: 0 }, "Viestissä ei ollut lomakkeita."],
    [{ isLinkOnly: true, documentCount: 0 }, "SISÄLTÖÄ EI OLE VASTAANOTETTU"],
    [{ hasLinkToo: true }, "Linkin takana olevaa sisältöä EI OLE VASTAANOTETTU"],
  ])("says of %o: %s", (change, words) => {
    expect(format(change).text).toContain(words);
  });

  it("does not claim that a link's content was received", () => {
    expect(format({ isLinkOnly: true, documentCount: 0 }).text).not.toContain("Liitteitä luettu");
  });
});
