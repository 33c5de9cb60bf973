/**
 * What the pieces of Zarr cubes are packed with, bounded: a piece never unpacks to more than its values take. DEFLATE and ZSTD
 * are those of Node where it has them; Blosc and LZ4 are numcodecs', in WebAssembly, whose headers are looked at first.
 *
 *     boundCodecs(registry);   // once, before the first piece is read
 */
import { LARGEST_BLOCK } from './cf-cube.ts';

/** Node's zlib, taken so that bundlers for browsers do not look for it. */
const nodeZlib: typeof import('node:zlib') | null = globalThis.process?.getBuiltinModule?.('node:zlib') ?? null;

/** What zarrita tells a codec of the piece. */
interface PieceShape {
  shape: number[];
}

interface Codec {
  kind?: string;
  encode(bytes: Uint8Array): unknown;
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

interface CodecKind {
  fromConfig(configuration: unknown, about: PieceShape): Codec;
}

/** zarrita's registry, as far as it is used here. */
export type CodecRegistry = Map<string, () => Promise<CodecKind> | CodecKind>;

/** Bytes that a value takes at most, and what checksums add. */
const [WIDEST, CHECKSUMS] = [8, 64];

let bound = false;

/** Puts bounded codecs in the places of zarrita's own. */
export function boundCodecs(registry: CodecRegistry): void {
  if (bound) return;
  bound = true;
  const native: Record<string, ((bytes: Uint8Array, most: number) => Uint8Array) | undefined> =
    nodeZlib === null
      ? {}
      : {
          gzip: (bytes, most) => nodeZlib.gunzipSync(bytes, { maxOutputLength: most }),
          zlib: (bytes, most) => nodeZlib.inflateSync(bytes, { maxOutputLength: most }),
          zstd: zstd(nodeZlib),
        };
  /** What a piece says it unpacks to [bytes]. */
  const claims: Record<string, (bytes: Uint8Array) => number> = {
    blosc: (bytes) => viewOf(bytes).getUint32(4, true), // Blosc 1 header: nbytes
    lz4: (bytes) => viewOf(bytes).getUint32(0, true), // numcodecs: length before the block
  };
  for (const name of ['gzip', 'zlib', 'zstd', 'blosc', 'lz4'])
    for (const key of [name, `numcodecs.${name}`]) {
      const own = registry.get(key);
      const [unpack, claim] = [native[name], claims[name]];
      if (own === undefined) continue;
      if (unpack !== undefined) registry.set(key, () => kindOf((most) => (bytes) => unpack(bytes, most)));
      else if (claim !== undefined)
        registry.set(key, async () => {
          const inner = await own();
          return {
            fromConfig: (configuration, about) => {
              const codec = inner.fromConfig(configuration, about);
              const most = mostOf(about);
              const decode = (bytes: Uint8Array): Uint8Array | Promise<Uint8Array> => {
                if (bytes.length < 16 && name === 'blosc') throw new RangeError(`${bytes.length} B`);
                if (claim(bytes) > most) throw new RangeError(`${claim(bytes)} B > ${most} B`);
                return codec.decode(bytes);
              };
              return { kind: 'bytes_to_bytes', encode: (bytes) => codec.encode(bytes), decode };
            },
          };
        });
    }
}

/** ZSTD, where this Node has it; it joined in version 22.15. */
function zstd(zlib: typeof import('node:zlib')): ((bytes: Uint8Array, most: number) => Uint8Array) | undefined {
  if (zlib.zstdDecompressSync === undefined) return undefined;
  return (bytes, most) => zlib.zstdDecompressSync(bytes, { maxOutputLength: most });
}

function kindOf(unpacker: (most: number) => (bytes: Uint8Array) => Uint8Array): CodecKind {
  return {
    fromConfig: (_, about) => ({
      kind: 'bytes_to_bytes',
      encode: () => {
        throw new TypeError('cubes are only read');
      },
      decode: unpacker(mostOf(about)),
    }),
  };
}

function mostOf({ shape }: PieceShape): number {
  return Math.min(shape.reduce((product, side) => product * side, WIDEST) + CHECKSUMS, 2 * LARGEST_BLOCK);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
