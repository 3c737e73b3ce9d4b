import { sql } from "kysely";
import type { FaultCode } from "../../errors.ts";
import type { AnswerState, MailCheck, MailCounts, MailStore } from "../../pipeline/mail-store-port.ts";
import type { Executor } from "./executor.ts";
import { addAnswer, changeAnswer, countAcknowledgements, listAnswers, listUnmailedRequests } from "./mail-answers.ts";
import {
  changeMail,
  findLostMail,
  findMail,
  findMailOfSubmission,
  findSameMail,
  listKnownUids,
  listMail,
  listRescuedMail,
  recordMail,
} from "./mail-messages.ts";
import { addTask, finishTask, listTasks } from "./tasks.ts";

async function noteMailCheck(executor: Executor, account: string, fault: FaultCode | null, at: string): Promise<void> {
  const success = fault === null ? { last_success_at: at } : {};
  await executor
    .insertInto("mail_checks")
    .values({ account, first_attempt_at: at, last_attempt_at: at, last_success_at: null, fault, ...success })
    .onConflict((conflict) => conflict.column("account").doUpdateSet({ last_attempt_at: at, fault, ...success }))
    .execute();
}

async function listMailChecks(executor: Executor): Promise<MailCheck[]> {
  const rows = await executor.selectFrom("mail_checks").selectAll().orderBy("account").execute();
  return rows.map((row) => ({
    account: row.account,
    lastSuccessAt: row.last_success_at,
    lastAttemptAt: row.last_attempt_at,
    firstAttemptAt: row.first_attempt_at,
    fault: row.fault,
  }));
}

const NO_ANSWERS: Readonly<Record<AnswerState, number>> = { waiting: 0, sending: 0, done: 0, unsure: 0, givenUp: 0 };

/** Counts for the status page; holds no personal data. */
async function countMail(executor: Executor): Promise<MailCounts> {
  const kinds = await executor
    .selectFrom("mail_messages")
    .select(["kind", (select) => select.fn.countAll<number>().as("count")])
    .groupBy("kind")
    .execute();
  const open = await executor
    .selectFrom("mail_messages")
    .select([
      sql<number>`count(*) filter (where state = 'waiting')`.as("waiting"),
      sql<number>`count(*) filter (where state = 'held')`.as("held"),
      sql<number>`count(*) filter (where not is_moved and target_folder is not null)`.as("unmoved"),
    ])
    .executeTakeFirstOrThrow();
  const answers = await executor
    .selectFrom("mail_answers")
    .select(["state", (select) => select.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const tasks = await executor
    .selectFrom("tasks")
    .select([(select) => select.fn.countAll<number>().as("count"), (select) => select.fn.min("due_on").as("next")])
    .where("done_at", "is", null)
    .executeTakeFirstOrThrow();
  return {
    byKind: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
    ...open,
    answers: { ...NO_ANSWERS, ...Object.fromEntries(answers.map(({ state, count }) => [state, count])) },
    openTasks: tasks.count,
    nextDueOn: tasks.next,
  };
}

/** Returns the store's methods for mailboxes, answers and tasks. */
export function bindMail(executor: Executor, at: () => string): MailStore {
  return {
    recordMail: (message) => recordMail(executor, message),
    listKnownUids: (account, place) => listKnownUids(executor, account, place),
    findLostMail: (account, seen) => findLostMail(executor, account, seen),
    findSameMail: (message) => findSameMail(executor, message),
    findMail: (idOrReference) => findMail(executor, idOrReference),
    findMailOfSubmission: (submissionId) => findMailOfSubmission(executor, submissionId),
    listMail: (filter) => listMail(executor, filter),
    listRescuedMail: (quarantineFolder) => listRescuedMail(executor, quarantineFolder),
    changeMail: (id, change) => changeMail(executor, id, change, at()),
    addTask: (task) => addTask(executor, task),
    listTasks: (filter) => listTasks(executor, filter),
    finishTask: (id, by) => finishTask(executor, id, by, at()),
    noteMailCheck: (account, fault) => noteMailCheck(executor, account, fault, at()),
    listMailChecks: () => listMailChecks(executor),
    addAnswer: (answer) => addAnswer(executor, answer, at()),
    listAnswers: (filter) => listAnswers(executor, filter),
    changeAnswer: (id, from, change) => changeAnswer(executor, id, from, change, at()),
    countAcknowledgements: (to, since) => countAcknowledgements(executor, to, since),
    listUnmailedRequests: () => listUnmailedRequests(executor),
    countMail: () => countMail(executor),
  };
}
