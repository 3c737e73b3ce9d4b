import { IlmoError } from "../../errors.ts";
import type { InvitationVersion } from "../../pipeline/session-store-port.ts";
import { type Executor, inTransaction } from "./executor.ts";

/** Oldest first. */
export async function listInvitations(executor: Executor, registrationId: string): Promise<InvitationVersion[]> {
  const rows = await executor
    .selectFrom("invitations")
    .selectAll()
    .where("registration_id", "=", registrationId)
    .orderBy("version")
    .execute();
  return rows.map((row) => ({
    registrationId: row.registration_id,
    version: row.version,
    sessionId: row.session_id,
    contentHash: row.content_hash,
    createdAt: row.created_at,
  }));
}

/** An invitation to a session of another kind does not replace this one: the person has both. */
async function findLastOfKind(executor: Executor, registrationId: string, sessionId: string): Promise<InvitationVersion | undefined> {
  const ofKind = await executor
    .selectFrom("sessions")
    .innerJoin("sessions as wanted", "wanted.kind", "sessions.kind")
    .select("sessions.id")
    .where("wanted.id", "=", sessionId)
    .execute();
  const sessionIds = new Set(ofKind.map(({ id }) => id));
  return (await listInvitations(executor, registrationId)).findLast((invitation) => sessionIds.has(invitation.sessionId));
}

/**
 * Returns the number that an invitation with these contents bears: the last printing's when that said the same, else one more.
 *
 * May run again after a crash: the number is the same then. @throws notFound
 */
export async function claimInvitationVersion(
  executor: Executor,
  { registrationId, sessionId, contentHash }: Pick<InvitationVersion, "registrationId" | "sessionId" | "contentHash">,
  at: string,
): Promise<number> {
  return inTransaction(executor, async (transaction) => {
    const owner = await transaction
      .selectFrom("registrations")
      .select("id")
      .where("id", "=", registrationId)
      .forUpdate()
      .executeTakeFirst();
    if (owner === undefined) throw new IlmoError("notFound", "Expected a registration with this id.", { context: { registrationId } });
    const last = await findLastOfKind(transaction, registrationId, sessionId);
    if (last?.contentHash === contentHash && last.sessionId === sessionId) return last.version;
    const version = ((await listInvitations(transaction, registrationId)).at(-1)?.version ?? 0) + 1;
    await transaction
      .insertInto("invitations")
      .values({ registration_id: registrationId, version, session_id: sessionId, content_hash: contentHash, created_at: at })
      .execute();
    return version;
  });
}
