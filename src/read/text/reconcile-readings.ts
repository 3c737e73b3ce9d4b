import type { CodeEnvironment } from "../../model/personal-identity-code.ts";
import type { MrzReading } from "../../model/reading.ts";
import { ReadingDesk } from "./reconcile/reading-desk.ts";
import { reconcileAddress } from "./reconcile/reconcile-address.ts";
import { reconcileAlphabet } from "./reconcile/reconcile-alphabet.ts";
import { reconcileBirth } from "./reconcile/reconcile-birth.ts";
import { reconcileDates } from "./reconcile/reconcile-dates.ts";
import { reconcileNames } from "./reconcile/reconcile-names.ts";
import { reconcilePermit } from "./reconcile/reconcile-permit.ts";
import { reconcileSender } from "./reconcile/reconcile-sender.ts";
import { reconcileStamp } from "./reconcile/reconcile-stamp.ts";
import type { TextReading } from "./text-reading.ts";

/** What else is known about the person and the paper. */
export interface ReconcileContext {
  /** The permit card's machine-readable zone, when its check digits hold. */
  readonly mrz?: MrzReading;
  /** Day of arrival, "YYYY-MM-DD". */
  readonly receivedOn: string;
  readonly environment: CodeEnvironment;
}

/**
 * Compares one registration's readings with each other and with the card.
 *
 * Pure. Fields that confirm each other become `accepted` with the evidence `crossField`; fields that contradict each other or
 * the calendar go back to `review`. Values change only where another field and a code list prove the spelling.
 */
export function reconcileReadings(readings: readonly TextReading[], context: ReconcileContext): TextReading[] {
  const desk = new ReadingDesk(readings);
  const mrz = context.mrz?.checksHold === true ? context.mrz : undefined;
  reconcileDates(desk, context.receivedOn);
  reconcileBirth(desk, mrz, context.environment);
  reconcileNames(desk, mrz);
  reconcileAlphabet(desk, mrz);
  reconcileAddress(desk);
  reconcilePermit(desk, mrz);
  reconcileSender(desk);
  reconcileStamp(desk, context.receivedOn);
  return desk.all();
}
