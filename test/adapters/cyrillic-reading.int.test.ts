import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSubmission } from "../../fixtures/make-submission.ts";
import { makeOwnForm } from "../../fixtures/own-forms.ts";
import { makeRandom } from "../../fixtures/random.ts";
import { makeSessions } from "../../fixtures/sessions.ts";
import { NOTO } from "../../fixtures/typefaces.ts";
import { ensureOwnForms } from "../../src/adapters/own-forms.ts";
import { createSubmissionReader } from "../../src/adapters/submission-reader.ts";
import { hasCyrillicData } from "../../src/adapters/tesseract.ts";
import { loadConfig } from "../../src/config.ts";
import type { FieldReading } from "../../src/model/reading.ts";
import type { IsoDate } from "../../src/model/time.ts";
import { createHome, removeHome } from "./test-home.ts";

const DAY = "2026-09-14" as IsoDate;
let home: string;
let written: ReadonlyMap<string, string>;
let readings: ReadonlyMap<string, FieldReading>;

/** A Russian form filled in print and scanned, and what the line reads of it. */
beforeAll(async () => {
  home = createHome();
  await ensureOwnForms(home);
  const { sessions } = makeSessions(DAY, 4);
  const submission = await makeSubmission(
    {
      caseId: "t-1",
      set: "t",
      seed: "t",
      receivedOn: DAY,
      sessions,
      container: "pdfGray",
      severity: "clean",
      pageOrder: "normal",
      scan: { mode: "grey", dpi: 200, skewDeg: 0.3, scaling: 0.001, damages: [] },
      jpegQuality: 80,
      people: [
        {
          label: "0",
          origin: "kurdish",
          form: await makeOwnForm("ru"),
          face: NOTO,
          pen: "ballpoint",
          fullness: 1,
          defects: [],
          attachments: [],
          tickMarks: {},
          signature: "normal",
          areCardSidesApart: false,
        },
      ],
      hasCover: false,
      isPermitSideways: false,
    },
    makeRandom("cyrillic"),
  );
  const files = submission.files.map(({ name, bytes }, fileIndex) => {
    const path = join(home, name);
    writeFileSync(path, bytes);
    return { fileIndex, path };
  });
  const fields = Object.entries(submission.truth.records[0]?.fields ?? {});
  written = new Map(fields.flatMap(([field, value]) => (/\p{Script=Cyrillic}/u.test(String(value)) ? [[field, String(value)]] : [])));
  const config = loadConfig({ ILMO_HOME: home });
  const reader = createSubmissionReader({ reading: { ...config.reading, workers: 1 } });
  try {
    const request = { files, home, sessions, receivedOn: DAY, environment: "test" as const, senderUnits: [], withPictures: false };
    const { registrations } = await reader.read(request, () => {});
    readings = new Map(registrations.flatMap((registration) => registration.readings).map((reading) => [reading.field, reading]));
  } finally {
    await reader.close();
  }
}, 120_000);

afterAll(() => removeHome(home));

const plain = (value: unknown): string => String(value ?? "").toLowerCase();

describe("a Russian form", () => {
  it("is filled in Cyrillic letters in many fields", () => {
    expect(written.size).toBeGreaterThan(10);
  });

  it("accepts nothing in Cyrillic letters that is not there", () => {
    const wrong = [...written].filter(([field, text]) => {
      const reading = readings.get(field);
      return reading?.status !== "review" && plain(reading?.value) !== plain(text);
    });
    expect(wrong).toEqual([]);
  });

  it("has its Cyrillic fields read where the set-up could fetch the letters, and left to a person where it could not", async () => {
    const accepted = [...written.keys()].filter((field) => readings.get(field)?.status === "accepted");
    const right = [...written].filter(([field, text]) => plain(readings.get(field)?.value) === plain(text));
    if (await hasCyrillicData()) {
      expect(right.length / written.size).toBeGreaterThan(0.85);
      expect(accepted.length / written.size).toBeGreaterThan(0.6);
      expect(accepted).toContain("citizenship");
    } else {
      expect(accepted).toEqual([]);
      expect(plain(readings.get("citizenship")?.value)).toBe(plain(written.get("citizenship")));
    }
  });
});

describe("hasCyrillicData", () => {
  it("is false for a folder without the data", async () => {
    expect(await hasCyrillicData("/nowhere")).toBe(false);
  });
});
