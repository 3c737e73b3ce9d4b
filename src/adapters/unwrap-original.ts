import { mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { FAULTS, type FaultCode, faultCodeOf, IlmoError } from "../errors.ts";
import type { InspectedFile, KeepPart, OpeningHints, PartFound, SignatureState } from "../intake/ports.ts";
import { judgePart } from "../intake/unwrap/judge-part.ts";
import type { UnwrapLimits } from "../intake/unwrap/limits.ts";
import type { ContainerKind, FoundPart, Sender, UnwrapReply, UnwrapRequest } from "../intake/unwrap/protocol.ts";
import { type MediaType, mediaTypeOf } from "./media-type.ts";
import type { CmsToOpen, OpenedCms } from "./smime-openssl.ts";

/** What taking an original apart needs. */
export interface UnwrapPorts {
  /** In a process that can be killed. @throws file*, parser* */
  readonly takeApart: (request: UnwrapRequest) => Promise<UnwrapReply>;
  readonly openCms: (cms: CmsToOpen) => Promise<OpenedCms>;
  /** Looks through the pages of a leaf. @throws file*, parser* */
  readonly inspectPages: (path: string) => Promise<void>;
  readonly keep: KeepPart;
  readonly passwordsFor: (sender: Sender | undefined) => readonly string[];
  readonly limits: UnwrapLimits;
  readonly nowMs: () => number;
  /** Private and empty. */
  readonly folder: string;
  readonly hints: OpeningHints;
}

/** A container on the way in. */
interface Node {
  readonly path: string;
  readonly type: MediaType;
  /** Names of the containers around it, the original's own not among them. */
  readonly names: readonly string[];
  readonly depth: number;
  /** Who the nearest mail around it is from. */
  readonly sender: Sender | undefined;
  /** True for what was decrypted or verified: it needs no sender of its own. */
  readonly isEntity?: boolean;
  /** True inside a layer that the sender signed. */
  readonly isVouched?: boolean;
  /** False for what lies in a mail that was forwarded: its signature says nothing of the outer mail. */
  readonly isOutermost: boolean;
}

const HEAD_BYTES = 4_096;

const KINDS: Partial<Record<MediaType, ContainerKind>> = { mail: "mail", ole: "outlook", tnef: "tnef", zip: "zip" };

/** With one of these the whole original waits for a person: a part that may matter is locked, or the mail is not what it seems. */
const HOLDS_ALL: ReadonlySet<FaultCode> = new Set(["fileEncrypted", "keyMissing", "signatureInvalid", "fileTooLarge"]);
const LOCKED: ReadonlySet<FaultCode> = new Set(["fileEncrypted", "keyMissing"]);

/** True for what is taken apart before its pages are looked at. Pure. */
export function isContainer(type: MediaType): boolean {
  return type === "cms" || KINDS[type] !== undefined;
}

/** Returns the kind of a file from its first bytes. */
export async function typeOfFile(path: string): Promise<MediaType> {
  const handle = await open(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(bytes, 0, HEAD_BYTES, 0);
    return mediaTypeOf(bytes.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

const overLimit = (what: string, limit: number): IlmoError =>
  new IlmoError("fileTooLarge", `Expected an original within the limits; this one has more ${what}. Send its contents in smaller parts.`, {
    context: { what, limit },
  });

const overTime = (limit: number): IlmoError =>
  new IlmoError(
    "parserTimeout",
    "Expected an original that is taken apart in time; this one takes longer. Send its contents in smaller parts.",
    {
      context: { limit },
    },
  );

const nothingToRead = (layers: string): IlmoError =>
  new IlmoError(
    "attachmentMissing",
    "Expected a mail or archive with a form in it; there is no attachment. Ask the sender to attach the form as PDF.",
    { context: { layers } },
  );

const cannotRead = (code: FaultCode): IlmoError =>
  new IlmoError(
    code,
    "Expected a mail or archive with something readable in it; nothing in it can be read. Ask the sender to send the form as PDF.",
  );

const needsPassword = (): IlmoError =>
  new IlmoError(
    "fileEncrypted",
    "Expected a PDF that opens without a password; this one needs one that is not known. Ask the sender for a copy without protection.",
  );

/** Takes one original apart, depth first, within its limits. */
export class OriginalUnwrapping {
  readonly #ports: UnwrapPorts;
  readonly #parts: PartFound[] = [];
  readonly #seen = new Set<string>();
  readonly #startedMs: number;
  /** How each layer of S/MIME was opened, from the outside in. */
  readonly #layers: string[] = [];
  #folders = 0;
  #leaves = 0;
  #bytes = 0;
  #signature: SignatureState = "none";

  constructor(ports: UnwrapPorts) {
    this.#ports = ports;
    this.#startedMs = ports.nowMs();
  }

  /** @throws what `InspectFile` throws */
  async run(path: string, type: MediaType): Promise<InspectedFile> {
    if (isContainer(type)) await this.#open({ path, type, names: [], depth: 1, sender: undefined, isOutermost: true });
    else await this.#unlockPdf(path, [], undefined);
    const fault = this.#parts.find(({ use }) => use === "unreadable")?.faultCode ?? null;
    if (!this.#parts.some(({ use }) => use === "read")) throw fault === null ? nothingToRead(this.#layers.join(" ")) : cannotRead(fault);
    return { use: "container", parts: this.#parts, signature: this.#signature };
  }

  async #open(node: Node): Promise<void> {
    const { maxDepth, maxMs } = this.#ports.limits;
    if (node.depth > maxDepth) throw overLimit("containers inside containers", maxDepth);
    // Between two containers; inside one the parser's own time counts.
    if (this.#ports.nowMs() - this.#startedMs > maxMs) throw overTime(maxMs);
    if (node.type === "cms") await this.#openCms(node, []);
    else await this.#takeApart(node, KINDS[node.type] ?? "mail");
  }

  async #newFolder(): Promise<string> {
    this.#folders += 1;
    const folder = join(this.#ports.folder, String(this.#folders));
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }

  async #request(node: Pick<Node, "path" | "sender">, kind: ContainerKind): Promise<UnwrapRequest> {
    const { limits, passwordsFor, hints } = this.#ports;
    return {
      kind,
      path: node.path,
      outFolder: await this.#newFolder(),
      maxBytes: Math.max(0, limits.maxBytes - this.#bytes),
      maxParts: Math.max(0, limits.maxLeaves - this.#leaves),
      passwords: kind === "mail" ? [] : [...(hints.passwords ?? []), ...passwordsFor(node.sender)],
    };
  }

  async #takeApart(node: Node, kind: ContainerKind): Promise<void> {
    const request = await this.#request(node, kind);
    const reply = await this.#ports.takeApart(request);
    // What is decrypted or verified has no sender of its own: the mail around it speaks.
    const isSilent = node.isEntity === true && reply.sender?.kind === "none";
    const sender = node.sender ?? (isSilent ? undefined : reply.sender);
    const inside = { ...node, sender };
    const { signed } = reply;
    if (signed !== undefined) {
      const contentPaths = signed.contents.map((file) => join(request.outFolder, file));
      await this.#openCms({ ...inside, path: join(request.outFolder, signed.signature) }, contentPaths);
      return;
    }
    for (const part of reply.parts) await this.#take(part, join(request.outFolder, part.file), inside);
    for (const code of reply.faults) await this.#noteFault(code, node.path, node.names);
  }

  async #openCms(node: Node, contentPaths: readonly string[]): Promise<void> {
    const outFolder = await this.#newFolder();
    // Inside what the sender signed, another's signature is a forwarded one: it must hold, and need not be the sender's.
    const sender = node.isVouched === true ? undefined : node.sender;
    const facts = { path: node.path, outFolder, sender, contentPaths };
    const opened = await this.#ports.openCms(facts);
    if (node.isOutermost && opened.how !== "decrypted" && this.#signature !== "unchecked") this.#signature = opened.how;
    this.#layers.push(opened.how);
    const isVouched = node.isVouched === true || opened.how !== "decrypted";
    this.#bytes += (await stat(opened.path)).size;
    await this.#open({ ...node, path: opened.path, type: "mail", depth: node.depth + 1, isEntity: true, isVouched });
  }

  /** One part by what it is: a container goes on, a leaf is looked at. */
  async #take(part: FoundPart, path: string, around: Node): Promise<void> {
    const { size } = await stat(path);
    this.#bytes += size;
    this.#leaves += 1;
    const { maxBytes, maxLeaves } = this.#ports.limits;
    if (this.#bytes > maxBytes) throw overLimit("bytes", maxBytes);
    if (this.#leaves > maxLeaves) throw overLimit("parts", maxLeaves);
    const names = [...around.names, part.name ?? ""];
    const verdict = judgePart(part);
    if (verdict === "ignored") return this.#keep(path, names, "ignored", null);
    const type = verdict === "mail" ? "mail" : await typeOfFile(path);
    if (!isContainer(type)) return this.#takeLeaf(path, names, around.sender);
    // A multipart without a mail's own lines is how Outlook keeps a signed mail: it belongs to the mail around it.
    const isForwarded = type === "mail" && part.declaredType?.startsWith("multipart/") !== true;
    const inner = { path, type, names, depth: around.depth + 1 };
    const context =
      isForwarded || type === "ole"
        ? { sender: undefined, isOutermost: false }
        : { sender: around.sender, isOutermost: around.isOutermost, isVouched: around.isVouched === true };
    await this.#orUnreadable(path, names, () => this.#open({ ...inner, ...context }));
  }

  async #takeLeaf(path: string, names: readonly string[], sender: Sender | undefined): Promise<void> {
    await this.#orUnreadable(path, names, async () => {
      try {
        await this.#inspect(path);
      } catch (error) {
        if (faultCodeOf(error) !== "fileEncrypted") throw error;
        return this.#unlockPdf(path, names, sender);
      }
      return this.#keep(path, names, "read", null);
    });
  }

  /** A process that ended without an answer may have been killed by the system: once more, then the file is to blame. */
  async #inspect(path: string): Promise<void> {
    try {
      await this.#ports.inspectPages(path);
    } catch (error) {
      if (faultCodeOf(error) !== "parserCrashed") throw error;
      await this.#ports.inspectPages(path);
    }
  }

  async #unlockPdf(path: string, names: readonly string[], sender: Sender | undefined): Promise<void> {
    const request = await this.#request({ path, sender }, "lockedPdf");
    const { parts } = await this.#ports.takeApart(request);
    const [copy] = parts;
    if (copy === undefined) throw needsPassword();
    const copyPath = join(request.outFolder, copy.file);
    await this.#inspect(copyPath);
    await this.#keep(copyPath, names, "read", null);
  }

  async #orUnreadable(path: string, names: readonly string[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const code = faultCodeOf(error);
      if (code !== "parserCrashed" && FAULTS[code].action !== "quarantine") throw error;
      if (HOLDS_ALL.has(code) && !this.#mayGoOn(code)) throw error;
      await this.#keep(path, names, "unreadable", code);
    }
  }

  #mayGoOn(code: FaultCode): boolean {
    return this.#ports.hints.skipLocked === true && LOCKED.has(code);
  }

  /** A thing inside a container that could not be taken out: the container's own bytes stand for it. */
  async #noteFault(code: FaultCode, containerPath: string, names: readonly string[]): Promise<void> {
    if (HOLDS_ALL.has(code) && !this.#mayGoOn(code)) throw cannotRead(code);
    await this.#keep(containerPath, names, "unreadable", code, false);
  }

  /** The same bytes twice in one original (a mail that quotes itself) are read once. */
  async #keep(path: string, names: readonly string[], use: PartFound["use"], faultCode: FaultCode | null, isWhole = true): Promise<void> {
    const { sha256, sizeBytes } = await this.#ports.keep(path);
    const isRepeated = isWhole && this.#seen.has(sha256);
    this.#seen.add(sha256);
    const shown = names.filter((name) => name !== "").join("/");
    const facts = { sha256, sizeBytes, mediaType: await typeOfFile(path), originalName: shown === "" ? null : shown };
    this.#parts.push({ ...facts, use: isRepeated && use === "read" ? "ignored" : use, faultCode });
  }
}
