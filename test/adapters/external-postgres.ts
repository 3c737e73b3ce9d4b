import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { findPostgresAccount } from "../../src/adapters/postgres-account.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "scripts", "debian-postgres.sh");
const START_WAIT_MS = 60_000;

/** Debian's PostgreSQL on a free loopback port in a temporary folder; nothing of the system is touched. */
export interface ExternalPostgres {
  /** Returns the URL of a fresh, empty database. */
  readonly createDatabase: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** A private copy of the server finds its libraries beside it. */
function environmentOf(programs: string): NodeJS.ProcessEnv {
  const [root] = programs.split("/usr/lib/postgresql/");
  const libraries = root ? execFileSync("find", [root, "-name", "*.so.*", "-printf", "%h\n"], { encoding: "utf8" }) : "";
  return { LANG: "C", LC_ALL: "C", LD_LIBRARY_PATH: [...new Set(libraries.split("\n"))].filter(Boolean).join(":") };
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

async function waitUntilAnswering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_WAIT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const client = new Client({ connectionString: url });
    const isUp = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (isUp) return;
    await delay(50);
  }
  throw new Error("expected Debian's PostgreSQL to start on loopback, but it ended or did not answer");
}

/** @throws when Debian's PostgreSQL cannot be had: the sentence of the script says why */
export async function startExternalPostgres(): Promise<ExternalPostgres> {
  const programs = execFileSync("sh", [SCRIPT], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  const folder = mkdtempSync(join(tmpdir(), "ilmo-external-"));
  const account = findPostgresAccount(join(folder, "data"));
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  const options = { ...identity, cwd: "/", env: environmentOf(programs) };
  const password = randomBytes(12).toString("hex");
  writeFileSync(join(folder, "password"), password);
  if (account) chownSync(folder, account.uid, account.gid);
  chmodSync(join(folder, "password"), 0o644);
  const data = join(folder, "data");
  const setup = [
    "-D",
    data,
    "-U",
    "office",
    "--auth=scram-sha-256",
    `--pwfile=${join(folder, "password")}`,
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ];
  execFileSync(join(programs, "initdb"), setup, { ...options, stdio: ["ignore", "ignore", "inherit"] });
  const port = await findFreePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "log_min_messages=fatal"].flatMap((setting) => [
    "-c",
    setting,
  ]);
  const child = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...settings], { ...options, stdio: "ignore" });
  const urlOf = (database: string): string => `postgresql://office:${password}@127.0.0.1:${port}/${database}`;
  await waitUntilAnswering(urlOf("postgres"), child);
  return {
    createDatabase: async () => {
      const name = `line_${randomBytes(6).toString("hex")}`;
      const client = new Client({ connectionString: urlOf("postgres") });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return urlOf(name);
    },
    stop: async () => {
      child.kill("SIGINT");
      if (child.exitCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
