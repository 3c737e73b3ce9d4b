import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
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
  const binary = join(folder, "chromium");
  await pipeline(createReadStream(join(source, "chromium.br")), createBrotliDecompress(), createWriteStream(binary, { mode: 0o755 }));
  await chmod(binary, 0o755);
  await unpackTar(join(source, "al2023.tar.br"), folder);
}

/**
 * Unpacks the browser of the npm package once (210 MB, 2-3 s) and returns it.
 *
 * Two processes may do this at once: each unpacks aside, the first rename wins.
 */
async function unpackBundled(cacheFolder: string): Promise<BrowserBinary> {
  const { folder, version } = findBundledPackage();
  const home = join(cacheFolder, `chromium-${version}-${process.arch}`);
  const binary: BrowserBinary = { path: join(home, "chromium"), libraryFolder: join(home, "lib"), source: "bundled" };
  if (existsSync(binary.path)) return binary;
  await mkdir(cacheFolder, { recursive: true });
  const aside = await mkdtemp(join(cacheFolder, "unpacking-"));
  try {
    await unpack(join(folder, "bin"), aside);
    await chmod(aside, 0o755);
    await rename(aside, home);
  } catch (error) {
    if (!existsSync(binary.path)) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return binary;
}

/**
 * Returns a browser to print with: the system's when there is one, else the one of the npm package, unpacked into `cacheFolder`.
 *
 * The bundled browser brings its own copies of the few shared libraries that a bare Debian 12 lacks (NSS, NSPR, expat).
 *
 * @throws toolMissing when neither exists
 */
export async function findBrowserBinary(cacheFolder: string): Promise<BrowserBinary> {
  const system = SYSTEM_BROWSERS.find((path) => existsSync(path));
  return system === undefined ? unpackBundled(cacheFolder) : { path: system, libraryFolder: null, source: "system" };
}
