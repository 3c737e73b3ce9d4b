import { once } from "node:events";
import { Readable } from "node:stream";
import type { TLSSocket } from "node:tls";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection, { type SMTPConnectionOptions } from "nodemailer/lib/smtp-connection";
import { IlmoError } from "../errors.ts";
import type { MailConfig, MailSender } from "../mail-config.ts";
import type { LetterSender, OutgoingLetter, SendOutcome } from "../pipeline/mail-ports.ts";
import { type MailLogin, openMailSecret } from "./mail-secret.ts";
import { connectPinned, tlsOptionsOf } from "./mail-tls.ts";

const PORTS = { tls: 465, starttls: 587, plain: 25 } as const;
const FIRST_PERMANENT_CODE = 500;

interface SmtpError extends Error {
  readonly responseCode?: number | undefined;
}

/** Returns a letter as it goes out (RFC 5322). */
export async function composeLetter(letter: OutgoingLetter): Promise<Buffer> {
  const { from, to, subject, text, messageId, inReplyTo, date, isAutomatic } = letter;
  const headers = isAutomatic ? { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" } : {};
  const answered = inReplyTo === null ? {} : { inReplyTo, references: inReplyTo };
  return new MailComposer({ from, to, subject, text, messageId, date, headers, ...answered }).compile().build();
}

/** XOAUTH2 with a token that somebody else keeps fresh. @see https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
const TOKEN_AUTH: NonNullable<SMTPConnectionOptions["customAuth"]> = {
  XOAUTH2: async ({ auth, sendCommand }) => {
    const { user, pass } = auth.credentials;
    const token = Buffer.from(`user=${user}\u0001auth=Bearer ${pass}\u0001\u0001`).toString("base64");
    const { status } = await sendCommand(`AUTH XOAUTH2 ${token}`);
    if (status !== 235) throw Object.assign(new Error("the server refused the token"), { code: "EAUTH" });
  },
};

async function openPinned(server: MailSender, fingerprint256: string, port: number): Promise<TLSSocket> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = connectPinned({ ...tlsOptionsOf(server), host: server.host, port }, fingerprint256, resolve);
  await Promise.race([promise, once(socket, "error").then(([error]) => Promise.reject(error))]);
  return socket;
}

async function openConnection(server: MailSender, timeoutMs: number): Promise<SMTPConnection> {
  const { host, security, fingerprint256 } = server;
  const port = server.port ?? PORTS[security];
  const pinned = fingerprint256 === undefined ? {} : { connection: await openPinned(server, fingerprint256, port), secured: true };
  const connection = new SMTPConnection({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "plain",
    tls: tlsOptionsOf(server),
    customAuth: TOKEN_AUTH,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...pinned,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  connection.on("error", reject);
  connection.once("end", () => reject(new Error("the server closed the connection")));
  connection.connect((error) => (error ? reject(error) : resolve()));
  await promise;
  return connection;
}

function logIn(connection: SMTPConnection, login: MailLogin | null): Promise<void> {
  if (login === null) return Promise.resolve();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const auth = "pass" in login ? { user: login.user, pass: login.pass } : { method: "XOAUTH2", user: login.user, pass: login.accessToken };
  connection.once("error", reject);
  connection.login(auth, (error) => (error ? reject(error) : resolve()));
  return promise;
}

/** Hands the text over; what is thrown tells by `isTextGiven` whether the server may have taken it. */
async function handOver(connection: SMTPConnection, letter: OutgoingLetter): Promise<SendOutcome> {
  const message = await composeLetter(letter);
  let isTextGiven = false;
  const stream = new Readable({
    read() {
      isTextGiven = true; // the server has asked for the text
      this.push(message);
      this.push(null);
    },
  });
  const { promise, resolve } = Promise.withResolvers<SendOutcome>();
  const settle = (error: SmtpError | null): void => {
    const code = error?.responseCode;
    if (error === null) resolve({ kind: "sent" });
    else if (code !== undefined) resolve({ kind: code >= FIRST_PERMANENT_CODE ? "refused" : "temporary", responseCode: code });
    else resolve({ kind: isTextGiven ? "unsure" : "unreachable" });
  };
  connection.on("error", settle);
  connection.once("end", () => settle(new Error("the server closed the connection")));
  connection.send({ from: letter.from, to: [letter.to] }, stream, (error) => settle(error ?? null));
  return promise;
}

/**
 * Returns the sender of letters over the configured server.
 *
 * A server that cannot be reached, or refuses the login, is `unreachable`: the letter waits and its tries are not counted.
 */
export function createSmtpSender(server: MailSender, { socketTimeoutMs }: Pick<MailConfig, "socketTimeoutMs">): LetterSender {
  const secret = openMailSecret(server);
  const send = async (letter: OutgoingLetter): Promise<SendOutcome> => {
    let connection: SMTPConnection | undefined;
    try {
      connection = await openConnection(server, socketTimeoutMs);
      await logIn(connection, await secret.login());
    } catch (error) {
      connection?.close();
      secret.forget();
      if (error instanceof IlmoError && error.code === "configInvalid") throw error;
      return { kind: "unreachable" };
    }
    try {
      return await handOver(connection, letter);
    } finally {
      connection.quit();
    }
  };
  return { compose: composeLetter, send };
}
