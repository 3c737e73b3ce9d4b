import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { type CmsContent, cmsContentOf } from "../intake/unwrap/cms-content.ts";
import type { Sender } from "../intake/unwrap/protocol.ts";

/** A mail of 70 MB is decrypted or verified in about a second; by the clock, on a machine with 30 others at work, in half a minute. */
const OPENSSL_TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 64 * 1024;
/** Signers of one mail whose addresses are looked at. */
const MAX_SIGNERS = 10;
const PEM = /-----BEGIN (CERTIFICATE)-----[\s\S]+?-----END \1-----/g;

/** How the content of an S/MIME part came out. `unchecked`: unchanged, but no authority is configured that could vouch for the signer. */
export interface OpenedCms {
  readonly path: string;
  readonly how: "decrypted" | "verified" | "unchecked";
}

/** One S/MIME part to open. */
export interface CmsToOpen {
  readonly path: string;
  /** Of a clear-signed mail: the bytes that the signature covers, in each form that it may cover; else empty. */
  readonly contentPaths: readonly string[];
  /** Who the mail around it is from; undefined when there is none. */
  readonly sender: Sender | undefined;
  readonly outFolder: string;
}

interface Run {
  readonly isOk: boolean;
  readonly stdout: string;
}

/** Runs openssl without a shell; killed when it takes long. @throws toolMissing */
function runOpenssl(args: readonly string[]): Promise<Run> {
  const settings = {
    timeout: OPENSSL_TIMEOUT_MS,
    killSignal: "SIGKILL",
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { PATH: process.env.PATH },
  } as const;
  return new Promise((resolve, reject) => {
    execFile("openssl", args, settings, (error, stdout) => {
      if ((error as NodeJS.ErrnoException | null)?.code === "ENOENT") reject(noOpenssl());
      else if (error?.killed === true) reject(tookTooLong());
      else resolve({ isOk: error === null, stdout });
    });
  });
}

const noOpenssl = (): IlmoError =>
  new IlmoError(
    "toolMissing",
    "Expected the program openssl, which opens encrypted and signed mail; it is not installed. Run: apt-get install openssl",
  );

/** Says nothing of the mail: it must not be refused because the machine is busy. */
const tookTooLong = (): IlmoError =>
  new IlmoError("unexpected", "Expected openssl to end within a minute; it did not. It is tried again later.");

/** Returns the version of openssl. @throws toolMissing */
export async function findOpenssl(): Promise<string> {
  const { isOk, stdout } = await runOpenssl(["version"]);
  if (!isOk) throw noOpenssl();
  return stdout.trim();
}

const notOpened = (): IlmoError =>
  new IlmoError(
    "keyMissing",
    "Expected an encrypted mail for one of the configured keys (smime.keys); none opens it, or it is damaged. Add the key and try again with `ilmo retry`.",
  );
const refused = (why: string): IlmoError =>
  new IlmoError("signatureInvalid", `Expected a signature that holds; ${why}. Ask the sender by telephone and have the form sent again.`);

/** RC2 and DES of old senders live in a provider of their own. */
const CIPHER_SETS: readonly (readonly string[])[] = [[], ["-provider", "default", "-provider", "legacy"]];

type Smime = Config["smime"];

async function decrypt(path: string, out: string, { keys }: Smime): Promise<OpenedCms> {
  for (const { keyFile, certificateFile, passphraseFile } of keys) {
    const passphrase = passphraseFile === undefined ? [] : ["-passin", `file:${passphraseFile}`];
    const key = ["-inkey", keyFile, "-recip", certificateFile, ...passphrase];
    for (const ciphers of CIPHER_SETS) {
      const run = await runOpenssl(["cms", "-decrypt", "-binary", "-inform", "DER", "-in", path, "-out", out, ...key, ...ciphers]);
      if (run.isOk) return { path: out, how: "decrypted" };
    }
  }
  throw notOpened();
}

