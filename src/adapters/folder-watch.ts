import { watch as watchNames } from "node:fs";
import { lstat } from "node:fs/promises";
import type { Config } from "../config.ts";
import type { FaultCode } from "../errors.ts";
import { isIgnoredName, isOutcomeFolder, toShownName } from "../intake/incoming-names.ts";
import type { InspectFile, IntakeBlobs, IntakeStore } from "../intake/ports.ts";
import { observe } from "../intake/track-quiet.ts";
import { type ClaimQueue, createClaimQueue, INTAKE_RETRY_MS } from "./folder-claim-queue.ts";
import { type Claim, type FolderClaims, openFolderClaims } from "./folder-claims.ts";
import { forgetOldPlaced } from "./folder-placed.ts";
import { examineReadiness, type Ready, type WaitingEntry } from "./folder-readiness.ts";
import { identityOf, joinName, listFolder, readTree, type Tree, type TreeLimits } from "./folder-tree.ts";
import type { FolderWatch, IntakeEvent, IntakeStatus, WaitingThing } from "./folder-watch-port.ts";

/** What a watcher needs. */
export interface WatchFolderOptions {
  readonly config: Pick<Config, "home" | "inbox" | "intake">;
  readonly store: IntakeStore;
  readonly blobs: IntakeBlobs;
  readonly inspect: InspectFile;
  readonly onEvent: (event: IntakeEvent) => void;
  readonly newId: () => string;
  /** Wall clock, for records. */
  readonly now: () => Date;
  /** Steady clock, ms, for waiting. */
  readonly nowMs: () => number;
  /** Waits between attempts; default 1, 5 and 30 minutes. */
  readonly retryMs?: readonly number[];
}

/** Levels of folders in a dropped folder (DESIGN section 5). */
const MAX_DEPTH = 8;
const SOURCE = "inbox";
/** Events of one burst of arrivals wake one scan. */
const WAKE_MS = 50;

const systemCodeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | undefined)?.code ?? "unknown");

/** A name in the inbox: bytes, and as people read it. */
interface Entry {
  readonly key: string;
  readonly name: Buffer;
  readonly shown: string;
}

class FolderWatcher implements FolderWatch {
  readonly #options: WatchFolderOptions;
  readonly #inbox: Buffer;
  readonly #limits: TreeLimits;
  readonly #claims: FolderClaims;
  readonly #queue: ClaimQueue;
  readonly #entries = new Map<string, WaitingEntry & { readonly shown: string; isStuck: boolean }>();
  /** Claimed things that are still being written to. */
  readonly #changing = new Map<string, { readonly claim: Claim; readonly entry: WaitingEntry }>();
  /** Other programs' unfinished copies at this look and the one before: seen under a final name, they came by rename. */
  #temporaries = { before: new Set<string>(), now: new Set<string>() };
  #lastFault: string | undefined;
  #lastScanAt: string | null = null;
  #scanning: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopWaking: () => void = () => {};
  #isClosed = false;

