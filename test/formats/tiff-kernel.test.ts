import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { constants, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { undoFloatDifferences } from '../../src/formats/predictor.ts';
import { type Kernel, kernelFor, SLOTS, type Slot } from '../../src/formats/tiff-kernel.ts';
import { KERNEL_SOURCE } from '../../src/formats/tiff-kernel-bytes.ts';

const SEED = 20260412;
const RUNS = 400;

function kernelOf(packed: number, most: number): Kernel {
  const kernel = kernelFor(packed, most);
  if (kernel === null) throw new Error('no WebAssembly');
  return kernel;
}

/** What the kernel makes of one stream, or of two or three side by side. */
function unpacked(most: number, ...streams: Uint8Array[]): (Uint8Array | null)[] {
  const kernel = kernelOf(Math.max(...streams.map(({ length }) => length)), most);
  for (const [i, stream] of streams.entries()) kernel.input(SLOTS[i] as Slot, stream.length).set(stream);
  kernel.unpack(
    streams.map(({ length }) => length),
    most,
  );
  return streams.map((_, i) => kernel.output(SLOTS[i] as Slot)?.slice() ?? null);
}

/** What zlib makes of a stream; `null` where it refuses. */
function byZlib(stream: Uint8Array, most: number): Uint8Array | null {
  try {
    return new Uint8Array(inflateSync(stream, { maxOutputLength: Math.max(1, most) }));
  } catch {
    return null;
  }
}

const same = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === null || b === null ? a === b : a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Bytes as rasters have them: noise, few values, runs, and what repeats every few bytes. */
const bytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.array(fc.constantFrom(0, 1, 2, 255), { maxLength: 400 }).map((some) => Uint8Array.from(some)),
      fc.tuple(fc.nat(255), fc.nat(3000)).map(([byte, count]) => new Uint8Array(count).fill(byte)),
      fc
        .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(1500))
        .map(([some, count]) => Uint8Array.from({ length: count }, (_, i) => some[i % some.length] as number)),
      // seldom values have long codes
      fc
        .nat(0xffff)
        .map((seed) => Uint8Array.from({ length: 6000 }, (_, i) => Math.clz32(Math.imul(i + seed, 2654435761)) * (i % 7))),
    ),
    { maxLength: 6 },
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)));

const packings = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
  memLevel: fc.constantFrom(1, 8, 9),
  windowBits: fc.constantFrom(9, 15),
});

const streams = fc.tuple(bytes, packings).map(([raw, how]) => ({ raw, packed: new Uint8Array(deflateSync(raw, how)) }));

