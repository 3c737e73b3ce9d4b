import { Command, CommanderError, Option } from "commander";
import { groupsFor } from "./commands/command-groups.ts";
import { FAULTS, faultCodeOf, IlmoError } from "./errors.ts";
import { openLog, toLoggable } from "./log.ts";

const program = new Command("ilmo")
  .description("Intake line of an employment office: scanned registration forms become checked registrations, papers and import files.")
  .option("--json", "print machine-readable results")
  .addOption(new Option("--environment <name>", "test takes identity codes 900-999 as official").choices(["production", "test"]))
  .enablePositionalOptions(false)
  .exitOverride();

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
  for (const group of groupsFor(process.argv.slice(2))) await group.addTo(program);
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
