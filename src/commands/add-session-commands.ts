import type { Command } from "commander";
import { runCommand } from "./run-command.ts";
import { importSessions, listSessions } from "./session-commands.ts";

/** Adds `ilmo sessions …`. */
export function addSessionCommands(program: Command): void {
  const sessions = program.command("sessions").description("the group sessions");
  sessions
    .command("import <json>")
    .action((path: string, _, command: Command) => runCommand(command, (config, terminal) => importSessions(config, terminal, path)));
  sessions.command("list").action((_, command: Command) => runCommand(command, listSessions));
}
