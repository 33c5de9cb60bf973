/**
 * Unpacking of DEFLATE (RFC 1950) and ZSTD (RFC 8878) when the unpacked size is known: Node's own zlib where there is one,
 * fflate in the browser.
 *
 *     inflate(bytes, 1_048_576);   // at most so many bytes
 */
import { unzlibSync } from 'fflate';

/** Node's zlib, taken so that bundlers for browsers do not look for it. */
const nodeZlib: typeof import('node:zlib') | null = globalThis.process?.getBuiltinModule?.('node:zlib') ?? null;

/** DEFLATE cannot pack better: a match of 258 bytes takes two bits. https://zlib.net/zlib_tech.html */
export const DEFLATE_RATIO = 1032;

/**
 * The bytes in a zlib stream.
 * @param most unpacked size that is expected [bytes], at least 1
 * @throws RangeError where it unpacks to more, Error where it is damaged.
 */
export function inflate(
  bytes: Uint8Array,
  most: number,
  { zlib = nodeZlib }: { zlib?: typeof nodeZlib } = {},
): Uint8Array<ArrayBuffer> {
  if (zlib !== null) {
    // one chunk that is a little too large: a chunk that fits exactly makes zlib allocate another
    const chunkSize = Math.max(64, Math.min(most, bytes.length * DEFLATE_RATIO) + 64);
    return zlib.inflateSync(bytes, { chunkSize, maxOutputLength: most });
  }
  const out = unzlibSync(bytes, { out: new Uint8Array(most + 1) });
  if (out.length > most) throw new RangeError(`> ${most}`);
  return new Uint8Array(out.buffer as ArrayBuffer, out.byteOffset, out.length);
}

/** The bytes in a ZSTD frame, at most `most` of them; `null` where no library for it is at hand. */
export function unpackZstd(bytes: Uint8Array, most: number): Uint8Array<ArrayBuffer> | null {
  if (nodeZlib?.zstdDecompressSync === undefined) return null;
  // ZSTD knows no highest ratio: memory grows with what really comes
  const chunkSize = Math.max(64, Math.min(most, bytes.length * 64) + 64);
  return nodeZlib.zstdDecompressSync(bytes, { chunkSize, maxOutputLength: most });
}
