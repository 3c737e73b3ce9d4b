import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import type { OverrideReason } from "../model/booking.ts";
import { parseWrittenDate } from "../model/parse-written-date.ts";
import { localDay } from "../model/time.ts";
import {
  assertNamed,
  bookSeat,
  cancelSeat,
  holdSeatBack,
  moveToSession,
  placeInQueue,
  promoteWaiting,
  registerWalkIn,
  takeInRegistered,
  takeInUnregistered,
} from "../pipeline/seat-operations.ts";
import type { Store, StoredRegistration } from "../pipeline/store-port.ts";
import type { SeatDifference } from "../sessions/hall-differences.ts";
import { proposeWaitingOrder } from "../sessions/propose-waiting-order.ts";
import { parseReason } from "../sessions/seat-reasons.ts";
import { findRegistration, findSession, parseCount, tellDifferences } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** What the commands about one person's seat take, as typed. */
export interface SeatOptions {
  readonly by: string;
  readonly reason?: string;
  readonly overCapacity?: string;
  readonly force?: boolean;
  readonly wait?: boolean;
  readonly to?: string;
  readonly registration?: string;
  readonly reference?: string;
  readonly kind?: string;
}

const kindOf = ({ kind }: SeatOptions): { readonly kind?: string } => (kind === undefined ? {} : { kind });

function overrideOf({ overCapacity }: SeatOptions): { readonly overCapacity?: OverrideReason } {
  return overCapacity === undefined ? {} : { overCapacity: parseReason("overCapacity", overCapacity) };
}

type Decision = (store: Store, registrationId: string, by: string) => Promise<SeatDifference[]>;

/** Finds the registration, decides, tells what became of it. */
async function decide(config: Config, terminal: Terminal, registration: string, options: SeatOptions, decision: Decision): Promise<void> {
  const by = assertNamed(options.by);
  await withOffice(config, async ({ store }) => {
    const { id } = await findRegistration(store, registration);
    await tellDifferences(store, terminal, await decision(store, id, by));
  });
}

/** `ilmo sessions book <registration> <session>`. @throws notFound, notAllowed, usage */
export async function book(config: Config, terminal: Terminal, ids: readonly [string, string], options: SeatOptions): Promise<void> {
  const override = overrideOf(options);
  await decide(config, terminal, ids[0], options, async (store, registrationId, by) => {
    const { state } = await store.getRegistration(registrationId);
    if (state === "CANCELLED") throw new IlmoError("notAllowed", "Expected a registration that is not cancelled.");
    const { id } = await findSession(store, ids[1]);
    return bookSeat(store, { registrationId, sessionId: id, by, ...override });
  });
}

/** `ilmo sessions move <registration> <session>`. @throws notFound, notAllowed, usage */
export async function move(config: Config, terminal: Terminal, ids: readonly [string, string], options: SeatOptions): Promise<void> {
  const override = overrideOf(options);
  const across = options.force === true ? { acrossLanguages: parseReason("acrossLanguages", options.reason ?? "") } : {};
  await decide(config, terminal, ids[0], options, async (store, registrationId, by) => {
    const { id } = await findSession(store, ids[1]);
    return moveToSession(store, { registrationId, sessionId: id, by, mayWait: options.wait === true, ...override, ...across });
  });
}

/** `ilmo sessions cancel-seat <registration> --reason …`. @throws notFound, usage */
export async function cancelOneSeat(config: Config, terminal: Terminal, registration: string, options: SeatOptions): Promise<void> {
  const reason = parseReason("cancelSeat", options.reason ?? "");
  await decide(config, terminal, registration, options, (store, registrationId, by) =>
    cancelSeat(store, { registrationId, by, reason, ...kindOf(options) }),
  );
}

