import { isIP } from "node:net";
import { z } from "zod";

const DAY_MINUTES = 24 * 60;

const lowerCase = z.string().trim().toLowerCase();
const Address = lowerCase.regex(/^[^\s@]+@[^\s@]+$/, "expected an address");
const Domain = lowerCase.regex(/^[a-z0-9.-]+\.[a-z0-9-]+$/, "expected a domain without @");

/** A name that records and logs may carry. */
const PlainName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, "expected small letters, digits, hyphens");

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** How a mail server is reached and who logs in. Exactly one secret; a secret in a file or from a command is kept out of this file. */
const server = {
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).optional(),
  /** `plain` carries passwords readably: on this machine only. */
  security: z.enum(["tls", "starttls", "plain"]).default("tls"),
  /** File with the certificate of the server's own authority (PEM). */
  caFile: z.string().optional(),
  /** SHA-256 of the server's certificate, hex; then no authority is asked. */
  fingerprint256: z
    .string()
    .transform((text) => text.replaceAll(":", "").toLowerCase())
    .pipe(z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hex digits"))
    .optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  passwordFile: z.string().optional(),
  /** Prints an OAuth2 access token; asked again when the server refuses the last one. */
  tokenCommand: z.array(z.string()).min(1).optional(),
  tokenFile: z.string().optional(),
};

interface Secured {
  readonly host: string;
  readonly security: "tls" | "starttls" | "plain";
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly tokenCommand?: readonly string[] | undefined;
  readonly tokenFile?: string | undefined;
}

const isPlainOnlyHere = ({ security, host }: Secured): boolean => security !== "plain" || isLoopback(host);
const hasOneSecret = ({ user, password, passwordFile, tokenCommand, tokenFile }: Secured): boolean => {
  const secrets = [password, passwordFile, tokenCommand, tokenFile].filter((secret) => secret !== undefined);
  return user === undefined ? secrets.length === 0 : secrets.length === 1;
};
const PLAIN_MESSAGE = "plain is for this machine only (localhost); use tls or starttls";
const SECRET_MESSAGE = "expected user and exactly one of password, passwordFile, tokenCommand, tokenFile";

const MailAccount = z
  .strictObject({
    name: PlainName,
    ...server,
    user: z.string(),
    folder: z.string().default("INBOX"),
    /** Addresses of this mailbox: mail from one of them is never answered. */
    addresses: z.array(Address).default([]),
  })
  .refine(isPlainOnlyHere, PLAIN_MESSAGE)
  .refine(hasOneSecret, SECRET_MESSAGE);
export type MailAccount = z.infer<typeof MailAccount>;

const MailSender = z
  .strictObject(server)
  .refine(isPlainOnlyHere, PLAIN_MESSAGE)
  .refine(hasOneSecret, SECRET_MESSAGE)
  .refine(({ fingerprint256, security }) => fingerprint256 === undefined || security === "tls", "fingerprint256 needs security tls");
export type MailSender = z.infer<typeof MailSender>;
/** A server of either kind. */
export type MailServer = Omit<MailSender, "user"> & { readonly user?: string | undefined };

/** A product that sends links in place of content. Words and hosts are compared in small letters; `*` stands for anything. */
const NoticePattern = z.strictObject({
  product: PlainName,
  senders: z.array(lowerCase).default([]),
  hosts: z.array(lowerCase).default([]),
  words: z.array(lowerCase).default([]),
  /** Days until the link ends when the notice does not say it. */
  validDays: z.int().positive(),
});

export const MailConfig = z.strictObject({
  accounts: z.array(MailAccount).default([]),
  /** Server for answers; without it nothing is sent. */
  smtp: MailSender.optional(),
  /** Sender of answers; without it nothing is sent. */
  from: Address.optional(),
  folders: z
    .strictObject({
      processed: z.string().default("Processed"),
      partial: z.string().default("Partial"),
      quarantine: z.string().default("Quarantine"),
      drafts: z.string().default("Drafts"),
    })
    .prefault({}),
  pollMs: z.int().min(50).default(60_000),
  socketTimeoutMs: z.int().min(100).default(60_000),
  /** Waits between attempts to reach a server; the last one again and again. */
  reconnectMs: z.array(z.int().min(10)).min(1).default([1_000, 5_000, 30_000, 60_000, 300_000]),
  maxMessageBytes: z
    .int()
    .positive()
    .default(100 * 1024 * 1024),
  /** A mailbox that was not checked for this long is an alarm. */
  alarmAfterMinutes: z.int().positive().max(DAY_MINUTES).default(15),
  acknowledgements: z.enum(["off", "send"]).default("off"),
  completionRequests: z.enum(["off", "draft", "send"]).default("off"),
  /** Names by which own servers sign Authentication-Results; only their topmost header is believed. */
  authservIds: z.array(lowerCase).default([]),
  /** In place of, and before, the products that ilmo knows. */
  notices: z.array(NoticePattern).default([]),
});
export type MailConfig = z.infer<typeof MailConfig>;

/** A unit that sends forms. */
export const SenderUnit = z.strictObject({
  /** As it stands on forms. */
  unit: z.string().min(1),
  addresses: z.array(Address).default([]),
  domains: z.array(Domain).default([]),
  language: z.enum(["fi", "sv", "en"]).default("fi"),
});
export type SenderUnit = z.infer<typeof SenderUnit>;