/** Joins what is trusted into one file, as openssl wants it. */
async function trustArguments({ trustedFiles }: Smime, folder: string): Promise<string[]> {
  if (trustedFiles.length === 0) return ["-noverify"];
  const path = join(folder, "trusted.pem");
  const texts = await Promise.all(trustedFiles.map((file) => readFile(file, "utf8")));
  await writeFile(path, texts.join("\n"));
  return ["-CAfile", path, "-partial_chain", "-no-CApath", "-no-CAstore", "-purpose", "smimesign"];
}

/** Addresses in the signers' certificates, lower case. */
async function signerAddresses(signerFile: string, folder: string): Promise<string[]> {
  const certificates = (await readFile(signerFile, "latin1").catch(() => "")).match(PEM) ?? [];
  const addresses: string[] = [];
  for (const certificate of certificates.slice(0, MAX_SIGNERS)) {
    const path = join(folder, "signer.pem");
    await writeFile(path, certificate);
    const { isOk, stdout } = await runOpenssl(["x509", "-in", path, "-noout", "-email"]);
    if (isOk) addresses.push(...stdout.split("\n").map((line) => line.trim().toLowerCase()));
  }
  return addresses.filter((address) => address !== "");
}

function assertSigner(addresses: readonly string[], sender: Sender | undefined): void {
  if (sender === undefined) return;
  if (sender.kind === "none") throw refused("the mail does not say who it is from");
  if (sender.kind === "ambiguous") throw refused("the mail names more than one sender, or names it in a misleading way");
  if (!addresses.includes(sender.address)) throw refused("it was signed by somebody other than the sender");
}

/** Returns whether a signature holds; writes the content and the signers' certificates. */
async function holds(path: string, out: string, others: readonly string[]): Promise<boolean> {
  const { isOk } = await runOpenssl(["cms", "-verify", "-binary", "-inform", "DER", "-in", path, "-out", out, ...others]);
  return isOk;
}

async function verify(cms: CmsToOpen, out: string, smime: Smime): Promise<OpenedCms> {
  const { path, contentPaths, sender, outFolder } = cms;
  const signerFile = join(outFolder, "signers.pem");
  const trust = [...(await trustArguments(smime, outFolder)), "-signer", signerFile];
  const contents = contentPaths.length === 0 ? [[]] : contentPaths.map((content) => ["-content", content]);
  let isGood = false;
  for (const content of contents) isGood ||= await holds(path, out, [...content, ...trust]);
  if (!isGood) throw refused("the content was altered after signing, or the signer is not one that is trusted");
  assertSigner(await signerAddresses(signerFile, outFolder), sender);
  return { path: out, how: smime.trustedFiles.length > 0 ? "verified" : "unchecked" };
}

/** Brings text armour to bytes; others are left as they are. */
async function toDer(path: string, outFolder: string): Promise<{ path: string; content: CmsContent | undefined }> {
  const bytes = await readFile(path);
  if (bytes[0] !== 0x2d) return { path, content: cmsContentOf(bytes) };
  const body = bytes.toString("latin1").replace(/-----[^-]+-----/g, "");
  const der = Buffer.from(body, "base64");
  const derPath = join(outFolder, "armoured.der");
  await writeFile(derPath, der);
  return { path: derPath, content: cmsContentOf(der) };
}

/**
 * Opens one layer of S/MIME: decrypts with one of the keys, or verifies that a signature holds and is the sender's.
 *
 * The content is a MIME entity of its own and may have further layers.
 *
 * @throws keyMissing, signatureInvalid, fileUnsupported, fileDamaged, toolMissing
 */
export async function openCms(cms: CmsToOpen, smime: Smime): Promise<OpenedCms> {
  const { path, content } = await toDer(cms.path, cms.outFolder);
  const out = join(cms.outFolder, "opened");
  switch (content) {
    case "encrypted":
      return decrypt(path, out, smime);
    case "signed":
      return verify({ ...cms, path }, out, smime);
    case "compressed":
      throw new IlmoError(
        "fileUnsupported",
        "Expected an encrypted or signed mail; this one is compressed. Ask for it without compression.",
      );
    default:
      throw new IlmoError(
        "fileDamaged",
        "Expected an encrypted or signed mail; its outer layer cannot be read. Ask the sender to send it again.",
      );
  }
}
