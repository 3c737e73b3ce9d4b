import { formatShortDay } from "./format-when.ts";
import { headOf } from "./letter-head.ts";
import { type Paper, toPaper } from "./paper.ts";
import { ReferralData, type ReferralInput } from "./paper-data.ts";
import { companionOf } from "./paper-language.ts";
import { safe, type Templates } from "./paper-templates.ts";
import { type Texts, textsOf } from "./texts.ts";

type Referral = ReturnType<typeof ReferralData.parse>;

function columnOf(data: Referral, texts: Texts, isMain: boolean): object {
  const { office, reference } = data;
  const isDesk = data.route === "officeDesk";
  const html = (key: string, values: Record<string, string> = {}) => safe(texts.html(key, values));
  return {
    isMain,
    lang: texts.meta.bcp47,
    dir: texts.meta.dir,
    title: html("referral.title"),
    received: html("referral.received", { date: formatShortDay(data.receivedOn) }),
    why: html(isDesk ? "referral.deskWhy" : "referral.municipalityWhy"),
    what: isDesk ? html("referral.deskDo", { address: `${office.street}, ${office.postal}` }) : html("referral.municipalityDo"),
    later: isDesk ? null : html("referral.municipalityLater"),
    bring: isDesk ? html("invitation.bring") : null,
    permit: html("invitation.permit"),
    ifPossible: html("invitation.ifPossible"),
    passport: html("invitation.passport"),
    extract: html("invitation.extract"),
    interpreter: html("referral.interpreter"),
    wrong: html("referral.wrong", { reference }),
    contact: html("invitation.contact", { phone: office.phone, email: office.email }),
    confirmed: html("referral.confirmed", { name: data.confirmedBy }),
    draft: texts.meta.reviewedBy === null ? html("invitation.draft") : null,
  };
}

/**
 * Returns the letter to a person whom the office does not call to a group session: to the municipality's services, or to the office
 * desk when no session is held in the language. Own language, and Finnish or Swedish beside it.
 *
 * Pure. It names the official who confirmed the route: a machine never decides against a person.
 *
 * @param qr the reference as an SVG picture of a QR code
 * @see DOMAIN 1.3 (gates and routes), 7.2
 */
export function renderReferral(input: ReferralInput, qr: string, templates: Templates): Paper {
  const data = ReferralData.parse(input);
  const own = textsOf(data.language);
  const companion = textsOf(companionOf(data.language, data.companion));
  const body = templates.referral({
    ...headOf(data, [own, companion], qr),
    columns: [columnOf(data, own, true), columnOf(data, companion, false)],
  });
  return toPaper({
    language: own.meta.bcp47,
    direction: own.meta.dir,
    title: `${own.plain("referral.title")} ${data.reference}`,
    layout: "invitation referral",
    body,
    pages: 1,
    codes: [data.reference],
  });
}
