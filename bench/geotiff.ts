/**
 * Reading all tiles of a GeoTIFF against inflating the same bytes and nothing else: `node bench/geotiff.ts [FILE]`.
 *
 * Without a file it makes three of 4,096 x 4,096 pixels in memory, tiles of 512, DEFLATE: float32 with predictor 3, int16 with
 * predictor 2, uint8 without. Runs alternate; medians and their ratio are printed, CPU seconds beside wall. With `PYTHON` set to
 * a Python that has rasterio, GDAL reads FILE, too, in one thread.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import { memoryBytes } from '../src/formats/byte-source.ts';
import { openGeotiff } from '../src/formats/geotiff.ts';
import { openRaster } from '../src/formats/open-raster.ts';
import type { Raster } from '../src/formats/raster.ts';
import { readTiff, type Tiff } from '../src/formats/tiff-directory.ts';
import { readLayout, readPlaces, rowBytes } from '../src/formats/tiff-layout.ts';
import { newValues } from '../src/formats/tiff-samples.ts';
import { DATA_AT, double, long, short, tiffOf } from '../test/formats/build-tiff.ts';

const ROUNDS = 5;
const SIDE = 4096;
const TILE = 512;
const KINDS = {
  float32: { size: 4, format: 3, predictor: 3 },
  int16: { size: 2, format: 2, predictor: 2 },
  uint8: { size: 1, format: 1, predictor: 1 },
};

/** Differences as the predictor of a kind has them, of one tile of rounded waves with noise. */
function tileOf(kind: keyof typeof KINDS, index: number): Uint8Array {
  const { size } = KINDS[kind];
  const values = newValues(kind, TILE * TILE);
  let seed = index + 1;
  for (let i = 0; i < values.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    const wave = 0.4 + 0.3 * Math.sin(index + (i % TILE) / 60) * Math.cos(i / TILE / 45) + (seed >>> 8) / 2 ** 24 / 25;
    values[i] =
      kind === 'float32' ? Math.round(wave * 1e4) / 1e4 : kind === 'int16' ? Math.round(wave * 1e4) : Math.floor(wave * 12) * 10;
  }
  if (kind === 'uint8') return values as Uint8Array;
  if (kind === 'int16')
    return new Uint8Array(values.map((value, i) => (i % TILE === 0 ? value : value - (values[i - 1] ?? 0))).buffer);
  const bytes = new Uint8Array(values.buffer);
  const out = new Uint8Array(bytes.length);
  const row = TILE * size;
  for (let start = 0; start < bytes.length; start += row)
    for (let i = 0, before = 0; i < row; i++) {
      const byte = bytes[start + (i % TILE) * size + size - 1 - Math.floor(i / TILE)] ?? 0;
      out[start + i] = byte - before;
      before = byte;
    }
  return out;
}

