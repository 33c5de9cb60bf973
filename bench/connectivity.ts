/**
 * What each patch is worth (dPC with its fractions): 404 patches, all linked, and 20,000 patches linked up to a distance:
 * `node bench/connectivity.ts`. Seconds of processor; Makurhini's were recorded on a machine of the same kind. Golden data:
 * `../shared/golden/life/connectivity`, or below what `SARYARKA_GOLDEN` names; without them, patches by a formula.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../src/formats/csv.ts';
import { readSource } from '../src/formats/source-node.ts';
import { connectivity } from '../src/science/connectivity.ts';
import { habitatNetwork, patchLinks } from '../src/science/habitat-network.ts';
import { seededRandom } from '../src/science/seeded-random.ts';
import { mostMegabytes, processorSince, say, tell } from './life/figure.ts';

type Points = (readonly [number, number])[];

const file = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', 'shared', 'golden'),
  'life',
  'connectivity',
  'habitat_nodes_centroids.csv',
);
const random = seededRandom(12345);
const made = (count: number, side: number): { areas: number[]; points: Points } => ({
  areas: Array.from({ length: count }, () => Math.exp(4 * random())),
  points: Array.from({ length: count }, () => [side * random(), side * random()] as const),
});

/** The shortest of its recorded times [CPU s]; the longest is 88. */
const MAKURHINI = 79;
say(`dPC, 404 patches, all linked; recorded: Makurhini ${MAKURHINI} to 88 s`);
const { areas, points } = existsSync(file) ? read() : made(404, 300_000);
const taken = [1000, 10_000, 30_000].map((distance) =>
  measure(`  ${areas.length} patches, half reach ${distance} m`, areas, points, Number.POSITIVE_INFINITY, distance),
);
tell({
  job: `dPC with its parts, ${areas.length} patches, all linked, the slowest of ${taken.length} distances`,
  seconds: Math.max(...taken),
  megabytes: mostMegabytes(),
  peers: [{ name: 'Makurhini', seconds: MAKURHINI }],
  goal: { seconds: 3, by: 'processor' },
});
// Ways that lead through patches are what costs: links are shorter than the dispersal distance by far.
const large = made(20_000, 400_000);
const seconds = measure(
  '  20,000 patches, links up to 8 km, half reach 5 km, ways to 1 in 1,000',
  large.areas,
  large.points,
  8000,
  5000,
  1e-3,
);
tell({ job: 'dPC with its parts, 20,000 patches, links up to 8 km', seconds, megabytes: mostMegabytes(), peers: [] });

function measure(name: string, of: number[], at: Points, limit: number, distance: number, leastWay = 0): number {
  const start = process.cpuUsage();
  const network = habitatNetwork(of, patchLinks(at, limit));
  const found = connectivity(network, { metric: 'PC', distance, patches: true, leastWay });
  const seconds = processorSince(start);
  const connector = found.patches.reduce((most, { connector: share }) => Math.max(most, share), 0);
  say(
    `${name}: ${seconds.toFixed(2)} s, ${network.links.length} links, ECA ${found.equivalentArea.toFixed(1)}, best stepping stone ${connector.toFixed(3)} %` +
      (leastWay > 0 ? `, left out at most ${((100 * found.leftOut) / found.sum).toFixed(3)} %` : ''),
  );
  return seconds;
}

function read(): { areas: number[]; points: Points } {
  const { rows } = readCsv(readSource(file));
  const column = (name: RegExp): string => Object.keys(rows[0]?.values ?? {}).find((key) => name.test(key)) ?? '';
  const [x, y, area] = [column(/^x/i), column(/^y/i), column(/area|ha/i)];
  return {
    areas: rows.map(({ values }) => Number(values[area])),
    points: rows.map(({ values }) => [Number(values[x]), Number(values[y])] as const),
  };
}
