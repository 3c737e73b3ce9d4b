import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addForms, listForms } from "../../src/commands/form-commands.ts";
import type { Terminal } from "../../src/commands/terminal.ts";
import { loadConfig } from "../../src/config.ts";
import { makeBlankForm } from "../forms/make-blank-form.ts";

async function makeBareForm(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document
    .getForm()
    .createTextField("surname")
    .addToPage(document.addPage([595, 842]), { x: 50, y: 700, width: 200, height: 18, borderWidth: 0 });
  return document.save();
}

describe("the forms commands", () => {
  let folder: string;
  const config = () => ({ ...loadConfig(), home: join(folder, "home") });
  const lines: string[] = [];
  const values: unknown[] = [];
  const terminal: Terminal = {
    line: (text) => lines.push(text),
    json: (value) => values.push(value),
    progress: () => {},
    progressDone: () => {},
    isJson: false,
  };
  const write = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const add = async (...paths: string[]): Promise<unknown> => {
    await addForms(config(), terminal, paths, undefined);
    return values.at(-1);
  };
  const known = async (): Promise<unknown> => {
    await listForms(config(), terminal);
    return values.at(-1);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ilmo-forms-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("say which file and title a form has, and that it was known when it is added again or replaced", async () => {
    const footer = "HAKEMUS-1 fi 1.0   1 (1)";
    const blank = write("hakemus.pdf", await makeBlankForm({ footer, title: "Hakemus" }));
    expect(await add(blank)).toMatchObject([{ id: "HAKEMUS-1/fi/1.0", state: "added" }]);
    expect(await add(blank)).toMatchObject([{ state: "alreadyKnown" }]);
    expect(lines.at(-1)).toContain("This form was known already: nothing changed.");
    const other = write("hakemus-2.pdf", await makeBlankForm({ footer, title: "Hakemus", textNames: ["surname", "givenNames", "email"] }));
    expect(await add(other)).toMatchObject([{ id: "HAKEMUS-1/fi/1.0", state: "replaced" }]);
    expect(await known()).toMatchObject([{ id: "HAKEMUS-1/fi/1.0", title: "Hakemus", fileName: "hakemus-2.pdf" }]);
    expect(lines.at(-1)).toMatch(/HAKEMUS-1\/fi\/1\.0 .* Hakemus +hakemus-2\.pdf/);
  });

  it("refuse a form of which no page can be known again, and then store none", async () => {
    const before = await known();
    const good = write("toinen.pdf", await makeBlankForm({ footer: "TOINEN-1 fi 1.0   1 (1)", textNames: ["surname", "phone", "email"] }));
    const bare = write("bare.pdf", await makeBareForm());
    await expect(add(good, bare)).rejects.toMatchObject({
      code: "layoutInvalid",
      message: expect.stringMatching(/^File 2 of 2: .*no page of this one can\. Page 1 has too little print.* Nothing was added\.$/),
    });
    expect(await known()).toEqual(before);
  });

  it("say of a protected form that it is protected", async () => {
    const document = await PDFDocument.load(await makeBlankForm());
    document.encrypt({ userPassword: "user", ownerPassword: "owner" });
    await expect(add(write("locked.pdf", await document.save()))).rejects.toMatchObject({
      code: "layoutInvalid",
      message: expect.stringContaining("protected by a password"),
    });
  });
});
