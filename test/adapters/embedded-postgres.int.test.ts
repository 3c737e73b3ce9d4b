import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/adapters/embedded-postgres.ts";
import { createHome, removeHome } from "./test-home.ts";

let home: string;
const servers: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  home = createHome();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) await server.stop();
  removeHome(home);
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ home });
  servers.push(server);
  return server;
}

function startChild(script: string): { readonly child: ChildProcess; readonly lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), home], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  if (!child.stdout) throw new Error("expected a pipe");
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function runUntilAcknowledged(count: number): Promise<{ readonly child: ChildProcess; readonly last: number }> {
  const { child, lines } = startChild("committing-process.ts");
  let last = 0;
  for (let number = 0; number < count; number += 1) last = Number((await lines.next()).value);
  child.kill("SIGKILL");
  await once(child, "exit");
  return { child, last };
}

async function countAcknowledged(url: string): Promise<number> {
  const rows = await query<{ count: string }>(url, "select count(*) as count from acknowledged");
  return Number(rows[0]?.count);
}

function uidOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

async function waitFor(isTrue: () => boolean): Promise<void> {
  for (let round = 0; round < 600 && !isTrue(); round += 1) await delay(50);
  expect(isTrue()).toBe(true);
}

describe("startEmbeddedPostgres", () => {
  it("runs the server as another account than root, in a folder that only that account enters", async () => {
    const server = await start();
    const pid = server.pid() ?? 0;
    expect(uidOf(pid)).not.toBe(0);
    const data = statSync(join(home, "postgres"));
    expect(data.uid).toBe(uidOf(pid));
    expect(data.mode & 0o077).toBe(0);
  });

  it("acknowledges a commit only when it is on disk, and keeps values out of its log", async () => {
    const server = await start();
    const rows = await query<{ name: string; setting: string }>(
      server.url,
      "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses')",
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
      listen_addresses: "",
    });
    await expect(query(server.url, "select 'Matkalainen'::integer")).rejects.toThrow(/Matkalainen/);
    const log = readFileSync(join(home, "postgres", "server.log"), "utf8");
    expect(log).toContain("ready to accept connections");
    expect(log).not.toContain("Matkalainen");
  });

  it("keeps its data over stop and start", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 7 as number");
    await first.stop();
    expect(first.pid()).toBeNull();
    const second = await start();
    expect(await query(second.url, "select number from kept")).toEqual([{ number: 7 }]);
  });

  it("adopts the server of a killed parent and loses no acknowledged commit", async () => {
    const { last } = await runUntilAcknowledged(200);
    const orphan = Number.parseInt(readFileSync(join(home, "postgres", "data", "postmaster.pid"), "utf8"), 10);
    const server = await start();
    expect(server.pid()).toBe(orphan);
    expect(await countAcknowledged(server.url)).toBeGreaterThanOrEqual(last);
  });

  it("recovers when parent and server are killed together, and loses no acknowledged commit", async () => {
    const { last } = await runUntilAcknowledged(200);
    const orphan = Number.parseInt(readFileSync(join(home, "postgres", "data", "postmaster.pid"), "utf8"), 10);
    process.kill(orphan, "SIGKILL");
    const server = await start();
    expect(server.pid()).not.toBe(orphan);
    expect(await countAcknowledged(server.url)).toBeGreaterThanOrEqual(last);
  });

  it("starts over a pid file whose number belongs to another process now", async () => {
    await (await start()).stop();
    writeFileSync(join(home, "postgres", "data", "postmaster.pid"), `${process.pid}\n${join(home, "postgres", "data")}\n`);
    const server = await start();
    expect(server.pid()).not.toBe(process.pid);
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("starts over a first start that was cut off half way", async () => {
    mkdirSync(join(home, "postgres", "data.new", "base"), { recursive: true });
    const server = await start();
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(existsSync(join(home, "postgres", "data.new"))).toBe(false);
  });

  it("gives two processes that start at once the same server, which the last one stops", async () => {
    const one = startChild("starting-process.ts");
    const two = startChild("starting-process.ts");
    const pidOne = Number((await one.lines.next()).value);
    expect(Number((await two.lines.next()).value)).toBe(pidOne);
    one.child.stdin?.end();
    expect((await one.lines.next()).value).toBe("stopped");
    expect(uidOf(pidOne)).not.toBe(0);
    two.child.stdin?.end();
    expect((await two.lines.next()).value).toBe("stopped");
    // Its starter may have gone before it: then it is for process 1 to take the ended server off the list, at its own time.
    await waitFor(() => !existsSync(`/proc/${pidOne}`));
  });

  it("starts the server again when it dies under a running service", async () => {
    const server = await start();
    const before = server.pid() ?? 0;
    process.kill(before, "SIGKILL");
    await waitFor(() => server.pid() !== null && server.pid() !== before);
    await waitFor(() => existsSync(join(home, "postgres", "data", "postmaster.pid")));
    const again = await start();
    expect(await query(again.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("takes a data folder whose path is too long for a socket", async () => {
    const outer = home;
    home = join(outer, "x".repeat(100));
    try {
      const server = await start();
      expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
      await server.stop();
    } finally {
      removeHome(home);
      home = outer;
    }
  });

  it("works in a data folder below one that only its owner enters", async () => {
    const outer = home;
    mkdirSync(join(outer, "closed"), { mode: 0o700 });
    home = join(outer, "closed", "data");
    try {
      const server = await start();
      await query(server.url, "create table kept as select 7 as number");
      await server.stop();
      const again = await start();
      expect(await query(again.url, "select number from kept")).toEqual([{ number: 7 }]);
      await again.stop();
    } finally {
      removeHome(home);
      home = outer;
    }
  });
});
