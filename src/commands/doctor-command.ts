import { access, constants, mkdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { findBrowserBinary } from "../adapters/chromium-binary.ts";
import { openDatabase } from "../adapters/database.ts";
import { listLayouts } from "../adapters/layout-store.ts";
import { findOpenssl } from "../adapters/smime-openssl.ts";
import { hasCyrillicData } from "../adapters/tesseract.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { formatTable, type Terminal } from "./terminal.ts";

/** One thing that the line needs, and how to get it when it is missing. */
interface Diagnosis {
  readonly what: string;
  readonly isOk: boolean;
  readonly detail: string;
}

const MIN_FREE_GB = 2;
const WANTED_NODE_MAJOR = 24;

async function examine(what: string, remedy: string, look: () => Promise<string>): Promise<Diagnosis> {
  try {
    return { what, isOk: true, detail: await look() };
  } catch (error) {
    return { what, isOk: false, detail: error instanceof IlmoError ? error.message : remedy };
  }
}

async function assertWritable(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
  return "writable";
}

async function freeSpace(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder);
  const freeGb = (bavail * bsize) / 1e9;
  if (freeGb < MIN_FREE_GB)
    throw new IlmoError("storageUnavailable", `Expected at least ${MIN_FREE_GB} GB free; ${freeGb.toFixed(1)} GB are. Free some space.`);
  return `${freeGb.toFixed(0)} GB free`;
}

async function nodeVersion(): Promise<string> {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < WANTED_NODE_MAJOR)
    throw new IlmoError("toolMissing", `Expected Node ${WANTED_NODE_MAJOR}; this is ${process.versions.node}. Start ilmo with npm run.`);
  return process.versions.node;
}

async function database(config: Config): Promise<string> {
  const opened = await openDatabase(config);
  await opened.close();
  return opened.isEmbedded ? "embedded PostgreSQL starts" : "external PostgreSQL answers";
}

async function cyrillicData(): Promise<string> {
  if (await hasCyrillicData()) return "read on Russian forms";
  throw new IlmoError(
    "toolMissing",
    "Fields in Cyrillic letters go to a person. Run scripts/debian-cyrillic.sh where Debian can be reached.",
  );
}

async function layouts(config: Config): Promise<string> {
  const found = await listLayouts(config.home);
  if (found.length === 0)
    throw new IlmoError(
      "layoutUnknown",
      "Expected at least one form layout. `ilmo forms print --language fi` or `ilmo forms add blank.pdf` makes one known.",
    );
  return found.map((layout) => layout.id).join(" ");
}

/** `ilmo doctor`: says what is missing on this machine and how to get it. Returns whether all is well. */
export async function examineMachine(config: Config, terminal: Terminal): Promise<boolean> {
  const diagnoses = [
    await examine("Node", "Start ilmo with npm run.", nodeVersion),
    await examine("data folder", "Make the folder writable for this user, or set ILMO_HOME.", () => assertWritable(config.home)),
    await examine("inbox", "Make the folder writable for this user, or set ILMO_INBOX.", () => assertWritable(config.inbox)),
    await examine("outbox", "Make the folder writable for this user, or set ILMO_OUTBOX.", () => assertWritable(config.outbox)),
    await examine("disk", "Free some space.", () => freeSpace(config.home)),
    await examine("database", "See the log of the database in the data folder, or set DATABASE_URL.", () => database(config)),
    await examine(
      "browser for printing",
      "Run npm ci again; or apt-get install chromium-headless-shell.",
      async () => (await findBrowserBinary(join(config.home, "cache"))).path,
    ),
    await examine("openssl (encrypted and signed mail)", "Run: apt-get install openssl", findOpenssl),
    await examine("Cyrillic letters", "Run scripts/debian-cyrillic.sh.", cyrillicData),
    await examine("form layouts", "Add one with `ilmo forms add blank.pdf`.", () => layouts(config)),
  ];
  terminal.line(
    formatTable([["what", "state", "detail"], ...diagnoses.map(({ what, isOk, detail }) => [what, isOk ? "ok" : "MISSING", detail])]),
  );
  terminal.json(diagnoses);
  return diagnoses.every((diagnosis) => diagnosis.isOk);
}
