import { resolve } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { examineMachine } from "./commands/doctor-command.ts";
import { addForms, listForms, printForm, removeForm } from "./commands/form-commands.ts";
import {
  approveRegistration,
  exportApproved,
  importSessions,
  listRegistrations,
  listSessions,
  showStatus,
} from "./commands/office-commands.ts";
import { readLocally } from "./commands/read-command.ts";
import { runService } from "./commands/service-command.ts";
import { openTerminal, type Terminal } from "./commands/terminal.ts";
import { type Config, loadConfig } from "./config.ts";
import { FAULTS, faultCodeOf, IlmoError } from "./errors.ts";
import { openLog, toLoggable } from "./log.ts";
import { localDay } from "./model/time.ts";

interface GlobalOptions {
  readonly json?: boolean;
  readonly environment?: "production" | "test";
}

const program = new Command("ilmo")
  .description("Intake line of an employment office: scanned registration forms become checked registrations, papers and import files.")
  .option("--json", "print machine-readable results")
  .addOption(new Option("--environment <name>", "test takes identity codes 900-999 as official").choices(["production", "test"]))
  .enablePositionalOptions(false)
  .exitOverride();

/** Runs a command with the configuration and the terminal that the global options ask for. */
async function run(command: Command, work: (config: Config, terminal: Terminal) => Promise<void>): Promise<void> {
  const globals: GlobalOptions = command.optsWithGlobals();
  const loaded = loadConfig();
  const config = globals.environment === undefined ? loaded : { ...loaded, environment: globals.environment };
  await work(config, openTerminal(globals.json === true));
}

program
  .command("start")
  .description("the daily service: watches the inbox until stopped")
  .action((_, command: Command) => run(command, (config) => runService(config)));

program
  .command("read <paths...>")
  .description("read and check scans without intake; one JSON a submission")
  .option("--sessions <json>", "sessions and rules of the office")
  .requiredOption("--out <dir>", "folder for the results")
  .option("--pictures", "put the pictures of the fields into the results")
  .action((paths: string[], options: { sessions?: string; out: string; pictures?: boolean }, command: Command) =>
    run(command, async (config, terminal) => {
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
    run(command, (config, terminal) => printForm(config, terminal, options.language, options.out)),
  );
forms
  .command("add <blanks...>")
  .description("make any blank fillable PDF known as a form")
  .option("--mapping <json>", "file that maps the PDF's field names to field keys")
  .action((blanks: string[], options: { mapping?: string }, command: Command) =>
    run(command, (config, terminal) => addForms(config, terminal, blanks, options.mapping)),
  );
forms.command("list").action((_, command: Command) => run(command, listForms));
forms
  .command("remove <id>")
  .action((id: string, _, command: Command) => run(command, (config, terminal) => removeForm(config, terminal, id)));

const sessions = program.command("sessions").description("the group sessions");
sessions
  .command("import <json>")
  .action((path: string, _, command: Command) => run(command, (config, terminal) => importSessions(config, terminal, path)));
sessions.command("list").action((_, command: Command) => run(command, listSessions));

program
  .command("list")
  .description("registrations, by reference")
  .action((_, command: Command) => run(command, listRegistrations));
program
  .command("approve <registration>")
  .description("a named person takes responsibility for a registration (id or reference)")
  .requiredOption("--by <name>", "who approves")
  .action((registration: string, options: { by: string }, command: Command) =>
    run(command, (config, terminal) => approveRegistration(config, terminal, registration, options.by)),
  );
program
  .command("export")
  .description("publish import files of everything approved")
  .action((_, command: Command) => run(command, exportApproved));
program
  .command("status")
  .description("what waits, runs, is done or put aside")
  .action((_, command: Command) => run(command, showStatus));
program
  .command("doctor")
  .description("say what is missing on this machine and how to get it")
  .action((_, command: Command) =>
    run(command, async (config, terminal) => {
      if (!(await examineMachine(config, terminal))) process.exitCode = FAULTS.toolMissing.exitCode;
    }),
  );

/** Says what went wrong without what a file or a person said, and returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAULTS.usage.exitCode;
  const code = faultCodeOf(error);
  const message = error instanceof IlmoError ? error.message : "An unexpected fault. The details are in the log (ILMO_LOG_LEVEL=debug).";
  process.stderr.write(`ilmo: ${message} [${code}]\n`);
  if (!(error instanceof IlmoError)) openLog({ logLevel: "error" }).error(toLoggable(error), "a command ended with an unexpected fault");
  return FAULTS[code].exitCode;
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
