import { describe, expect, it } from "vitest";
import { findLinkNotice } from "../../../src/intake/mail/find-link-notice.ts";
import { NOTICE_PATTERNS } from "../../../src/intake/mail/notice-patterns.ts";
import type { IsoDate } from "../../../src/model/time.ts";

const find = (from: string, text: string) => findLinkNotice({ from, text, arrivedOn: "2026-11-24" as IsoDate }, NOTICE_PATTERNS);

describe("findLinkNotice", () => {
  it.each([
    ["deltagon", "no-reply@securemail.town.example", "Sinulle on saapunut viesti: https://securemail.town.example/read?id=1a2b"],
    ["deltagon", "clerk@town.example", "Suojattu viesti. Lue viesti: https://secmail.town.example/m/1a2b"],
    ["turvaviesti", "noreply@turvaviesti.example", "Avaa viesti: https://turvaviesti.example/v/1"],
    ["turvaposti", "clerk@town.example", "Turvaposti odottaa: https://turvaposti.example/x/9"],
    [
      "purview",
      "microsoftoffice365@messaging.microsoft.com",
      "has sent you a protected message https://outlook.office365.com/Encryption/x",
    ],
    ["zivver", "clerk@town.example", 'You received a secure message <a href="https://app.zivver.com/m/1?a=1&amp;b=2">Open</a>'],
  ])("knows a notice of %s", (product, from, text) => {
    expect(find(from, text)).toMatchObject({ product });
  });

  it.each([
    ["a signature that names the portal's front page", "clerk@town.example", "Lähetä suojattu viesti: https://securemail.town.example/"],
    ["a link to something else", "clerk@town.example", "Salattu viesti? Ks. https://www.town.example/ohje"],
    ["words without a link", "clerk@town.example", "Lähetin sinulle salatun viestin, turvaviesti tulossa"],
    ["a link into a portal without words of a notice", "clerk@town.example", "https://securemail.town.example/help/ohje.pdf"],
  ])("does not take %s for a notice", (_what, from, text) => {
    expect(find(from, text)).toBeNull();
  });

  it("takes the day that the notice says, else the product's usual time", () => {
    const text = "Lue viesti: https://securemail.town.example/m/1";
    expect(find("clerk@town.example", `${text} Luettavissa 1.12.2026 asti.`)).toMatchObject({ openBy: "2026-12-01", isStated: true });
    expect(find("clerk@town.example", text)).toMatchObject({ openBy: "2026-12-04", isStated: false });
  });

  it("takes an office's own products", () => {
    const own = [{ product: "own", senders: ["*@gate.office.example"], hosts: ["gate.*"], words: [], validDays: 3 }];
    const notice = findLinkNotice(
      { from: "x@gate.office.example", text: "https://gate.office.example/1", arrivedOn: "2026-11-24" as IsoDate },
      own,
    );
    expect(notice).toEqual({ product: "own", openBy: "2026-11-27", isStated: false });
  });

  it("is not held up by a text that is made to be slow", () => {
    const text = `${"https://securemail.".repeat(20_000)} ${"a@".repeat(50_000)} lue viesti ${"voimassa 1.".repeat(20_000)}`;
    expect(find("*".repeat(200), text)?.product).toBe("deltagon");
  });
});
