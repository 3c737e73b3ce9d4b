import { describe, expect, it } from "vitest";
import { nextDelayOf } from "../../src/pipeline/queue-port.ts";

const DELAYS = [10, 20];

describe("nextDelayOf", () => {
  it.each([
    { code: "parserCrashed", delays: [10, 20, undefined] },
    { code: "unexpected", delays: [10, 20, undefined] },
    { code: "fileEncrypted", delays: [undefined, undefined, undefined] },
    { code: "formMissing", delays: [undefined, undefined, undefined] },
    { code: "storageUnavailable", delays: [10, 10, 10] },
    { code: "databaseUnavailable", delays: [10, 10, 10] },
    { code: "toolMissing", delays: [10, 10, 10] },
    { code: "configInvalid", delays: [10, 10, 10] },
  ] as const)("makes a job with $code wait $delays after no, one and two failures", ({ code, delays }) => {
    expect([0, 1, 2].map((failures) => nextDelayOf(failures, code, DELAYS))).toEqual(delays);
  });
});
