import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readPdfFacts } from "../../src/adapters/document-gate.ts";
import { bundleRequests, listLetters, printLetters } from "../../src/commands/letter-commands.ts";
import { invite, printPartnerInstruction, printRoster } from "../../src/commands/paper-commands.ts";
import { reviewTexts } from "../../src/commands/text-commands.ts";
import { withOffice } from "../../src/commands/with-office.ts";
import type { Config } from "../../src/config.ts";
import { FAULTS } from "../../src/errors.ts";
import type { FindingCode } from "../../src/model/finding.ts";
import type { Session } from "../../src/model/session.ts";
import { addDays, localDay } from "../../src/model/time.ts";
import { issueRoster } from "../../src/pipeline/issue-roster.ts";
import type { IssuedPaper } from "../../src/pipeline/paper-ports.ts";
import { SUBMISSION_QUEUE } from "../../src/pipeline/queues.ts";
import { bookSeat } from "../../src/pipeline/seat-operations.ts";
import type { Store, StoredRegistration } from "../../src/pipeline/store-port.ts";
import { createReading, createRegistration, createSession, createSubmission, toSubmissionReading } from "../adapters/store-inputs.ts";
import { holdOffice } from "./hold-office.ts";
import { quietTerminal } from "./quiet-terminal.ts";

const TODAY = localDay(new Date());
const CLERK = "Maija Esimerkki";

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

const inStore = <T>(use: (store: Store) => Promise<T>): Promise<T> => withOffice(config, ({ store }) => use(store));

interface Person {
  readonly values: Readonly<Record<string, string | boolean>>;
  readonly route?: StoredRegistration["check"]["route"];
  readonly findings?: readonly FindingCode[];
}

/** Puts one person's form into the store. */
async function registered({ values, route = "groupInfo", findings = [] }: Person): Promise<StoredRegistration> {
  const readings = Object.entries(values).map(([field, value]) => ({
    field,
    value,
    confidence: 0.99,
    status: "accepted" as const,
    evidence: ["twoReaders" as const],
  }));
  const registration = createRegistration(1, {
    reading: { ...createReading("Hakimi"), readings },
    check: { findings: findings.map((code) => ({ code, severity: "error" })), route, sessionId: null, sessionProposed: false },
  });
  return inStore(async (store) => {
    const submission = createSubmission();
    await store.recordSubmission(submission, { name: SUBMISSION_QUEUE, data: { submissionId: submission.id } });
    const [stored] = await store.saveReading(submission.id, toSubmissionReading([registration]), [registration]);
    if (stored === undefined) throw new Error("expected a stored registration");
    return stored;
  });
}

async function sessionOf(change: Partial<Session>): Promise<Session> {
  const session = createSession({ date: addDays(TODAY, 14), ...change });
  await inStore((store) => store.upsertSessions([session]));
  return session;
}

const seated = (registration: StoredRegistration, session: Session) =>
  inStore((store) => bookSeat(store, { registrationId: registration.id, sessionId: session.id, by: CLERK }));

const refuse = (): never => {
  throw new Error("expected nothing to be printed");
};

/** Parts of the line that print nothing. */
const NO_PRINTING = {
  queue: { enqueue: refuse },
  printer: { invitation: refuse, roster: refuse, completionRequest: refuse, close: async () => {} },
  outbox: { write: refuse },
  get config() {
    return config;
  },
  today: () => TODAY,
};

const NOOR = { givenNames: "Noor", surname: "Hakimi", readsMotherTongue: "yes" };

function papersSaid(): readonly IssuedPaper[] {
  const [result] = json as [{ papers: readonly IssuedPaper[] }];
  return result.papers;
}

const factsOf = (relativePath: string) => readPdfFacts(readFileSync(join(config.outbox, relativePath)));

async function textOf(relativePath: string): Promise<string> {
  return (await factsOf(relativePath)).pages.map(({ text }) => text.replace(/\s+/gu, " ")).join("\n");
}

