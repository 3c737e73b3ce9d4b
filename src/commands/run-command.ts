import type { Command } from "commander";
import { type Config, loadConfig } from "../config.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

interface GlobalOptions {
  readonly json?: boolean;
  readonly environment?: "production" | "test";
}

/** Runs a command with the configuration and the terminal that the global options ask for. @throws configInvalid */
export async function runCommand(command: Command, work: (config: Config, terminal: Terminal) => Promise<void>): Promise<void> {
  const globals: GlobalOptions = command.optsWithGlobals();
  const loaded = loadConfig();
  const config = globals.environment === undefined ? loaded : { ...loaded, environment: globals.environment };
  await work(config, openTerminal(globals.json === true));
}
