import type { FindingCode } from "../model/finding.ts";
import type { IsoDate } from "../model/time.ts";
import { formatShortDay } from "./format-when.ts";
import { completionFindings } from "./render-completion-request.ts";
import { textsOf } from "./texts.ts";

/** What a completion request says in a letter: the reference stands for the person, who is not named. */
export interface CompletionMailInput {
  readonly language: "fi" | "sv" | "en";
  readonly reference: string;
  readonly answerBy: IsoDate;
  readonly findings: readonly FindingCode[];
  readonly office: {
    readonly name: string;
    readonly street: string;
    readonly postal: string;
    readonly email: string;
    readonly phone: string;
  };
}

/** Returns a completion request as a plain letter without personal data; null when the unit can put nothing right. Pure. */
export function formatCompletionMail(input: CompletionMailInput): { readonly subject: string; readonly text: string } | null {
  const { reference, office } = input;
  const texts = textsOf(input.language);
  const codes = completionFindings(input.findings);
  if (codes.length === 0) return null;
  const items = codes.map((code) => `- ${texts.plain(`findings.${code}.what`)} ${texts.plain(`findings.${code}.action`)}`);
  const lines = [
    `${texts.plain("completion.referenceLabel")}: ${reference}`,
    "",
    texts.plain("completion.intro"),
    ...items,
    "",
    `${texts.plain("completion.deadlineLabel")}: ${formatShortDay(input.answerBy)}`,
    texts.plain("completion.secureMail", { email: office.email, reference }),
    texts.plain("completion.post", { address: `${office.name}, ${office.street}, ${office.postal}` }),
    texts.plain("completion.noCode"),
    texts.plain("completion.contact", { phone: office.phone, email: office.email }),
    "",
    office.name,
  ];
  return { subject: `${texts.plain("completion.title")} ${reference}`, text: `${lines.join("\n")}\n` };
}
