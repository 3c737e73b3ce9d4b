import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Room for the database (70 MB and up to 256 MB of its log), blobs and papers of a thousand forms. */
const DISK_SIZE = "1g";

/**
 * Quick scans and retries, so that a run is about kills and not about waiting. Many retries: by default a submission whose parser
 * dies four times is put aside for a person, and here parsers are killed more often than that.
 */
const SETTINGS = `[intake]
scanMs = 100
quietMs = 200
renamedQuietMs = 100
incompleteMs = 1000
[reading]
workers = 2
[queue]
retryMs = [${Array(30).fill(1_000).join(", ")}]
`;

/** A place of its own for one line: data, inbox, outbox. */
export interface ChaosPlace {
  readonly root: string;
  readonly inbox: string;
  readonly outbox: string;
  readonly home: string;
  /** A small disk of its own, which can be filled and made read-only; only root may mount one. */
  readonly hasOwnDisk: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly remove: () => void;
}

function tryMount(folder: string): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_SIZE},mode=0755`, "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false; // a container without the right to mount
  }
}

function removeDatabase(home: string): void {
  const folder = join(home, "postgres");
  if (existsSync(folder)) rmSync(realpathSync(folder), { recursive: true, force: true });
}

/**
 * Makes the place; on a small disk of its own where that is possible.
 *
 * @param moreSettings TOML behind the usual settings, such as those of a mailbox
 */
export function createPlace(moreSettings = ""): ChaosPlace {
  const root = mkdtempSync(join(tmpdir(), "ilmo-chaos-"));
  chmodSync(root, 0o755);
  const hasOwnDisk = tryMount(root);
  const [home, inbox, outbox] = [join(root, "data"), join(root, "inbox"), join(root, "outbox")];
  for (const folder of [inbox, outbox, join(root, "staging")]) mkdirSync(folder);
  const settings = join(root, "ilmo.toml");
  writeFileSync(settings, SETTINGS + moreSettings);
  return {
    root,
    home,
    inbox,
    outbox,
    hasOwnDisk,
    environment: {
      ...process.env,
      ILMO_HOME: home,
      ILMO_INBOX: inbox,
      ILMO_OUTBOX: outbox,
      ILMO_ENVIRONMENT: "test",
      ILMO_LOG_LEVEL: process.env.ILMO_CHAOS_LOG ?? "silent",
      ILMO_CONFIG: settings,
      DATABASE_URL: undefined,
    },
    remove: () => {
      removeDatabase(home);
      if (hasOwnDisk) execFileSync("umount", ["-l", root], { stdio: "ignore" });
      rmSync(root, { recursive: true, force: true });
    },
  };
}
