import { columnOf, type Invitation, invitationTitle, picturesOf } from "./invitation-column.ts";
import { headOf } from "./letter-head.ts";
import { type Paper, toPaper } from "./paper.ts";
import { InvitationData, type InvitationInput } from "./paper-data.ts";
import { companionOf } from "./paper-language.ts";
import type { Templates } from "./paper-templates.ts";
import { type Texts, textsOf } from "./texts.ts";

function bodyOf(data: Invitation, own: Texts, companion: Texts, qr: string, templates: Templates): string {
  const head = { ...headOf(data, [own, companion], qr), sessionCode: data.session.code };
  if (data.variant === "pictograms")
    return templates.pictograms({ ...head, own: picturesOf(data, own), companion: columnOf(data, companion, false) });
  return templates.invitation({ ...head, columns: [columnOf(data, own, true), columnOf(data, companion, false)] });
}

/**
 * Returns the invitation on one A4 page: the person's own language, in words or in pictures, and Finnish or Swedish beside it
 * for the guard at the door.
 *
 * Pure.
 *
 * @param qr the reference as an SVG picture of a QR code
 * @throws textMissing when a language lacks a text; sessionInvalid when the time is none
 * @see DOMAIN 8, "Invitation must say"; DOMAIN 1.2, field 4.6 for the variant in pictures
 */
export function renderInvitation(input: InvitationInput, qr: string, templates: Templates): Paper {
  const data = InvitationData.parse(input);
  const own = textsOf(data.language);
  const companion = textsOf(companionOf(data.language, data.companion));
  return toPaper({
    language: own.meta.bcp47,
    direction: own.meta.dir,
    title: `${invitationTitle(data, own)} ${data.reference}`,
    layout: "invitation",
    body: bodyOf(data, own, companion, qr, templates),
    pages: 1,
    codes: [data.reference],
  });
}
