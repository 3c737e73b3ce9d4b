import pino, { type Logger } from "pino";
import type { Config } from "./config.ts";
import { IlmoError } from "./errors.ts";

export type Log = Logger;

/** Returns the facts of a fault that may be logged: codes and counts, never a foreign message (it may quote a path or a row). Pure. */
export function toLoggable(error: unknown): Record<string, unknown> {
  if (error instanceof IlmoError) return { fault: error.code, ...error.context };
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  return { fault: "unexpected", kind: error instanceof Error ? error.name : typeof error, ...(code === undefined ? {} : { code }) };
}

/** Opens the program's log: constant text, values in fields, JSON lines on standard error. */
export function openLog({ logLevel }: Pick<Config, "logLevel">): Log {
  return pino({ level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}
