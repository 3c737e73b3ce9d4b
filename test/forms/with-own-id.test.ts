import { describe, expect, it } from "vitest";
import { withOwnId } from "../../src/forms/build-form-template.ts";
import type { FormLayout } from "../../src/model/form-layout.ts";

const layout = (sha256?: string, version = "1"): FormLayout => ({
  id: `HAKEMUS/fi/${version}`,
  code: "HAKEMUS",
  language: "fi",
  version,
  pages: [],
  zones: [],
  ...(sha256 === undefined ? {} : { sha256 }),
});

describe("withOwnId", () => {
  it("does not let a form take the place of another with the same title", () => {
    expect(withOwnId(layout("b"), [layout("a")])).toMatchObject({ id: "HAKEMUS/fi/2", version: "2" });
    expect(withOwnId(layout("c"), [layout("a"), layout("b", "2")]).id).toBe("HAKEMUS/fi/3");
  });

  it("knows the same form again", () => {
    expect(withOwnId(layout("b"), [layout("a"), layout("b", "2")]).id).toBe("HAKEMUS/fi/2");
  });

  it("lets a form that states its version take the place of the one before", () => {
    expect(withOwnId(layout(), [layout()]).id).toBe("HAKEMUS/fi/1");
  });
});
