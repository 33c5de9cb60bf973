/**
 * The Living Planet Index of 15 tables of populations with 50 bootstraps: `npm run bench -- living-planet`.
 *
 * Where `SARYARKA_RLPI` names a checkout of rlpi (or its `inst/extdata/example_data`), the 15 tables of its own example of the land are
 * measured, for which rlpi took 70.6 s of processor on a machine of two cores. Otherwise 15 tables with 2,895 populations counted in 2 to
 * 45 years, drawn here, which is no comparison of like with like; and, with golden data beside the project (`SARYARKA_GOLDEN`), the
 * populations of the Nearctic that rlpi gives away.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { livingPlanetIndex, type SpeciesSet } from '../src/science/living-planet.ts';
import { normalQuantile } from '../src/science/normal.ts';
import { type Random, seededRandom } from '../src/science/seeded-random.ts';
import { type Figure, mostMegabytes, processorSince, say, tell } from './life/figure.ts';

const TABLES = 15;
const POPULATIONS = 193;
const FIRST = 1970;
const LAST = 2016;

const RLPI: Figure['peers'] = [{ name: 'rlpi', seconds: 70.6 }];

const named = process.env.SARYARKA_RLPI;
const example =
  named && [join(named, 'inst', 'extdata', 'example_data'), named].find((one) => existsSync(join(one, 'terrestrial_infile.txt')));
const golden = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', 'shared', 'golden'),
  'life',
  'rlpi',
  'input',
);
if (example) measure('the 15 tables of the land of rlpi', exampleOf(example));
else {
  measure('15 tables drawn here', drawn(), 'other tables: rlpi took the 15 of its own example (SARYARKA_RLPI)');
  if (existsSync(golden)) {
    const files = ['aves', 'herps', 'mammalia'].map((taxon) => join(golden, `T_Nearctic_${taxon}_pops.txt.gz`));
    const [seconds] = indexOf(files.map((file) => ({ name: file, species: speciesOf(file) })));
    say(`3 tables of the Nearctic, 50 bootstraps: ${seconds.toFixed(2)} s of processor`);
  }
}

function indexOf(sets: SpeciesSet[]): [seconds: number, methods: string] {
  const before = process.cpuUsage();
  const { methods } = livingPlanetIndex(sets, { from: FIRST, to: LAST, seed: 1, bootstraps: 50 });
  return [processorSince(before), `populations smoothed ${methods.smooth}, chained ${methods.chain}`];
}

function measure(name: string, sets: SpeciesSet[], unlike?: string): void {
  const [seconds, methods] = indexOf(sets);
  say(`${name}, 50 bootstraps: ${seconds.toFixed(2)} s of processor; ${methods} (rlpi, its own 15 tables: 70.6 s)`);
  tell({
    job: `Living Planet Index, ${name}, 50 bootstraps`,
    seconds,
    megabytes: mostMegabytes(),
    peers: RLPI,
    ...(unlike === undefined ? {} : { unlike }),
  });
}

/** Tables, groups and weights as rlpi's list of its example has them. */
function exampleOf(folder: string): SpeciesSet[] {
  const [, ...rows] = readFileSync(join(folder, 'terrestrial_infile.txt'), 'utf8').replaceAll('"', '').trim().split(/\r?\n/);
  return rows.map((row) => {
    const [file = '', group = '', weight, groupWeight] = row.split('\t');
    return {
      name: file,
      species: speciesOf(join(folder, file)),
      group,
      weight: Number(weight),
      groupWeight: Number(groupWeight),
    };
  });
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

function speciesOf(file: string): SpeciesSet['species'] {
  const bytes = readFileSync(file);
  const [, ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().replaceAll('"', '').trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split('\t')).filter(([, , , value]) => value !== 'NA' && value !== '');
  return [...Map.groupBy(rows, ([name = '']) => name)].map(([name, own]) => ({
    name,
    populations: [...Map.groupBy(own, ([, id = '']) => id)].map(([id, list]) => {
      const sorted = list.toSorted((a, b) => Number(a[2]) - Number(b[2]));
      return { id, years: sorted.map((row) => Number(row[2])), values: sorted.map((row) => Number(row[3])) };
    }),
  }));
}
