import { execFile } from "node:child_process";
import { accessSync, constants, createReadStream, createWriteStream, existsSync, mkdirSync } from "node:fs";
import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { IlmoError } from "../errors.ts";

/** The system's browsers that print well, best first: the shell needs a quarter of the full browser's CPU. */
const SYSTEM_BROWSERS = ["/usr/bin/chromium-headless-shell", "/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium"];

/** A browser that can be started: the file and the folder of the shared libraries that it brings along. */
export interface BrowserBinary {
  readonly path: string;
  readonly libraryFolder: string | null;
  readonly source: "system" | "bundled";
}

const BINARY = "chromium";

interface BundledPackage {
  readonly folder: string;
  readonly version: string;
}

function findBundledPackage(): BundledPackage {
  const require = createRequire(import.meta.url);
  try {
    const entry = require.resolve("@sparticuz/chromium");
    const folder = dirname(dirname(entry));
    const { version } = require(join(folder, "package.json")) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new IlmoError("toolMissing", "Expected a browser to print papers. Run `npm ci`, or install Debian's chromium-headless-shell.", {
      cause,
    });
  }
}

async function unpackTar(archive: string, folder: string): Promise<void> {
  // Through a file: tar stops reading at the archive's end mark, before a pipe is written out.
  const plain = join(folder, "libraries.tar");
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(plain));
  await promisify(execFile)("tar", ["-x", "-f", plain, "-C", folder]);
  await rm(plain);
}

async function unpack(source: string, folder: string): Promise<void> {
  const binary = join(folder, BINARY);
  await pipeline(createReadStream(join(source, "chromium.br")), createBrotliDecompress(), createWriteStream(binary, { mode: 0o755 }));
  await chmod(binary, 0o755);
  await unpackTar(join(source, "al2023.tar.br"), folder);
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Two processes may do this at once: each unpacks aside, the first rename wins. */
async function unpackInto(cacheFolder: string, source: string, home: string): Promise<void> {
  const aside = await mkdtemp(join(cacheFolder, "unpacking-"));
  try {
    await unpack(source, aside);
    await chmod(aside, 0o755);
    await rename(aside, home);
  } catch (error) {
    if (!existsSync(join(home, BINARY))) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Unpacks the browser of the npm package once (210 MB, 2-3 s) beside the package, else in the data folder; then finds it there. */
async function findBundledBinary(dataFolder: string): Promise<BrowserBinary> {
  const { folder, version } = findBundledPackage();
  const name = `chromium-${version}-${process.arch}`;
  const caches = [join(folder, "..", "..", ".cache", "ilmo"), join(dataFolder, "cache")];
  const ready = caches.find((cache) => existsSync(join(cache, name, BINARY)));
  const cache = ready ?? caches.find(isWritable);
  if (cache === undefined)
    throw new IlmoError("storageUnavailable", "Expected a writable data folder to unpack the browser for papers into.");
  const home = join(cache, name);
  if (ready === undefined) await unpackInto(cache, join(folder, "bin"), home);
  return { path: join(home, BINARY), libraryFolder: join(home, "lib"), source: "bundled" };
}

/**
 * Returns a browser to print with: the system's when there is one, else the one of the npm package.
 *
 * The bundled browser brings its own copies of the few shared libraries that a bare Debian 12 lacks (NSS, NSPR, expat).
 *
 * @throws toolMissing when neither exists; storageUnavailable when it cannot be unpacked anywhere
 */
export async function findBrowserBinary(dataFolder: string, isBundled = false): Promise<BrowserBinary> {
  const system = isBundled ? undefined : SYSTEM_BROWSERS.find((path) => existsSync(path));
  return system === undefined ? findBundledBinary(dataFolder) : { path: system, libraryFolder: null, source: "system" };
}
