/**
 * Time and size of the map of a reserve of 300,000 vertices, smooth as digitised and ragged as traced from a raster:
 * `node bench/map.ts`.
 */
import { drawMap } from '../src/review/map.ts';
import type { MultiPolygon } from '../src/types.ts';
import { nestedZones } from '../test/review/map-shapes.ts';

const ROUNDS = 7;
/** Five rings run along three lines: 300,000 positions. */
const POINTS = 60_000;

/** The same with each border going in steps of some 30 m, as a classified raster gives it. */
function ragged(geometry: MultiPolygon): MultiPolygon {
  const step = (value: number): number => Math.round(value / 0.0003) * 0.0003;
  return {
    ...geometry,
    coordinates: geometry.coordinates.map((rings) =>
      rings.map((ring) => ring.map(([lon, lat], i): [number, number] => [step(lon), step(lat + (i % 2) * 0.0003)])),
    ),
  };
}

const smooth = nestedZones([69.2, 50.4], 60, POINTS);
for (const [name, zones] of [
  ['smooth', smooth],
  ['ragged', smooth.map((zone) => ({ ...zone, geometry: zone.geometry && ragged(zone.geometry) }))],
] as const) {
  const vertices = zones.reduce((sum, { geometry }) => sum + (geometry?.coordinates.flat(2).length ?? 0), 0);
  const draw = (): string =>
    drawMap({ zones: [...zones], lang: 'en', title: 'Invented reserve', date: '2026-11-23', source: 'bench', width: 720 });
  const times = Array.from({ length: ROUNDS + 1 }, () => {
    const start = performance.now();
    draw();
    return performance.now() - start;
  });
  const [cold, ...warm] = times as [number, ...number[]];
  const median = warm.toSorted((a, b) => a - b)[ROUNDS >> 1] as number;
  console.log(
    `${name}, ${vertices} vertices: ${cold.toFixed(0)} ms the first time, then ${median.toFixed(0)} ms (median of ${ROUNDS});`,
    `${(draw().length / 1000).toFixed(0)} kB, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
  );
}