describe("invite", () => {
  it("prints the invitation of a seat, in pictures for a person who does not read", async () => {
    const session = await sessionOf({ code: "AR-1" });
    const reader = await registered({ values: NOOR });
    const listener = await registered({ values: { ...NOOR, readsMotherTongue: "no" } });
    await seated(reader, session);
    await seated(listener, session);
    await invite(config, terminal, [reader.reference, listener.reference], {});
    expect(papersSaid()).toEqual([
      { subject: reader.reference, language: "ar", version: 1, relativePath: `invitations/${reader.reference}-ar-v1.pdf` },
      { subject: listener.reference, language: "ar", version: 1, relativePath: `invitations/${listener.reference}-ar-v1-pictograms.pdf` },
    ]);
    const facts = await factsOf(`invitations/${listener.reference}-ar-v1-pictograms.pdf`);
    expect(facts.pages.map(({ codes }) => codes)).toEqual([[listener.reference]]);
  });

  it("prints the same version again, and the next one after the session has moved", async () => {
    const session = await sessionOf({ code: "AR-2" });
    const person = await registered({ values: NOOR });
    await seated(person, session);
    await invite(config, terminal, [person.reference], {});
    const first = `invitations/${person.reference}-ar-v1.pdf`;
    rmSync(join(config.outbox, first));
    await invite(config, terminal, [person.reference], {});
    expect(existsSync(join(config.outbox, first))).toBe(true);
    expect(await textOf(first)).not.toContain("korvaa");
    await sessionOf({ ...session, time: "12.30" });
    json = [];
    await invite(config, terminal, [person.reference], {});
    expect(papersSaid()[0]?.version).toBe(2);
    const second = await textOf(`invitations/${person.reference}-ar-v2.pdf`);
    expect(second).toContain("Tämä kutsu korvaa kutsun version 1.");
    expect(second).toContain("klo 12.30");
  });

  it("prints in pictures or in words as asked, under the same number", async () => {
    const session = await sessionOf({ code: "SO-1", language: "so" });
    const person = await registered({ values: NOOR });
    await seated(person, session);
    await invite(config, terminal, [person.reference], { pictograms: true });
    await invite(config, terminal, [person.reference], { text: true });
    expect(await textOf(`invitations/${person.reference}-so-v1-pictograms.pdf`)).toContain("Kaalay!");
    expect(await textOf(`invitations/${person.reference}-so-v1.pdf`)).not.toContain("Kaalay!");
    await expect(invite(config, terminal, [person.reference], { pictograms: true, text: true })).rejects.toMatchObject({ code: "usage" });
  });

  it("stops the paper that fails a gate, and no other", async () => {
    const session = await sessionOf({ code: "AR-5" });
    const undrawable = await registered({ values: { ...NOOR, surname: "አበበ" } });
    const other = await registered({ values: NOOR });
    for (const person of [undrawable, other]) await seated(person, session);
    await invite(config, terminal, [undrawable.reference, other.reference], {});
    const exitCode = process.exitCode;
    process.exitCode = undefined;
    expect(exitCode).toBe(FAULTS.documentGateFailed.exitCode);
    expect(papersSaid().map(({ subject }) => subject)).toEqual([other.reference]);
    expect(said.at(-1)).toContain(`${undrawable.reference} NOT PRINTED: Expected a paper that passes every gate; it failed: missingGlyph`);
    expect(existsSync(join(config.outbox, `invitations/${undrawable.reference}-ar-v1.pdf`))).toBe(false);
  });

  it("says whose invitation must not go by post", async () => {
    const session = await sessionOf({ code: "AR-6" });
    const person = await registered({ values: { ...NOOR, nonDisclosure: true } });
    await seated(person, session);
    await invite(config, terminal, [person.reference], {});
    expect(said.at(-1)).toContain(`never by post: ${person.reference}`);
  });

  it("invites nobody without a seat", async () => {
    const person = await registered({ values: NOOR });
    await expect(invite(config, terminal, [person.reference], {})).rejects.toMatchObject({ code: "notAllowed" });
    await expect(invite(config, terminal, ["NONE-00"], {})).rejects.toMatchObject({ code: "notFound" });
  });

  it("invites a chosen group to a language test, beside their place in the group information", async () => {
    const info = await sessionOf({ code: "AR-0" });
    const test = await sessionOf({ code: "KT-1", kind: "languageTest", language: "fi" });
    const people = [await registered({ values: NOOR }), await registered({ values: NOOR })];
    for (const person of people) await seated(person, info);
    const references = people.map(({ reference }) => reference);
    await invite(config, terminal, references, {});
    await expect(invite(config, terminal, references, { session: "KT-1" })).rejects.toMatchObject({ code: "usage" });
    json = [];
    await invite(config, terminal, references, { session: "KT-1", by: CLERK });
    const text = await textOf(papersSaid()[0]?.relativePath ?? "");
    expect(text).toContain("Kutsu kielitestiin");
    expect(text).not.toContain("korvaa");
    const places = await inStore((store) => store.listPlaces(people[0]?.id ?? ""));
    expect(places.map(({ sessionId, state }) => [sessionId, state])).toEqual([
      [info.id, "booked"],
      [test.id, "booked"],
    ]);
  });

  it("gives nobody of a group a seat when one has a place in such a session still to come", async () => {
    const coming = await sessionOf({ code: "KT-2", kind: "languageTest" });
    const next = await sessionOf({ code: "KT-4", kind: "languageTest" });
    const free = await registered({ values: NOOR });
    const taken = await registered({ values: NOOR });
    await seated(taken, coming);
    const group = invite(config, terminal, [free.reference, taken.reference], { session: "KT-4", by: CLERK });
    await expect(group).rejects.toMatchObject({ code: "notAllowed" });
    expect(await inStore((store) => store.listBookings(next.id))).toEqual([]);
  });

  it("invites who missed a language test to the next one, and leaves the past roster as it was", async () => {
    const past = await sessionOf({ code: "KT-5", kind: "languageTest", date: addDays(TODAY, -3) });
    const next = await sessionOf({ code: "KT-6", kind: "languageTest" });
    const person = await registered({ values: NOOR });
    await seated(person, past);
    await invite(config, terminal, [person.reference], { session: "KT-6", by: CLERK });
    const places = await inStore((store) => store.listPastBookings(person.id));
    expect(places.map(({ sessionId, state, endedReason }) => [sessionId, state, endedReason])).toEqual([
      [past.id, "cancelled", "furtherSession"],
      [next.id, "booked", null],
    ]);
    await inStore((store) => issueRoster(past.id, { ...NO_PRINTING, store }));
    expect(await inStore((store) => store.listDocuments({ sessionId: past.id }))).toEqual([]);
  });

  it("tells who of a group finds the session full, and prints no invitation for them", async () => {
    await sessionOf({ code: "KT-3", kind: "languageTest", capacity: 1 });
    const people = [await registered({ values: NOOR }), await registered({ values: NOOR })];
    await invite(
      config,
      terminal,
      people.map(({ reference }) => reference),
      { session: "KT-3", by: CLERK },
    );
    expect(papersSaid().map(({ subject }) => subject)).toEqual([people[0]?.reference]);
    expect(said.at(-1)).toContain(people[1]?.reference);
  });
});

