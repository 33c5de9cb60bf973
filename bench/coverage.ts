/**
 * Time for exact coverage and for the loops over cells, without reading: `node bench/coverage.ts`. Three nested zones with 5 to
 * 19 thousand vertices over 61 million cells of a grid of 10,000 x 10,000, and small polygons in growing numbers.
 */
import { type AccumulatorSpec, addSpans, clear, newAccumulator, newScratch, type Pixels } from '../src/science/accumulate.ts';
import { type Coverage, coverages, type PolygonRings } from '../src/science/coverage.ts';
import { newSpans, spansInTile, zonesByTile } from '../src/science/coverage-tiles.ts';

const SIDE = 10_000;
const TILE = 512;
const ROUNDS = 7;
const grid = { width: SIDE, height: SIDE, x0: 75, y0: 47.5, dx: 0.00025, dy: -0.00025 };

let state = 20130101;
function random(): number {
  state = (1664525 * state + 1013904223) % 2 ** 32;
  return state / 2 ** 32;
}

/** A rough ring around a place on the grid; `centre` and `radius` in cells. */
function star([column, row]: [number, number], radius: number, vertices: number): [number, number][] {
  const waves = Array.from({ length: 60 }, (_, k) => [(random() - 0.5) / (k + 2) ** 1.15, random() * 7] as const);
  const ring = Array.from({ length: vertices }, (_, i): [number, number] => {
    const angle = (2 * Math.PI * i) / vertices;
    const rough = waves.reduce((sum, [height, phase], k) => sum + (height * Math.cos((k + 2) * angle + phase)) / 3, 1);
    return [
      grid.x0 + (column + radius * rough * Math.cos(angle)) * grid.dx,
      grid.y0 + (row + radius * rough * Math.sin(angle)) * grid.dy,
    ];
  });
  return [...ring, ring[0] as [number, number]];
}

const [core, second] = [star([4300, 4700], 750, 3000), star([6100, 5600], 450, 2000)];
const [buffer, transition] = [star([5000, 5000], 2700, 7000), star([5000, 5000], 4250, 12_000)];
const zones: PolygonRings[][] = [[[core], [second]], [[buffer, core, second]], [[transition, buffer]]];
/** Polygons of 24 to 90 vertices; radii in cells. */
const small = (count: number, least: number, most: number): PolygonRings[][] =>
  Array.from({ length: count }, () => {
    const radius = least + (most - least) * random();
    const place = (): number => 2 * radius + (SIDE - 4 * radius) * random();
    return [[star([place(), place()], radius, 24 + Math.floor(66 * random()))]];
  });

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

/** Median time [ms], the first round left out. */
function timed(work: () => void, rounds = ROUNDS): number {
  const times = Array.from({ length: rounds + 1 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times.slice(1));
}

function reduce(cover: Coverage, spec: AccumulatorSpec, tile: Pixels): void {
  const { across, starts, zones: touching } = zonesByTile(cover, TILE, TILE);
  const [spans, scratch, partial] = [newSpans(), newScratch(), newAccumulator(spec)];
  for (let t = 0; t + 1 < starts.length; t++) {
    const [column, row] = [(t % across) * TILE, Math.floor(t / across) * TILE];
    const window = { column, row, width: Math.min(TILE, SIDE - column), height: Math.min(TILE, SIDE - row), stride: TILE };
    for (const zone of touching.subarray(starts[t], starts[t + 1])) {
      spansInTile(cover, zone, window, spans);
      clear(partial);
      addSpans(partial, scratch, tile, spans);
    }
  }
}

function measure(name: string, polygons: readonly PolygonRings[][], rounds: number): void {
  let cover = coverages([], grid);
  const ms = timed(() => {
    cover = coverages(polygons, grid);
  }, rounds);
  const off = Math.max(...cover.covered.map((covered, z) => Math.abs(covered / (cover.area[z] as number) - 1)));
  const cells = cover.covered.reduce((a, b) => a + b, 0) / 1e6;
  console.log(
    `coverage, ${name}: ${ms.toFixed(0)} ms, ${cover.from.length} spans, ${cells.toFixed(1)} million cells,`,
    `area off by ${off.toExponential(1)} at most`,
  );
}

measure('3 zones', zones, ROUNDS);
measure('3000 small polygons', small(3000, 15, 110), ROUNDS);
for (const count of [12_500, 25_000, 50_000, 100_000]) measure(`${count} smaller ones`, small(count, 5, 30), 2);

const floats = Float32Array.from({ length: TILE * TILE }, (_, i) =>
  random() < 0.02 ? -9999 : Math.round(3000 + 2000 * Math.sin(i / 5000) + 500 * random()) / 1e4,
);
const words = Int16Array.from(floats, (value) => (value === -9999 ? -32768 : Math.round(value * 1e4)));
const bytes = Uint8Array.from(floats, (value, i) => (value === -9999 ? 255 : Math.floor(i / 37) % 11));
const cover = coverages(zones, grid);
const cells = cover.covered.reduce((a, b) => a + b, 0);
for (const [name, spec, tile] of [
  ['float32, mean', { type: 'float32', nodata: -9999 }, floats],
  ['float32, mean and extremes', { type: 'float32', nodata: -9999, extremes: true }, floats],
  ['float32, mean and variance', { type: 'float32', nodata: -9999, spread: true }, floats],
  ['float32, sketch of quantiles', { type: 'float32', nodata: -9999, distribution: 'sketch' }, floats],
  ['int16, exact quantiles', { type: 'int16', nodata: -32768, distribution: 'exact' }, words],
  ['uint8, classes', { type: 'uint8', nodata: 255, distribution: 'exact' }, bytes],
] as [string, AccumulatorSpec, Pixels][]) {
  const ms = timed(() => reduce(cover, spec, tile));
  console.log(`3 zones, ${name}: ${ms.toFixed(0)} ms, ${((ms * 1e6) / cells).toFixed(2)} ns a cell`);
}
