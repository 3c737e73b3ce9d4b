import { describe, expect, it } from "vitest";
import { findDeadline } from "../../../src/intake/mail/find-deadline.ts";
import type { IsoDate } from "../../../src/model/time.ts";

const ARRIVED = "2026-11-24" as IsoDate;

describe("findDeadline", () => {
  it.each([
    ["Viesti on luettavissa 4.12.2026 asti.", "2026-12-04"],
    ["Linkki vanhenee 4. joulukuuta 2026.", "2026-12-04"],
    ["Viesti poistetaan automaattisesti 30 päivän kuluttua.", "2026-12-24"],
    ["Linkki on voimassa 10 vrk.", "2026-12-04"],
    ["Meddelandet är tillgängligt till och med 5 december 2026.", "2026-12-05"],
    ["Länken går ut om 7 dagar.", "2026-12-01"],
    ["The message expires on December 6, 2026.", "2026-12-06"],
    ["Valid until 2026-12-07 12:00.", "2026-12-07"],
    ["This message will be available for 14 days.", "2026-12-08"],
    ["Voimassa 20.12.2026 saakka, liitteet poistetaan 1.12.2026.", "2026-12-01"],
    ["Luettavissa 24.11.2026 asti.", "2026-11-24"],
  ])("reads %s", (text, day) => {
    expect(findDeadline(text, ARRIVED)).toBe(day);
  });

  it.each([
    ["a day that is gone", "Luettavissa 23.11.2026 asti."],
    ["a day far away", "Voimassa 24.12.2099 asti."],
    ["a day that is no deadline", "Helsingissä 4.12.2026 Maija"],
    ["a day that does not exist", "Luettavissa 31.11.2026 asti."],
    ["nothing", ""],
  ])("does not take %s for a deadline", (_what, text) => {
    expect(findDeadline(text, ARRIVED)).toBeNull();
  });
});
