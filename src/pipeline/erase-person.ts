import { IlmoError } from "../errors.ts";
import type { IsoDate } from "../model/time.ts";
import { type ErasureRefusal, judgeErasure } from "../retention/judge-erasure.ts";
import type { ErasureRemainder, PersonRegistration, PersonStore } from "./person-port.ts";
import { cancelSeat } from "./seat-operations.ts";
import type { Store } from "./store-port.ts";

const REFUSALS: Readonly<Record<ErasureRefusal, string>> = {
  held: "it is held; release the hold first (ilmo holds, ilmo release)",
  unfinished: "it is still being read or printed; wait until it is done (ilmo status)",
  beingExported: "an import file with it is being written; run ilmo export first",
  statutory:
    "it was approved or handed over, and is kept for the office's statutory task until its time is over; an official may decide otherwise with --force",
};

export interface ErasePorts {
  readonly store: Store;
  readonly persons: PersonStore;
  readonly today: IsoDate;
}

/** A seat in a session to come goes to the first who waits; one in the past is only forgotten. */
async function giveUpSeats({ id }: PersonRegistration, by: string, { store, today }: ErasePorts): Promise<void> {
  const sessions = await store.listSessions({ from: today });
  for (const { sessionId } of await store.listPlaces(id)) {
    const session = sessions.find((candidate) => candidate.id === sessionId);
    if (session !== undefined) await cancelSeat(store, { registrationId: id, by, reason: "other", kind: session.kind });
  }
}

/**
 * Erases registrations of a person, all or none of them, and returns what stays and why.
 *
 * @throws notAllowed naming the reference and the reason when one of them may not be erased; then nothing is
 */
export async function erasePerson(
  registrations: readonly PersonRegistration[],
  { by, reason, isForced }: { readonly by: string; readonly reason: string; readonly isForced: boolean },
  ports: ErasePorts,
): Promise<ErasureRemainder[]> {
  if (by.trim() === "" || reason.trim() === "")
    throw new IlmoError("notAllowed", "Expected the name of the official who decides, and a reason.");
  for (const registration of registrations) {
    const refusal = judgeErasure(registration, isForced);
    if (refusal !== null)
      throw new IlmoError(
        "notAllowed",
        `Expected registrations that may be erased; ${registration.reference} may not: ${REFUSALS[refusal]}.`,
        {
          context: { registrationId: registration.id, refusal },
        },
      );
  }
  const remainders: ErasureRemainder[] = [];
  for (const registration of registrations) {
    await giveUpSeats(registration, by, ports);
    remainders.push(...(await ports.persons.erase(registration, { by, reason })));
  }
  return remainders;
}
