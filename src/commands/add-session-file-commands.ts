import { type Command, Option } from "commander";
import { type AnnouncedOptions, importRegistrations, type RegistrationImportOptions, showAnnounced } from "./announcement-commands.ts";
import { runCommand } from "./run-command.ts";
import { type CalendarOptions, printDoorLists, writeCalendars } from "./session-day-commands.ts";
import { type ExportOptions, exportSessions, type ImportOptions, importSessions } from "./session-file-commands.ts";

function addAnnouncements(sessions: Command): void {
  sessions
    .command("import-registrations <file>")
    .description("take in the responses of a registration survey (CSV or XLSX): people announced before their forms come")
    .requiredOption("--link <name>", "which survey link; its columns are remembered")
    .option("--mapping <json>", "file that names the columns; only for a link's first export or changed columns")
    .option("--session <session>", "the one session that the link is for")
    .option("--skip-wrong", "take the right rows and tell which were left out")
    .option("--by <name>", "who is written down for it")
    .action((path: string, options: RegistrationImportOptions, command: Command) =>
      runCommand(command, (config, terminal) => importRegistrations(config, terminal, path, options)),
    );
  sessions
    .command("announced")
    .description("who was announced to which session, without names")
    .option("--session <session>")
    .option("--drop <announcement>", "take one back; its seat is free then")
    .option("--by <name>", "who takes it back")
    .action((options: AnnouncedOptions, command: Command) =>
      runCommand(command, (config, terminal) => showAnnounced(config, terminal, options)),
    );
}

function addDay(sessions: Command): void {
  sessions
    .command("calendar")
    .description("write .ics files for hosts and interpreters, where something changed")
    .option("--session <session>", "one session; else all from today on")
    .option("--out <folder>", "another folder than the outbox")
    .action((options: CalendarOptions, command: Command) =>
      runCommand(command, (config, terminal) => writeCalendars(config, terminal, options)),
    );
  sessions
    .command("door-list")
    .description("print the lists for whoever shows people the way on a day, one a place, without names")
    .requiredOption("--date <day>", "14.12.2026 or 2026-12-14")
    .addOption(new Option("--language <code>", "language of the list").choices(["fi", "sv"]).default("fi"))
    .action((options: { date: string; language: string }, command: Command) =>
      runCommand(command, (config, terminal) => printDoorLists(config, terminal, options)),
    );
}

/** Adds what takes sessions in and gives them out: `import`, `export`, `import-registrations`, `announced`, `calendar`, `door-list`. */
export function addSessionFileCommands(sessions: Command): void {
  addAnnouncements(sessions);
  addDay(sessions);
  sessions
    .command("import <file>")
    .description("take in sessions of a JSON or CSV file: all of them, or none when a row is wrong")
    .option("--skip-wrong", "take the right rows and tell which were left out")
    .option("--by <name>", "who is written down for it")
    .action((path: string, options: ImportOptions, command: Command) =>
      runCommand(command, (config, terminal) => importSessions(config, terminal, path, options)),
    );
  sessions
    .command("export")
    .description("write the sessions so that `import` takes them again")
    .requiredOption("--format <format>", "json or csv")
    .option("--out <file>", "a file instead of standard output")
    .option("--from <day>", "first day, YYYY-MM-DD")
    .action((options: ExportOptions, command: Command) =>
      runCommand(command, (config, terminal) => exportSessions(config, terminal, options)),
    );
}
