import { type BatchItem, createDocumentPrinter, openPaperBrowser } from "../../src/adapters/document-printer.ts";
import { writeQr } from "../../src/adapters/document-qr.ts";
import { loadTemplateSources } from "../../src/adapters/document-sources.ts";
import { compileTemplates } from "../../src/documents/paper-templates.ts";
import { renderInvitation } from "../../src/documents/render-invitation.ts";
import { IlmoError } from "../../src/errors.ts";
import { letter, OFFICE, sessionJob } from "./letters.ts";

const [mode = "", home = "", count = "0"] = process.argv.slice(2);
/** Papers of one print job, a little more than a session needs. */
const JOB_PAPERS = 50;

const printer = createDocumentPrinter({ home, office: OFFICE });

/** Printing alone, as the peers do it: nothing is read back. No paper leaves the office this way. */
async function printUnchecked(): Promise<void> {
  const browser = openPaperBrowser(home);
  const templates = compileTemplates(loadTemplateSources());
  try {
    for (let index = 0; index < Number(count); index += 1) {
      const data = letter(index);
      await browser.print(renderInvitation(data, await writeQr(data.reference), templates));
    }
  } finally {
    await browser.close();
  }
}

/** What is measured of ilmo: papers through all gates, from the start of the process to its end. */
async function print(): Promise<void> {
  if (mode === "unchecked") {
    await printUnchecked();
    return;
  }
  if (mode === "one-by-one") {
    for (let index = 0; index < Number(count); index += 1) await printer.invitation(letter(index));
    return;
  }
  const letters = Array.from({ length: Number(count) }, (_, index): BatchItem => ({ kind: "invitation", data: letter(index) }));
  const items = mode === "session" ? sessionJob() : letters;
  for (let first = 0; first < items.length; first += JOB_PAPERS) {
    const { failures } = await printer.batch(items.slice(first, first + JOB_PAPERS));
    if (failures.length > 0) throw new IlmoError("documentGateFailed", "Expected every paper of the comparison to pass its gates.");
  }
}

try {
  await print();
} finally {
  await printer.close();
}
