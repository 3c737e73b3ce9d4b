import { createHash } from "node:crypto";
import type { InvitationInput } from "../documents/paper-data.ts";
import type { Session } from "../model/session.ts";
import { issuePaper } from "./issue-paper.ts";
import { toInvitationInput } from "./paper-inputs.ts";
import type { IssuedPaper, PaperPorts } from "./paper-ports.ts";
import type { StoredRegistration } from "./store-port.ts";

/** What makes two printings say the same: everything but the number, the day of printing and whether it is in words or pictures. */
function contentHashOf({
  version: _version,
  replacesVersion: _replaces,
  issuedOn: _issuedOn,
  variant: _variant,
  ...content
}: InvitationInput): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** How a person wants an invitation printed that the line would print by itself. */
export interface AskedInvitation {
  /** Unset: in pictures for a person who does not read the own language. */
  readonly variant?: InvitationInput["variant"];
}

/** An invitation to a language test does not replace the one to the group information: the person has both. */
async function findReplaced(
  { registrationId, version }: { readonly registrationId: string; readonly version: number },
  { kind }: Session,
  { store }: PaperPorts,
): Promise<number | null> {
  const kinds = new Map((await store.listSessions()).map((session) => [session.id, session.kind]));
  const earlier = (await store.listInvitations(registrationId)).filter((invitation) => invitation.version < version);
  return earlier.findLast(({ sessionId }) => kinds.get(sessionId) === kind)?.version ?? null;
}

/**
 * Prints the invitation under the number of its contents: another time, place, session or name is the next number.
 *
 * @param asked given when a person asks: printed even if it was printed before
 */
export async function issueInvitation(
  registration: StoredRegistration,
  session: Session,
  ports: PaperPorts,
  asked?: AskedInvitation,
): Promise<IssuedPaper> {
  const { id, submissionId, reference } = registration;
  const usual = toInvitationInput(registration, session, ports.config.office, ports.today());
  const input = { ...usual, variant: asked?.variant ?? usual.variant };
  const claim = { registrationId: id, sessionId: session.id, contentHash: contentHashOf(input) };
  const version = await ports.store.claimInvitationVersion(claim);
  const { language } = input;
  const suffix = input.variant === "pictograms" ? "-pictograms" : "";
  const relativePath = `invitations/${reference}-${language}-v${version}${suffix}.pdf`;
  const key = { kind: "invitation", language, version, relativePath, registrationId: id, sessionId: session.id, submissionId };
  const replacesVersion = await findReplaced({ registrationId: id, version }, session, ports);
  await issuePaper(key, () => ports.printer.invitation({ ...input, version, replacesVersion }), ports, asked !== undefined);
  return { subject: reference, language, version, relativePath };
}
