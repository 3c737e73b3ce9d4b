import type { Command } from "commander";
import { erasePersonData, exportPersonData } from "./person-commands.ts";
import { runCommand } from "./run-command.ts";

interface PersonOptions {
  readonly identityFile?: string;
}

/** Adds `ilmo export-person` and `ilmo erase-person`. */
export function addPersonCommands(program: Command): void {
  program
    .command("export-person [registration]")
    .description("everything that is held of a person: rows, originals, papers (GDPR 15)")
    .option("--identity-file <json>", "who it is, when no reference is known")
    .requiredOption("--out <folder>", "empty or new folder")
    .option("--by <name>", "who asks; the account's name when not given")
    .action((registration: string | undefined, options: PersonOptions & { out: string; by?: string }, command: Command) =>
      runCommand(command, (config, terminal) =>
        exportPersonData(config, terminal, { registration, identityFile: options.identityFile }, { out: options.out, by: options.by }),
      ),
    );
  program
    .command("erase-person [registration]")
    .description("erase what is held of a person, unless a hold or the office's statutory task keeps it")
    .option("--identity-file <json>", "who it is, when no reference is known")
    .requiredOption("--by <name>", "the official who decides")
    .requiredOption("--reason <text>", "why, without personal data")
    .option("--force", "also what was approved or handed over")
    .action(
      (registration: string | undefined, options: PersonOptions & { by: string; reason: string; force?: boolean }, command: Command) =>
        runCommand(command, (config, terminal) =>
          erasePersonData(
            config,
            terminal,
            { registration, identityFile: options.identityFile },
            { by: options.by, reason: options.reason, isForced: options.force === true },
          ),
        ),
    );
}
