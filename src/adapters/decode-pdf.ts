import type { DecodedPage } from "../model/page.ts";
import { assertPageBudget, type DecodeLimits } from "./decode-limits.ts";
import type { PageFormValues } from "./pdf-values.ts";
import { openPdf, toPdfFault } from "./pdfium-document.ts";
import { readPdfPage } from "./pdfium-page.ts";

/** Why the values of a live form could not be read at all. The pages are still drawn. */
const NO_VALUES: ReadonlyMap<number, PageFormValues> = new Map();

/** A form whose fields neither reader can list is read from its drawn pages, like paper. Scans never load those readers (30 MB, 0.1 s). */
async function readValuesOrNone(bytes: Uint8Array): Promise<ReadonlyMap<number, PageFormValues>> {
  try {
    const { readFormValues } = await import("./pdf-values.ts");
    return await readFormValues(bytes);
  } catch {
    return NO_VALUES;
  }
}

/**
 * Yields the pages of a PDF one by one.
 *
 * @throws fileDamaged, fileEmpty, fileEncrypted, fileTooLarge, fileUnsupported
 */
export async function* decodePdf(bytes: Uint8Array, fileIndex: number, limits: DecodeLimits): AsyncGenerator<DecodedPage> {
  try {
    const document = await openPdf(bytes);
    try {
      assertPageBudget(document.pageCount, limits);
      const forms = document.hasLiveForm ? await readValuesOrNone(bytes) : NO_VALUES;
      for (let pageIndex = 0; pageIndex < document.pageCount; pageIndex += 1) {
        const { raster, words } = await readPdfPage(document, pageIndex, limits);
        const form = forms.get(pageIndex);
        yield {
          source: { fileIndex, pageIndex },
          raster,
          ...(words.length > 0 && { words }),
          ...(form && { formValues: form.values }),
          ...(form && form.disagreeing.length > 0 && { formValuesDisagree: form.disagreeing }),
          ...(form && form.shownOtherwise.length > 0 && { formValuesShownOtherwise: form.shownOtherwise }),
        };
      }
    } finally {
      document.close();
    }
  } catch (error) {
    throw toPdfFault(error);
  }
}
