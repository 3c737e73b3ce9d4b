import { IlmoError } from "../errors.ts";
import { FINDING_CODES, type FindingCode } from "../model/finding.ts";
import { formatDay, formatShortDay, formatTime } from "./format-when.ts";
import { type Paper, toPaper } from "./paper.ts";
import { CompletionRequestData, type CompletionRequestInput, UnitRequestsData, type UnitRequestsInput } from "./paper-data.ts";
import { safe, type Templates } from "./paper-templates.ts";
import { type Texts, textsOf } from "./texts.ts";

type Request = ReturnType<typeof CompletionRequestData.parse>;

/**
 * Returns the findings that the sending unit can put right, each once, in the form's order.
 *
 * Pure. Findings for the office itself (a duplicate, a session that is too soon, non-disclosure) are left out: an empty list means no letter.
 */
export function completionFindings(findings: readonly FindingCode[]): FindingCode[] {
  const texts = textsOf("fi");
  return FINDING_CODES.filter((code) => findings.includes(code) && texts.has(`findings.${code}.what`));
}

function sessionLineOf(data: Request, texts: Texts): object | null {
  if (data.session === null) return null;
  const { code, date, time } = data.session;
  return safe(texts.html("completion.sessionLine", { code, date: formatDay(texts, date), time: formatTime(texts, time) }));
}

function viewOf(data: Request, items: readonly FindingCode[], qr: string): object {
  const texts = textsOf(data.language);
  const { office, reference } = data;
  const text = (key: string, values: Record<string, string | number> = {}) => safe(texts.html(`completion.${key}`, values));
  return {
    lang: texts.meta.bcp47,
    office,
    qr: safe(qr),
    title: text("title"),
    dateLabel: text("date"),
    issuedOn: formatShortDay(data.issuedOn),
    referenceLabel: text("referenceLabel"),
    reference,
    toLabel: text("to"),
    senderUnit: data.senderUnit,
    senderContact: data.senderContact,
    aboutLabel: text("about"),
    about: text("aboutText", { name: data.personName }),
    sessionLine: sessionLineOf(data, texts),
    intro: text("intro"),
    whatLabel: text("what"),
    actionLabel: text("action"),
    items: items.map((code) => ({ what: safe(texts.html(`findings.${code}.what`)), action: safe(texts.html(`findings.${code}.action`)) })),
    deadlineLabel: text("deadlineLabel"),
    deadline: formatShortDay(data.answerBy),
    howTitle: text("howTitle"),
    secureMail: text("secureMail", { email: office.email, reference }),
    post: text("post", { address: `${office.name}, ${office.street}, ${office.postal}` }),
    noCode: text("noCode"),
    returnThis: text("returnThis"),
    contact: text("contact", { phone: office.phone, email: office.email }),
    version: text("version", { version: data.version }),
    draft: texts.meta.reviewedBy === null ? safe(texts.html("invitation.draft")) : null,
  };
}

/** @throws notAllowed when no finding is one that the unit can put right */
function itemsOf(data: Request): FindingCode[] {
  const items = completionFindings(data.findings);
  if (items.length > 0) return items;
  throw new IlmoError("notAllowed", "Expected a finding that the sending unit can put right; there is none, so no letter is due.");
}

/**
 * Returns the letter that asks the sending unit for what is missing: what, by when, how to send it, whom to ask. One person a letter.
 *
 * Pure. No identity code: the letter goes by ordinary post too.
 *
 * @param qr the reference as an SVG picture of a QR code
 * @throws notAllowed when no finding is one that the unit can put right
 */
export function renderCompletionRequest(input: CompletionRequestInput, qr: string, templates: Templates): Paper {
  const data = CompletionRequestData.parse(input);
  const texts = textsOf(data.language);
  return toPaper({
    language: texts.meta.bcp47,
    direction: texts.meta.dir,
    title: `${texts.plain("completion.title")} ${data.reference}`,
    layout: "completion-request",
    body: templates.completionRequest(viewOf(data, itemsOf(data), qr)),
    pages: 1,
    codes: [data.reference],
  });
}

function coverOf(data: ReturnType<typeof UnitRequestsData.parse>, texts: Texts): object {
  const text = (key: string, values: Record<string, string | number> = {}) => safe(texts.html(`completion.${key}`, values));
  const { office } = data;
  return {
    lang: texts.meta.bcp47,
    office,
    toLabel: text("to"),
    senderUnit: data.senderUnit,
    title: text("unitTitle"),
    dateLabel: text("date"),
    issuedOn: formatShortDay(data.issuedOn),
    intro: text("unitIntro", { count: data.requests.length }),
    referenceLabel: text("referenceLabel"),
    whatLabel: text("what"),
    deadlineLabel: text("unitDeadline"),
    rows: data.requests.map((request) => ({
      reference: request.reference,
      missing: [...new Set(itemsOf(request).map((code) => texts.plain(`findings.${code}.short`)))].join(", "),
      deadline: formatShortDay(request.answerBy),
    })),
    contact: text("contact", { phone: office.phone, email: office.email }),
    draft: texts.meta.reviewedBy === null ? safe(texts.html("invitation.draft")) : null,
  };
}

/** Requests that one printing holds. Each lacking the nine things that one form can lack at once, 18 fit the cover sheet and 20 do not. */
export const MAX_REQUESTS_PER_UNIT_LETTER = 15;

/**
 * Returns everything that one sending unit is asked to complete: a cover sheet that names references only, then one letter a person.
 *
 * Pure.
 *
 * @param qrs one SVG picture a request, in their order
 * @throws notAllowed when a request asks for nothing
 */
export function renderUnitRequests(input: UnitRequestsInput, qrs: readonly string[], templates: Templates): Paper {
  const data = UnitRequestsData.parse(input);
  const texts = textsOf(data.language);
  const letters = data.requests.map((request, index) => viewOf(request, itemsOf(request), qrs[index] ?? ""));
  return toPaper({
    language: texts.meta.bcp47,
    direction: texts.meta.dir,
    title: texts.plain("completion.unitTitle"),
    layout: "completion-request",
    body: templates.unitRequests({ ...coverOf(data, texts), letters }),
    pages: letters.length + 1,
    codes: ["", ...data.requests.map(({ reference }) => reference)],
  });
}
