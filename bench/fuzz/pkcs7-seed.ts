import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Returns an encrypted message and the configuration whose key opens it. */
export function pkcs7SeedOf(folder: string): { readonly seed: Uint8Array; readonly smime: object } {
  const [keyFile, certificateFile] = [join(folder, "office.key"), join(folder, "office.crt")];
  const run = (...args: string[]): void => void execFileSync("openssl", args, { stdio: "ignore" });
  run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", keyFile, "-out", certificateFile, "-days", "30", "-subj", "/CN=office");
  writeFileSync(join(folder, "entity"), "Content-Type: text/plain\r\n\r\nHello\r\n");
  run(
    "cms",
    "-encrypt",
    "-binary",
    "-in",
    join(folder, "entity"),
    "-recip",
    certificateFile,
    "-outform",
    "DER",
    "-out",
    join(folder, "seed"),
  );
  return { seed: readFileSync(join(folder, "seed")), smime: { keys: [{ keyFile, certificateFile }] } };
}
