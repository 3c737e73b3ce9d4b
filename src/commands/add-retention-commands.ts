import type { Command } from "commander";
import { deleteDueNow, holdRegistration, listHolds, releaseRegistration, showDeletions, showRetention } from "./retention-commands.ts";
import { runCommand } from "./run-command.ts";

/** Adds `ilmo retention`, `ilmo hold`, `ilmo holds`, `ilmo release`. */
export function addRetentionCommands(program: Command): void {
  const retention = program
    .command("retention")
    .description("what is due for deletion today, by class; nothing is changed")
    .option("--dry-run", "the same: showing is the default")
    .action((_, command: Command) => runCommand(command, showRetention));
  retention
    .command("run")
    .description("delete what is due, and note it")
    .option("--by <name>", "who deletes; the account's name when not given")
    .action((options: { by?: string }, command: Command) =>
      runCommand(command, (config, terminal) => deleteDueNow(config, terminal, options.by)),
    );
  retention
    .command("log")
    .description("what was deleted, when, by whom and why")
    .action((_, command: Command) => runCommand(command, showDeletions));
  program
    .command("hold <registration>")
    .description("keep everything of a registration, whatever its age")
    .requiredOption("--reason <text>", "why, without personal data")
    .requiredOption("--by <name>", "who decides")
    .action((registration: string, options: { reason: string; by: string }, command: Command) =>
      runCommand(command, (config, terminal) => holdRegistration(config, terminal, registration, options)),
    );
  program
    .command("holds")
    .description("what is held, since when and why")
    .action((_, command: Command) => runCommand(command, listHolds));
  program
    .command("release <registration>")
    .description("end a hold")
    .requiredOption("--by <name>", "who decides")
    .action((registration: string, options: { by: string }, command: Command) =>
      runCommand(command, (config, terminal) => releaseRegistration(config, terminal, registration, options.by)),
    );
}
