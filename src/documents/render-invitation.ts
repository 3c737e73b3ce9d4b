import { absenceRuleOn } from "./absence-policy.ts";
import { escapeHtml } from "./clean-datum.ts";
import { formatDay, formatShortDay, formatTime } from "./format-when.ts";
import { type Paper, toPaper } from "./paper.ts";
import { InvitationData, type InvitationInput } from "./paper-data.ts";
import type { PaperLanguage } from "./paper-language.ts";
import { safe, type Templates } from "./paper-templates.ts";
import { type Texts, textsOf } from "./texts.ts";

type Invitation = ReturnType<typeof InvitationData.parse>;

/** Wraps text that is not in the language around it. */
function isolate(text: string, language?: string): string {
  return `<bdi${language === undefined ? "" : ` lang="${language}"`}>${escapeHtml(text)}</bdi>`;
}

function whereOf({ session }: Invitation): string {
  const place = session.room === null ? session.place : `${session.place}, ${session.room}`;
  return `${isolate(place, "fi")}<span class="address">${isolate(session.address, "fi")}</span>`;
}

/** One language's column: every text that DOMAIN 8 asks of an invitation, in the order a person needs it. */
function columnOf(data: Invitation, texts: Texts): object {
  const { session, office, reference } = data;
  const text = (key: string, values: Record<string, string | number> = {}) => safe(texts.html(`invitation.${key}`, values));
  const rule = absenceRuleOn(session.date, data.absencePolicies);
  return {
    lang: texts.meta.bcp47,
    dir: texts.meta.dir,
    title: text("title"),
    intro: text("intro", { office: office.name }),
    dateLabel: text("dateLabel"),
    date: safe(isolate(formatDay(texts, session.date))),
    timeLabel: text("timeLabel"),
    time: safe(isolate(formatTime(texts, session.time))),
    duration: session.durationHours === null ? null : text("duration", { hours: session.durationHours }),
    placeLabel: text("placeLabel"),
    place: safe(whereOf(data)),
    languageLabel: text("languageLabel"),
    language: safe(escapeHtml(texts.plain(`languages.${session.language}`))),
    must: text("must"),
    absence: text(rule === "single" ? "absenceSingle" : "absenceRepeated"),
    bring: text("bring"),
    permit: text("permit"),
    ifPossible: text("ifPossible"),
    passport: text("passport"),
    extract: text("extract"),
    onlyInvitation: text("onlyInvitation"),
    prevented: text("prevented", { reference }),
    contact: text("contact", { phone: office.phone, email: office.email }),
    version: text("version", { version: data.version }),
    replaces: data.version > 1 ? text("replaces") : null,
    draft: texts.meta.reviewedBy === null ? text("draft") : null,
  };
}

/** Finnish beside every other language; a person served in Finnish or Swedish gets the other national language. */
function companionOf({ language, companion }: Invitation): PaperLanguage {
  if (language !== companion) return companion;
  return language === "fi" ? "sv" : "fi";
}

/**
 * Returns the invitation on one A4 page: the person's own language, and Finnish or Swedish beside it for the guard at the door.
 *
 * Pure.
 *
 * @param qr the reference as an SVG picture of a QR code
 * @throws textMissing when a language lacks a text; sessionInvalid when the time is none
 * @see DOMAIN 8, "Invitation must say"
 */
export function renderInvitation(input: InvitationInput, qr: string, templates: Templates): Paper {
  const data = InvitationData.parse(input);
  const own = textsOf(data.language);
  const companion = textsOf(companionOf(data));
  const title = `${own.plain("invitation.title")} ${data.reference}`;
  const body = templates.invitation({
    office: data.office,
    personName: data.personName,
    reference: data.reference,
    referenceLabels: [own, companion].map((texts) => ({
      lang: texts.meta.bcp47,
      dir: texts.meta.dir,
      label: safe(texts.html("invitation.referenceLabel")),
    })),
    issuedOn: formatShortDay(data.issuedOn),
    sessionCode: data.session.code,
    qr: safe(qr),
    columns: [columnOf(data, own), columnOf(data, companion)],
  });
  return toPaper({
    language: own.meta.bcp47,
    direction: own.meta.dir,
    title,
    layout: "invitation",
    body,
    pages: 1,
    codes: [data.reference],
  });
}
