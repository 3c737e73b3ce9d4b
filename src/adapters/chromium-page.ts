import type { Browser, CDPSession, Page } from "puppeteer-core";
import { IlmoError } from "../errors.ts";

/** One document for the browser: the parts of the page that are swapped. */
export interface PrintJob {
  /** BCP 47; becomes the PDF's language. */
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly title: string;
  /** Class of `<body>`: chooses the rules of the shared style sheet. */
  readonly layout: string;
  /** HTML inside `<body>`; every datum already escaped. */
  readonly body: string;
}

/** The browser's one page and the line on which it is told what to do. */
export interface PrintPage {
  readonly page: Page;
  readonly protocol: CDPSession;
}

/** A4 in inches, the unit of the printing protocol. */
const A4_WIDTH_IN = 210 / 25.4;
const A4_HEIGHT_IN = 297 / 25.4;

/** The shell document. Its policy lets in nothing but the style sheet, fonts and pictures that are part of the text itself. */
const SHELL = `<!doctype html><html><head><meta charset="utf-8"><title>-</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<style></style></head><body></body></html>`;

/** Opens the one page: no network, the style sheet set, the fonts loaded. */
export async function openPrintPage(browser: Browser, css: string): Promise<PrintPage> {
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  const protocol = await page.createCDPSession();
  await protocol.send("Network.enable");
  await protocol.send("Network.emulateNetworkConditions", { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
  await protocol.send("Network.setBlockedURLs", { urls: ["http://*", "https://*", "ws://*", "wss://*", "ftp://*", "file://*"] });
  await page.setContent(SHELL);
  await page.emulateMediaType("print");
  await page.evaluate(async (text) => {
    const style = document.querySelector("style");
    if (style !== null) style.textContent = text;
    await Promise.all([...document.fonts].map((font) => font.load()));
  }, css);
  return { page, protocol };
}

const FIT_STEP = 0.03;

/**
 * Swaps the body, then shrinks the type of every box of class `fit` until it holds its text; `data-smallest` says how far.
 * Returns the parts (`data-part`; 0 where there are none) in which a box overflows even then.
 */
async function swapBody(page: Page, job: PrintJob): Promise<number[]> {
  return page.evaluate(
    async (next, step) => {
      document.documentElement.lang = next.language;
      document.documentElement.dir = next.direction;
      document.title = next.title;
      document.body.className = next.layout;
      document.body.innerHTML = next.body;
      await document.fonts.ready;
      const overflowing = new Set<number>();
      for (const box of document.querySelectorAll<HTMLElement>(".fit")) {
        const parts = [box, ...box.querySelectorAll("main, section")];
        const smallest = Number(box.dataset.smallest);
        const isFull = () => parts.some((part) => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1);
        // Measured before it is touched: setting the size of every box would lay the whole document out again for each.
        let isTooFull = isFull();
        for (let fit = 1 - step; isTooFull && fit >= smallest; fit -= step) {
          box.style.setProperty("--fit", String(fit));
          isTooFull = isFull();
        }
        if (isTooFull) overflowing.add(Number(box.closest<HTMLElement>("[data-part]")?.dataset.part ?? 0));
      }
      return [...overflowing];
    },
    job,
    FIT_STEP,
  );
}

/**
 * Returns the document as a tagged A4 PDF.
 *
 * @throws documentGateFailed when the text does not fit its sheets
 */
export async function printOnPage({ page, protocol }: PrintPage, job: PrintJob): Promise<Uint8Array> {
  const overflowing = await swapBody(page, job);
  if (overflowing.length > 0) {
    throw new IlmoError(
      "documentGateFailed",
      "Expected a text that fits its sheet; it is too long even in small type. Shorten the office's or the session's texts.",
      {
        context: { gates: "overflow", parts: overflowing.join(",") },
      },
    );
  }
  const { data } = await protocol.send("Page.printToPDF", {
    paperWidth: A4_WIDTH_IN,
    paperHeight: A4_HEIGHT_IN,
    marginTop: 0,
    marginBottom: 0,
    marginLeft: 0,
    marginRight: 0,
    printBackground: true,
    generateTaggedPDF: true,
  });
  return Buffer.from(data, "base64");
}
