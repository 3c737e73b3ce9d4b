import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Config } from "../../src/config.ts";

type Key = Config["smime"]["keys"][number];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Undefined when the password does not open it. */
function unpackP12(file: string, password: string, target: string): Key | undefined {
  const stem = join(target, basename(file, ".p12"));
  const common = ["pkcs12", "-in", file, "-passin", `pass:${password}`, "-legacy", "-nodes"];
  try {
    execFileSync("openssl", [...common, "-nocerts", "-out", `${stem}.key`], { stdio: "ignore" });
    execFileSync("openssl", [...common, "-nokeys", "-clcerts", "-out", `${stem}.crt`], { stdio: "ignore" });
    return { keyFile: `${stem}.key`, certificateFile: `${stem}.crt` };
  } catch {
    return undefined;
  }
}

/**
 * Returns the mailbox keys that lie in a corpus: pairs `x.key` and `x.crt`, and `.p12` files with one password.
 *
 * @param target private folder for what is unpacked
 */
export function findCorpusKeys(folder: string, p12Password: string, target: string): Key[] {
  const keys: Key[] = [];
  for (const file of filesBelow(folder)) {
    const certificateFile = file.replace(/\.key$/, ".crt");
    if (file.endsWith(".key") && existsSync(certificateFile)) keys.push({ keyFile: file, certificateFile });
    const unpacked = file.endsWith(".p12") ? unpackP12(file, p12Password, target) : undefined;
    if (unpacked !== undefined) keys.push(unpacked);
  }
  return keys;
}
