import { array, assert, constantFrom, pre, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { PageKind } from "../../../src/model/page.ts";
import { groupPages, type PageToGroup } from "../../../src/read/group/group-pages.ts";
import type { PersonHints } from "../../../src/read/group/person-hints.ts";

const form = (pageNumber: number, language = "fi"): PageKind => ({ kind: "form", layoutId: `ILMO-F1/${language}/1.0`, pageNumber });
const permit: PageKind = { kind: "permit", sides: ["front", "back"] };

const KINDS: Readonly<Record<string, PageKind>> = {
  F1: form(1),
  F2: form(2),
  S1: form(1, "sv"),
  S2: form(2, "sv"),
  pe: permit,
  pa: { kind: "passport" },
  sk: { kind: "skills" },
  ex: { kind: "extract" },
  co: { kind: "cover" },
  ot: { kind: "other" },
  "--": { kind: "blank" },
  X1: { kind: "form", layoutId: "HAKEMUS/fi/1", pageNumber: 1 },
  X3: { kind: "form", layoutId: "HAKEMUS/fi/1", pageNumber: 3 },
};

interface NamedPage extends PageToGroup {
  readonly name: string;
}

/** Builds pages from a sketch such as "F1 F2 pe | sk": kinds by code, files parted by a bar, hints by position. */
function sketch(text: string, hints: Readonly<Record<number, PersonHints>> = {}): NamedPage[] {
  let ordinal = 0;
  return text.split(" | ").flatMap((file, fileIndex) =>
    file.split(" ").map((code, pageIndex) => {
      const kind = KINDS[code] ?? { kind: "blank" };
      const hint = hints[ordinal];
      const source = { fileIndex, pageIndex };
      const isOtherForm = code.startsWith("X");
      return { name: `${code}${ordinal++}`, kind, source, isOtherForm, ...(hint === undefined ? {} : { hints: hint }) };
    }),
  );
}

const names = (pages: readonly NamedPage[]): string => pages.map(({ name }) => name).join(" ");

function grouped(text: string, hints?: Readonly<Record<number, PersonHints>>): string {
  const { registrations, unassigned } = groupPages(sketch(text, hints));
  return `${registrations.map(names).join(" / ")} ; ${names(unassigned)}`;
}

describe("groupPages", () => {
  it.each([
    ["a form from elsewhere after a registration", "F1 F2 X1 pe", "F10 F21 pe3 / X12 ; "],
    ["a later page of a form from elsewhere", "F1 F2 X3", "F10 F21 / X32 ; "],
    ["a form from elsewhere by itself", "X1 pe", "X10 pe1 ; "],
    ["one person in order", "F1 F2 pe sk", "F10 F21 pe2 sk3 ; "],
    ["duplex blanks belong to nobody", "F1 -- F2 -- pe --", "F10 F22 pe4 ; --1 --3 --5"],
    ["attachments before the form, pages swapped", "pe sk F2 F1", "pe0 sk1 F22 F13 ; "],
    ["attachments in a second file", "F1 F2 | pe sk", "F10 F21 pe2 sk3 ; "],
    ["a page in each file", "F1 | F2 | pe", "F10 F21 pe2 ; "],
    ["an attachment between the form's pages", "F1 pe F2", "F10 pe1 F22 ; "],
    ["one person's cover letter", "co F1 F2", "co0 F11 F22 ; "],
    ["a batch, cover letter to nobody", "co F1 F2 pe F1 F2 pe sk", "F11 F22 pe3 / F14 F25 pe6 sk7 ; co0"],
    ["a batch, attachments first", "pe F1 F2 pe sk F2 F1", "pe0 F11 F22 / pe3 sk4 F25 F16 ; "],
    ["a batch, second page of the first missing", "F1 pe F1 F2 pe", "F10 pe1 / F12 F23 pe4 ; "],
    ["a batch, first page of the second missing", "F1 F2 pe F2 pe F1 F2", "F10 F21 pe2 / F23 pe4 / F15 F26 ; "],
    ["first page of one after first page of another", "F1 F1 F2", "F10 / F11 F22 ; "],
    ["forms of two languages in a batch", "F1 S1 S2 pe", "F10 / S11 S22 pe3 ; "],
    ["a lone pair is one person's even if one page looks like another language", "F1 S2 pe", "F10 S21 pe2 ; "],
    ["a form page is missing", "F2 pe", "F20 pe1 ; "],
    ["no form but a card", "pe -- ot", "pe0 ot2 ; --1"],
    ["nothing of a person", "ot --", " ; ot0 --1"],
    ["a batch's attachments in a file of their own, unnamed", "F1 F2 F1 F2 | pe", "F10 F21 / F12 F23 ; pe4"],
  ])("groups %s", (_title, input, expected) => {
    expect(grouped(input)).toBe(expected);
  });

  const anna: PersonHints = { surname: "Aalto", givenNames: "Anna Maria", birthDate: "1990-01-02", identityCodes: ["020190-900A"] };
  const bella: PersonHints = { surname: "Berg", givenNames: "Bella", birthDate: "1991-03-04" };

  it("gives a named attachment to the person it names, wherever it lies", () => {
    expect(grouped("F1 F2 F1 F2 pe sk", { 0: anna, 2: bella, 4: { surname: "AALTO", givenNames: "ANNA", birthDate: "1990-01-02" } })).toBe(
      "F10 F21 pe4 / F12 F23 sk5 ; ",
    );
  });

  it("finds the person of an attachment in a file of its own by the name in its text", () => {
    expect(grouped("F1 F2 F1 F2 | sk", { 0: anna, 2: bella, 4: { text: "OSAAMISKARTOITUS\nBELLA BERG" } })).toBe(
      "F10 F21 / F12 F23 sk4 ; ",
    );
  });

  it("keeps another person's card with the only form, so that the mismatch is seen", () => {
    expect(grouped("F1 F2 pe", { 0: anna, 2: bella })).toBe("F10 F21 pe2 ; ");
  });

  it("parts form pages that name different persons", () => {
    expect(grouped("F1 F2", { 0: anna, 1: { surname: "Berg", givenNames: "Bella" } })).toBe("F10 / F21 ; ");
  });

  it("joins the torn form of a shuffled batch by names that were badly read on both pages", () => {
    const hints = {
      0: { looseName: "Chidi Okafsr" },
      2: { looseName: "Okafer Chidi" },
      3: { looseName: "Tunde Adeyemi" },
      4: { looseName: "Adeyemi Tunde Emeka" },
    };
    expect(grouped("F2 pe F1 F2 F1", hints)).toBe("F20 pe1 F12 / F23 F14 ; ");
  });

  it.each([
    [
      "two second pages come into question",
      { 0: { looseName: "Ali Hassan" }, 2: { looseName: "Ali Hasan" }, 4: { looseName: "Hassan Ali" } },
    ],
    [
      "the names share one word only",
      { 0: { looseName: "Ali Hassan" }, 2: { looseName: "Tunde Adeyemi" }, 4: { looseName: "Hassan Noor" } },
    ],
    [
      "a code says that they are two persons",
      {
        0: { looseName: "Ali Hassan", birthDate: "1990-01-01", surname: "Hassan", givenNames: "Ali" },
        2: { looseName: "Tunde Adeyemi" },
        4: { looseName: "Hassan Ali", birthDate: "1971-02-02", surname: "Hassen", givenNames: "Aly" },
      },
    ],
  ])("joins no torn form when %s", (_why, hints) => {
    expect(grouped("F2 pe F2 pe F1", hints)).toBe("F20 pe1 / F22 pe3 / F14 ; ");
  });

  it("gives no second page of a batch to the first page before it whose name is quite another", () => {
    const hints = { 0: { looseName: "Okafer Chidi" }, 1: { looseName: "Tunde Adeyemi" }, 2: { looseName: "Habib Noorzai" } };
    expect(grouped("F1 F2 F1 F2", hints)).toBe("F10 / F21 / F12 F23 ; ");
    expect(grouped("F1 F2 F1 F2", { ...hints, 1: { looseName: "Chibi Okaler" } })).toBe("F10 F21 / F12 F23 ; ");
  });

  it("puts every page in exactly one place and never gives a person one form page twice", () => {
    const codes = array(constantFrom(...Object.keys(KINDS), "|"), { minLength: 1, maxLength: 24 });
    assert(
      property(codes, (list) => {
        const text = list
          .join(" ")
          .replaceAll(/(?: ?\| ?)+/g, " | ")
          .replaceAll(/^ \| | \| $/g, "");
        pre(text.trim() !== "" && text !== "|");
        const pages = sketch(text);
        const { registrations, unassigned } = groupPages(pages);
        const out = [...registrations.flat(), ...unassigned].map(({ name }) => name);
        expect(out.toSorted()).toEqual(pages.map(({ name }) => name).toSorted());
        for (const registration of registrations) {
          const numbers = registration.flatMap(({ kind }) => (kind.kind === "form" ? [kind.pageNumber] : []));
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(registration.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("does not depend on the order in which pages are given", () => {
    const pages = sketch("co F1 F2 pe -- F1 F2 sk");
    expect(groupPages(pages.toReversed())).toEqual(groupPages(pages));
  });
});
