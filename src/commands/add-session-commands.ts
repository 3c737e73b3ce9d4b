import type { Command } from "commander";
import { REASONS } from "../sessions/seat-reasons.ts";
import { addSeatCommands } from "./add-seat-commands.ts";
import { addSessionFileCommands } from "./add-session-file-commands.ts";
import { runCommand } from "./run-command.ts";
import { type ListOptions, listSessions, showSession } from "./session-commands.ts";
import {
  type AddOptions,
  addSessions,
  cancelWhole,
  editSession,
  mergeTwo,
  type SessionOptions,
  splitTwo,
  type TwoSessionOptions,
} from "./session-edit-commands.ts";
import {
  type RuleOptions,
  type StatisticsOptions,
  showDemand,
  showProposals,
  showRules,
  showStatistics,
} from "./session-planning-commands.ts";

/** Options of one session's facts, for `add` and `edit`. */
function withFacts(command: Command): Command {
  return command
    .requiredOption("--by <name>", "who decides")
    .option("--language <code>", "one of the served languages; prs and fa, ckb and kmr are different ones")
    .option("--date <day>", "14.12.2026 or 2026-12-14")
    .option("--time <time>", "local start, 9.00 or 09:00")
    .option("--place <text>")
    .option("--address <text>")
    .option("--room <text>", "empty takes it away")
    .option("--host <name>")
    .option("--interpreter <name>")
    .option("--hours <n>", "length, 3 when not given")
    .option("--capacity <n>", "seats, 35 when not given")
    .option("--min <n>", "people without which it is proposed to merge or cancel")
    .option("--kind <code>", "groupInfo, or a later session such as skillsSurvey")
    .option("--state <state>", "planned, open, closed or held")
    .option("--code <code>", "what people write on the form; AR-1412 when not given");
}

function addViews(sessions: Command): void {
  sessions
    .command("list")
    .description("sessions with their seats")
    .option("--language <code>")
    .option("--from <day>", "first day, YYYY-MM-DD")
    .action((options: ListOptions, command: Command) => runCommand(command, (config, terminal) => listSessions(config, terminal, options)));
  sessions
    .command("show <session>")
    .description("one session with its seats and queue, by reference")
    .action((session: string, _, command: Command) => runCommand(command, (config, terminal) => showSession(config, terminal, session)));
}

function addChanges(sessions: Command): void {
  withFacts(sessions.command("add"))
    .description("add one session, or a series that passes over public holidays")
    .option("--id <id>")
    .option("--repeat <how>", "weekly or fortnightly")
    .option("--count <n>", "sessions of the series")
    .action((options: AddOptions, command: Command) => runCommand(command, (config, terminal) => addSessions(config, terminal, options)));
  withFacts(sessions.command("edit <session>"))
    .description("change facts of a session; papers that say otherwise are printed again")
    .action((session: string, options: SessionOptions, command: Command) =>
      runCommand(command, (config, terminal) => editSession(config, terminal, session, options)),
    );
  sessions
    .command("cancel <session>")
    .description("call a session off")
    .requiredOption("--by <name>", "who decides")
    .requiredOption("--reason <code>", REASONS.cancelSession.join(", "))
    .option("--move-to <session>", "where its people go at once")
    .option("--overflow <how>", "wait: those without a seat there wait there")
    .action((session: string, options: TwoSessionOptions, command: Command) =>
      runCommand(command, (config, terminal) => cancelWhole(config, terminal, session, options)),
    );
  sessions
    .command("merge <from> <into>")
    .description("move everybody to another session of the same language and cancel the first")
    .requiredOption("--by <name>", "who decides")
    .option("--overflow <how>", "wait: those without a seat there wait there")
    .action((from: string, into: string, options: TwoSessionOptions, command: Command) =>
      runCommand(command, (config, terminal) => mergeTwo(config, terminal, [from, into], options)),
    );
  sessions
    .command("split <from> <into>")
    .description("move the later half, or all after --keep, to another session of the same language")
    .requiredOption("--by <name>", "who decides")
    .option("--keep <n>", "how many stay")
    .option("--overflow <how>", "wait: those without a seat there wait there")
    .action((from: string, into: string, options: TwoSessionOptions, command: Command) =>
      runCommand(command, (config, terminal) => splitTwo(config, terminal, [from, into], options)),
    );
}

function addPlanning(sessions: Command): void {
  sessions
    .command("demand")
    .description("who lacks a seat in which language, and the sessions that this calls for")
    .action((_, command: Command) => runCommand(command, showDemand));
  sessions
    .command("proposals")
    .description("sessions of the next days with too few people: merge or cancel")
    .action((_, command: Command) => runCommand(command, showProposals));
  sessions
    .command("statistics")
    .description("registrations and seats by language and sending unit")
    .option("--from <day>", "first day of receipt")
    .option("--to <day>", "last day of receipt")
    .action((options: StatisticsOptions, command: Command) =>
      runCommand(command, (config, terminal) => showStatistics(config, terminal, options)),
    );
  sessions
    .command("rules")
    .description("show or change the office's rules about sessions")
    .option("--by <name>", "who changes them")
    .option("--languages <codes>", "served languages, such as ar,so,ckb,prs,fa,en")
    .option("--capacity <n>", "seats of a new session")
    .option("--min <n>", "people from which a session is held")
    .option("--decide-days <n>", "days before a session on which too few people are told")
    .action((options: RuleOptions, command: Command) => runCommand(command, (config, terminal) => showRules(config, terminal, options)));
}

/** Adds `ilmo sessions …`. */
export function addSessionCommands(program: Command): void {
  const sessions = program.command("sessions").description("the group sessions");
  addViews(sessions);
  addChanges(sessions);
  addSeatCommands(sessions);
  addSessionFileCommands(sessions);
  addPlanning(sessions);
}
