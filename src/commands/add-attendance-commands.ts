import type { Command } from "commander";
import {
  closeTask,
  confirmSession,
  listFollowUps,
  reviewAttendance,
  type SetOptions,
  setOne,
  showAttendance,
} from "./attendance-commands.ts";
import { type ContactOptions, type DecideOptions, decideCase, listCases, noteContact, showCase } from "./no-show-commands.ts";
import { runCommand } from "./run-command.ts";

function addSeats(attendance: Command): void {
  attendance
    .command("show <session>")
    .description("everybody of a session's list, and pages of its roster that are still out")
    .action((session: string, _: object, command: Command) =>
      runCommand(command, (config, terminal) => showAttendance(config, terminal, session)),
    );
  attendance
    .command("review [session]")
    .description("rows that need a person; writes their pictures to a folder")
    .option("--out <folder>", "where the pictures go (attendance-review in the outbox)")
    .action((session: string | undefined, options: { out?: string }, command: Command) =>
      runCommand(command, (config, terminal) => reviewAttendance(config, terminal, session, options)),
    );
  attendance
    .command("set <registration> <state>")
    .description("a named person says: present, late, leftEarly, absentNotified, absent, excused or walkIn")
    .requiredOption("--by <name>", "who says so")
    .option("--reason <text>", "why")
    .option("--session <session>", "which session, where there are several")
    .option("--language-test", "sent on to the language test")
    .option("--no-language-test", "not sent on to the language test")
    .option("--skills-survey", "sent on to the skills survey")
    .option("--no-skills-survey", "not sent on to the skills survey")
    .action((registration: string, state: string, options: SetOptions, command: Command) =>
      runCommand(command, (config, terminal) => setOne(config, terminal, [registration, state], options)),
    );
  attendance
    .command("confirm <session>")
    .description("a named person takes over what the signed roster says clearly, absences included")
    .requiredOption("--by <name>", "who confirms")
    .action((session: string, options: { by: string }, command: Command) =>
      runCommand(command, (config, terminal) => confirmSession(config, terminal, session, options.by)),
    );
  attendance
    .command("close <task>")
    .description("a walk-in's row or an unknown roster page needs nobody any more")
    .requiredOption("--by <name>", "who says so")
    .requiredOption("--reason <text>", "why")
    .action((task: string, options: { by: string; reason: string }, command: Command) =>
      runCommand(command, (config, terminal) => closeTask(config, terminal, task, options)),
    );
  attendance
    .command("follow-up <session>")
    .description("who goes on to the language test and the skills survey")
    .option("--csv", "as CSV")
    .action((session: string, options: { csv?: boolean }, command: Command) =>
      runCommand(command, (config, terminal) => listFollowUps(config, terminal, session, options)),
    );
}

function addContacts(attendance: Command): void {
  const described = [
    ["delivered", "invitation", "how and when an invitation reached the person"],
    ["reminded", "reminder", "how and when the person, or the sending unit, was reminded"],
  ] as const;
  for (const [name, kind, description] of described) {
    const command = attendance
      .command(`${name} <registration>`)
      .description(description)
      .requiredOption("--how <way>", "hand, post, unit, phone or sms")
      .requiredOption("--on <day>", "the day, such as 14.12.2026")
      .requiredOption("--by <name>", "who notes it")
      .option("--session <session>", "which session, where there are several");
    if (kind === "invitation") command.option("--invitation <number>", "the number on the invitation (the newest)");
    command.action((registration: string, options: ContactOptions, self: Command) =>
      runCommand(self, (config, terminal) => noteContact(config, terminal, kind, registration, options)),
    );
  }
}

function addCases(attendance: Command): void {
  attendance
    .command("cases")
    .description("no-show cases with what the absence policy proposes; nothing is decided by itself")
    .option("--session <session>", "of one session")
    .option("--all", "decided and withdrawn ones too")
    .action((options: { session?: string; all?: boolean }, command: Command) =>
      runCommand(command, (config, terminal) => listCases(config, terminal, options)),
    );
  attendance
    .command("case <registration>")
    .description("one case with its evidence and every decision")
    .option("--session <session>", "which session, where there are several")
    .action((registration: string, options: { session?: string }, command: Command) =>
      runCommand(command, (config, terminal) => showCase(config, terminal, registration, options.session)),
    );
  attendance
    .command("decide <registration>")
    .description("a named person decides a no-show case: continue, excused, newTime or endProposed")
    .requiredOption("--decision <decision>", "continue, excused, newTime or endProposed")
    .requiredOption("--by <name>", "who decides")
    .requiredOption("--reason <text>", "why")
    .option("--session <session>", "which session, where there are several")
    .action((registration: string, options: DecideOptions, command: Command) =>
      runCommand(command, (config, terminal) => decideCase(config, terminal, registration, options)),
    );
}

/** Adds `ilmo attendance …`: what came of the seats of a session. */
export function addAttendanceCommands(program: Command): void {
  const attendance = program.command("attendance").description("who came, as the signed rosters and named persons say");
  addSeats(attendance);
  addContacts(attendance);
  addCases(attendance);
}
