/**
 * The Living Planet Index of 15 tables of populations with 50 bootstraps: `npm run bench -- living-planet`.
 *
 * 15 tables with 2,895 populations counted in 2 to 45 years, drawn here; and, with golden data beside the project
 * (`SARYARKA_GOLDEN`), the 1,027 populations of the Nearctic that rlpi gives away. rlpi took 70.6 s of processor for the 15 tables of
 * its own example of the land on a machine of two cores; those other tables are not at hand, so that this is no comparison of like
 * with like.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { livingPlanetIndex, type SpeciesSet } from '../src/science/living-planet.ts';
import { normalQuantile } from '../src/science/normal.ts';
import { type Random, seededRandom } from '../src/science/seeded-random.ts';

const TABLES = 15;
const POPULATIONS = 193;
const FIRST = 1970;
const LAST = 2016;

measure('15 tables drawn here', drawn());
const folder = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', 'shared', 'golden'),
  'life',
  'rlpi',
  'input',
);
if (existsSync(folder)) measure('3 tables of the Nearctic', ['aves', 'herps', 'mammalia'].map(given));

function measure(name: string, sets: SpeciesSet[]): void {
  const before = process.cpuUsage();
  const { methods } = livingPlanetIndex(sets, { from: FIRST, to: LAST, seed: 1, bootstraps: 50 });
  const { user, system } = process.cpuUsage(before);
  const { smooth, chain } = methods;
  console.log(
    `${name}, 50 bootstraps: ${((user + system) / 1e6).toFixed(2)} s of processor; populations smoothed ${smooth}, chained ${chain} (rlpi, its own 15 tables: 70.6 s)`,
  );
}

function drawn(): SpeciesSet[] {
  const random = seededRandom(11);
  return Array.from({ length: TABLES }, (_, t) => ({
    name: `table ${t}`,
    species: Array.from({ length: POPULATIONS }, (_, i) => ({
      name: `species ${i}`,
      populations: [population(`${t}-${i}`, random)],
    })),
  }));
}

function population(id: string, random: Random): { id: string; years: number[]; values: number[] } {
  const span = 2 + Math.floor(44 * random());
  const from = FIRST + Math.floor((LAST - FIRST - span + 1) * random());
  const kept = 0.3 + 0.7 * random();
  const years = Array.from({ length: span }, (_, j) => from + j).filter((_, j) => j === 0 || j === span - 1 || random() < kept);
  let level = 4;
  const values = years.map(() => {
    level += 0.2 * normalQuantile(random() + 2 ** -33);
    return Math.exp(level);
  });
  return { id, years, values };
}

function given(taxon: string): SpeciesSet {
  const [, ...lines] = gunzipSync(readFileSync(join(folder, `T_Nearctic_${taxon}_pops.txt.gz`)))
    .toString()
    .replaceAll('"', '')
    .trim()
    .split(/\r?\n/);
  const rows = lines.map((line) => line.split('\t')).filter(([, , , value]) => value !== 'NA' && value !== '');
  const species = [...Map.groupBy(rows, ([name = '']) => name)].map(([name, own]) => ({
    name,
    populations: [...Map.groupBy(own, ([, id = '']) => id)].map(([id, list]) => {
      const sorted = list.toSorted((a, b) => Number(a[2]) - Number(b[2]));
      return { id, years: sorted.map((row) => Number(row[2])), values: sorted.map((row) => Number(row[3])) };
    }),
  }));
  return { name: taxon, species };
}
