/** What the pipeline does with a fault: try again later, put the submission aside, or stop the program. */
export type FaultAction = "retry" | "quarantine" | "stop";

/**
 * Every fault code, what is done about it and the exit code of a command that ends with it.
 * Codes are permanent; branch on the code, never on the message.
 */
export const FAULTS = {
  usage: { action: "stop", exitCode: 2 },
  configInvalid: { action: "stop", exitCode: 3 },
  toolMissing: { action: "stop", exitCode: 4 },
  databaseUnavailable: { action: "retry", exitCode: 5 },
  storageUnavailable: { action: "retry", exitCode: 6 },
  fileUnsupported: { action: "quarantine", exitCode: 7 },
  fileDamaged: { action: "quarantine", exitCode: 7 },
  fileEncrypted: { action: "quarantine", exitCode: 7 },
  fileTooLarge: { action: "quarantine", exitCode: 7 },
  fileEmpty: { action: "quarantine", exitCode: 7 },
  fileUnsafe: { action: "quarantine", exitCode: 7 },
  fileIncomplete: { action: "quarantine", exitCode: 7 },
  fileUnreadable: { action: "quarantine", exitCode: 7 },
  keyMissing: { action: "quarantine", exitCode: 7 },
  signatureInvalid: { action: "quarantine", exitCode: 7 },
  attachmentMissing: { action: "quarantine", exitCode: 7 },
  metaInvalid: { action: "quarantine", exitCode: 7 },
  rosterUnknown: { action: "quarantine", exitCode: 7 },
  formMissing: { action: "quarantine", exitCode: 7 },
  parserTimeout: { action: "quarantine", exitCode: 7 },
  parserMemory: { action: "quarantine", exitCode: 7 },
  parserCrashed: { action: "retry", exitCode: 7 },
  layoutUnknown: { action: "stop", exitCode: 8 },
  layoutInvalid: { action: "stop", exitCode: 8 },
  documentGateFailed: { action: "quarantine", exitCode: 9 },
  textMissing: { action: "stop", exitCode: 9 },
  exportInvalid: { action: "stop", exitCode: 10 },
  notFound: { action: "stop", exitCode: 11 },
  notAllowed: { action: "stop", exitCode: 12 },
  sessionInvalid: { action: "stop", exitCode: 13 },
  mailUnavailable: { action: "retry", exitCode: 14 },
  mailLoginRefused: { action: "retry", exitCode: 14 },
  unexpected: { action: "retry", exitCode: 1 },
} as const satisfies Record<string, { action: FaultAction; exitCode: number }>;

export type FaultCode = keyof typeof FAULTS;

/** Faults of the place, not of the work: the database or a disk is away, a tool or a key is missing. */
const OUTAGES: readonly FaultCode[] = ["databaseUnavailable", "storageUnavailable", "toolMissing", "configInvalid"];

/** Tells a fault that passes when the place is put right, so that the work must wait for that and never be given up. Pure. */
export function isOutage(code: FaultCode): boolean {
  return OUTAGES.includes(code);
}

/** Facts of a fault. Never personal data, never an incoming file's name. */
export type FaultContext = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A fault of the machine (not of a form: that is a finding).
 *
 * The message says what was expected, what came and what to do; it holds no personal data.
 */
export class IlmoError extends Error {
  readonly code: FaultCode;
  readonly context: FaultContext;

  constructor(code: FaultCode, message: string, options: { readonly cause?: unknown; readonly context?: FaultContext } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "IlmoError";
    this.code = code;
    this.context = options.context ?? {};
  }
}

/** Returns the fault code of anything thrown; foreign errors are `unexpected`. Pure. */
export function faultCodeOf(error: unknown): FaultCode {
  return error instanceof IlmoError ? error.code : "unexpected";
}
