import type { AccountStatus, MailStatus } from "../pipeline/mail-status.ts";
import type { Task, TaskKind } from "../pipeline/mail-store-port.ts";
import { formatTable } from "./terminal.ts";

const TASKS: Readonly<Record<TaskKind, string>> = {
  openLink: "open the secure-mail link and save its attachments to the inbox folder",
  plainMailIdentityCode: "tell the sender to use secure mail: an identity code came unprotected",
  readLetter: "read the message: it holds no form",
  messageTooLarge: "fetch the message by hand: it is larger than mail.maxMessageBytes",
};

function lineOf({ account, lastSuccessAt, silentMinutes, isAlarm, fault }: AccountStatus): string {
  const when = silentMinutes === null ? "never checked" : `no successful check for ${silentMinutes} minutes`;
  const state = isAlarm ? `ALARM: ${when}` : `checked ${lastSuccessAt}`;
  return `mailbox ${account}: ${state}${fault === null ? "" : ` (${fault})`}`;
}

/** Returns what staff must know of mail, line by line. Pure. */
export function mailLines(status: MailStatus): string[] {
  const { accounts, held, waiting, unmoved, answers, openTasks, nextDueOn } = status;
  const lines = accounts.map(lineOf);
  if (held > 0) lines.push(`messages of unknown senders that wait for a decision: ${held} (ilmo mail unknown)`);
  if (openTasks > 0) lines.push(`open tasks: ${openTasks}${nextDueOn === null ? "" : `, the first by ${nextDueOn}`} (ilmo tasks)`);
  if (waiting + unmoved > 0) lines.push(`messages in work: ${waiting}, not moved yet: ${unmoved}`);
  if (answers.waiting + answers.sending > 0) lines.push(`letters to send: ${answers.waiting + answers.sending}`);
  if (answers.unsure + answers.givenUp > 0)
    lines.push(`letters that may not have arrived: ${answers.unsure} unsure, ${answers.givenUp} given up: ilmo mail letters`);
  return lines;
}

/** Returns the open tasks as a table, the most urgent first. Pure. */
export function taskTable(tasks: readonly Task[], referenceOf: (mailId: string | null) => string): string {
  const rows = tasks.map(({ id, dueOn, kind, detail, mailId }) => [
    String(id),
    dueOn ?? "-",
    referenceOf(mailId),
    detail ?? "-",
    TASKS[kind],
  ]);
  return formatTable([["id", "by", "message", "product or mailbox", "what to do"], ...rows]);
}
