import { userInfo } from "node:os";
import type { Store } from "../pipeline/store-port.ts";

/** What was looked at: one registration, or a list of how many. */
export interface View {
  /** For example "registrations.listed". */
  readonly action: string;
  readonly registrationId?: string;
  readonly count?: number;
}

/**
 * Notes in the audit log that this machine's account looked at what is held of people. Call it before showing.
 *
 * @see DOMAIN 0.12: a register whose viewing leaves no entry cannot answer who has looked
 */
export async function noteView(store: Pick<Store, "audit">, { action, registrationId, count }: View): Promise<void> {
  const detail = count === undefined ? null : `${count} shown`;
  await store.audit({ actor: userInfo().username, action, registrationId: registrationId ?? null, detail });
}
