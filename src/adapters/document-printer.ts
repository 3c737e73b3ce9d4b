import type { Config } from "../config.ts";
import type { Paper } from "../documents/paper.ts";
import type { BatchFailure } from "../documents/paper-batch.ts";
import type {
  CompletionRequestInput,
  InvitationInput,
  PaperOffice,
  PartnerInstructionInput,
  ReferralInput,
  RosterInput,
  UnitRequestsInput,
} from "../documents/paper-data.ts";
import type { PaperLanguage } from "../documents/paper-language.ts";
import { compileTemplates } from "../documents/paper-templates.ts";
import { renderCompletionRequest, renderUnitRequests } from "../documents/render-completion-request.ts";
import { type DoorListInput, renderDoorList } from "../documents/render-door-list.ts";
import { renderInvitation } from "../documents/render-invitation.ts";
import { renderPartnerInstruction } from "../documents/render-partner-instruction.ts";
import { renderReferral } from "../documents/render-referral.ts";
import { renderRoster, rosterCodes } from "../documents/render-roster.ts";
import { renderTextsReview } from "../documents/render-texts-review.ts";
import { rosterCss } from "../documents/roster-geometry.ts";
import type { IsoDate } from "../model/time.ts";
import { openBrowser, type PrintBrowser, type PrintBrowserOptions } from "./chromium.ts";
import { printBatch } from "./document-batch.ts";
import { checkPdf } from "./document-gate.ts";
import { writeQr } from "./document-qr.ts";
import { loadPaperCss, loadTemplateSources } from "./document-sources.ts";
import { loadBundledFonts } from "./fonts.ts";

/** A finished paper: a tagged PDF that passed every gate. */
export interface PrintedPaper {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

type WithoutOffice<T> = Omit<T, "office"> & { readonly office?: PaperOffice };

/**
 * Prints the office's papers. The office's particulars come from the configuration unless the data bring others.
 *
 * Every method throws documentGateFailed when the paper may not leave, textMissing when a language lacks a text.
 */
export interface DocumentPrinter {
  invitation(data: WithoutOffice<InvitationInput>): Promise<PrintedPaper>;
  roster(data: WithoutOffice<RosterInput>): Promise<PrintedPaper>;
  completionRequest(data: WithoutOffice<CompletionRequestInput>): Promise<PrintedPaper>;
  /** All requests to one sending unit: a cover sheet and a letter a person. */
  unitRequests(data: WithoutOffice<UnitRequestsInput>): Promise<PrintedPaper>;
  referral(data: WithoutOffice<ReferralInput>): Promise<PrintedPaper>;
  partnerInstruction(data: WithoutOffice<PartnerInstructionInput>): Promise<PrintedPaper>;
  /** The list for whoever shows people the way: one day, one place. */
  doorList(data: WithoutOffice<DoorListInput>): Promise<PrintedPaper>;
  /** The sheets on which a reviewer checks the texts of a language. */
  textsReview(language: PaperLanguage, printedOn: IsoDate): Promise<PrintedPaper>;
  /**
   * Prints many papers as one document, for paper: about twice as fast as one by one. Papers that fail a gate are left out and
   * told; the others are printed all the same.
   */
  batch(items: readonly BatchItem[]): Promise<PrintedBatch>;
  close(): Promise<void>;
}

/** A paper of a print job. */
export type BatchItem =
  | { readonly kind: "invitation"; readonly data: WithoutOffice<InvitationInput> }
  | { readonly kind: "roster"; readonly data: WithoutOffice<RosterInput> }
  | { readonly kind: "completionRequest"; readonly data: WithoutOffice<CompletionRequestInput> }
  | { readonly kind: "referral"; readonly data: WithoutOffice<ReferralInput> };

export interface PrintedBatch {
  /** null when every paper failed. */
  readonly paper: PrintedPaper | null;
  /** The papers that were left out, by their place in the order. */
  readonly failures: readonly BatchFailure[];
}

export type PaperBrowserOptions = Pick<PrintBrowserOptions, "timeoutMs" | "isBundled">;

/** Returns a browser for the project's papers; it starts with the first one. */
export function openPaperBrowser(home: string, options: PaperBrowserOptions = {}): PrintBrowser {
  const css = [loadBundledFonts().css, loadPaperCss(), rosterCss()].join("\n");
  return openBrowser({ dataFolder: home, css, ...options });
}

/** Without `absence` the law as this version knows it is printed. */
export type PrinterConfig = Pick<Config, "home" | "office"> & Partial<Pick<Config, "absence">>;

/** Returns the printer of all papers. Starts a browser with the first paper; `close` ends it. */
export function createDocumentPrinter(config: PrinterConfig, options: PaperBrowserOptions = {}): DocumentPrinter {
  const browser = openPaperBrowser(config.home, options);
  const templates = compileTemplates(loadTemplateSources());
  const { office, absence } = config;
  const law = absence === undefined ? {} : { absencePolicies: absence.policies };

  async function print(paper: Paper): Promise<PrintedPaper> {
    const bytes = await browser.print(paper);
    return { bytes, pages: await checkPdf(bytes, paper.expectation) };
  }

  const render = {
    invitation: async (data: WithoutOffice<InvitationInput>): Promise<Paper> =>
      renderInvitation({ office, ...law, ...data }, await writeQr(data.reference), templates),
    roster: async (data: WithoutOffice<RosterInput>): Promise<Paper> => {
      const filled = { office, ...data };
      return renderRoster(filled, await Promise.all(rosterCodes(filled).map(writeQr)), templates);
    },
    completionRequest: async (data: WithoutOffice<CompletionRequestInput>): Promise<Paper> =>
      renderCompletionRequest({ office, ...data }, await writeQr(data.reference), templates),
    referral: async (data: WithoutOffice<ReferralInput>): Promise<Paper> =>
      renderReferral({ office, ...data }, await writeQr(data.reference), templates),
  };

  function renderItem(item: BatchItem): Promise<Paper> {
    switch (item.kind) {
      case "invitation":
        return render.invitation(item.data);
      case "roster":
        return render.roster(item.data);
      case "completionRequest":
        return render.completionRequest(item.data);
      case "referral":
        return render.referral(item.data);
    }
  }

  return {
    invitation: async (data) => print(await render.invitation(data)),
    roster: async (data) => print(await render.roster(data)),
    completionRequest: async (data) => print(await render.completionRequest(data)),
    async unitRequests(data) {
      const qrs = await Promise.all(data.requests.map(({ reference }) => writeQr(reference)));
      return print(renderUnitRequests({ office, ...data }, qrs, templates));
    },
    referral: async (data) => print(await render.referral(data)),
    partnerInstruction: (data) => print(renderPartnerInstruction({ office, ...law, ...data }, templates)),
    doorList: (data) => print(renderDoorList({ office, ...data }, templates)),
    textsReview: (language, printedOn) => print(renderTextsReview(language, printedOn, templates)),
    async batch(items) {
      const papers: Paper[] = [];
      for (const item of items) papers.push(await renderItem(item));
      return printBatch(papers, browser);
    },
    close: () => browser.close(),
  };
}
