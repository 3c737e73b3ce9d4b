import type { Command } from "commander";
import { listQuarantine, retrySubmission, unlockSubmission } from "./quarantine-commands.ts";
import { runCommand } from "./run-command.ts";

/** Adds `ilmo quarantine`, `ilmo retry`, `ilmo unlock`. */
export function addQuarantineCommands(program: Command): void {
  program
    .command("quarantine")
    .description("submissions that were put aside and need a person")
    .action((_, command: Command) => runCommand(command, listQuarantine));
  program
    .command("retry <submission>")
    .description("open a submission in quarantine again, after a key was added or the fault is gone")
    .option("--skip-locked", "go on without the parts that stay locked")
    .action((submission: string, options: { skipLocked?: boolean }, command: Command) =>
      runCommand(command, (config, terminal) => retrySubmission(config, terminal, submission, options.skipLocked === true)),
    );
  program
    .command("unlock <submission>")
    .description("open a submission in quarantine with a password that its sender gave")
    .requiredOption("--password-file <file>", "one password a line; keep it readable for you only")
    .action((submission: string, options: { passwordFile: string }, command: Command) =>
      runCommand(command, (config, terminal) => unlockSubmission(config, terminal, submission, options.passwordFile)),
    );
}
