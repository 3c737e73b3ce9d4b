import { type FaultCode, IlmoError } from "../errors.ts";

/** Errors of the socket: nobody listens, or the other end went away. */
const CONNECTION_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENOTFOUND", "EAI_AGAIN"]);

/** Messages of the driver that carry no code. */
const CONNECTION_MESSAGES = [
  "Connection terminated",
  "timeout exceeded when trying to connect",
  "Client has encountered a connection error",
];

/** SQLSTATE classes and codes, PostgreSQL manual appendix A. */
const UNAVAILABLE_STATES = ["08", "57P", "53300"];
const STORAGE_STATES = ["53100", "58030", "25006"];

const MESSAGES: Readonly<Partial<Record<FaultCode, string>>> = {
  databaseUnavailable:
    "Expected PostgreSQL to answer. It is down, starting, or out of reach: check DATABASE_URL, or server.log in the data folder.",
  storageUnavailable: "Expected PostgreSQL to be able to write. Its disk is full or read-only.",
};

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}

function faultOf(error: unknown): FaultCode {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : "";
  if (CONNECTION_CODES.has(code) || CONNECTION_MESSAGES.some((known) => message.includes(known))) return "databaseUnavailable";
  if (UNAVAILABLE_STATES.some((state) => code.startsWith(state))) return "databaseUnavailable";
  if (STORAGE_STATES.includes(code)) return "storageUnavailable";
  return "unexpected";
}

/**
 * Returns the fault that a driver's error stands for.
 *
 * Pure. The driver's message and detail quote values of the row, personal data, so only its SQLSTATE and the names of
 * table and constraint are kept.
 */
export function toDatabaseFault(error: unknown): IlmoError {
  if (error instanceof IlmoError) return error;
  const fault = faultOf(error);
  const facts = typeof error === "object" && error !== null ? (error as { readonly table?: unknown; readonly constraint?: unknown }) : {};
  return new IlmoError(fault, MESSAGES[fault] ?? "Expected PostgreSQL to take a statement. See the code (SQLSTATE) beside this message.", {
    context: {
      sqlState: codeOf(error) || null,
      table: typeof facts.table === "string" ? facts.table : null,
      constraint: typeof facts.constraint === "string" ? facts.constraint : null,
    },
  });
}