/** `ilmo sessions promote <registration>`. @throws notFound, notAllowed, usage */
export async function promoteOne(config: Config, terminal: Terminal, registration: string, options: SeatOptions): Promise<void> {
  const override = overrideOf(options);
  await decide(config, terminal, registration, options, (store, registrationId, by) =>
    promoteWaiting(store, { registrationId, by, ...override, ...kindOf(options) }),
  );
}

/** `ilmo sessions order <registration> --to n`. @throws notFound, notAllowed, usage */
export async function orderOne(config: Config, terminal: Terminal, registration: string, options: SeatOptions): Promise<void> {
  const place = parseCount(options.to ?? "1");
  await decide(config, terminal, registration, options, (store, registrationId, by) =>
    placeInQueue(store, { registrationId, by, place, ...kindOf(options) }),
  );
}

/** `ilmo sessions hold-back <registration>`. @throws notFound, notAllowed */
export async function holdBackOne(config: Config, terminal: Terminal, registration: string, options: SeatOptions): Promise<void> {
  await decide(config, terminal, registration, options, (store, registrationId, by) =>
    holdSeatBack(store, { registrationId, by, ...kindOf(options) }),
  );
}

/** `ilmo sessions walk-in <session>`: with `--registration` a known person, else one without a form. @throws notFound, notAllowed, usage */
export async function walkIn(config: Config, terminal: Terminal, idOrCode: string, options: SeatOptions): Promise<void> {
  const by = assertNamed(options.by);
  const override = overrideOf(options);
  await withOffice(config, async ({ store }) => {
    const session = await findSession(store, idOrCode);
    const decision = { sessionId: session.id, by, ...override };
    if (options.registration === undefined) {
      const noted = await takeInUnregistered(store, decision);
      terminal.line(
        `${noted.reference} sits in ${session.id}. When the form is here: ilmo sessions walk-in ${session.id} --registration … --reference ${noted.reference}`,
      );
      terminal.json(noted);
      return;
    }
    const { id: registrationId } = await findRegistration(store, options.registration);
    const { reference } = options;
    const differences =
      reference === undefined
        ? await takeInRegistered(store, { registrationId, ...decision })
        : await registerWalkIn(store, { registrationId, by, reference });
    await tellDifferences(store, terminal, differences);
  });
}

function permitEndOf({ reading }: StoredRegistration): string | null {
  const item = reading.readings.find(({ field }) => field === "permitValidUntil");
  return item?.status === "accepted" && typeof item.value === "string" ? parseWrittenDate(item.value) : null;
}

/** `ilmo sessions waiting <session>`: the queue as it is, and the order that permits and days of receipt propose. @throws notFound */
export async function showWaiting(config: Config, terminal: Terminal, idOrCode: string): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const session = await findSession(store, idOrCode);
    const waiting = (await store.listBookings(session.id)).filter(({ state }) => state === "waiting");
    const queue: {
      registrationId: string;
      reference: string;
      receivedOn: string;
      permitEnd: string | null;
      waitingNumber: number;
      reason: string;
    }[] = [];
    for (const { registrationId, waitingNumber, waitingReason } of waiting) {
      const registration = await store.getRegistration(registrationId);
      const { reference, receivedOn } = registration;
      const reason = waitingReason ?? "full";
      queue.push({
        registrationId,
        reference,
        receivedOn,
        permitEnd: permitEndOf(registration),
        waitingNumber: waitingNumber ?? 0,
        reason,
      });
    }
    const proposed = proposeWaitingOrder(queue, localDay(new Date()));
    const rows = queue.map((item, index) => {
      const place = proposed.findIndex(({ registrationId }) => registrationId === item.registrationId) + 1;
      return [String(index + 1), item.reference, item.reason, item.receivedOn, item.permitEnd ?? "-", String(place)];
    });
    terminal.line(formatTable([["place", "reference", "reason", "received", "permit ends", "proposed place"], ...rows]));
    terminal.json({ session: session.id, waiting: queue, proposed: proposed.map(({ reference }) => reference) });
  });
}