describe("printRoster", () => {
  it("prints the roster as it stands, each printing with its own version", async () => {
    const session = await sessionOf({ id: "AR-ROSTER", code: "AR-4" });
    const person = await registered({ values: NOOR });
    await seated(person, session);
    await printRoster(config, terminal, "AR-4");
    await printRoster(config, terminal, "AR-ROSTER");
    const facts = await factsOf("rosters/AR-ROSTER.pdf");
    expect(facts.pages.map(({ codes }) => codes)).toEqual([["ILMO-R1 AR-4 2 1/1"]]);
    expect(facts.pages[0]?.text).toContain("Noor Hakimi");
    await expect(printRoster(config, terminal, "AR-NONE")).rejects.toMatchObject({ code: "notFound" });
  });
});

describe("printLetters", () => {
  it("prints a letter only of those whom a named official has confirmed, and notes it", async () => {
    const person = await registered({ values: { ...NOOR, sessionLanguage: "so" }, route: "municipality" });
    await expect(printLetters(config, terminal, [], { route: "municipality", by: CLERK })).rejects.toMatchObject({ code: "usage" });
    await expect(printLetters(config, terminal, [person.reference], { route: "officeDesk", by: CLERK })).rejects.toMatchObject({
      code: "notAllowed",
    });
    await printLetters(config, terminal, [person.reference], { route: "municipality", by: CLERK });
    await printLetters(config, terminal, [person.reference], { route: "municipality", by: CLERK });
    const text = await textOf(`letters/${person.reference}-municipality-so-v2.pdf`);
    expect(text).toContain("Ota yhteyttä kuntasi maahanmuuttajapalveluihin");
    expect(text).toContain(`Asian on tarkistanut ${CLERK}.`);
    const audit = await inStore((store) => store.listAudit({ registrationId: person.id }));
    expect(audit.filter(({ action }) => action === "letter.confirmed").map(({ actor, detail }) => [actor, detail])).toEqual(
      expect.arrayContaining([
        [CLERK, "municipality v1"],
        [CLERK, "municipality v2"],
      ]),
    );
  });

  it("writes in the mother tongue to those in whose language no session is held, and lists who waits", async () => {
    const person = await registered({ values: { ...NOOR, sessionLanguage: "other", motherTongue: "venäjä" }, route: "officeDesk" });
    await listLetters(config, terminal);
    expect(json[0]).toMatchObject([{ reference: person.reference, route: "officeDesk" }]);
    json = [];
    await printLetters(config, terminal, [], { route: "officeDesk", by: CLERK, all: true });
    expect(papersSaid().map(({ relativePath }) => relativePath)).toEqual([`letters/${person.reference}-officeDesk-ru-v1.pdf`]);
    json = [];
    await listLetters(config, terminal);
    expect(json[0]).toEqual([]);
  });

  it("writes to nobody who goes to a group session", async () => {
    const person = await registered({ values: NOOR });
    await expect(printLetters(config, terminal, [person.reference], { route: "municipality", by: CLERK })).rejects.toMatchObject({
      code: "notAllowed",
    });
  });
});

