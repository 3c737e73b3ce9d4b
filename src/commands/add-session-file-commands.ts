import type { Command } from "commander";
import { runCommand } from "./run-command.ts";
import { type ExportOptions, exportSessions, type ImportOptions, importSessions } from "./session-file-commands.ts";

/** Adds what takes sessions in and gives them out: `import`, `export`. */
export function addSessionFileCommands(sessions: Command): void {
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
