import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, launch } from "puppeteer-core";
import { IlmoError } from "../errors.ts";
import { type BrowserBinary, findBrowserBinary } from "./chromium-binary.ts";
import { openPrintPage, type PrintJob, type PrintPage, printOnPage } from "./chromium-page.ts";
import { writeFontConfig } from "./fonts.ts";

/** A running browser with one page whose body is swapped for each document. */
export interface PrintBrowser {
  /**
   * Returns the document as a tagged A4 PDF. Calls are done one after another.
   *
   * @throws documentGateFailed when the text does not fit its sheets; parserTimeout when the browser does not answer in time; parserCrashed when it died (the next call starts a new one)
   */
  print(job: PrintJob): Promise<Uint8Array>;
  /** Process id of the running browser; null before the first print and after a death. For checks. */
  processId(): number | null;
  close(): Promise<void>;
}

export interface PrintBrowserOptions {
  /** Where the npm package's browser is unpacked when the package's own folder is read-only. */
  readonly dataFolder: string;
  /** Style sheet of every document, fonts included. Set once a page, so that a document costs only its body. */
  readonly css: string;
  /** A document takes 50-150 ms; a browser that is silent for this long hangs. */
  readonly timeoutMs?: number;
  /** Prints with the npm package's browser even where the system has one: the same version everywhere, for golden pictures. */
  readonly isBundled?: boolean;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const FOLDER_PREFIX = "ilmo-print-";
const LAUNCH_TIMEOUT_MS = 60_000;
/** Everything in a browser that talks, updates, syncs or measures; none of it is wanted beside personal data. */
const QUIET_FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-sync",
  "--disable-breakpad",
  "--disable-crash-reporter",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--metrics-recording-only",
  "--mute-audio",
  "--font-render-hinting=none",
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--proxy-server=127.0.0.1:9",
];

interface Running extends PrintPage {
  readonly browser: Browser;
  readonly folder: string;
}

function environmentFor(binary: BrowserBinary, folder: string): Record<string, string> {
  const environment: Record<string, string> = {
    HOME: folder,
    TMPDIR: folder,
    LANG: "C.UTF-8",
    FONTCONFIG_PATH: folder,
    PATH: "/usr/bin:/bin",
  };
  return binary.libraryFolder === null ? environment : { ...environment, LD_LIBRARY_PATH: binary.libraryFolder };
}

async function launchBrowser(binary: BrowserBinary, folder: string, isSandboxed: boolean): Promise<Browser> {
  const sandbox = isSandboxed ? [] : ["--no-sandbox", "--no-zygote"];
  return launch({
    executablePath: binary.path,
    headless: "shell",
    pipe: true,
    userDataDir: join(folder, "profile"),
    env: environmentFor(binary, folder),
    args: [...QUIET_FLAGS, ...sandbox],
    timeout: LAUNCH_TIMEOUT_MS,
    protocolTimeout: LAUNCH_TIMEOUT_MS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/**
 * Root cannot use the browser's sandbox, and many containers forbid it to others too; then it runs without.
 * It only ever sees our own text: scripts of a page are forbidden by its policy, and it has no network.
 */
async function launchAnyhow(binary: BrowserBinary, folder: string): Promise<Browser> {
  if (process.getuid?.() === 0) return launchBrowser(binary, folder, false);
  try {
    return await launchBrowser(binary, folder, true);
  } catch {
    return launchBrowser(binary, folder, false);
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes the folders of processes that were killed; a browser itself ends when the pipe to its parent closes. */
async function removeLeftFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(FOLDER_PREFIX) ? Number.parseInt(name.slice(FOLDER_PREFIX.length), 10) : Number.NaN;
    // A folder of another account stays: it is not ours to remove.
    if (owner > 0 && !isAlive(owner)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function startBrowser(options: PrintBrowserOptions): Promise<Running> {
  await removeLeftFolders();
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  try {
    const binary = await findBrowserBinary(options.dataFolder, options.isBundled);
    writeFontConfig(folder);
    const browser = await launchAnyhow(binary, folder);
    try {
      return { browser, folder, ...(await openPrintPage(browser, options.css)) };
    } catch (error) {
      browser.process()?.kill("SIGKILL");
      throw error;
    }
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw new IlmoError(
      "toolMissing",
      "Expected the browser for papers to start. Run `ilmo doctor`; on Debian `apt install chromium-headless-shell`.",
      { cause },
    );
  }
}

async function stopBrowser({ browser, folder }: Running): Promise<void> {
  const child = browser.process();
  const gone =
    child === null || child.exitCode !== null || child.signalCode !== null ? undefined : new Promise((done) => child.once("exit", done));
  child?.kill("SIGKILL");
  await gone;
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Resolves like `work`, or rejects with parserTimeout after `timeoutMs`. */
async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new IlmoError("parserTimeout", "Expected the browser to print a paper in time; it did not answer.", { context: { timeoutMs } }),
      );
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns a browser that starts with the first document, restarts when it died, and prints one document after another. */
export function openBrowser(options: PrintBrowserOptions): PrintBrowser {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  let running: Running | undefined;
  let isClosed = false;
  let queue: Promise<unknown> = Promise.resolve();

  async function stop(): Promise<void> {
    const last = running;
    running = undefined;
    if (last !== undefined) await stopBrowser(last);
  }

  async function printNow(job: PrintJob): Promise<Uint8Array> {
    if (isClosed) throw new IlmoError("unexpected", "Expected an open browser; it was closed already.");
    if (running !== undefined && !running.browser.connected) await stop();
    running ??= await startBrowser(options);
    try {
      return await withTimeout(printOnPage(running, job), timeoutMs);
    } catch (cause) {
      if (cause instanceof IlmoError && cause.code === "documentGateFailed") throw cause;
      await stop();
      if (cause instanceof IlmoError) throw cause;
      throw new IlmoError("parserCrashed", "Expected the browser to print a paper; it failed. The next paper starts a new one.", { cause });
    }
  }

  return {
    print(job) {
      const printed = queue.then(() => printNow(job));
      queue = printed.catch(() => undefined);
      return printed;
    },
    processId: () => running?.browser.process()?.pid ?? null,
    async close() {
      isClosed = true;
      await queue;
      await stop();
    },
  };
}
