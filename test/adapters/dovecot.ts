import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ImapFlow } from "imapflow";
import type { MailAccount } from "../../src/mail-config.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "debian-dovecot.sh");
const START_WAIT_MS = 30_000;
const NOBODY = 65_534;
/** Large enough for the largest test message, small enough to be filled. */
const QUOTA_MB = 100;

/** Debian's IMAP server on a free loopback port, in a temporary folder, as an ordinary user; nothing of the system is touched. */
export interface Dovecot {
  readonly port: number;
  readonly caFile: string;
  readonly fingerprint256: string;
  /** Settings of an account on this server; the user is made by its first login. */
  readonly account: (name: string, change?: Partial<MailAccount>) => MailAccount;
  /** A client of the test's own, to put mail in and to look. */
  readonly client: (name: string) => Promise<ImapFlow>;
  readonly restart: () => Promise<void>;
  /** Gives a folder a new UIDVALIDITY, as a restored server does. */
  readonly renumber: (name: string, uidValidity: number) => void;
  readonly stop: () => Promise<void>;
}

const PASSWORD = "s3cret";

function writeSettings(folder: string, port: number, { hasMove }: { readonly hasMove: boolean }): string {
  const isRoot = process.getuid?.() === 0;
  const [uid, gid] = isRoot ? [NOBODY, NOBODY] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const user = isRoot ? "nobody" : execFileSync("id", ["-un"], { encoding: "utf8" }).trim();
  const group = isRoot ? "nogroup" : execFileSync("id", ["-gn"], { encoding: "utf8" }).trim();
  const path = join(folder, "dovecot.conf");
  // Without MOVE the client copies and removes, and a copy counts against the quota.
  const capability = hasMove ? "" : "imap_capability = IMAP4rev1 SASL-IR IDLE UIDPLUS LITERAL+ ID NAMESPACE";
  writeFileSync(
    path,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${uid}
mail_gid = ${gid}
mail_home = ${folder}/mail/%u
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 100
auth_mechanisms = plain login
auth_failure_delay = 0
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
${capability}
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_rule = *:storage=${QUOTA_MB}M
  quota_grace = 0
  quota_vsizes = yes
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`,
  );
  return path;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return address.port;
}

async function waitUntilAnswering(port: number, child: ChildProcess, folder: string): Promise<void> {
  const deadline = Date.now() + START_WAIT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const socket = connect(port, "127.0.0.1");
    const isUp = await Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)]).catch(() => false);
    socket.destroy();
    if (isUp) return;
    await delay(20);
  }
  throw new Error(
    `expected dovecot to start on loopback, but it ended or did not answer: ${readFileSync(join(folder, "dovecot.log"), "utf8")}`,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** @throws when Debian's dovecot cannot be had: the sentence of the script says why */
export async function startDovecot({ hasMove }: { readonly hasMove: boolean } = { hasMove: true }): Promise<Dovecot> {
  const program = execFileSync("sh", [SCRIPT], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  const folder = mkdtempSync(join(tmpdir(), "ilmo-dovecot-"));
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  for (const name of ["run", "state", "mail"]) mkdirSync(join(folder, name));
  chmodSync(folder, 0o755);
  const [keyFile, caFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const newKey = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
  execFileSync("openssl", [...newKey, ...subject, "-keyout", keyFile, "-out", caFile], { stdio: "ignore" });
  const print = execFileSync("openssl", ["x509", "-in", caFile, "-noout", "-fingerprint", "-sha256"], { encoding: "utf8" });
  const port = await findFreePort();
  const settings = writeSettings(folder, port, { hasMove });
  if (process.getuid?.() === 0)
    for (const name of [".", "run", "state", "mail", "key.pem", "cert.pem", "dovecot.conf"]) chownSync(join(folder, name), NOBODY, NOBODY);
  const launch = (): ChildProcess => spawn(program, ["-F", "-c", settings], { ...identity, stdio: "ignore", cwd: "/" });
  let child = launch();
  await waitUntilAnswering(port, child, folder);
  const clients: ImapFlow[] = [];
  return {
    port,
    caFile,
    fingerprint256: print
      .slice(print.indexOf("=") + 1)
      .trim()
      .replaceAll(":", "")
      .toLowerCase(),
    account: (name, change = {}) => ({
      name,
      host: "localhost",
      port,
      security: "tls",
      caFile,
      user: name,
      password: PASSWORD,
      folder: "INBOX",
      addresses: [],
      ...change,
    }),
    client: async (name) => {
      const client = new ImapFlow({
        host: "localhost",
        port,
        secure: true,
        auth: { user: name, pass: PASSWORD },
        tls: { ca: readFileSync(caFile) },
        logger: false,
      });
      client.on("error", () => {});
      await client.connect();
      clients.push(client);
      return client;
    },
    restart: async () => {
      await end(child);
      child = launch();
      await waitUntilAnswering(port, child, folder);
    },
    renumber: (name, uidValidity) => {
      const maildir = join(folder, "mail", name, "Maildir");
      for (const file of ["dovecot.index", "dovecot.index.log", "dovecot.index.cache", "dovecot.list.index", "dovecot.list.index.log"])
        rmSync(join(maildir, file), { force: true });
      const list = readFileSync(join(maildir, "dovecot-uidlist"), "utf8");
      writeFileSync(join(maildir, "dovecot-uidlist"), list.replace(/ V\d+ /, ` V${uidValidity} `));
    },
    stop: async () => {
      for (const client of clients) client.close();
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
