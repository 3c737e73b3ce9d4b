import { readFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from "node:tls";
import type { ImapTransport } from "imapflow";
import { IlmoError } from "../errors.ts";
import type { MailServer } from "../mail-config.ts";

/** Returns what TLS needs to know of a server: its own authority, if it has one. @throws configInvalid */
export function tlsOptionsOf({ caFile }: MailServer): ConnectionOptions {
  if (caFile === undefined) return { minVersion: "TLSv1.2" };
  try {
    return { minVersion: "TLSv1.2", ca: readFileSync(caFile) };
  } catch (error) {
    throw new IlmoError("configInvalid", "Expected a readable certificate file (PEM) of the mail server's authority. Check caFile.", {
      cause: error,
    });
  }
}

/** Opens TLS to the one server whose certificate is known; no authority is asked. A stranger's connection ends with an error. */
export function connectPinned(options: ConnectionOptions, fingerprint256: string, onSecure: () => void): TLSSocket {
  const socket = connectTls({ ...options, rejectUnauthorized: false }, () => {
    const seen = socket.getPeerCertificate().fingerprint256?.replaceAll(":", "").toLowerCase();
    if (seen === fingerprint256) onSecure();
    else socket.destroy(Object.assign(new Error("the certificate is not the expected one"), { code: "CERT_FINGERPRINT" }));
  });
  return socket;
}

/** Returns a transport that talks only to the server with this certificate. */
export function pinnedTransport(fingerprint256: string): ImapTransport {
  return {
    connect: ({ host, port, secure, servername, tls }, onConnect) => {
      const place = { host, port, ...(servername === undefined ? {} : { servername }) };
      return secure ? connectPinned({ ...tls, ...place }, fingerprint256, onConnect) : connectPlain(place, onConnect);
    },
    upgrade: (socket, { servername, tls }, onSecure) =>
      connectPinned({ ...tls, socket, ...(servername === undefined ? {} : { servername }) }, fingerprint256, onSecure),
  };
}
