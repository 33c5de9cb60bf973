/**
 * What TIFF packs pixels with, by code: what is unpacked here, and how what is not can be converted.
 *
 *     compressionOf(8)                         // 'deflate'
 *     unpack('deflate', bytes, 1_048_576)      // at most so many bytes
 */
import { DEFLATE_RATIO, inflate, unpackZstd } from './tiff-inflate.ts';
import { LZW_RATIO, PACKBITS_RATIO, unpackLzw, unpackPackBits } from './tiff-lzw.ts';

export type Compression = 'none' | 'lzw' | 'deflate' | 'packbits' | 'zstd' | 'jpeg';

/** https://www.awaresystems.be/imaging/tiff/tifftags/compression.html and libtiff's tiff.h. */
const READ: Readonly<Record<number, Compression>> = {
  1: 'none',
  5: 'lzw',
  7: 'jpeg',
  8: 'deflate',
  32946: 'deflate',
  32773: 'packbits',
  50000: 'zstd',
};

/** Names of what is not read, for messages. */
const NAMES: Readonly<Record<number, string>> = {
  2: 'CCITT RLE',
  3: 'CCITT T.4',
  4: 'CCITT T.6',
  6: 'JPEG (TIFF 6.0)',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50001: 'WebP',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
};

/** The compression of a code; `null` where it is not read. */
export function compressionOf(code: number): Compression | null {
  return READ[code] ?? null;
}

/** The name of a compression that is not read, with its code. */
export function compressionName(code: number): string {
  return NAMES[code] === undefined ? String(code) : `${NAMES[code]}, ${code}`;
}

/**
 * The most bytes that `packed` bytes can hold: what claims more is damaged, and nothing is allocated for it. ZSTD has no such
 * bound; its memory grows with what comes.
 */
export function mostUnpacked(compression: Compression, packed: number): number {
  if (compression === 'none') return packed;
  if (compression === 'deflate') return packed * DEFLATE_RATIO + 64;
  if (compression === 'lzw') return packed * LZW_RATIO;
  if (compression === 'packbits') return packed * PACKBITS_RATIO;
  return Number.POSITIVE_INFINITY;
}

/**
 * The bytes that `packed` holds, at most `most`. Uncompressed ones are the same array; all others are new.
 * @returns `null` where this machine has no library for the compression
 * @throws Error or RangeError with what was found, where the bytes are damaged
 */
export function unpack(compression: Exclude<Compression, 'jpeg'>, packed: Uint8Array, most: number): Uint8Array | null {
  switch (compression) {
    case 'none':
      return packed.length > most ? packed.subarray(0, most) : packed;
    case 'deflate':
      return inflate(packed, most);
    case 'lzw':
      return unpackLzw(packed, most);
    case 'packbits':
      return unpackPackBits(packed, most);
    case 'zstd':
      return unpackZstd(packed, most);
  }
}
