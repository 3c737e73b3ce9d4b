import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { startDovecot } from "../../test/adapters/dovecot.ts";
import type { Fault } from "./faults.ts";

const USER = "ilmo";
const SENDER = "kansliat@vastaanotto.example";
const OWN_SERVER = "posti.office.example";
const OUTAGE_MS = { least: 500, most: 4_000 } as const;

/** A mailbox that the line watches, behind a gate that can be shut. */
export interface ChaosMailbox {
  /** Settings of the line for this mailbox, TOML. */
  readonly settings: string;
  /** Puts a message with one form into the mailbox. */
  readonly deliver: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly fault: Fault;
  /** Messages that lie untouched, and those that were moved after they were taken in. */
  readonly count: () => Promise<{ readonly waiting: number; readonly processed: number }>;
  readonly stop: () => Promise<void>;
}

/** Passes connections through; while it is shut they are cut and refused. */
class Gate {
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  port = 0;

  constructor(target: number) {
    this.#target = target;
  }

  async open(): Promise<void> {
    this.#server = createServer((socket) => this.#pass(socket)).listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address !== null && typeof address !== "string") this.port = address.port;
  }

  async shut(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #pass(socket: Socket): void {
    const onward = connect(this.#target, "127.0.0.1");
    for (const [end, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      this.#sockets.add(end);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        other.destroy();
        this.#sockets.delete(end);
      });
      end.pipe(other);
    }
  }
}

function toMessage(name: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,76}/g) ?? [];
  return [
    `Authentication-Results: ${OWN_SERVER}; dmarc=pass header.from=vastaanotto.example`,
    `From: ${SENDER}`,
    "To: ilmo@office.example",
    "Subject: Ilmoittautumislomake",
    `Message-ID: <${name}@vastaanotto.example>`,
    `Date: ${new Date().toUTCString()}`,
    "MIME-Version: 1.0",
    "Content-Type: application/pdf",
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: base64",
    "",
    ...lines,
    "",
  ].join("\r\n");
}

/** Starts a mail server of the test's own with one mailbox. @throws when Debian's dovecot cannot be had */
export async function openMailbox(): Promise<ChaosMailbox> {
  const dovecot = await startDovecot();
  const gate = new Gate(dovecot.port);
  await gate.open();
  const account = dovecot.account(USER);
  const client = await dovecot.client(USER);
  const countIn = async (folder: string): Promise<number> =>
    client.status(folder, { messages: true }).then(
      (status) => (status === false ? 0 : (status.messages ?? 0)),
      () => 0, // the line makes its folders with the first message that it moves
    );
  return {
    settings: `
[mail]
pollMs = 500
socketTimeoutMs = 5000
reconnectMs = [100, 300, 1000]
authservIds = ["${OWN_SERVER}"]
[[mail.accounts]]
name = "${account.name}"
host = "localhost"
port = ${gate.port}
security = "tls"
caFile = "${account.caFile}"
user = "${account.user}"
password = "${account.password}"
[[senders]]
unit = "Vastaanotto"
addresses = ["${SENDER}"]
`,
    deliver: async (name, bytes) => {
      await client.append("INBOX", toMessage(name, bytes));
    },
    fault: {
      name: "mailbox gone",
      weight: 2,
      strike: async (_line, random) => {
        await gate.shut();
        await delay(OUTAGE_MS.least + random() * (OUTAGE_MS.most - OUTAGE_MS.least));
        await gate.open();
        return true;
      },
    },
    count: async () => ({ waiting: await countIn("INBOX"), processed: await countIn("Processed") }),
    stop: async () => {
      await gate.shut();
      await dovecot.stop();
    },
  };
}