describe('the kernel', () => {
  test('is built from the source beside it', () => {
    const source = readFileSync(new URL('../../src/formats/tiff-kernel.c', import.meta.url));
    expect(createHash('sha256').update(source).digest('hex')).toBe(KERNEL_SOURCE);
  });

  test('unpacks what zlib packed in any way, one stream or two or three', () => {
    fc.assert(
      fc.property(fc.array(streams, { minLength: 1, maxLength: 3 }), (some) => {
        const most = Math.max(...some.map(({ raw }) => raw.length));
        const found = unpacked(most, ...some.map(({ packed }) => packed));
        for (const [i, { raw }] of some.entries()) expect(same(found[i] ?? null, raw)).toBe(true);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('what follows a stream does not matter', () => {
    const raw = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251);
    const packed = new Uint8Array([...deflateSync(raw), 1, 2, 3]);
    expect(same(unpacked(raw.length, packed)[0] ?? null, raw)).toBe(true);
  });

  test('a stream that holds more than was asked for is not taken', () => {
    fc.assert(
      fc.property(
        streams.filter(({ raw }) => raw.length > 0),
        fc.nat(300),
        ({ raw, packed }, less) => {
          expect(unpacked(Math.max(0, raw.length - 1 - less), packed)).toEqual([null]);
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('a stream that was cut off is not taken', () => {
    fc.assert(
      fc.property(streams, fc.double({ min: 0, max: 0.999999, noNaN: true }), ({ raw, packed }, share) => {
        expect(unpacked(raw.length, packed.subarray(0, Math.floor(packed.length * share)))).toEqual([null]);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('a damaged stream gives what zlib gives, or nothing, and leaves those beside it alone', () => {
    const damage = fc.array(fc.tuple(fc.nat(0xffffff), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(streams, streams, damage, fc.nat(2), fc.boolean(), ({ raw, packed }, other, changes, place, three) => {
        const damaged = packed.slice();
        for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
        const most = Math.max(raw.length, other.raw.length);
        const expected = byZlib(damaged, most);
        const beside = Array.from({ length: three ? 3 : 2 }, () => other.packed);
        const at = place % beside.length;
        const found = unpacked(most, ...beside.with(at, damaged));
        const a = found[at] ?? null;
        expect(same(a, expected) || a === null).toBe(true);
        for (const [i, b] of found.entries()) expect(i === at || same(b, other.raw)).toBe(true);
        if (same(damaged, packed)) expect(same(a, raw)).toBe(true);
      }),
      { seed: SEED, numRuns: 4 * RUNS },
    );
  });

  test('noise that begins like a stream gives what zlib gives, or nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(0, 2, 4, 6), (noise, type) => {
        const stream = Uint8Array.of(0x78, 0x9c, ...noise);
        if (stream.length > 2) stream[2] = ((stream[2] as number) & 0xf9) | type;
        const [found = null] = unpacked(4096, stream);
        expect(found === null || same(found, byZlib(stream, 4096))).toBe(true);
      }),
      { seed: SEED, numRuns: 4 * RUNS },
    );
  });

  test('a checksum that is wrong by a bit is seen', () => {
    const raw = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7) % 256);
    const packed = new Uint8Array(deflateSync(raw));
    const last = packed.length - 1;
    packed[last] = (packed[last] as number) ^ 1;
    expect(unpacked(raw.length, packed)).toEqual([null]);
  });

  test('codes as long as they may be are read', () => {
    // numbers of occurrences that grow as Fibonacci's make one code longer with each
    const parts: number[] = [];
    for (let value = 0, a = 1, b = 1; value < 19; value++) {
      for (let i = 0; i < a; i++) parts.push(value);
      [a, b] = [b, a + b];
    }
    const raw = Uint8Array.from(parts, (_, i) => parts[(i * 7919) % parts.length] as number);
    const packed = new Uint8Array(deflateSync(raw, { strategy: constants.Z_HUFFMAN_ONLY, memLevel: 9 }));
    expect(same(unpacked(raw.length, packed)[0] ?? null, raw)).toBe(true);
  });

  test('streams too long for its memory are left to others', () => {
    expect(kernelFor(100, 10_000_000)).toBeNull();
    expect(kernelFor(10_000_000, 100)).toBeNull();
  });

  test('a larger room loses nothing that is written afterwards', () => {
    for (const length of [100, 300_000, 50, 1_000_000]) {
      const raw = Uint8Array.from({ length }, (_, i) => (i * i * 31) >>> 3);
      expect(same(unpacked(length, new Uint8Array(deflateSync(raw)))[0] ?? null, raw)).toBe(true);
    }
  });

  test('joins floats as the plain way does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.nat(0xffff), (sixteens, rows, seed) => {
        const width = 16 * sixteens;
        const length = width * rows * 4;
        const raw = Uint8Array.from({ length }, (_, i) => Math.imul(i + seed, 2654435761) >>> 24);
        unpacked(length, new Uint8Array(deflateSync(raw)));
        const joined = kernelOf(length, length).joinFloats(0, width, rows).slice();
        const plain = new Uint8Array(length);
        undoFloatDifferences(raw.slice(), plain, { width, rows, samples: 1 }, 4);
        expect(same(joined, plain)).toBe(true);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
