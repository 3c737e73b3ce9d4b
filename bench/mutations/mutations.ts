/** One fault put into the code on purpose, and the tests of `npm test` that must notice it. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  /** Code that stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  readonly project: "unit" | "int";
  readonly tests: readonly string[];
}

/** Faults by which a reader would go wrong without a word. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: "every zone of a form lies 3 mm too far right",
    file: "src/adapters/form-pdf-widgets.ts",
    from: "const rect = rectFromCorners(toMm, x, y, x + width, y + height);",
    to: "const rect = rectFromCorners(toMm, x + 8.5, y, x + width + 8.5, y + height);",
    project: "int",
    tests: ["test/forms/parse-form-layout.int.test.ts"],
  },
  {
    name: "a choice names the neighbour of the box that is ticked",
    file: "src/read/tick/read-ticks.ts",
    from: "if (best !== undefined) return best.box.zone.option ?? null;",
    to: "if (best !== undefined) return options[(options.indexOf(best) + 1) % options.length]?.box.zone.option ?? null;",
    project: "unit",
    tests: ["test/read/tick/read-ticks.test.ts"],
  },
  {
    name: "a ticked box counts as empty and an empty one as ticked",
    file: "src/read/tick/read-ticks.ts",
    from: `if (mark === "marked") return { field, value: true,`,
    to: `if (mark === "empty") return { field, value: true,`,
    project: "unit",
    tests: ["test/read/tick/read-ticks.test.ts"],
  },
  {
    name: "the blank form's own ink is not taken away",
    file: "src/read/ink/remove-print.ts",
    from: "if (away <= spread) {",
    to: "if (away < 0) {",
    project: "unit",
    tests: ["test/read/ink/ink-page.test.ts", "test/read/tick/read-ticks.test.ts"],
  },
  {
    name: "a page that does not fit its layout is read all the same",
    file: "src/read/align/recognise-form-page.ts",
    from: "const LEAST_QUALITY = 0.5;",
    to: "const LEAST_QUALITY = 0;",
    project: "unit",
    tests: ["test/read/align/recognise-form-page.test.ts"],
  },
  {
    name: "fields of another version of the form are not looked for",
    file: "src/read/align/other-version.ts",
    from: "return followLabels({ ...page, drift: { ...page.drift, drifted: true, isOtherVersion: true } });",
    to: "return followLabels === undefined ? page : { ...page, drift: { ...page.drift, drifted: true, isOtherVersion: true } };",
    project: "unit",
    tests: ["test/read/align/follow-labels.test.ts"],
  },
  {
    name: "readings of a drifted page are believed",
    file: "src/read/text/read-text-zones.ts",
    from: "return !page.drift.drifted && page.localQuality(zone.rect) >= MIN_LOCAL_QUALITY;",
    to: "return page.layout !== undefined || zone.rect.x > MIN_LOCAL_QUALITY;",
    project: "unit",
    tests: ["test/read/text/read-text-zones.test.ts"],
  },
  {
    name: "one reader's words are taken for two readers' agreement",
    file: "src/read/text/judge-words.ts",
    from: `const isSame = words.text !== "" && isSameText(content, words.text, shapes.text);`,
    to: `const isSame = words.text !== "" || isSameText(content, words.text, shapes.text);`,
    project: "unit",
    tests: ["test/read/text/judge-words.test.ts"],
  },
  {
    name: "faint writing is asserted to be nothing",
    file: "src/read/text/thresholds.ts",
    from: "leastDarkness: 35",
    to: "leastDarkness: 70",
    project: "unit",
    tests: ["test/read/text/read-text-zones.test.ts"],
  },
  {
    name: "a reading is accepted whatever its confidence has earned",
    file: "src/read/calibration/calibrate-reading.ts",
    from: `status: isSure ? reading.status : "review"`,
    to: `status: isSure ? reading.status : reading.status`,
    project: "unit",
    tests: ["test/read/calibration/calibrate-reading.test.ts"],
  },
  {
    name: "no stamp is seen in a signature box",
    file: "src/read/signature/read-signature.ts",
    from: "? findStamp(picture, ink.printed, THRESHOLD) : undefined",
    to: "? findStamp(picture, ink.printed, 255) : undefined",
    project: "unit",
    tests: ["test/read/signature/read-signature.test.ts"],
  },
  {
    name: "an identity code is believed against its check character",
    file: "src/read/text/grammar/identity-code.ts",
    from: "if (!parsePersonalIdentityCode(code, environment).ok) return null;",
    to: "if (environment === undefined || parsePersonalIdentityCode === undefined) return null;",
    project: "unit",
    tests: ["test/read/text/grammar/identity-code.test.ts"],
  },
];
