import { ImapFlow, type ImapFlowError } from "imapflow";
import { IlmoError } from "../errors.ts";
import type { MailAccount, MailConfig } from "../mail-config.ts";
import type { MailSecret } from "./mail-secret.ts";
import { pinnedTransport, tlsOptionsOf } from "./mail-tls.ts";

const TLS_PORT = 993;
const PLAIN_PORT = 143;

/** Codes by which Node and openssl refuse a server's certificate. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/;

function unavailableText(code: string | undefined): string {
  return code !== undefined && CERTIFICATE.test(code)
    ? "Expected a certificate of the mail server that can be trusted for its host; it is not. Check host, or name its authority in caFile or its print in fingerprint256."
    : "Expected the mail server to answer; the connection failed or was refused. It is tried again by itself.";
}

/** Returns the fault of a foreign error of the mail library, by its codes only: its text may quote the server. Pure. */
export function toMailFault(error: unknown, account: string): IlmoError {
  if (error instanceof IlmoError) return error;
  const { code, serverResponseCode, authenticationFailed } = (error ?? {}) as ImapFlowError & {
    serverResponseCode?: string;
    authenticationFailed?: boolean;
  };
  const context = { account, ...(code === undefined ? {} : { code }), ...(serverResponseCode ? { response: serverResponseCode } : {}) };
  if (authenticationFailed === true)
    return new IlmoError(
      "mailLoginRefused",
      "Expected the mail server to accept the login; it refused. Check user and password or token.",
      { context },
    );
  return new IlmoError("mailUnavailable", unavailableText(code), { context });
}

function createClient(account: MailAccount, config: MailConfig, login: Awaited<ReturnType<MailSecret["login"]>>): ImapFlow {
  const { host, security, fingerprint256 } = account;
  const { socketTimeoutMs } = config;
  const client = new ImapFlow({
    host,
    port: account.port ?? (security === "tls" ? TLS_PORT : PLAIN_PORT),
    secure: security === "tls",
    doSTARTTLS: security === "tls" ? undefined : security === "starttls",
    tls: tlsOptionsOf(account),
    ...(fingerprint256 === undefined ? {} : { transport: pinnedTransport(fingerprint256) }),
    ...(login === null ? {} : { auth: login }),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: socketTimeoutMs,
    greetingTimeout: socketTimeoutMs,
    socketTimeout: socketTimeoutMs,
  });
  client.on("error", () => {}); // told by the command that fails; without a listener the process would end
  return client;
}

/**
 * Opens a connection and logs in; a refused token is asked for anew once.
 *
 * @throws mailUnavailable, mailLoginRefused, configInvalid
 */
export async function connectImap(account: MailAccount, config: MailConfig, secret: MailSecret): Promise<ImapFlow> {
  for (let attempt = 0; ; attempt += 1) {
    const client = createClient(account, config, await secret.login());
    try {
      await client.connect();
      return client;
    } catch (error) {
      client.close();
      const fault = toMailFault(error, account.name);
      if (fault.code === "mailLoginRefused" && secret.forget() && attempt === 0) continue;
      throw fault;
    }
  }
}
