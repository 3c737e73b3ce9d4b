import type { Command } from "commander";
import { rotateKeys, showKeys } from "./keys-commands.ts";
import { runCommand } from "./run-command.ts";
import { backUp, restore, verifyBackup } from "./safety-commands.ts";

interface PassphraseOption {
  readonly passphraseFile?: string;
}

const PASSPHRASE = "--passphrase-file <file>";

/** Adds `ilmo backup`, `ilmo backup verify`, `ilmo restore`, `ilmo keys …`. */
export function addSafetyCommands(program: Command): void {
  const backup = program
    .command("backup")
    .description("copy the whole line, while it works, into a new folder below the one named")
    .argument("<folder>", "where backups lie")
    .option(PASSPHRASE, "encrypt with the passphrase on the file's first line")
    .action((folder: string, options: PassphraseOption, command: Command) =>
      runCommand(command, (config, terminal) => backUp(config, terminal, folder, options.passphraseFile)),
    );
  backup
    .command("verify <backup>")
    .description("check every part of a backup")
    .option(PASSPHRASE, "passphrase of an encrypted backup")
    .option("--rehearse", "restore it into a temporary place too, compare, and remove that place")
    .action((folder: string, options: { rehearse?: boolean }, command: Command) =>
      runCommand(command, (config, terminal) => {
        // an option that the parent command has too is taken by the parent
        const { passphraseFile }: PassphraseOption = command.optsWithGlobals();
        return verifyBackup(config, terminal, folder, { rehearse: options.rehearse === true, passphraseFile });
      }),
    );
  const keys = program.command("keys").description("the keys that originals are encrypted with");
  keys
    .command("status")
    .description("which key wraps how many originals, and which may be dropped")
    .action((_, command: Command) => runCommand(command, showKeys));
  keys
    .command("rotate")
    .description("bring every original under the present key; may be cut off and run again")
    .action((_, command: Command) => runCommand(command, rotateKeys));
  program
    .command("restore <backup>")
    .description("bring a backup back in an empty data folder (and an empty database, when one is configured)")
    .requiredOption("--into <home>", "empty or new data folder")
    .option("--outbox <folder>", "put papers and import files into this empty folder too")
    .option(PASSPHRASE, "passphrase of an encrypted backup")
    .action((folder: string, options: PassphraseOption & { into: string; outbox?: string }, command: Command) =>
      runCommand(command, (config, terminal) =>
        restore(config, terminal, folder, { into: options.into, outbox: options.outbox, passphraseFile: options.passphraseFile }),
      ),
    );
}