function fileOf(kind: keyof typeof KINDS): Uint8Array {
  const { size, format, predictor } = KINDS[kind];
  const tiles = Array.from({ length: (SIDE / TILE) ** 2 }, (_, i) => new Uint8Array(deflateSync(tileOf(kind, i))));
  const lengths = tiles.map(({ length }) => length);
  const offsets = lengths.map((_, i) => DATA_AT + lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
  const data = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  for (const [i, tile] of tiles.entries()) data.set(tile, (offsets[i] ?? 0) - DATA_AT);
  return tiffOf(data, {
    256: long(SIDE),
    257: long(SIDE),
    258: short(size * 8),
    259: short(8),
    317: short(predictor),
    322: long(TILE),
    323: long(TILE),
    324: long(...offsets),
    325: long(...lengths),
    339: short(format),
    33550: double(0.001, 0.001, 0),
    33922: double(0, 0, 0, 70, 50, 0),
  });
}

/** Packed tiles of the first band, and what each unpacks to [bytes]. */
async function packedTiles(tiff: Tiff): Promise<{ tiles: Uint8Array[]; size: number }> {
  const [directory] = tiff.directories;
  if (directory === undefined) throw new Error('no directory');
  const layout = await readLayout(tiff, directory);
  if (!layout.tiled || layout.compression !== 'deflate') throw new Error('the bench takes tiles packed with DEFLATE');
  const { offsets, lengths } = await readPlaces(tiff, directory, layout);
  const tiles: Uint8Array[] = [];
  for (let i = 0; i < layout.across * layout.down; i++)
    tiles.push((await tiff.source.read(offsets[i] ?? 0, lengths[i] ?? 0)).slice());
  return { tiles, size: rowBytes(layout) * layout.chunkHeight };
}

async function readAll(raster: Raster): Promise<void> {
  const { tile, bands } = raster;
  const into = newValues(bands[0]?.type ?? 'uint8', tile.width * tile.height);
  const all = Array.from({ length: tile.across * tile.down }, (_, i) => i);
  // as zonal statistics tell which tiles come next
  await raster.prefetch(
    0,
    all.map((i) => ({ column: i % tile.across, row: Math.floor(i / tile.across) })),
  );
  for (let row = 0; row < tile.down; row++)
    for (let column = 0; column < tile.across; column++) await raster.readTile(0, column, row, { into });
}

/** Wall and CPU time of one run [s]. */
async function timed(run: () => unknown): Promise<{ wall: number; cpu: number }> {
  const before = process.cpuUsage();
  const start = performance.now();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function compare(name: string, raster: Raster, { tiles, size }: { tiles: Uint8Array[]; size: number }): Promise<void> {
  const inflating: { wall: number; cpu: number }[] = [];
  const reading: { wall: number; cpu: number }[] = [];
  await readAll(raster); // warm
  for (let round = 0; round < ROUNDS; round++) {
    inflating.push(
      await timed(() => tiles.map((tile) => inflateSync(tile, { chunkSize: size + 64, maxOutputLength: size }).length)),
    );
    reading.push(await timed(() => readAll(raster)));
  }
  const [floor, ours] = [median(inflating.map(({ wall }) => wall)), median(reading.map(({ wall }) => wall))];
  const spread = (times: { wall: number }[]): string =>
    `${Math.min(...times.map(({ wall }) => wall)).toFixed(2)}-${Math.max(...times.map(({ wall }) => wall)).toFixed(2)}`;
  const pixels = (raster.width * raster.height) / 1e6;
  console.log(
    `${name}: ${pixels.toFixed(0)} Mpx; inflating alone ${floor.toFixed(2)} s (${spread(inflating)}), reading ${ours.toFixed(2)} s (${spread(reading)}), ` +
      `CPU ${median(reading.map(({ cpu }) => cpu)).toFixed(2)} s; ratio ${(ours / floor).toFixed(2)}`,
  );
}

const GDAL = `
import sys, time, rasterio
with rasterio.open(sys.argv[1]) as d:
    windows = [w for _, w in d.block_windows(1)]
    for _ in range(3):
        t, c = time.perf_counter(), time.process_time()
        for w in windows: d.read(1, window=w)
        print(f'GDAL {rasterio.__gdal_version__}, one thread: {time.perf_counter() - t:.2f} s, CPU {time.process_time() - c:.2f} s')
`;

const [file] = process.argv.slice(2);
if (file === undefined) {
  for (const kind of ['float32', 'int16', 'uint8'] as const) {
    const source = memoryBytes(kind, fileOf(kind));
    await compare(kind, await openGeotiff(source), await packedTiles(await readTiff(source)));
  }
} else {
  await compare(
    file,
    await openRaster(file),
    await packedTiles(await readTiff(memoryBytes(file, new Uint8Array(readFileSync(file))))),
  );
  const { PYTHON } = process.env;
  if (PYTHON === undefined) console.log('GDAL is not compared: set PYTHON to a Python with rasterio');
  else spawnSync(PYTHON, ['-c', GDAL, file], { stdio: 'inherit' });
}
