import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { buildZip } from "../../fixtures/hostile/archives.ts";
import { HOSTILE_PASSWORD, makeHonestFiles } from "../../fixtures/hostile/hostile-set.ts";
import { listQuarantine, retrySubmission, unlockSubmission } from "../../src/commands/quarantine-commands.ts";
import { withOffice } from "../../src/commands/with-office.ts";
import type { Config } from "../../src/config.ts";
import { SUBMISSION_QUEUE } from "../../src/pipeline/queues.ts";
import type { Submission } from "../../src/pipeline/store-port.ts";
import { createSubmission } from "../adapters/store-inputs.ts";
import { holdOffice } from "./hold-office.ts";
import { quietTerminal } from "./quiet-terminal.ts";

let home: string;
let config: Config;
let said: string[];
let json: unknown[];
const terminal = quietTerminal(
  (text) => void said.push(text),
  (value) => void json.push(value),
);

holdOffice((office) => {
  ({ home, config } = office);
});
beforeEach(() => {
  said = [];
  json = [];
});

const submissionOf = (id: string): Promise<Submission> => withOffice(config, ({ store }) => store.getSubmission(id));

/** Puts an archive into the store as one that could not be opened. */
async function putAside(zip: Uint8Array): Promise<string> {
  return withOffice(config, async ({ store, blobs }) => {
    const { sha256, sizeBytes } = await blobs.put(zip);
    const files = [{ fileIndex: 0, sha256, sizeBytes, mediaType: "zip", originalName: "Matkalainen Maija.zip" }];
    const submission = createSubmission([], { files });
    await store.recordSubmission(submission, { name: SUBMISSION_QUEUE, data: { submissionId: submission.id } });
    await store.quarantineSubmission(submission.id, "fileEncrypted", "locked");
    return submission.id;
  });
}

function passwordFile(name: string, ...lines: string[]): string {
  const path = join(home, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

describe("unlockSubmission", () => {
  it("leaves a submission in quarantine while no password fits, and opens it with the one that does", async () => {
    const { pdf } = await makeHonestFiles();
    const id = await putAside(await buildZip([{ name: "form.pdf", content: pdf, options: { password: HOSTILE_PASSWORD } }]));
    await expect(unlockSubmission(config, terminal, id, passwordFile("wrong", "nothing", "else"))).rejects.toMatchObject({
      code: "fileEncrypted",
    });
    expect((await submissionOf(id)).state).toBe("quarantined");

    await unlockSubmission(config, terminal, id, passwordFile("right", "nothing", HOSTILE_PASSWORD));
    const opened = await submissionOf(id);
    expect([opened.state, opened.faultCode]).toEqual(["received", null]);
    expect(opened.files.map(({ originalName, part }) => [originalName, part?.use, part?.parentIndex])).toEqual([
      ["Matkalainen Maija.zip", "container", null],
      ["form.pdf", "read", 0],
    ]);
    expect(json).toEqual([{ submissionId: id, originals: 1, toRead: 1, unreadable: 0 }]);
    expect([...said, JSON.stringify(json)].join()).not.toMatch(/Matkalainen|Kesä/);
    const stats = await withOffice(config, ({ queue }) => queue.stats());
    // One from when it was recorded, one from when it was opened again.
    expect(stats.find(({ name }) => name === SUBMISSION_QUEUE)?.waiting).toBe(2);
    await expect(retrySubmission(config, terminal, id, false)).rejects.toMatchObject({ code: "notAllowed" });
  });
});

describe("retrySubmission", () => {
  it("goes on without locked parts when asked to", async () => {
    const { png } = await makeHonestFiles();
    const locked = { name: "locked.png", content: png, options: { password: "nobody knows" } };
    const id = await putAside(await buildZip([{ name: "scan.png", content: png }, locked]));
    await expect(retrySubmission(config, terminal, id, false)).rejects.toMatchObject({ code: "fileEncrypted" });
    await retrySubmission(config, terminal, id, true);
    expect((await submissionOf(id)).files.map(({ part }) => [part?.use, part?.faultCode])).toEqual([
      ["container", null],
      ["read", null],
      ["unreadable", "fileEncrypted"],
    ]);
  });
});

describe("listQuarantine", () => {
  it("says what waits and what to do, without names", async () => {
    const id = await putAside(await buildZip([{ name: "a.pdf", content: Buffer.from("x") }]));
    await listQuarantine(config, terminal);
    expect(json[0]).toContainEqual(expect.objectContaining({ submissionId: id, reason: "fileEncrypted", todo: "ilmo unlock" }));
    expect(said.join("\n")).not.toContain("Matkalainen");
  });
});

describe("recordSubmission with parts", () => {
  it("knows a submission again by its originals, whatever was found in them", async () => {
    await withOffice(config, async ({ store }) => {
      const [original, part] = createSubmission(["the mail", "its form"]).files;
      if (original === undefined || part === undefined) throw new Error("expected two files");
      const container = { ...original, part: { parentIndex: null, use: "container", faultCode: null } } as const;
      const inside = { ...part, part: { parentIndex: 0, use: "unreadable", faultCode: "fileDamaged" } } as const;
      const first = createSubmission([], { files: [container, inside] });
      const again = createSubmission([], { files: [container] });
      const job = (id: string) => ({ name: SUBMISSION_QUEUE, data: { submissionId: id } });
      expect(await store.recordSubmission(first, job(first.id))).toMatchObject({ kind: "recorded" });
      expect(await store.recordSubmission(again, job(again.id))).toMatchObject({ kind: "duplicate", duplicateOf: first.id });
      expect((await store.getSubmission(first.id)).files).toEqual([container, inside]);
    });
  });
});
