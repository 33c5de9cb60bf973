/** Chunks that are unpacked three at a time are the same, and fail the same, as one by one. */
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { openGeotiff } from '../../src/formats/geotiff.ts';
import type { Raster } from '../../src/formats/raster.ts';
import type { FillingSource } from '../../src/formats/tiff-quick.ts';
import { Problem } from '../../src/problems.ts';
import { DATA_AT, long, plainTags, short, tiffOf } from './build-tiff.ts';

const SIDE = 64;
const TILE = 16;
const ACROSS = SIDE / TILE;
const TILES = ACROSS ** 2;

/** Values of a tile: its number, and noise. */
const valuesOf = (tile: number): Uint8Array => Uint8Array.from({ length: TILE * TILE }, (_, i) => (i % 5 === 0 ? tile : i * 37));

/** @param change what is to become of the packed bytes of a tile */
function fileOf(change: (packed: Uint8Array, tile: number) => Uint8Array = (packed) => packed): Uint8Array {
  const tiles = Array.from({ length: TILES }, (_, tile) => change(new Uint8Array(deflateSync(valuesOf(tile))), tile));
  const offsets = tiles.map((_, i) => DATA_AT + tiles.slice(0, i).reduce((sum, { length }) => sum + length, 0));
  const { 273: _at, 278: _rows, 279: _counts, ...tags } = plainTags(SIDE, SIDE);
  return tiffOf(new Uint8Array(Buffer.concat(tiles)), {
    ...tags,
    259: short(8),
    322: long(TILE),
    323: long(TILE),
    324: long(...offsets),
    325: long(...tiles.map(({ length }) => length)),
  });
}

const places = Array.from({ length: TILES }, (_, i) => ({ column: i % ACROSS, row: Math.floor(i / ACROSS) }));

async function readTile(raster: Raster, tile: number): Promise<number[]> {
  const { column, row } = places[tile] as (typeof places)[number];
  return [...(await raster.readTile(0, column, row)).values];
}

const open = (bytes: Uint8Array): Promise<Raster> => openGeotiff(memoryBytes('a.tif', bytes));

/** A source that fills memory, as files do, and counts how often. */
function filling(bytes: Uint8Array): FillingSource & { filled: number } {
  const source = {
    ...memoryBytes('a.tif', bytes),
    filled: 0,
    readInto(offset: number, into: Uint8Array): number {
      source.filled += 1;
      const found = bytes.subarray(offset, offset + into.length);
      into.set(found);
      return found.length;
    },
  };
  return source;
}

test('tiles that were announced are the same as others, read in that order or in any', async () => {
  const orders = [
    places.map((_, i) => i),
    places.map((_, i) => TILES - 1 - i),
    places.map((_, i) => (i * 7) % TILES),
    [0, 0, 1, 1, 2, 5, 3, 4, 5, 5, 15, 14],
  ];
  for (const order of orders)
    for (const announced of [[], places, places.slice(3, 9), places.toReversed(), [...places, ...places]]) {
      const raster = await open(fileOf());
      await raster.prefetch(0, announced);
      for (const tile of order) expect(await readTile(raster, tile)).toEqual([...valuesOf(tile)]);
    }
});

test('every tile that was announced is fetched once', async () => {
  const source = filling(fileOf());
  const raster = await openGeotiff(source);
  await raster.prefetch(0, places);
  for (let tile = 0; tile < TILES; tile++) expect(await readTile(raster, tile)).toEqual([...valuesOf(tile)]);
  expect(source.filled).toBe(TILES);
});

test('two rasters that are read in turns are not mistaken for one another', async () => {
  const [a, b] = [await open(fileOf()), await open(fileOf((_, tile) => new Uint8Array(deflateSync(valuesOf(tile + 100)))))];
  await a.prefetch(0, places);
  await b.prefetch(0, places);
  for (let tile = 0; tile < TILES; tile++) {
    expect(await readTile(a, tile)).toEqual([...valuesOf(tile)]);
    expect(await readTile(b, tile)).toEqual([...valuesOf(tile + 100)]);
  }
});

test('two rasters that are read in turns unpack ahead in vain once, and no more', async () => {
  const sources = [filling(fileOf()), filling(fileOf())];
  const rasters = await Promise.all(sources.map((source) => openGeotiff(source)));
  for (let row = 0; row < ACROSS; row++) {
    const announced = places.filter((place) => place.row === row);
    for (const raster of rasters) await raster.prefetch(0, announced);
    for (const { column } of announced) for (const raster of rasters) await raster.readTile(0, column, row);
  }
  for (const { filled } of sources) expect(filled).toBeLessThanOrEqual(TILES + 2);
});

test('tiles that are asked for at the same time are all right', async () => {
  const raster = await open(fileOf());
  await raster.prefetch(0, places);
  const all = await Promise.all(places.map((_, tile) => readTile(raster, tile)));
  expect(all).toEqual(places.map((_, tile) => [...valuesOf(tile)]));
});

test.each([
  ['cut off', (packed: Uint8Array) => packed.subarray(0, packed.length - 9), 'raster-tile-damaged'],
  [
    'with a wrong checksum',
    (packed: Uint8Array) => packed.map((byte, i) => (i === packed.length - 1 ? byte ^ 1 : byte)),
    'raster-tile-damaged',
  ],
  ['of noise', (packed: Uint8Array) => packed.map((byte, i) => (i > 1 ? byte ^ 0x5a : byte)), 'raster-tile-damaged'],
  ['too small', () => new Uint8Array(deflateSync(new Uint8Array(100))), 'raster-tile-short'],
  ['too large', () => new Uint8Array(deflateSync(new Uint8Array(TILE * TILE + 1))), 'raster-tile-damaged'],
] as const)('a tile %s is told when it is asked for, and no other', async (_, change, code) => {
  for (const bad of [4, 5, 6]) {
    const bytes = fileOf((packed, tile) => (tile === bad ? Uint8Array.from(change(packed)) : packed));
    for (const announced of [[], places]) {
      const raster = await open(bytes);
      await raster.prefetch(0, announced);
      for (let tile = 0; tile < TILES; tile++)
        if (tile !== bad) expect(await readTile(raster, tile)).toEqual([...valuesOf(tile)]);
        else {
          const problem = await readTile(raster, tile).catch((error: unknown) => error);
          expect(problem).toBeInstanceOf(Problem);
          expect((problem as Problem).code).toBe(code);
          expect((problem as Problem).details).toMatchObject({ file: 'a.tif', column: (bad % ACROSS) + 1, row: 2 });
        }
    }
  }
});

test('a file that ends early gives the tiles before its end', async () => {
  const whole = fileOf();
  const source: FillingSource = { ...memoryBytes('a.tif', whole), readInto: (_, into) => Math.min(into.length, 3) };
  const raster = await openGeotiff(source);
  await raster.prefetch(0, places);
  for (let tile = 0; tile < TILES; tile++) expect(await readTile(raster, tile)).toEqual([...valuesOf(tile)]); // by the long way
});
