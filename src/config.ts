import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse as parseToml } from "smol-toml";
import { z } from "zod";
import { IlmoError } from "./errors.ts";
import { MailConfig, SenderUnit } from "./mail-config.ts";
import { ABSENCE_POLICIES, AbsencePolicy } from "./model/absence-policy.ts";

/** The office's particulars that papers print; never guessed, always configured. */
const Office = z.strictObject({
  name: z.string().default("Työ- ja elinkeinotoimisto"),
  unit: z.string().default("Uusimaa"),
  street: z.string().default("Ratapihantie 7"),
  postal: z.string().default("00520 Helsinki"),
  email: z.string().default("kotoprojekti@te-toimisto.example"),
  phone: z.string().default("0295 000 000"),
  /** Sender id in the names of import files; letters and digits only. */
  senderId: z
    .string()
    .regex(/^[A-Za-z0-9]{2,20}$/)
    .default("UUSIMAA"),
});

export const Config = z.strictObject({
  /** Data folder: database, blobs, work. */
  home: z.string(),
  inbox: z.string(),
  outbox: z.string(),
  environment: z.enum(["production", "test"]).default("production"),
  /** External PostgreSQL; unset = the embedded server in `home`. */
  databaseUrl: z.string().optional(),
  /** Key of the blob store, 32 bytes in base64; unset = originals lie in plain. */
  blobKey: z.string().optional(),
  /** File with the same, for keys that the environment must not show. */
  blobKeyFile: z.string().optional(),
  /** Keys that earlier blobs were encrypted with. */
  previousBlobKeys: z.array(z.string()).default([]),
  logLevel: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  office: Office.prefault({}),
  intake: z
    .strictObject({
      scanMs: z.int().min(50).default(1_000),
      quietMs: z.int().min(0).default(5_000),
      renamedQuietMs: z.int().min(0).default(500),
      /** A file that stays incomplete and unchanged this long is put aside: its sender has given up. */
      incompleteMs: z.int().min(0).default(600_000),
      maxFileBytes: z.int().default(200 * 1024 * 1024),
      maxLeaves: z.int().default(200),
      /** Processor time for taking one mail or archive apart. */
      containerTimeoutMs: z.int().min(100).default(15_000),
    })
    .prefault({}),
  reading: z
    .strictObject({
      workers: z.int().min(1).max(16).default(2),
      pageTimeoutMs: z.int().default(60_000),
      workerMemoryMb: z.int().default(640),
      /** Least confidence (0-1) from which a field needs no look, by field key or content: `surname = 0.99`, `date = 0.98`, `tick = 1`. */
      acceptFrom: z.record(z.string(), z.number().min(0).max(1.01)).default({}),
    })
    .prefault({}),
  /** Encrypted and signed mail (S/MIME); PEM files. */
  smime: z
    .strictObject({
      /** The mailbox's keys, the newest first; old ones stay, because old mail is still sent again. */
      keys: z
        .array(z.strictObject({ keyFile: z.string(), certificateFile: z.string(), passphraseFile: z.string().optional() }))
        .default([]),
      /** Authorities or single senders' certificates that signatures are believed from. Empty: signatures are only checked for changes. */
      trustedFiles: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** Passwords that sending units protect their files with. */
  passwords: z
    .strictObject({
      /** TOML: `[[unit]]` with `senders` (addresses or "@domain") and `passwords`. */
      file: z.string().optional(),
    })
    .prefault({}),
  queue: z
    .strictObject({
      /** Waits between the tries of failing work, ms; while a disk or the database is away the first one again and again. */
      retryMs: z.array(z.int().min(100)).min(1).default([60_000, 300_000, 1_800_000]),
    })
    .prefault({}),
  /** Days that each class of data is kept after its end. @see DOMAIN 7.1 */
  retention: z
    .strictObject({
      /** Scans and mails, after export (no receiver acknowledges, so this stands for the acceptance). */
      originals: z.int().min(1).default(90),
      /** Cut-outs of the scans that stand beside each reading; after export. */
      pictures: z.int().min(1).default(90),
      papers: z.int().min(1).default(90),
      /** After the session. */
      rosters: z.int().min(1).default(30),
      importFiles: z.int().min(1).default(90),
      /** After it was put aside. */
      quarantine: z.int().min(1).default(90),
      /** What was read, checked and decided, after export. */
      extracted: z.int().min(1).default(180),
      /** Five years. */
      log: z.int().min(1).default(1_826),
      /** Only told: backups are files that ilmo does not delete. */
      backups: z.int().min(1).default(35),
    })
    .prefault({}),
  /** What follows from staying away from a session. Papers print it; no-show cases propose by it. */
  absence: z
    .strictObject({
      /** The law by its first days; a new act is one more line. */
      policies: z
        .array(AbsencePolicy)
        .min(1)
        .default([...ABSENCE_POLICIES]),
      /** Days that a person has to explain an absence before anything is proposed. */
      graceDays: z.int().min(0).max(90).default(7),
      /** Under a rule of repeated failure: from how many absences on the end is proposed. */
      repeatedFrom: z.int().min(2).default(2),
    })
    .prefault({}),
  completion: z.strictObject({ answerWithinDays: z.int().positive().default(14) }).prefault({}),
  mail: MailConfig.prefault({}),
  /** Units that send forms: their names help reading, their addresses and domains may send mail. */
  senders: z.array(SenderUnit).default([]),
});
export type Config = z.infer<typeof Config>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the keys that are set, so that an unset variable never hides a value of the file. */
function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function readToml(path: string, isRequired: boolean): Record<string, unknown> {
  try {
    return parseToml(readFileSync(path, "utf8"));
  } catch (error) {
    if (!isRequired && (error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new IlmoError("configInvalid", "Expected a readable TOML file as configuration. Check ILMO_CONFIG and the file's syntax.", {
      cause: error,
    });
  }
}

/**
 * Returns the configuration from the environment and one TOML file (ILMO_CONFIG, else `ilmo.toml` if it exists).
 *
 * Environment variables win over the file. Relative folders are taken from `cwd`.
 *
 * @throws configInvalid naming the setting that is wrong, never its value
 */
export function loadConfig(environment: Environment = process.env, cwd: string = process.cwd()): Config {
  const file = readToml(resolve(cwd, environment.ILMO_CONFIG ?? "ilmo.toml"), environment.ILMO_CONFIG !== undefined);
  const merged = {
    home: "data",
    inbox: "inbox",
    outbox: "outbox",
    ...file,
    ...withoutUndefined({
      home: environment.ILMO_HOME,
      inbox: environment.ILMO_INBOX,
      outbox: environment.ILMO_OUTBOX,
      environment: environment.ILMO_ENVIRONMENT,
      databaseUrl: environment.DATABASE_URL,
      blobKey: environment.ILMO_BLOB_KEY,
      blobKeyFile: environment.ILMO_BLOB_KEY_FILE,
      logLevel: environment.ILMO_LOG_LEVEL,
    }),
  };
  const parsed = Config.safeParse(merged);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
    throw new IlmoError("configInvalid", `Expected a valid configuration; these settings are not: ${places}.`);
  }
  const { data } = parsed;
  return { ...data, home: resolve(cwd, data.home), inbox: resolve(cwd, data.inbox), outbox: resolve(cwd, data.outbox) };
}
