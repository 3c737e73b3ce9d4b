import { describe, expect, it } from "vitest";
import { findCyrillicName } from "../../../../src/read/text/lists/cyrillic-look.ts";

describe("findCyrillicName", () => {
  it.each([
    ["language", ["apa6cknn", "apa6ckn"], "арабский"],
    ["language", ["comannu", "comanu"], "сомали"],
    ["language", ["pycckn"], "русский"],
    ["country", ["poccua"], "Россия"],
    ["country", ["aprahhctah", "aprahmctah"], "Афганистан"],
    ["country", ["hpak", "vipak"], "Ирак"],
    ["educationLevel", ["6akanabp", "bakanabp"], "бакалавр"],
    ["occupation", ["meacectpa"], "медсестра"],
  ] as const)("knows the %s that was read as %j", (content, readings, name) => {
    expect(findCyrillicName(content, readings)).toBe(name);
  });

  it.each([
    ["language", ["xy"]],
    ["freeText", ["boha"]],
    ["country", ["Helsinki"]],
  ] as const)("finds no %s for %j", (content, readings) => {
    expect(findCyrillicName(content, readings)).toBe(null);
  });
});
