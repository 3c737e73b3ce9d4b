import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printRegistrationForm } from "../../src/adapters/form-print.ts";
import { ensureOwnForms } from "../../src/adapters/own-forms.ts";
import { createSubmissionReader } from "../../src/adapters/submission-reader.ts";
import { loadConfig } from "../../src/config.ts";
import type { ReadRequest } from "../../src/pipeline/submission-reader-port.ts";
import { createHome, removeHome } from "./test-home.ts";

let home: string;

beforeAll(() => {
  home = createHome();
});

afterAll(() => removeHome(home));

describe("createSubmissionReader", () => {
  it("knows a form that was added while its process was already at work", async () => {
    const path = join(home, "blank.pdf");
    writeFileSync(path, await printRegistrationForm("fi"));
    const config = loadConfig({ ILMO_HOME: home });
    const reader = createSubmissionReader({ reading: { ...config.reading, workers: 1 } });
    const request: ReadRequest = {
      files: [{ fileIndex: 0, path }],
      home,
      sessions: [],
      receivedOn: "2026-09-20",
      environment: "test",
      senderUnits: [],
      withPictures: false,
    };
    const kinds = async (): Promise<string[]> => {
      const { registrations, unassignedPages } = await reader.read(request, () => {});
      return [...registrations.flatMap(({ pages }) => pages), ...unassignedPages].map(({ kind }) => kind);
    };
    try {
      expect(await kinds()).not.toContain("form-1");
      await ensureOwnForms(home);
      expect(await kinds()).toContain("form-1");
    } finally {
      await reader.close();
    }
  });
});
