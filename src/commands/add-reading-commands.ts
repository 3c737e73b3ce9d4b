import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { FAULTS } from "../errors.ts";
import { localDay } from "../model/time.ts";
import { readLocally } from "./read-command.ts";
import { runCommand } from "./run-command.ts";

/** The makers of PDF are loaded by the commands that need them. */
const formCommands = (): Promise<typeof import("./form-commands.ts")> => import("./form-commands.ts");

/** Adds `ilmo read` and `ilmo forms …`. */
export function addReadingCommands(program: Command): void {
  program
    .command("read <paths...>")
    .description("read and check scans without intake; one JSON a submission")
    .option("--sessions <json>", "sessions and rules of the office")
    .requiredOption("--out <dir>", "folder for the results")
    .option("--pictures", "put the pictures of the fields into the results")
    .action((paths: string[], options: { sessions?: string; out: string; pictures?: boolean }, command: Command) =>
      runCommand(command, async (config, terminal) => {
        const faults = await readLocally(config, terminal, paths, {
          sessions: options.sessions,
          out: resolve(options.out),
          withPictures: options.pictures === true,
          today: localDay(new Date()),
        });
        if (faults > 0) process.exitCode = FAULTS.fileDamaged.exitCode;
      }),
    );

  const forms = program.command("forms").description("the form layouts that scans are read by");
  forms
    .command("print")
    .description("write the office's own blank form as a fillable PDF")
    .addOption(new Option("--language <language>", "language of the form").choices(["fi", "sv", "en", "ru"]).makeOptionMandatory())
    .option("--out <file>", "where to write it")
    .action((options: { language: "fi" | "sv" | "en" | "ru"; out?: string }, command: Command) =>
      runCommand(command, async (config, terminal) => (await formCommands()).printForm(config, terminal, options.language, options.out)),
    );
  forms
    .command("add <blanks...>")
    .description("make any blank fillable PDF known as a form")
    .option("--mapping <json>", "file that maps the PDF's field names to field keys")
    .action((blanks: string[], options: { mapping?: string }, command: Command) =>
      runCommand(command, async (config, terminal) => (await formCommands()).addForms(config, terminal, blanks, options.mapping)),
    );
  forms
    .command("list")
    .action((_, command: Command) => runCommand(command, async (config, terminal) => (await formCommands()).listForms(config, terminal)));
  forms
    .command("remove <id>")
    .action((id: string, _, command: Command) =>
      runCommand(command, async (config, terminal) => (await formCommands()).removeForm(config, terminal, id)),
    );
}
