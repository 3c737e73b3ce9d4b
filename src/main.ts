import { Command, CommanderError, Option } from "commander";
import { addAttendanceCommands } from "./commands/add-attendance-commands.ts";
import { addMailCommands } from "./commands/add-mail-commands.ts";
import { addOfficeCommands } from "./commands/add-office-commands.ts";
import { addPaperCommands } from "./commands/add-paper-commands.ts";
import { addPersonCommands } from "./commands/add-person-commands.ts";
import { addQuarantineCommands } from "./commands/add-quarantine-commands.ts";
import { addReadingCommands } from "./commands/add-reading-commands.ts";
import { addRetentionCommands } from "./commands/add-retention-commands.ts";
import { addSafetyCommands } from "./commands/add-safety-commands.ts";
import { addSessionCommands } from "./commands/add-session-commands.ts";
import { FAULTS, faultCodeOf, IlmoError } from "./errors.ts";
import { openLog, toLoggable } from "./log.ts";

const program = new Command("ilmo")
  .description("Intake line of an employment office: scanned registration forms become checked registrations, papers and import files.")
  .option("--json", "print machine-readable results")
  .addOption(new Option("--environment <name>", "test takes identity codes 900-999 as official").choices(["production", "test"]))
  .enablePositionalOptions(false)
  .exitOverride();

addAttendanceCommands(program);
addMailCommands(program);
addOfficeCommands(program);
addPaperCommands(program);
addPersonCommands(program);
addQuarantineCommands(program);
addReadingCommands(program);
addRetentionCommands(program);
addSafetyCommands(program);
addSessionCommands(program);

/** Says what went wrong without what a file or a person said, and returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAULTS.usage.exitCode;
  const code = faultCodeOf(error);
  const message = error instanceof IlmoError ? error.message : "An unexpected fault. The details are in the log (ILMO_LOG_LEVEL=debug).";
  process.stderr.write(`ilmo: ${message} [${code}]\n`);
  if (program.opts<{ json?: boolean }>().json === true) process.stdout.write(`${JSON.stringify({ fault: { code, message } }, null, 2)}\n`);
  if (!(error instanceof IlmoError)) openLog({ logLevel: "error" }).error(toLoggable(error), "a command ended with an unexpected fault");
  return FAULTS[code].exitCode;
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
