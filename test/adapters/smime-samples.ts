import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A certificate of an invented person and its key. */
export interface TestIdentity {
  readonly keyFile: string;
  readonly certificateFile: string;
}

/** Makes certificates and S/MIME layers with openssl, in one folder. */
export interface SmimeLab {
  readonly authorityFile: string;
  readonly issue: (name: string, email: string, issuer?: "authority" | "itself") => TestIdentity;
  /** Returns a DER layer around an entity. */
  readonly sign: (entity: string, signer: TestIdentity, how: "opaque" | "detached") => Buffer;
  readonly encrypt: (entity: string, recipient: TestIdentity, cipher?: string) => Buffer;
}

const DAYS = "3650";

/** Makes openssl findable in this process and those that it starts; installs it where it is missing. */
function provideOpenssl(): void {
  const script = fileURLToPath(new URL("../../scripts/debian-openssl.sh", import.meta.url));
  const found = execFileSync("sh", [script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  process.env.PATH = `${process.env.PATH ?? ""}:${found}`;
}

/** Opens a lab with an authority of its own. */
export function openSmimeLab(folder: string): SmimeLab {
  provideOpenssl();
  const run = (...args: string[]): Buffer => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "ignore"] });
  const at = (name: string): string => join(folder, name);
  let layers = 0;
  const put = (entity: string): string => {
    layers += 1;
    writeFileSync(at(`${layers}.txt`), entity, "latin1");
    return at(`${layers}.txt`);
  };
  const newKey = ["-newkey", "rsa:2048", "-nodes"];
  const authorityFile = at("authority.crt");
  run("req", "-x509", ...newKey, "-keyout", at("authority.key"), "-out", authorityFile, "-days", DAYS, "-subj", "/CN=Test Authority");

  const issue: SmimeLab["issue"] = (name, email, issuer = "authority") => {
    const [keyFile, certificateFile] = [at(`${name}.key`), at(`${name}.crt`)];
    const extensions = ["-addext", `subjectAltName=email:${email}`, "-addext", "extendedKeyUsage=emailProtection"];
    const authority = issuer === "itself" ? [] : ["-CA", authorityFile, "-CAkey", at("authority.key")];
    run(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      keyFile,
      "-out",
      certificateFile,
      "-days",
      DAYS,
      "-subj",
      `/CN=${name}`,
      ...extensions,
      ...authority,
    );
    return { keyFile, certificateFile };
  };

  const cms = (...args: string[]): Buffer => {
    run("cms", ...args, "-outform", "DER", "-out", at("layer.der"));
    return readFileSync(at("layer.der"));
  };
  return {
    authorityFile,
    issue,
    sign: (entity, { keyFile, certificateFile }, how) =>
      cms(
        "-sign",
        "-binary",
        ...(how === "opaque" ? ["-nodetach"] : []),
        "-in",
        put(entity),
        "-signer",
        certificateFile,
        "-inkey",
        keyFile,
      ),
    encrypt: (entity, { certificateFile }, cipher = "-aes-256-cbc") =>
      cms("-encrypt", "-binary", cipher, "-in", put(entity), "-recip", certificateFile),
  };
}
