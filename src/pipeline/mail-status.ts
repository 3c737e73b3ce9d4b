import type { MailConfig } from "../mail-config.ts";
import type { MailCheck, MailCounts } from "./mail-store-port.ts";
import type { Store } from "./store-port.ts";

/** How one configured mailbox does. */
export interface AccountStatus {
  readonly account: string;
  readonly lastSuccessAt: string | null;
  /** Since the last successful check, or since the first attempt; null when it was never tried. */
  readonly silentMinutes: number | null;
  /** Silent for longer than `mail.alarmAfterMinutes`. */
  readonly isAlarm: boolean;
  readonly fault: MailCheck["fault"];
}

export interface MailStatus extends MailCounts {
  readonly accounts: readonly AccountStatus[];
  /** Without it a sender is believed by the From field alone. */
  readonly areSendersProven: boolean;
}

const MINUTE_MS = 60_000;

/** Returns how a mailbox does at an instant. Pure. */
export function accountStatusOf(account: string, check: MailCheck | undefined, alarmAfterMinutes: number, now: Date): AccountStatus {
  if (check === undefined) return { account, lastSuccessAt: null, silentMinutes: null, isAlarm: true, fault: null };
  const { lastSuccessAt, firstAttemptAt, fault } = check;
  const silentMinutes = Math.floor((now.getTime() - Date.parse(lastSuccessAt ?? firstAttemptAt)) / MINUTE_MS);
  return { account, lastSuccessAt, silentMinutes, isAlarm: silentMinutes >= alarmAfterMinutes, fault };
}

/** Returns everything about mail that waits or went wrong; names of accounts, codes and counts only. */
export async function readMailStatus(
  store: Store,
  { accounts, alarmAfterMinutes, authservIds }: MailConfig,
  now: Date,
): Promise<MailStatus> {
  const checks = await store.listMailChecks();
  return {
    ...(await store.countMail()),
    accounts: accounts.map(({ name }) => {
      const check = checks.find((known) => known.account === name);
      return accountStatusOf(name, check, alarmAfterMinutes, now);
    }),
    areSendersProven: authservIds.length > 0,
  };
}
