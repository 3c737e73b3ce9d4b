import type { CheckResult } from "../model/registration.ts";
import type { Store, StoredRegistration } from "./store-port.ts";

/**
 * Returns a registration's checks with the session for which a partner had announced the person, when the form itself names none.
 *
 * It stays a proposal: the form is the person's word, the announcement the partner's.
 */
export async function followAnnouncement(
  check: CheckResult,
  personKeys: readonly string[],
  store: Pick<Store, "findAnnounced">,
): Promise<CheckResult> {
  const isNamed = check.sessionId !== null && !check.sessionProposed;
  if (isNamed || personKeys.length === 0) return check;
  const announced = await store.findAnnounced(personKeys);
  return announced === null ? check : { ...check, sessionId: announced.sessionId, sessionProposed: true };
}

/** Ties the announcement of a person to the registration once it has its own place: what the partner said of the person is deleted. */
export async function tieAnnouncement(
  { id, personKeys }: Pick<StoredRegistration, "id" | "personKeys">,
  store: Pick<Store, "findBooking" | "tieAnnouncements">,
): Promise<void> {
  if (personKeys.length > 0 && (await store.findBooking(id)) !== null) await store.tieAnnouncements(personKeys, id);
}
