import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { IlmoError } from "../errors.ts";
import { syncFolder } from "./durable-files.ts";
import { withFolderLock } from "./embedded-postgres-lock.ts";
import { addUser, hasOtherUsers, removeUser } from "./embedded-postgres-users.ts";
import { canEnter, findPostgresAccount, type PostgresAccount } from "./postgres-account.ts";
import { preparePostgresBinaries } from "./postgres-binaries.ts";
import { ensureServerRuns, findServerPid, type PostgresPlace, stopServer } from "./postgres-process.ts";

const run = promisify(execFile);

/** The name of the database and of its owner inside the embedded server. */
const DATABASE = "ilmo";
const PORT = 5432;

/** Bytes of a socket's path that Linux takes, with the ending zero 108 (unix(7)). */
const SOCKET_PATH_LIMIT_BYTES = 107;

/** Root's own place for what another account must reach when the data folder lies under a closed one such as /root. */
const SHARED_FOLDER = "/var/lib/ilmo";

/** How often a running service looks whether its server is still there. */
const WATCH_MS = 500;

/** A handle on the server; the last handle of the last process to stop takes the server down. */
export interface EmbeddedPostgres {
  /** Connection URL over the unix socket. */
  readonly url: string;
  /** Process id of the server now; null while it is down. */
  readonly pid: () => number | null;
  readonly stop: () => Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Data folder of ilmo; the server lives in `<home>/postgres`. */
  readonly home: string;
  /** Called with the outcome after the server was found dead. */
  readonly onRestart?: (outcome: { readonly restarted: boolean }) => void;
}

function urlOf(socketFolder: string, database: string): string {
  return `postgresql:///${database}?host=${encodeURIComponent(socketFolder)}&port=${PORT}&user=${DATABASE}`;
}

/** Makes a folder that only its owner enters, and hands it to the account. */
function makePrivateFolder(folder: string, account: PostgresAccount | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
}

/** Returns the real folder of the server; where its account cannot enter `home`, a link leads to a place it can. */
function findServerFolder(home: string, account: PostgresAccount | undefined): string {
  const folder = join(home, "postgres");
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  if (isThere && !existsSync(folder)) {
    throw new IlmoError(
      "storageUnavailable",
      "Expected the database behind the link named postgres in the data folder, but its target is gone. Bring it back, or remove the link to start empty.",
    );
  }
  if (!isThere && !canEnter(home, account)) {
    mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
    symlinkSync(mkdtempSync(join(SHARED_FOLDER, "database-")), folder);
  }
  makePrivateFolder(folder, account);
  return realpathSync(folder);
}

function findSocketFolder(serverFolder: string, account: PostgresAccount | undefined): string {
  let folder = join(serverFolder, "run");
  if (Buffer.byteLength(join(folder, `.s.PGSQL.${PORT}.lock`)) > SOCKET_PATH_LIMIT_BYTES) {
    folder = join("/tmp", `ilmo-${createHash("sha256").update(serverFolder).digest("hex").slice(0, 24)}`);
    const found = lstatSync(folder, { throwIfNoEntry: false });
    const owner = account?.uid ?? process.getuid?.();
    if (found && (!found.isDirectory() || found.uid !== owner)) {
      throw new IlmoError(
        "fileUnsafe",
        "Expected the database's socket folder under /tmp to be ours, but another account made it. Use a shorter data folder.",
      );
    }
  }
  makePrivateFolder(folder, account);
  return folder;
}

function preparePlace(home: string): { readonly serverFolder: string; readonly place: PostgresPlace } {
  const account = findPostgresAccount(join(home, "postgres", "data"));
  const serverFolder = findServerFolder(home, account);
  const socketFolder = findSocketFolder(serverFolder, account);
  const binaries = preparePostgresBinaries(account, account ? SHARED_FOLDER : join(home, "programs"));
  return {
    serverFolder,
    place: {
      binaries,
      account,
      dataFolder: join(serverFolder, "data"),
      socketFolder,
      logFile: join(serverFolder, "server.log"),
      adminUrl: urlOf(socketFolder, "postgres"),
    },
  };
}

/** Makes the data folder under a temporary name and renames it: a start that was cut off leaves nothing half made. */
async function createDataFolder({ binaries, account, dataFolder }: PostgresPlace): Promise<void> {
  const temporary = join(dirname(dataFolder), "data.new");
  rmSync(temporary, { recursive: true, force: true });
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    await run(binaries.initdb, ["-D", temporary, "-U", DATABASE, "--auth=trust", ...locale], {
      ...identity,
      cwd: "/",
      env: { LANG: "C", LC_ALL: "C", TZ: "UTC", TMPDIR: tmpdir() },
    });
    renameSync(temporary, dataFolder);
    syncFolder(dirname(dataFolder));
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    throw new IlmoError(
      "storageUnavailable",
      "Expected initdb to make the database's folder. Check free space and the owner of the data folder.",
      { cause },
    );
  }
}

function assertMajorVersion({ binaries, dataFolder }: PostgresPlace): void {
  const found = Number.parseInt(readFileSync(join(dataFolder, "PG_VERSION"), "utf8"), 10);
  if (found === binaries.major) return;
  throw new IlmoError(
    "storageUnavailable",
    "Expected data of the PostgreSQL version in use. Dump it with the old version and restore it with the new one.",
    {
      context: { expected: binaries.major, found },
    },
  );
}

async function createDatabaseIfMissing(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end().catch(() => {});
  }
}

async function bringUp(place: PostgresPlace): Promise<void> {
  if (!existsSync(place.dataFolder)) await createDataFolder(place);
  assertMajorVersion(place);
  await ensureServerRuns(place);
  await createDatabaseIfMissing(place.adminUrl);
}

/** Looks after the server while a handle is open; returns how to stop looking. */
function watchServer(isDown: () => boolean, restart: () => Promise<void>, onRestart: EmbeddedPostgresOptions["onRestart"]): () => void {
  let isBusy = false;
  const look = async (): Promise<void> => {
    if (isBusy || !isDown()) return;
    isBusy = true;
    await restart().then(
      () => onRestart?.({ restarted: true }),
      () => onRestart?.({ restarted: false }),
    );
    isBusy = false;
  };
  const timer = setInterval(look, WATCH_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Starts the PostgreSQL that ships with ilmo on a unix socket, or joins the one that runs already.
 *
 * Never as root: the server gets another account and its folder. A server left behind by a killed process
 * is adopted; one that dies while a handle is open is started again. Two starts at once are safe.
 *
 * @throws databaseUnavailable, storageUnavailable, toolMissing
 */
export async function startEmbeddedPostgres({ home, onRestart }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(home, { recursive: true });
  const realHome = realpathSync(home);
  const { serverFolder, place, user } = await withFolderLock(realHome, async () => {
    const prepared = preparePlace(realHome);
    await bringUp(prepared.place);
    return { ...prepared, user: addUser(prepared.serverFolder) };
  });
  let isStopped = false;
  const pid = (): number | null => findServerPid(place.dataFolder);
  const restart = (): Promise<void> =>
    withFolderLock(realHome, async () => {
      if (!isStopped && pid() === null) await bringUp(place);
    });
  const stopWatching = watchServer(() => !isStopped && pid() === null, restart, onRestart);
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    stopWatching();
    await withFolderLock(realHome, async () => {
      removeUser(serverFolder, user);
      if (hasOtherUsers(serverFolder)) return;
      await stopServer(place.dataFolder);
      rmSync(place.socketFolder, { recursive: true, force: true });
    });
  };
  return { url: urlOf(place.socketFolder, DATABASE), pid, stop };
}
