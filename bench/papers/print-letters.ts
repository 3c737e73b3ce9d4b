import { createDocumentPrinter } from "../../src/adapters/document-printer.ts";
import { IlmoError } from "../../src/errors.ts";
import { letter, OFFICE, sessionJob } from "./letters.ts";

const [mode = "", home = "", count = "0"] = process.argv.slice(2);
const printer = createDocumentPrinter({ home, office: OFFICE });

/** What is measured of ilmo: papers through all gates, from the start of the process to its end. */
async function print(): Promise<void> {
  if (mode === "one-by-one") {
    for (let index = 0; index < Number(count); index += 1) await printer.invitation(letter(index));
    return;
  }
  const items =
    mode === "session"
      ? sessionJob()
      : Array.from({ length: Number(count) }, (_, index) => ({ kind: "invitation" as const, data: letter(index) }));
  const { failures } = await printer.batch(items);
  if (failures.length > 0) throw new IlmoError("documentGateFailed", "Expected every paper of the comparison to pass its gates.");
}

try {
  await print();
} finally {
  await printer.close();
}
