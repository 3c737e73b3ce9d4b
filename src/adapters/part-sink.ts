import { closeSync, openSync, writeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { IlmoError } from "../errors.ts";
import { type FoundPart, toPartName, type UnwrapRequest } from "../intake/unwrap/protocol.ts";
import { mediaTypeOf } from "./media-type.ts";

/** What a reader knows of a part before its bytes. */
export interface PartHead {
  readonly name: string | null | undefined | false;
  readonly declaredType?: string | null | undefined | false;
  readonly isInline?: boolean;
}

/** Takes the bytes of one part. */
export interface PartWriter {
  /** @throws fileTooLarge when the container holds more than it may */
  readonly add: (bytes: Uint8Array) => void;
  readonly end: () => Promise<void>;
  /** Lets go of a part that did not come whole; it is no part then. */
  readonly drop: () => void;
}

/** Bytes that tell a picture from other files. */
const SIGNATURE_BYTES = 64;
const SIZED = new Set(["png", "jpeg", "gif", "webp", "bmp"]);

const tooMuch = (what: string, limit: number): IlmoError =>
  new IlmoError(
    "fileTooLarge",
    `Expected a container within the limits; this one holds more ${what}. Send its contents in smaller parts.`,
    {
      context: { what, limit },
    },
  );

/** Sizes of a picture from its header; none when it is no picture or they cannot be told. */
async function pixelsOf(path: string, head: Uint8Array): Promise<FoundPart["pixels"]> {
  if (!SIZED.has(mediaTypeOf(head))) return undefined;
  const facts = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  return facts === undefined ? undefined : { width: facts.width, height: facts.height };
}

function writeWhole(target: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(target, bytes, done);
}

/** Writes what a reader finds into numbered files and counts it: a small container may hold a flood. */
export class PartSink {
  readonly parts: FoundPart[] = [];
  readonly #request: UnwrapRequest;
  #bytes = 0;
  #opened = 0;

  constructor(request: UnwrapRequest) {
    this.#request = request;
  }

  /** @throws fileTooLarge when there are more parts than allowed */
  open(head: PartHead): PartWriter {
    const { maxParts, maxBytes } = this.#request;
    if (this.#opened >= maxParts) throw tooMuch("parts", maxParts);
    const file = this.#nextFile();
    const path = this.#pathOf(file);
    // Straight to the disk: parts in memory would take as much again as the whole container may hold.
    const target = openSync(path, "wx", 0o600);
    let start: Uint8Array = new Uint8Array();
    return {
      add: (bytes) => {
        this.#bytes += bytes.length;
        if (this.#bytes > maxBytes) throw tooMuch("bytes", maxBytes);
        if (start.length < SIGNATURE_BYTES) start = Buffer.concat([start, bytes.subarray(0, SIGNATURE_BYTES)]);
        writeWhole(target, bytes);
      },
      drop: () => closeSync(target),
      end: async () => {
        closeSync(target);
        const pixels = await pixelsOf(path, start);
        const declaredType = head.declaredType ? head.declaredType.toWellFormed().slice(0, 200) : null;
        this.parts.push({
          file,
          name: toPartName(head.name),
          declaredType,
          isInline: head.isInline ?? false,
          ...(pixels === undefined ? {} : { pixels }),
        });
      },
    };
  }

  /** Takes a part whose bytes are all there. */
  async put(head: PartHead, bytes: Uint8Array): Promise<void> {
    const writer = this.open(head);
    writer.add(bytes);
    await writer.end();
  }

  /** Writes a file that is no part of its own. Returns its name. */
  async aside(bytes: Uint8Array): Promise<string> {
    const file = this.#nextFile();
    await writeFile(this.#pathOf(file), bytes);
    return file;
  }

  #nextFile(): string {
    this.#opened += 1;
    return String(this.#opened);
  }

  #pathOf(file: string): string {
    return join(this.#request.outFolder, file);
  }
}
