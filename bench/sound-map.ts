/**
 * Time and memory to tell that a map is sound and measure its borders, against repair and topology by cutting into faces:
 * `node --expose-gc bench/sound-map.ts`.
 *
 * Three nested zones with wavy borders, five rings, shared borders identical.
 */
import type { PolygonRings, Position, Ring, ZoneKind } from '../src/types.ts';
import { repairZones } from '../src/zonation/repair.ts';
import { REPAIR_TOLERANCE } from '../src/zonation/repair-tolerance.ts';
import { soundMap } from '../src/zonation/sound-map.ts';
import { soundTopology } from '../src/zonation/sound-topology.ts';
import { zoneTopology } from '../src/zonation/topology.ts';

const ROUNDS = 3;
const RINGS = 5;
const WAVES = 30;
const DECIMALS = 9;

/** A closed ring of `n` positions around a place, wavy in many lengths that depend on `seed`. */
function wavyRing(n: number, radius: number, seed: number): Ring {
  const ring = Array.from({ length: n }, (_, i): Position => {
    const angle = (2 * Math.PI * i) / n;
    let wave = 0.0005 * Math.sin((angle * n) / 40);
    for (let j = 0; j < WAVES; j++) {
      const size = Math.sin(seed * 12.9898 + j * 78.233) / (j + 1);
      wave += 0.05 * size * Math.sin((7 * j + 3) * angle + seed * j);
    }
    const r = radius * (1 + wave);
    const place = (value: number): number => Number(value.toFixed(DECIMALS));
    return [place(70 + 1.5 * r * Math.cos(angle)), place(50 + r * Math.sin(angle))];
  });
  return [...ring, ring[0] as Position];
}

/** A core in a buffer zone in a transition area. */
function nestedZones(n: number) {
  const [core, buffer, transition] = [wavyRing(n, 0.3, 1), wavyRing(n, 0.6, 2), wavyRing(n, 1, 3)];
  const zone = (kind: ZoneKind, rings: PolygonRings) => {
    const geometry = { type: 'MultiPolygon' as const, coordinates: [rings] };
    return { id: kind, kind, geometry };
  };
  return [
    zone('core', [core]),
    zone('buffer', [buffer, core.toReversed()]),
    zone('transition', [transition, buffer.toReversed()]),
  ];
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);

for (const n of [100_000, 800_000]) {
  const zones = nestedZones(n);
  const vertices = RINGS * (n + 1);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  for (let round = 1; round <= ROUNDS; round++) {
    const start = performance.now();
    const map = await soundMap(zones, REPAIR_TOLERANCE);
    const told = performance.now();
    if (map === null) throw new Error('the map of the bench is not sound');
    const { groups } = await soundTopology(zones, map);
    const measured = performance.now();
    const bytes = (process.resourceUsage().maxRSS * 1024 - before) / vertices;
    console.log(
      `${vertices} vertices, round ${round}: soundMap ${seconds((told - start) / (vertices / 1e6))} s,`,
      `soundTopology ${seconds((measured - told) / (vertices / 1e6))} s per million vertices;`,
      `at most ${bytes.toFixed(0)} bytes a vertex; ${groups.length} group`,
    );
  }
}

const small = nestedZones(100_000 / RINGS);
const start = performance.now();
const { repairs, unresolved } = await repairZones(small);
const repaired = performance.now();
await zoneTopology(small);
const measured = performance.now();
console.log(
  `100000 vertices: repairZones ${seconds((repaired - start) * 10)} s, zoneTopology ${seconds((measured - repaired) * 10)} s`,
  `per million vertices; ${repairs.length} repairs, ${unresolved.length} questions`,
);
