/**
 * Time for the area and perimeter of a ring of a million vertices, against the library's `PolygonArea` on the same ring,
 * in turns: `node bench/areas.ts`.
 */
import { measureAnyEdges, measureRing, type RingMeasure } from '../src/science/geodesic-ring.ts';
import type { Position, Ring } from '../src/science/rings.ts';

const VERTICES = 1_000_000;
const ROUNDS = 7;

/** A wavy coast around Korgalzhyn: edges of one to a few metres. */
const ring: Ring = Array.from({ length: VERTICES }, (_, i): Position => {
  const angle = (2 * Math.PI * i) / VERTICES;
  const radius = 0.5 + 0.05 * Math.sin(50 * angle) + 0.0005 * Math.sin(50_000 * angle);
  return [69.2 + 1.5 * radius * Math.cos(angle), 50.4 + radius * Math.sin(angle)];
});

/** The same with one edge that is not short, so that all is left to the solver. */
const mixed: Ring = [...ring, [71, 50.39]];

function timed(measure: (ring: Ring) => RingMeasure, of: Ring): { ms: number; result: RingMeasure } {
  const start = performance.now();
  const result = measure(of);
  return { ms: performance.now() - start, result };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

for (const [name, of] of [
  ['short edges', ring],
  ['one long edge', mixed],
] as const) {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
    ours: timed(measureRing, of),
    library: timed(measureAnyEdges, of),
  })).slice(1);
  const ours = median(rounds.map((round) => round.ours.ms));
  const library = median(rounds.map((round) => round.library.ms));
  const ratio = median(rounds.map((round) => round.library.ms / round.ours.ms));
  const [{ ours: a, library: b }] = rounds as [(typeof rounds)[number]];
  console.log(
    `${name}, ${of.length} vertices: ${ours.toFixed(0)} ms, PolygonArea ${library.toFixed(0)} ms, median ratio ${ratio.toFixed(1)};`,
    `area ${a.result.area.toFixed(3)} m2 differs by ${(a.result.area / b.result.area - 1).toExponential(1)},`,
    `perimeter by ${(a.result.perimeter / b.result.perimeter - 1).toExponential(1)}`,
  );
}
