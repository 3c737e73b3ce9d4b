import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** What the server does with a message: takes it, answers a code, or breaks off after the whole text. */
export type SmtpMood = "take" | "cutAfterData" | { readonly code: number; readonly at: "rcpt" | "data" };

/** A real SMTP server on loopback that behaves as a test asks. */
export interface TestSmtpServer {
  readonly port: number;
  /** Whole messages in the order in which their text came, taken or not. */
  readonly received: { readonly to: string; readonly text: string }[];
  readonly behave: (mood: SmtpMood) => void;
  readonly stop: () => Promise<void>;
}

const refusal = (code: number): Error => Object.assign(new Error("not this time"), { responseCode: code });

export async function startSmtpServer(): Promise<TestSmtpServer> {
  let mood: SmtpMood = "take";
  const received: { to: string; text: string }[] = [];
  const sockets = new Set<{ destroy: () => void }>();
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === "ilmo" && password === "s3cret" ? done(null, { user: username }) : done(refusal(535)),
    onRcptTo: (_address, _session, done) => {
      if (typeof mood === "object" && mood.at === "rcpt") done(refusal(mood.code));
      else done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text: Buffer.concat(chunks).toString("utf8") });
        if (mood === "take") done();
        else if (mood === "cutAfterData") for (const socket of sockets) socket.destroy();
        else done(refusal(mood.code));
      });
    },
  });
  server.on("error", () => {});
  server.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    behave: (next) => {
      mood = next;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