describe("bundleRequests", () => {
  interface Bundles {
    readonly bundles: readonly { readonly senderUnit: string; readonly people: number; readonly path: string }[];
  }
  const bundled = async (unit?: string): Promise<Bundles["bundles"]> => {
    json = [];
    await bundleRequests(config, terminal, unit === undefined ? { out: home } : { out: home, unit });
    return (json as [Bundles])[0].bundles;
  };

  it("puts what one sending unit can complete into one file: a cover sheet and a letter a person", async () => {
    const findings = ["signatureMissing"] as const;
    const one = await registered({ values: { ...NOOR, senderUnit: "Koivurannan vastaanottokeskus" }, findings });
    const two = await registered({ values: { ...NOOR, senderUnit: "koivurannan  Vastaanottokeskus" }, findings });
    await registered({ values: { ...NOOR, senderUnit: "Niemen kunta" }, findings });
    const bundles = await bundled();
    expect(bundles.map(({ senderUnit, people }) => [senderUnit, people])).toEqual([
      ["Koivurannan vastaanottokeskus", 2],
      ["Niemen kunta", 1],
    ]);
    const path = bundles[0]?.path ?? "";
    expect(path).not.toMatch(/koivu/iu);
    const facts = await readPdfFacts(readFileSync(path));
    expect(facts.pages.map(({ codes }) => codes)).toEqual([[], [one.reference], [two.reference]]);
    expect(facts.pages[0]?.text).not.toContain("Hakimi");
    expect(await bundled("niemen")).toHaveLength(1);
    expect(await inStore((store) => store.listDocuments({ registrationId: one.id }))).toEqual([]);
  });
});

describe("printPartnerInstruction", () => {
  it("shows partners the group sessions to come and their free seats", async () => {
    const session = await sessionOf({ id: "CKB-OHJE", code: "CKB-9", language: "ckb", capacity: 27 });
    await seated(await registered({ values: NOOR }), session);
    const out = join(home, "ohje.pdf");
    await printPartnerInstruction(config, terminal, "fi", out);
    const [page] = (await readPdfFacts(readFileSync(out))).pages;
    expect(page?.text.replace(/\s+/gu, " ")).toMatch(/Tulevat ryhmäinfot.*CKB-9.*26/u);
    expect(page?.text).not.toMatch(/KT-\d/u);
  });
});

describe("reviewTexts", () => {
  it("writes every text of a language beside the Finnish and English one, filled with invented data", async () => {
    await reviewTexts(config, terminal, "et", home);
    const facts = await readPdfFacts(readFileSync(join(home, "review-et.pdf")));
    const text = facts.pages.map((page) => page.text.replace(/\s+/gu, " ")).join(" ");
    expect(facts.pages.length).toBeGreaterThan(2);
    for (const words of [
      "Kutse infotunnile",
      "Kutsu infotilaisuuteen",
      "Invitation to an information session",
      "neljapäev, 27. august 2026",
    ])
      expect(text).toContain(words);
    expect(text).toContain("Date and signature");
  });
});
