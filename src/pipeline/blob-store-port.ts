/** What is known of stored bytes. */
export interface StoredBlob {
  /** Lower-case hex of the plain bytes; the blob's name. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Bytes in memory, a stream, or a file. */
export type BlobSource = Uint8Array | AsyncIterable<Uint8Array> | { readonly path: string };

/** Originals and outputs by their content. What `put` returned is durable. */
export interface BlobStore {
  readonly put: (source: BlobSource) => Promise<StoredBlob>;
  /**
   * Returns the bytes, checked against their name.
   *
   * @throws notFound, fileDamaged
   */
  readonly get: (sha256: string) => Promise<Uint8Array>;
  readonly has: (sha256: string) => Promise<boolean>;
  /** Writes the checked bytes to a file that a parser in another process can open. */
  readonly copyTo: (sha256: string, targetPath: string) => Promise<void>;
}
