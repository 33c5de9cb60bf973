/**
 * Least costs over 1,000 × 1,000 cells from five points: `node bench/least-cost.ts`. Seconds of processor; gdistance's were recorded
 * on a machine of the same kind, to build its graph and to find distances. Golden data: `../shared/golden/life`, or below what
 * `SARYARKA_GOLDEN` names; without them, resistances by a formula.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAsciiGrid } from '../src/formats/ascii-grid.ts';
import { readSource } from '../src/formats/source-node.ts';
import { corridor, costDistances, costSurface, costsFrom, pathTo } from '../src/science/least-cost.ts';
import { seededRandom } from '../src/science/seeded-random.ts';
import { mostMegabytes, processorSince, say, tell } from './life/figure.ts';

const folder = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', 'shared', 'golden'),
  'life',
  'circuitscape_bench',
);
const WIDTH = 1000;
/** gdistance with 8 neighbours, recorded: its graph, then distances [CPU s]. */
const GDISTANCE = [44.4, 4.3] as const;

const { values, places, from } = landscape();
say(`${WIDTH} × ${WIDTH}, ${places.length} points, resistances ${from}`);
say(`gdistance, recorded: graph ${GDISTANCE[0]} s, distances ${GDISTANCE[1]} s of processor`);
for (const neighbours of [4, 8, 16] as const) {
  let start = process.cpuUsage();
  const surface = costSurface(values, { width: WIDTH, neighbours, cells: { x: 1, y: 1 } });
  const built = processorSince(start);
  start = process.cpuUsage();
  const costs = costDistances(surface, places);
  const found = processorSince(start);
  say(
    `${neighbours} neighbours: prepared ${built.toFixed(2)} s, distances ${found.toFixed(2)} s, first to second ${(costs[1] as number).toFixed(6)}`,
  );
  if (neighbours === 8)
    tell({
      job: `least cost, 1,000 × 1,000 cells, 8 neighbours, distances between ${places.length} places`,
      seconds: built + found,
      megabytes: mostMegabytes(),
      peers: [{ name: 'gdistance', seconds: GDISTANCE[0] + GDISTANCE[1] }],
      goal: { seconds: 3, by: 'processor' },
    });
}
const surface = costSurface(values, {
  width: WIDTH,
  cells: { longitudeStep: 0.01, latitudes: Float64Array.from({ length: WIDTH }, (_, row) => 55 - 0.01 * row) },
});
const start = process.cpuUsage();
const [a, b] = [costsFrom(surface, places[0] as number[]), costsFrom(surface, places[1] as number[])];
const wide = corridor(a, b);
say(
  `one corridor on degrees: ${processorSince(start).toFixed(2)} s, ${wide.filter((more) => more < 1000).length} cells within 1,000, path of ${pathTo(surface, a, places[1]?.[0] as number).length} cells`,
);
say(`memory at most ${mostMegabytes().toFixed(0)} MB`);

function landscape(): { values: ArrayLike<number>; places: number[][]; from: string } {
  const file = join(folder, 'res1000.asc.gz');
  if (existsSync(file)) {
    const grid = readAsciiGrid(readSource(file));
    const points = readAsciiGrid(readSource(join(folder, 'pts1000.asc.gz'))).values;
    return {
      values: grid.values,
      places: [...points.keys()].filter((cell) => (points[cell] as number) > 0).map((cell) => [cell]),
      from: 'as in the bench of circuits',
    };
  }
  const random = seededRandom(12345);
  return {
    values: Float64Array.from({ length: WIDTH * WIDTH }, () => Math.exp(3 * random())),
    places: [[0], [999], [500_500], [999_000], [999_999]],
    from: 'by a formula',
  };
}
