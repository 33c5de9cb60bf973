/**
 * Bytes by position, wherever they lie: a file (`fileBytes` in `source-node.ts`), an address (`urlBytes` in
 * `byte-source-url.ts`), a Blob of the browser, or memory. Readers of large formats take one of these and nothing else.
 *
 *     const source = fileBytes('ndvi.tif');
 *     const head = await source.read(0, 16);
 *     source.close();
 */

/** Part of a source: `length` bytes from `offset`. */
export interface ByteRange {
  offset: number;
  length: number;
}

export interface ByteSource {
  /** As messages show it: the name of the file, or the address without its query. */
  readonly name: string;
  /** Length of the whole [bytes]. */
  readonly size: number;
  /**
   * `length` bytes from `offset`; fewer, down to none, where the source ends before. The bytes may be shared with a cache: they
   * are read, never written to.
   * @throws Problem `file-unreadable`, `url-unreadable` or another that names the source.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The same at once, where the source can: files and memory. */
  readSync?(offset: number, length: number): Uint8Array;
  /** Fills `into` from `offset` at once, where the source can: no memory is taken for it. Returns how many bytes there were. */
  readInto?(offset: number, into: Uint8Array): number;
  /** Tells which parts are wanted next, so that neighbours come in one request; only sources far away have it. */
  prefetch?(ranges: readonly ByteRange[]): Promise<void>;
  /** Lets go of the file or the cache. Reading afterwards throws. */
  close(): void;
}

/** Bytes that are in memory already. */
export function memoryBytes(name: string, bytes: Uint8Array): ByteSource & Required<Pick<ByteSource, 'readSync'>> {
  const readSync = (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
  return { name, size: bytes.length, readSync, read: async (offset, length) => readSync(offset, length), close: () => {} };
}

/** A file that a person chose in the browser; it is read piece by piece. */
export function blobBytes(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
    close: () => {},
  };
}
