import type { Command } from "commander";
import { FAULTS } from "../errors.ts";
import { examineMachine } from "./doctor-command.ts";
import { approveRegistration, exportApproved, listRegistrations, showStatus } from "./office-commands.ts";
import { runCommand } from "./run-command.ts";
import { runService } from "./service-command.ts";

/** Adds the commands of the office's day: `start`, `list`, `approve`, `export`, `status`, `doctor`. */
export function addOfficeCommands(program: Command): void {
  program
    .command("start")
    .description("the daily service: watches the inbox until stopped")
    .action((_, command: Command) => runCommand(command, (config) => runService(config)));
  program
    .command("list")
    .description("registrations, by reference")
    .action((_, command: Command) => runCommand(command, listRegistrations));
  program
    .command("approve <registration>")
    .description("a named person takes responsibility for a registration (id or reference)")
    .requiredOption("--by <name>", "who approves")
    .action((registration: string, options: { by: string }, command: Command) =>
      runCommand(command, (config, terminal) => approveRegistration(config, terminal, registration, options.by)),
    );
  program
    .command("export")
    .description("publish import files of everything approved")
    .action((_, command: Command) => runCommand(command, exportApproved));
  program
    .command("status")
    .description("what waits, runs, is done or put aside")
    .action((_, command: Command) => runCommand(command, showStatus));
  program
    .command("doctor")
    .description("say what is missing on this machine and how to get it")
    .action((_, command: Command) =>
      runCommand(command, async (config, terminal) => {
        if (!(await examineMachine(config, terminal))) process.exitCode = FAULTS.toolMissing.exitCode;
      }),
    );
}
