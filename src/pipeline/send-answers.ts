import { domainOf } from "../intake/mail/parse-headers.ts";
import type { LetterSender, MailPorts, OutgoingLetter, SendOutcome } from "./mail-ports.ts";
import type { Answer } from "./mail-store-port.ts";

/** Waits after a server's "try later"; greylisting wants minutes, a full disk hours. */
const RETRY_MS: readonly number[] = [60_000, 300_000, 1_800_000, 7_200_000];
/** Two days of tries at the last wait: after that the news is old. */
const MAX_ATTEMPTS = 27;

/** Returns a letter of ours as it goes out; its Message-ID is the same at every try. Pure. */
export function toOutgoing({ id, kind, letter, createdAt }: Answer, from: string): OutgoingLetter {
  return {
    ...letter,
    from,
    messageId: `<${id}@${domainOf(from)}>`,
    date: new Date(createdAt),
    isAutomatic: kind === "acknowledgement",
  };
}

async function note(answer: Answer, outcome: SendOutcome, { store, now }: MailPorts): Promise<void> {
  const attempts = answer.attempts + 1;
  const later = (ms: number): string => new Date(now().getTime() + ms).toISOString();
  switch (outcome.kind) {
    case "sent":
      await store.changeAnswer(answer.id, "sending", { state: "done", attempts, faultCode: null });
      return;
    case "unsure":
      await store.changeAnswer(answer.id, "sending", { state: "unsure", attempts, faultCode: "connectionCut" });
      return;
    case "unreachable":
      await store.changeAnswer(answer.id, "sending", { state: "waiting", faultCode: "unreachable", nextTryAt: later(RETRY_MS[0] ?? 0) });
      return;
    case "refused":
      await store.changeAnswer(answer.id, "sending", { state: "givenUp", attempts, faultCode: String(outcome.responseCode) });
      return;
    case "temporary": {
      const state = attempts >= MAX_ATTEMPTS ? "givenUp" : "waiting";
      const delayMs = RETRY_MS[Math.min(attempts, RETRY_MS.length) - 1] ?? 0;
      await store.changeAnswer(answer.id, "sending", {
        state,
        attempts,
        faultCode: String(outcome.responseCode),
        nextTryAt: later(delayMs),
      });
    }
  }
}

/** What an earlier process was sending when it died may have gone out: a person decides. */
export async function markInterrupted({ store }: MailPorts): Promise<number> {
  const interrupted = await store.listAnswers({ state: "sending" });
  for (const { id } of interrupted) await store.changeAnswer(id, "sending", { state: "unsure", faultCode: "interrupted" });
  return interrupted.length;
}

/**
 * Sends the letters whose time has come, each at most once.
 *
 * A letter is noted as "sending" before the server is spoken to; when its fate is not known (process killed, connection cut after the
 * text) it is `unsure` and stays so until a person says otherwise: a second acknowledgement would be a small harm, but many of them
 * are how mail loops begin. Only one process may do this at a time.
 *
 * @returns how many went out
 */
export async function sendAnswers(sender: LetterSender, ports: MailPorts): Promise<number> {
  const { store, config, now } = ports;
  if (config.mail.from === undefined) return 0;
  let sent = 0;
  for (const answer of await store.listAnswers({ state: "waiting", way: "send" })) {
    if (answer.nextTryAt > now().toISOString()) continue;
    if (!(await store.changeAnswer(answer.id, "waiting", { state: "sending" }))) continue;
    const outcome = await sender.send(toOutgoing(answer, config.mail.from));
    await note(answer, outcome, ports);
    if (outcome.kind === "sent") sent += 1;
    if (outcome.kind === "unreachable") return sent;
  }
  return sent;
}
