import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashFile } from "../../src/adapters/file-hash.ts";
import { createFileOpener, type FileOpener } from "../../src/adapters/file-opener.ts";
import { Config } from "../../src/config.ts";
import { faultCodeOf } from "../../src/errors.ts";
import type { InspectedFile, OpeningHints } from "../../src/intake/ports.ts";

/** An opener with a folder of its own. */
export interface TestOpener {
  readonly folder: string;
  readonly opener: FileOpener;
  /** What came of a file, in a few words. */
  readonly outcomeOf: (path: string, again?: OpeningHints) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Words what came of a file: its use, what became of its parts, and the signature when there is one. */
export function describeOutcome({ use, parts, signature }: InspectedFile): string {
  if (use === "read") return "read";
  const counts = (["read", "ignored", "unreadable"] as const).map(
    (wanted) => [wanted, parts.filter((part) => part.use === wanted)] as const,
  );
  const words = counts
    .filter(([, found]) => found.length > 0)
    .map(([wanted, found]) => {
      const faults = [...new Set(found.flatMap(({ faultCode }) => faultCode ?? []))].join(" ");
      return `${found.length} ${wanted}${faults === "" ? "" : ` (${faults})`}`;
    });
  return `opened${signature === "none" ? "" : ` ${signature}`}: ${words.join(", ")}`;
}

/** Starts an opener with a configuration of its own. */
export function startTestOpener(settings: Record<string, unknown> = {}, passwords: readonly string[] = []): TestOpener {
  const folder = mkdtempSync(join(tmpdir(), "ilmo-opener-"));
  const places = { home: join(folder, "home"), inbox: join(folder, "inbox"), outbox: join(folder, "outbox") };
  const file = join(folder, "passwords.toml");
  writeFileSync(file, `[[unit]]\nsenders = ["@centre.example"]\npasswords = ${JSON.stringify(["not this one", ...passwords])}\n`);
  const opener = createFileOpener(Config.parse({ ...places, passwords: { file }, ...settings }));
  return {
    folder,
    opener,
    outcomeOf: async (path, again) => {
      try {
        return describeOutcome(await opener.inspect(path, hashFile, again));
      } catch (error) {
        return faultCodeOf(error);
      }
    },
    close: async () => {
      await opener.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