  constructor(options: WatchFolderOptions) {
    const { config, store, blobs, inspect, onEvent, nowMs } = options;
    const { maxLeaves, maxFileBytes } = config.intake;
    this.#options = options;
    this.#inbox = Buffer.from(config.inbox);
    this.#limits = { maxDepth: MAX_DEPTH, maxLeaves, maxBytes: maxFileBytes };
    this.#claims = openFolderClaims(config.inbox, config.home);
    this.#queue = createClaimQueue({
      ports: { store, blobs, inspect, claims: this.#claims, limits: this.#limits, source: SOURCE },
      nowMs,
      retryMs: options.retryMs ?? INTAKE_RETRY_MS,
      onEvent,
      onStillChanging: (claim) => this.#waitAgain(claim),
    });
  }

  async start(): Promise<void> {
    for (const claim of await this.#claims.recover()) this.#queue.add(claim);
    await forgetOldPlaced(this.#options.config.home, this.#options.now());
    this.#wakeOnArrival();
    this.#plan(0);
  }

  scanNow(): Promise<void> {
    this.#scanning ??= this.#scan().finally(() => {
      this.#scanning = undefined;
    });
    return this.#scanning;
  }

  putAside(submissionId: string, code: FaultCode, detail: string): Promise<boolean> {
    return this.#claims.putAside(submissionId, code, detail);
  }

  status(): IntakeStatus {
    const nowMs = this.#options.nowMs();
    const waiting = [...this.#entries.values()].map(({ tracked, wholeness, shown, isStuck }): WaitingThing => {
      const lacking = wholeness === undefined || wholeness === "whole" ? "changing" : wholeness;
      return { name: shown, reason: isStuck ? "cannotBeMoved" : lacking, waitingMs: nowMs - tracked.firstSeenMs };
    });
    return {
      lastScanAt: this.#lastScanAt,
      waiting,
      oldestWaitingMs: waiting.length === 0 ? null : Math.max(...waiting.map(({ waitingMs }) => waitingMs)),
      claimedCount: this.#queue.size() + this.#changing.size,
      oldestClaimedAt: this.#queue.oldestClaimedAt(),
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#stopWaking();
    await this.#scanning;
    await this.#queue.close();
  }

  #plan(delayMs: number): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.scanNow().finally(() => this.#plan(this.#options.config.intake.scanMs));
    }, delayMs);
  }

  /** The full scan is the truth; the system's notices only make it come sooner, and it works as well without them. */
  #wakeOnArrival(): void {
    try {
      const watcher = watchNames(this.#options.config.inbox, { persistent: false }, () => this.#plan(WAKE_MS));
      watcher.on("error", (error) => this.#fault(error));
      this.#stopWaking = () => watcher.close();
    } catch (error) {
      this.#fault(error);
    }
  }

  /** Tells a fault once, not every second. */
  #fault(error: unknown): void {
    const systemCode = systemCodeOf(error);
    if (systemCode === this.#lastFault) return;
    this.#lastFault = systemCode;
    this.#options.onEvent({ kind: "inboxFault", systemCode });
  }

  async #scan(): Promise<void> {
    this.#queue.pump();
    try {
      const entries = await this.#list();
      const keys = new Set(entries.map(({ key }) => key));
      for (const key of this.#entries.keys()) if (!keys.has(key)) this.#entries.delete(key);
      for (const entry of entries) {
        if (this.#isClosed) return;
        await this.#lookAt(entry);
      }
      this.#lastScanAt = this.#options.now().toISOString();
      if (![...this.#entries.values()].some(({ isStuck }) => isStuck)) this.#lastFault = undefined;
    } catch (error) {
      this.#lastScanAt = null;
      this.#fault(error);
    }
    await this.#lookAtChanging();
  }

  /** Names to look at; remembers other programs' unfinished copies. */
  async #list(): Promise<Entry[]> {
    const entries: Entry[] = [];
    const temporaries = new Set<string>();
    for (const { name } of await listFolder(this.#inbox)) {
      const shown = toShownName(name);
      if (isOutcomeFolder(shown)) continue;
      if (!isIgnoredName(shown)) entries.push({ key: name.toString("latin1"), name, shown });
      else {
        const stats = await lstat(joinName(this.#inbox, name)).catch(() => undefined);
        if (stats?.isFile()) temporaries.add(identityOf(stats));
      }
    }
    this.#temporaries = { before: this.#temporaries.now, now: temporaries };
    return entries;
  }

  #cameByRename({ identity, sight }: Tree): boolean {
    const { before, now } = this.#temporaries;
    return sight.cameByRename || before.has(identity) || now.has(identity);
  }

  async #lookAt(entry: Entry): Promise<void> {
    try {
      const { intake } = this.#options.config;
      const seen = await readTree(joinName(this.#inbox, entry.name), entry.shown, this.#limits, intake.quietMs);
      if (!seen) {
        this.#entries.delete(entry.key);
        return;
      }
      const tree = { ...seen, sight: { ...seen.sight, cameByRename: this.#cameByRename(seen) } };
      const nowMs = this.#options.nowMs();
      const known = this.#entries.get(entry.key) ?? {
        tracked: observe(undefined, tree.sight, nowMs),
        wholeness: undefined,
        shown: entry.shown,
        isStuck: false,
      };
      this.#entries.set(entry.key, known);
      const ready = await examineReadiness(known, tree, nowMs, intake);
      if (ready) await this.#claim(entry, tree, ready);
    } catch (error) {
      this.#fault(error);
    }
  }

  async #claim(entry: Entry, tree: Tree, { signature, gaveUp }: Ready): Promise<void> {
    const { newId, now } = this.#options;
    const journal = {
      id: newId(),
      name: entry.name.toString("base64"),
      kind: tree.kind,
      signature,
      claimedAt: now().toISOString(),
      ...(gaveUp && { gaveUp }),
    };
    try {
      const claim = await this.#claims.claim(journal);
      this.#entries.delete(entry.key);
      if (claim) this.#queue.add(claim);
    } catch (error) {
      const known = this.#entries.get(entry.key);
      if (known) known.isStuck = true;
      throw error;
    }
  }

  #waitAgain(claim: Claim): void {
    const tracked = observe(undefined, { signature: "", cameByRename: false }, this.#options.nowMs());
    this.#changing.set(claim.id, { claim, entry: { tracked, wholeness: undefined } });
  }

  /** A thing that was written to after it was claimed waits for its quiet time like one in the inbox. */
  async #lookAtChanging(): Promise<void> {
    for (const [id, { claim, entry }] of this.#changing) {
      try {
        const tree = await readTree(claim.item, toShownName(claim.nameBytes), this.#limits, 0);
        const ready = tree && (await examineReadiness(entry, tree, this.#options.nowMs(), this.#options.config.intake));
        if (tree && !ready) continue;
        this.#changing.delete(id);
        this.#queue.add(ready ? await this.#claims.resign(claim, ready.signature, ready.gaveUp) : claim);
      } catch (error) {
        this.#fault(error);
      }
    }
  }
}

/**
 * Watches the inbox until it is closed: whatever is dropped there becomes a recorded submission exactly once, and its
 * original lies afterwards in `done`, `duplicate` or `quarantine` of the inbox.
 *
 * First brings to its end what an earlier run left. Only one process may watch an inbox (the caller holds a lock).
 */
export async function watchFolder(options: WatchFolderOptions): Promise<FolderWatch> {
  const watcher = new FolderWatcher(options);
  await watcher.start();
  return watcher;
}
