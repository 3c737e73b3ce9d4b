import { absenceRuleOn } from "./absence-policy.ts";
import { escapeHtml } from "./clean-datum.ts";
import { drawClock, drawWeek } from "./draw-pictograms.ts";
import { formatDay, formatTime, hourAndMinuteOf, partsOfDay } from "./format-when.ts";
import type { InvitationData } from "./paper-data.ts";
import { safe } from "./paper-templates.ts";
import { languageNameIn, type Texts } from "./texts.ts";

export type Invitation = ReturnType<typeof InvitationData.parse>;

/** Wraps text that is not in the language around it. Pure. */
export function isolate(text: string, language?: string): string {
  return `<bdi${language === undefined ? "" : ` lang="${language}"`}>${escapeHtml(text)}</bdi>`;
}

function whereOf({ session }: Invitation): string {
  const room = session.room === null ? "" : `, <span class="room">${escapeHtml(session.room)}</span>`;
  return `<bdi lang="fi">${escapeHtml(session.place)}${room}</bdi><span class="address">${isolate(session.address, "fi")}</span>`;
}

/** The title and first sentence name what is held; a kind of the office's own making is a meeting. */
function kindKeyOf(kind: string, texts: Texts): string {
  if (kind === "groupInfo") return "invitation";
  return texts.has(`invitation.kinds.${kind}.title`) ? `invitation.kinds.${kind}` : "invitation.kinds.other";
}

/** Returns what the invitation is called in a language, by the kind of its session. Pure. */
export function invitationTitle({ session }: Invitation, texts: Texts): string {
  return texts.plain(`${kindKeyOf(session.kind, texts)}.title`);
}

/** Returns one language's column: every text that DOMAIN 8 asks of an invitation, in the order a person needs it. Pure. */
export function columnOf(data: Invitation, texts: Texts, isMain: boolean): object {
  const { session, office, reference } = data;
  const text = (key: string, values: Record<string, string | number> = {}) => safe(texts.html(`invitation.${key}`, values));
  const rule = absenceRuleOn(session.date, data.absencePolicies);
  return {
    isMain,
    lang: texts.meta.bcp47,
    dir: texts.meta.dir,
    title: invitationTitle(data, texts),
    intro: safe(texts.html(`${kindKeyOf(session.kind, texts)}.intro`, { office: office.name })),
    dateLabel: text("dateLabel"),
    date: safe(isolate(formatDay(texts, session.date))),
    timeLabel: text("timeLabel"),
    time: safe(isolate(formatTime(texts, session.time))),
    duration: session.durationHours === null ? null : text("duration", { hours: session.durationHours }),
    placeLabel: text("placeLabel"),
    place: safe(whereOf(data)),
    languageLabel: text("languageLabel"),
    language: safe(escapeHtml(languageNameIn(texts, session.language))),
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
    replaces: data.replacesVersion === null ? null : text("replaces", { previous: data.replacesVersion }),
    draft: texts.meta.reviewedBy === null ? text("draft") : null,
  };
}

/** Returns the column in pictures for a person who does not read: few words, and a line to be read aloud. Pure. */
export function picturesOf(data: Invitation, texts: Texts): object {
  const { session, office } = data;
  const day = partsOfDay(texts, session.date);
  const { hour, minute } = hourAndMinuteOf(session.time);
  const text = (key: string) => safe(texts.html(`pictogram.${key}`));
  return {
    ...columnOf(data, texts, true),
    come: text("come"),
    show: text("show"),
    call: text("call"),
    ...day,
    week: safe(drawWeek(session.date, escapeHtml(day.weekday))),
    clock: safe(drawClock(hour, minute, escapeHtml(formatTime(texts, session.time)))),
    phone: office.phone,
  };
}
