import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrintBrowser } from "../../src/adapters/chromium.ts";
import { checkPdf, readPdfFacts } from "../../src/adapters/document-gate.ts";
import { createDocumentPrinter, type DocumentPrinter, openPaperBrowser } from "../../src/adapters/document-printer.ts";
import { writeQr } from "../../src/adapters/document-qr.ts";
import { PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";
import { renderInvitation } from "../../src/documents/render-invitation.ts";
import { textsOf } from "../../src/documents/texts.ts";
import { completionInput, invitationInput, OFFICE, participant, rosterInput, SESSION, TEMPLATES } from "../documents/paper-inputs.ts";
import { createHome, removeHome } from "./test-home.ts";

let home: string;
let printer: DocumentPrinter;

beforeAll(() => {
  home = createHome();
  printer = createDocumentPrinter({ home, office: { ...OFFICE, senderId: "UUSIMAA" } });
});

afterAll(async () => {
  await printer.close();
  removeHome(home);
});

/**
 * Lines as they stand on the paper, from left to right: in a right-to-left text the first word comes last,
 * while a number, a reference or an address inside keeps its own order.
 */
const LINES_ON_PAPER = [
  ["ar", "2026 أغسطس 27 الخميس", ".K7M3-92 المرجعي", "،0295 000 000 الهاتف", "(Kela)"],
  ["fa", "2026 اوت 27 پنجشنبه", ".بگویید را K7M3-92 ارجاع", "،0295 000 000 تلفن", "(väestörekisteriote) جمعیت ثبت"],
  ["prs", "2026 اگست 27 پنجشنبه", ".بگویید را K7M3-92 مرجع", "،0295 000 000 تیلفون", "(väestörekisteriote) نفوس ثبت سند"],
  ["ckb", "2026 ئاب 27 پێنجشەممە،", ".بڵێن K7M3-92 ئاماژەی", "،0295 000 000 تەلەفۆن", "یان (väestörekisteriote)"],
] as const;

describe("createDocumentPrinter, invitation", () => {
  it.each(PAPER_LANGUAGES)("prints one page in %s that passes every gate", async (language) => {
    const { bytes, pages } = await printer.invitation(invitationInput({ language, session: { ...SESSION, language } }));
    const facts = await readPdfFacts(bytes);
    expect(pages).toBe(1);
    expect(facts).toMatchObject({ language: textsOf(language).meta.bcp47, isTagged: true });
    expect(facts.pages).toMatchObject([{ missingGlyphs: 0, codes: ["K7M3-92"] }]);
  });

  it.each(LINES_ON_PAPER)("prints mixed lines in reading order in %s", async (language, ...expected) => {
    const { bytes } = await printer.invitation(invitationInput({ language }));
    const [page] = (await readPdfFacts(bytes)).pages;
    for (const line of expected) expect(page?.text).toContain(line);
    const lines = page?.text.split("\n") ?? [];
    expect(lines).toEqual(expect.arrayContaining([expected[0], "09:00", "TE-toimisto, Tikkurila, Sali 2", "Kielotie 13, 01300 Vantaa"]));
  });

  it("shrinks the type for the longest texts and stops what cannot fit", async () => {
    const long = "Kaupunkikeskustan monitoimitalon suuri kokoussali, toinen kerros, pohjoinen sisäänkäynti, käynti pihan puolelta";
    const { pages } = await printer.invitation(invitationInput({ language: "ru", session: { ...SESSION, room: long } }));
    expect(pages).toBe(1);
    const overlong = printer.invitation(
      invitationInput({ office: { ...OFFICE, name: "Pitkänimi ".repeat(20), email: `${"x".repeat(150)}@y.example` } }),
    );
    await expect(overlong).rejects.toMatchObject({ code: "documentGateFailed", context: { gates: "overflow" } });
  });

  it("stops a name that the fonts cannot draw", async () => {
    await expect(printer.invitation(invitationInput({ personName: "ሰላም አበበ" }))).rejects.toMatchObject({
      code: "documentGateFailed",
      context: { gates: expect.stringContaining("missingGlyph") as unknown },
    });
  });

  it("names no person in the error of a failed gate", async () => {
    const failure: unknown = await printer.invitation(invitationInput({ personName: "Salainen ሰላም" })).catch((error: unknown) => error);
    expect(String(failure)).not.toContain("Salainen");
    expect(JSON.stringify(failure)).not.toContain("Salainen");
  });
});

describe("createDocumentPrinter, roster and completion request", () => {
  const names = [
    "Abdirahman-Mohammad Abdulrahman Al-Rashidi-Hassanzadeh bin Mohammad Abdulrahman Al-Baghdadi",
    "MOHAMMADHOSSEIN ABDOLRAHMANIZADEH WALI MUHAMMAD QURBANALI",
    "علي حسن محمد عبد الرحمن الحسيني البغدادي",
  ];

  it("prints 35 people with the longest names on two sheets, each with its code", async () => {
    const participants = Array.from({ length: 35 }, (_, index) =>
      participant({
        reference: `K${index}M3-92`,
        name: names[index % names.length] ?? "",
        municipality: "Pedersören kunta",
        readsLatin: "no",
        readsMotherTongue: "no",
        interpreterLanguage: "ckb",
        findings: ["personalIdentityCodeInvalid", "permitCopyIncomplete", "permitExpired", "fullTimeMissing", "signatureMissing"],
      }),
    );
    const { bytes, pages } = await printer.roster(rosterInput({ participants }));
    const facts = await readPdfFacts(bytes);
    expect(pages).toBe(2);
    expect(facts.pages.map(({ codes }) => codes)).toEqual([["ILMO-R1 AR-2708 1 1/2"], ["ILMO-R1 AR-2708 1 2/2"]]);
    expect(facts.language).toBe("fi-FI");
  });

  it.each(["fi", "sv"] as const)("prints a completion request in %s with every finding on one page", async (language) => {
    const { bytes, pages } = await printer.completionRequest(
      completionInput({
        language,
        findings: [
          "formPageMissing",
          "sessionMissing",
          "personalIdentityCodeInvalid",
          "birthDateMismatch",
          "nameMismatch",
          "permitExpired",
          "fullTimeAmbiguous",
          "permitCopyUnreadable",
          "signatureMissing",
        ],
      }),
    );
    expect(pages).toBe(1);
    expect((await readPdfFacts(bytes)).language).toBe(`${language}-FI`);
  });
});

describe("checkPdf", () => {
  it("stops a PDF that is not the paper it should be", async () => {
    const { bytes } = await printer.invitation(invitationInput());
    const other = renderInvitation(invitationInput({ reference: "K9P4-11", language: "fa" }), await writeQr("K9P4-11"), TEMPLATES);
    await expect(checkPdf(bytes, other.expectation)).rejects.toMatchObject({
      code: "documentGateFailed",
      context: { gates: "language,title,textMissing,code" },
    });
  });

  it("stops bytes that are no PDF", async () => {
    const { expectation } = renderInvitation(invitationInput(), "", TEMPLATES);
    await expect(checkPdf(Buffer.from("not a pdf"), expectation)).rejects.toMatchObject({ context: { gates: "unreadable" } });
  });
});

describe("openBrowser", () => {
  const job = { language: "fi", direction: "ltr", title: "T", layout: "invitation", body: "<p>Hei</p>" } as const;
  const opened: PrintBrowser[] = [];

  afterAll(async () => {
    for (const browser of opened) await browser.close();
  });

  it("starts again after its browser was killed", async () => {
    const browser = openPaperBrowser(home);
    opened.push(browser);
    await browser.print(job);
    const first = browser.processId();
    if (first === null) throw new Error("expected a running browser");
    process.kill(first, "SIGKILL");
    const bytes = await browser.print(job).catch(() => browser.print(job));
    expect(Buffer.from(bytes).toString("latin1", 0, 5)).toBe("%PDF-");
    expect(browser.processId()).not.toBe(first);
  });

  it("gives up on a document that takes too long and ends the browser", async () => {
    const browser = openPaperBrowser(home, { timeoutMs: 1 });
    opened.push(browser);
    await expect(browser.print({ ...job, body: "<p>x</p>".repeat(20_000) })).rejects.toMatchObject({ code: "parserTimeout" });
    expect(browser.processId()).toBeNull();
  });

  it("loads nothing from outside the document", async () => {
    const browser = openPaperBrowser(home);
    opened.push(browser);
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end();
    }).listen(0, "127.0.0.1");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const url = `http://127.0.0.1:${port}/x`;
    await browser.print({
      ...job,
      body: `<p>Hei</p><img src="${url}"><style>@import url("${url}");</style><iframe src="${url}"></iframe><img src="x" onerror="fetch('${url}')">`,
    });
    await new Promise((done) => server.close(done));
    expect(requests).toBe(0);
  });

  it("clears away the folder of a process that was killed", async () => {
    const DEAD_PROCESS = 4_194_304;
    const left = join(tmpdir(), `ilmo-print-${DEAD_PROCESS}-left`);
    mkdirSync(left);
    const browser = openPaperBrowser(home);
    opened.push(browser);
    await browser.print(job);
    expect(existsSync(left)).toBe(false);
  });

  it("leaves no process behind when it is closed", async () => {
    const browser = openPaperBrowser(home);
    await browser.print(job);
    const pid = browser.processId();
    if (pid === null) throw new Error("expected a running browser");
    await browser.close();
    expect(() => process.kill(pid, 0)).toThrow(expect.objectContaining({ code: "ESRCH" }));
    await expect(browser.print(job)).rejects.toMatchObject({ code: "unexpected" });
  });
});
