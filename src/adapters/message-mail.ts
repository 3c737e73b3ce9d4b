import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { type MimeNode, Splitter, type SplitterChunk } from "@zone-eu/mailsplit";
import { type FaultCode, IlmoError } from "../errors.ts";
import { parseSender } from "../intake/unwrap/parse-sender.ts";
import type { UnwrapReply } from "../intake/unwrap/protocol.ts";
import { decodeEntity, splitSigned, toBareLines, toCanonicalLines } from "../intake/unwrap/split-signed.ts";
import type { PartSink, PartWriter } from "./part-sink.ts";

/** A form comes in a mail of some parts; a mail that is made to exhaust has thousands. */
const MAX_NODES = 1_000;
const MAX_HEAD_BYTES = 1024 * 1024;

/** Parts whose content is elsewhere or was split over several mails. */
const ABSENT_TYPES: ReadonlySet<string> = new Set(["message/external-body", "message/partial"]);

/** First line of a file in uuencode. */
const UUENCODED = /^begin [0-7]{3,4} \S[^\r\n]*\r?\n[M!-`]/m;

type MailReply = Pick<UnwrapReply, "faults" | "sender" | "signed">;

const headerLines = (node: MimeNode, key: string): string[] =>
  (node.headers ? node.headers.getList() : []).filter((line) => line.key === key).map(({ line }) => line.slice(line.indexOf(":") + 1));

/** The text that a person wrote, as against a file that was attached. */
function isBodyText({ contentType, disposition, filename }: MimeNode): boolean {
  const isText = contentType === false || contentType === "text/plain" || contentType === "text/html" || contentType === "text/enriched";
  return isText && disposition !== "attachment" && !filename;
}

function isInline(node: MimeNode): boolean {
  return node.disposition === "inline" || headerLines(node, "content-id").length > 0;
}

function isClearSigned(root: MimeNode): boolean {
  return (
    root.multipart === "signed" && /protocol\s*=\s*"?application\/(?:x-)?pkcs7-signature/i.test(headerLines(root, "content-type").join(" "))
  );
}

/** Decodes one part while the mail streams by. */
class PartDecoder {
  readonly #decoder: ReturnType<MimeNode["getDecoder"]>;
  readonly #writer: PartWriter;
  readonly #ended: Promise<void>;

  constructor(node: MimeNode, writer: PartWriter) {
    this.#writer = writer;
    const decoder = node.getDecoder();
    this.#decoder = decoder;
    this.#ended = (async () => {
      for await (const bytes of decoder) writer.add(bytes as Uint8Array);
    })();
    // The fault is thrown where the part is ended; until then nobody listens.
    this.#ended.catch(() => {});
  }

  async add(bytes: Buffer): Promise<void> {
    if (this.#decoder.destroyed) await this.#ended;
    if (!this.#decoder.write(bytes)) await Promise.race([this.#ended, new Promise((done) => this.#decoder.once("drain", done))]);
  }

  async end(): Promise<void> {
    this.#decoder.end();
    await this.#ended;
    await this.#writer.end();
  }
}

/** Takes the parts of one mail as they stream by. */
class MailWalk {
  readonly faults: FaultCode[] = [];
  root: MimeNode | undefined;
  readonly #sink: PartSink;
  #part: PartDecoder | undefined;
  #isClosed = false;

  constructor(sink: PartSink) {
    this.#sink = sink;
  }

  async take(chunk: SplitterChunk): Promise<void> {
    if (chunk.type === "node") await this.#open(chunk);
    else if (chunk.type === "body") await this.#takeBody(chunk.value);
    else this.#noteBoundary(chunk.value);
  }

  async #open(node: MimeNode): Promise<void> {
    await this.#endPart();
    this.root ??= node;
    if (node.multipart || isBodyText(node)) return;
    if (node.contentType && ABSENT_TYPES.has(node.contentType)) this.faults.push("fileUnsupported");
    else
      this.#part = new PartDecoder(
        node,
        this.#sink.open({ name: node.filename, declaredType: node.contentType, isInline: isInline(node) }),
      );
  }

  async #takeBody(value: Buffer): Promise<void> {
    if (this.#part !== undefined) await this.#part.add(value);
    // Files of very old mail programs lie in the text itself; they are told of, not taken out.
    else if (UUENCODED.test(value.toString("latin1"))) this.faults.push("fileUnsupported");
  }

  #noteBoundary(value: Buffer): void {
    const boundary = this.root?._boundary;
    if (boundary && value.includes(Buffer.concat([Buffer.from("--"), boundary, Buffer.from("--")]))) this.#isClosed = true;
  }

  async #endPart(): Promise<void> {
    await this.#part?.end();
    this.#part = undefined;
  }

  async end(): Promise<void> {
    await this.#endPart();
    // Without its last boundary a mail was cut off, and nobody knows what else lay in it.
    if (this.root?.multipart && !this.#isClosed) this.faults.push("fileIncomplete");
  }
}

const badSignature = (): IlmoError =>
  new IlmoError(
    "signatureInvalid",
    "Expected a signed mail of exactly one content and one signature; this one is put together otherwise. Ask the sender to send it again.",
  );

async function setSignedAside(path: string, root: MimeNode, sink: PartSink): Promise<NonNullable<UnwrapReply["signed"]>> {
  const parts = splitSigned(await readFile(path), root._boundary ? root._boundary.toString("latin1") : "");
  if (parts === undefined) throw badSignature();
  const contents = [await sink.aside(toCanonicalLines(parts.content)), await sink.aside(toBareLines(parts.content))];
  return { contents, signature: await sink.aside(decodeEntity(parts.signature)) };
}

/**
 * Takes a mail apart, one level deep: mails inside it are parts.
 *
 * Of a clear-signed mail only the signed bytes and the signature are set aside, so that what is verified is what is read.
 *
 * @throws fileTooLarge, fileDamaged, signatureInvalid
 */
export async function readMail(path: string, sink: PartSink): Promise<MailReply> {
  const walk = new MailWalk(sink);
  const splitter = createReadStream(path).pipe(
    new Splitter({ ignoreEmbedded: true, maxChildNodes: MAX_NODES, maxHeadSize: MAX_HEAD_BYTES }),
  );
  try {
    for await (const chunk of splitter) {
      await walk.take(chunk as SplitterChunk);
      if (walk.root && isClearSigned(walk.root)) break;
    }
  } catch (error) {
    if ((error as { code?: string }).code !== "EMAXLEN") throw error;
    throw new IlmoError(
      "fileTooLarge",
      "Expected a mail within the limits; this one has more parts or header lines. It may be made to do harm.",
    );
  }
  const { root } = walk;
  if (root === undefined)
    throw new IlmoError("fileDamaged", "Expected a mail with header lines; there are none. Ask the sender for a new copy.");
  const sender = parseSender(headerLines(root, "from"));
  if (isClearSigned(root)) return { faults: [], sender, signed: await setSignedAside(path, root, sink) };
  await walk.end();
  return { faults: walk.faults, sender };
}
