/**
 * Time and size of the map of a reserve of 300,000 vertices: `node bench/map.ts`.
 */
import { drawMap, type MapZone } from '../src/drawing/map.ts';
import type { Ring } from '../src/types.ts';
import { nestedZones } from '../test/drawing/map-shapes.ts';

const ROUNDS = 7;
/** Five rings run along three lines: 300,000 positions. */
const POINTS = 60_000;

type Change = (lon: number, lat: number) => [lon: number, lat: number];

function changed(zones: MapZone[], change: Change): MapZone[] {
  const ring = (line: Ring): Ring => line.map(([lon, lat]) => change(lon, lat));
  return zones.map(({ geometry, ...zone }) => ({
    ...zone,
    geometry: geometry && { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(ring)) },
  }));
}

/** Steps of some 30 m, as a classified raster gives them. */
const inSteps: Change = (lon, lat) => [Math.round(lon / 0.0004) * 0.0004, Math.round(lat / 0.0003) * 0.0003];

/** Each position some 300 m off, the same for the same position: the worst that can be given. */
const trembling: Change = (lon, lat) => {
  const off = (seed: number): number => ((((Math.sin(lon * 9e5 + lat * 7e5 + seed) * 43_758.5453) % 1) + 1) % 1) - 0.5;
  return [lon + 0.008 * off(1), lat + 0.005 * off(2)];
};

const smooth = nestedZones([69.2, 50.4], 60, POINTS);
for (const [name, zones] of [
  ['smooth', smooth],
  ['in steps', changed(smooth, inSteps)],
  ['trembling', changed(smooth, trembling)],
] as const) {
  const vertices = zones.reduce((sum, { geometry }) => sum + (geometry?.coordinates.flat(2).length ?? 0), 0);
  const draw = (): string =>
    drawMap({ zones, lang: 'en', title: 'Invented reserve', date: '2026-11-23', source: 'bench', width: 720 });
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
