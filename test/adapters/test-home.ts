import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Returns a data folder that every account can enter, as a folder under /srv is. */
export function createHome(): string {
  const home = mkdtempSync(join(tmpdir(), "ilmo-home-"));
  chmodSync(home, 0o755);
  return home;
}

/** Removes a data folder and the database that may lie elsewhere behind its link. */
export function removeHome(home: string): void {
  try {
    rmSync(realpathSync(join(home, "postgres")), { recursive: true, force: true });
  } catch {
    // no database was made
  }
  rmSync(home, { recursive: true, force: true });
}
