/** A damaged heap of an HDF5 file ends in a Problem; its library would walk through it for ever. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { openCubeFile } from '../../src/formats/cf-open.ts';
import { isHeapDamaged, lengthSize } from '../../src/formats/netcdf-hdf5-heap.ts';

const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '..', 'golden', 'cubes', 'packed-hdf5.nc')));
const heap = Buffer.from(bytes.buffer).indexOf('GCOL');
/** The heap's size, its first object's number and size, the size of what is free. */
const [SIZE, NUMBER, LENGTH, FREE] = [8, 16, 24, 16 + 3 * 24 + 8] as const;

/** The file with one byte of its heap changed. */
function damaged(at: number, byte: number): Uint8Array {
  const copy = bytes.slice();
  copy[heap + at] = byte;
  return copy;
}

const told = (own: Uint8Array, more = (at: number, length: number): Uint8Array | null => own.slice(at, at + length)) =>
  isHeapDamaged(own.subarray(heap), { position: heap, lengths: 8, end: own.length, more });

describe('a heap', () => {
  test('that is sound can be walked through, wherever in the bytes it begins', () => {
    expect(heap).toBeGreaterThan(0);
    expect(told(bytes)).toBe(false);
    expect(isHeapDamaged(bytes, { position: 0, lengths: 8, end: bytes.length, more: () => null })).toBe(false);
  });

  test.each([
    ['larger than it is', SIZE + 1, 0xef],
    ['larger than the file', SIZE + 3, 1],
    ['with an object that is called free', NUMBER, 0],
    ['with an object that leads between two others', LENGTH, 0x18],
    ['with an object that leads behind it', LENGTH + 1, 0xff],
    ['with free room of no size', FREE, 0],
  ])('%s is told to be damaged, and so is the file', async (_, at, byte) => {
    const own = damaged(at, byte);
    if (at === FREE) own[heap + FREE + 1] = 0;
    expect(told(own)).toBe(true);
    await expect(openCubeFile(memoryBytes('rain.nc', own))).rejects.toMatchObject({
      code: 'cube-damaged',
      details: { file: 'rain.nc', found: 'global heap' },
    });
  });

  test('that begins in the bytes and goes on behind them is fetched as a whole first', () => {
    const start = bytes.slice(heap, heap + 100);
    const place = { position: heap, lengths: 8, end: bytes.length } as const;
    expect(isHeapDamaged(start, { ...place, more: () => null })).toBeNull();
    expect(isHeapDamaged(start, { ...place, more: (at, length) => bytes.subarray(at, at + length) })).toBe(false);
  });
});

test('how long lengths are is what the superblock says', async () => {
  expect(await lengthSize(memoryBytes('a.nc', bytes))).toBe(8);
  const moved = new Uint8Array(512 + bytes.length);
  moved.set(bytes, 512);
  expect(await lengthSize(memoryBytes('b.nc', moved))).toBe(8);
  expect(await lengthSize(memoryBytes('c.nc', new Uint8Array(4096)))).toBeNull();
});
