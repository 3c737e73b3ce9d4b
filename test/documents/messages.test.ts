import { describe, expect, it } from "vitest";
import { findMessageFaults } from "../../src/documents/find-message-faults.ts";
import { MESSAGE_FILES, toMessageTable, withReview } from "../../src/documents/message-files.ts";
import { PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";

interface EditableFile {
  invitation: Record<string, string>;
  languages: Record<string, string>;
}

/** The real files with one language changed. */
function withChange(language: "ar" | "ru" | "so", change: (file: EditableFile) => void): typeof MESSAGE_FILES {
  const file = structuredClone(MESSAGE_FILES[language]) as EditableFile;
  change(file);
  return { ...MESSAGE_FILES, [language]: file };
}

describe("findMessageFaults", () => {
  it("finds nothing wrong with the project's own files", () => {
    expect(findMessageFaults(MESSAGE_FILES)).toEqual([]);
  });

  it("finds a missing key", () => {
    const files = withChange("so", (file) => {
      delete file.invitation.must;
    });
    expect(findMessageFaults(files)).toEqual([{ language: "so", key: "invitation.must", kind: "missing" }]);
  });

  it.each([
    ["an unknown key", "unknown", "extra", "Hei"],
    ["an empty text", "empty", "must", "  "],
    ["a text that is no ICU message", "syntax", "must", "{unclosed"],
    ["a lost placeholder", "placeholders", "prevented", "Позвоните нам."],
    ["a renamed placeholder", "placeholders", "prevented", "Назовите номер {ref}."],
    ["a plural that lacks a form of the language", "plural", "duration", "{hours, plural, one {# час} other {# часа}}"],
    ["a plural turned into plain text", "plural", "duration", "{hours}"],
  ])("finds %s", (_, kind, key, text) => {
    const files = withChange("ru", (file) => {
      file.invitation[key] = text;
    });
    expect(findMessageFaults(files)).toEqual([{ language: "ru", key: `invitation.${key}`, kind }]);
  });

  it("wants the office's own sections in Finnish and Swedish, the instruction in English too", () => {
    const missing = (language: "sv" | "en" | "et", section: string) => {
      const { [section]: _, ...rest } = MESSAGE_FILES[language] as Record<string, unknown>;
      return findMessageFaults({ ...MESSAGE_FILES, [language]: rest }).map(({ kind }) => kind);
    };
    for (const [language, section] of [
      ["sv", "roster"],
      ["sv", "findings"],
      ["en", "instruction"],
      ["et", "referral"],
      ["et", "pictogram"],
    ] as const)
      expect(new Set(missing(language, section)), `${language} ${section}`).toEqual(new Set(["missing"]));
  });

  it("finds a file without its description", () => {
    expect(findMessageFaults({ ...MESSAGE_FILES, et: { invitation: {} } })).toEqual([
      { language: "et", key: "_meta", kind: "fileInvalid" },
    ]);
  });
});

describe("message files", () => {
  it.each(PAPER_LANGUAGES)("name every session language in %s differently", (language) => {
    const { messages } = toMessageTable(MESSAGE_FILES[language]);
    const names = PAPER_LANGUAGES.map((other) => messages.get(`languages.${other}`));
    expect(new Set(names).size).toBe(PAPER_LANGUAGES.length);
  });

  it.each(["fa", "prs"] as const)(
    "write heh with hamza as one letter in %s: as two, readers of a PDF find a tenth fewer words",
    (language) => {
      const text = [...toMessageTable(MESSAGE_FILES[language]).messages.values()].join("");
      expect(text).toContain("\u06c0");
      expect(text).not.toContain("\u0647\u0654");
    },
  );

  it("write right to left exactly in Arabic, Farsi, Dari and Sorani", () => {
    const rightToLeft = PAPER_LANGUAGES.filter((language) => toMessageTable(MESSAGE_FILES[language]).meta.dir === "rtl");
    expect(rightToLeft).toEqual(["ar", "fa", "prs", "ckb"]);
  });
});

describe("withReview", () => {
  const reviewed = () => withReview(MESSAGE_FILES.so, "Xaawo Esimerkki, 2026-08-10");
  const reviewerOf = (file: unknown) => toMessageTable(file).meta.reviewedBy;

  it("notes who has checked the texts", () => {
    expect(reviewerOf(MESSAGE_FILES.so)).toBeNull();
    expect(reviewerOf(reviewed())).toBe("Xaawo Esimerkki, 2026-08-10");
    expect(findMessageFaults({ ...MESSAGE_FILES, so: reviewed() })).toEqual([]);
  });

  it("holds only for the texts that were checked", () => {
    const changed = structuredClone(reviewed()) as unknown as EditableFile;
    changed.invitation.must = "Waa inaad timaaddaa.";
    expect(reviewerOf(changed)).toBeNull();
  });

  it("is not believed without the fingerprint of the texts", () => {
    const { _meta, ...rest } = MESSAGE_FILES.so as { _meta: object };
    expect(reviewerOf({ _meta: { ..._meta, reviewedBy: "Somebody" }, ...rest })).toBeNull();
  });
});
