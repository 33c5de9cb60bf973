/**
 * The Living Planet Index as rlpi computes it, kept beside the project. See README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  livingPlanetIndex,
  type PopulationSeries,
  populationChanges,
  type SpeciesSeries,
  speciesChanges,
} from '../../../src/science/living-planet.ts';
import { thinPlateSmoother, traceOfTrend } from '../../../src/science/penalised-spline.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'life', 'rlpi');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: the Living Planet Index is not compared with rlpi in this run (set SARYARKA_GOLDEN)`);

const lines = (text: string): string[] => text.replaceAll('"', '').trim().split(/\r?\n/);
const zipped = (file: string): string[] => lines(gunzipSync(readFileSync(join(folder, file))).toString());

type Population = PopulationSeries & { species: string };

function populations(file: string): Population[] {
  const rows = zipped(join('input', file))
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([, , , value]) => value !== 'NA' && value !== '');
  return [...Map.groupBy(rows, ([, id]) => id as string)].map(([id, own]) => {
    const sorted = own.toSorted((a, b) => Number(a[2]) - Number(b[2]));
    return { id, species: own[0]?.[0] as string, years: sorted.map((row) => Number(row[2])), values: sorted.map((row) => Number(row[3])) };
  });
}

const bySpecies = (all: readonly Population[]): SpeciesSeries[] =>
  [...Map.groupBy(all, ({ species }) => species)].map(([name, own]) => ({ name, populations: own }));

/** Yearly changes by population; columns are years from 1970 on, the first of no meaning. */
const expectedChanges = (file: string): Map<string, number[]> =>
  new Map(
    zipped(join('output', file))
      .slice(1)
      .map((line) => line.split(','))
      .map(([id = '', ...cells]) => [id, cells.map((cell) => (cell === 'NA' ? Number.NaN : Number(cell)))]),
  );

const index = (file: string): number[][] =>
  lines(readFileSync(join(folder, file), 'utf8'))
    .slice(1)
    .map((line) => line.split(',').map(Number));

/** What years decide by themselves, for all tests. */
const smoothers = new Map();

/** mgcv itself ends in one minimum or in the other. */
const UNDECIDED = '3140';

describe.runIf(present)('rlpi', () => {
  test('a line of mgcv: its score, its freedom, its values, and no trace in what it leaves', () => {
    const known = JSON.parse(readFileSync(join(folder, 'mgcv_tprs_gcv_example.json'), 'utf8'));
    const line = thinPlateSmoother(known.x, [known.k].flat()[0])(known.y);
    expect(line.score).toBeCloseTo([known.gcv].flat()[0], 10);
    expect(line.freedom).toBeCloseTo([known.edf].flat()[0], 6);
    known.pred_years.forEach((year: number, i: number) => {
      expect(line.at(year)).toBeCloseTo(known.pred[i], 7);
    });
    expect(traceOfTrend(known.x)(known.y.map((value: number, i: number) => value - (line.fitted[i] as number)))).toBeCloseTo(1, 6);
  });

  const runs = [
    ['example_data_nm_pops', 'nm_index.csv', 384],
    ['terrestrial_Nearctic_Aves_pops', 'nearctic_aves_index.csv', 541],
  ] as const;
  for (const [name, file, count] of runs) {
    test(`${name}: the yearly change of every population`, () => {
      const all = populations(`${name}.txt.gz`);
      const expected = expectedChanges(`${name}_PopLambda.txt.gz`);
      expect(all.length).toBe(count);
      let [worst, undecided] = [0, 0];
      for (const population of all) {
        const { first, changes } = populationChanges(population, smoothers);
        for (const [i, theirs] of (expected.get(population.id) as number[]).entries()) {
          if (i === 0) continue;
          const ours = changes[1970 + i - first] ?? Number.NaN;
          expect(Number.isNaN(ours), `${population.id}, ${1970 + i}`).toBe(Number.isNaN(theirs));
          const away = Math.abs(ours - theirs) || 0;
          if (population.id === UNDECIDED) undecided = Math.max(undecided, away);
          else worst = Math.max(worst, away);
        }
      }
      expect(worst).toBeLessThan(1e-6);
      expect(undecided).toBeLessThan(2e-3);
    });

    test(`${name}: the index, and the interval when years are drawn one by one`, () => {
      const known = index(file);
      const all = populations(`${name}.txt.gz`);
      const set = { name, species: bySpecies(all) };
      const options = { from: 1970, to: 2016, seed: 1, bootstraps: 300 } as const;
      const found = livingPlanetIndex([set], { ...options, resample: 'years' });
      const away = Math.max(...known.map(([, value], i) => Math.abs((value as number) - (found.index[i] as number))));
      expect(away).toBeLessThan(all.some(({ id }) => id === UNDECIDED) ? 2e-5 : 1e-8);
      // Widths of logarithms: those of rlpi are of 100 draws.
      const wide = ([low, high]: [number, number]): number => Math.log(high / low);
      const [ours, theirs] = [0, 1].map((which) =>
        known.slice(1).reduce((sum, row, i) => sum + wide(which ? [row[2] as number, row[3] as number] : [found.low[i + 1] as number, found.high[i + 1] as number]), 0),
      ) as [number, number];
      expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.25);
      const whole = livingPlanetIndex([set], { ...options, bootstraps: 200 });
      expect(wide([whole.low[45] as number, whole.high[45] as number])).toBeGreaterThan(0);
    });
  }

  test.each(['aves', 'herps', 'mammalia'])('%s of the Nearctic: the mean change of species by year', (taxon) => {
    const name = `T_Nearctic_${taxon}_pops`;
    const [header = '', means = ''] = lines(readFileSync(join(folder, 'output', `${name}_dtemp.csv`), 'utf8'));
    const years = header.split(',').map((year) => Number(year.replace('X', '')));
    const last = years.at(-1) as number;
    const rows = bySpecies(populations(`${name}.txt.gz`)).map(({ populations: own }) =>
      speciesChanges(
        own.map((one) => populationChanges(one, smoothers)),
        1970,
        last,
      ),
    );
    means.split(',').forEach((mean, i) => {
      if (i === 0) return;
      const known = rows.map((row) => row[i - 1] as number).filter((change) => !Number.isNaN(change));
      if (known.length === 0) expect(Number(mean), String(years[i])).toBe(-99);
      else expect(Math.abs(known.reduce((sum, change) => sum + change, 0) / known.length - Number(mean)), String(years[i])).toBeLessThan(taxon === 'aves' ? 1e-5 : 1e-8);
    });
  });

  test('with the line of rlpi for the population that rounding decides, the index of birds is the same to 1e-8', () => {
    const name = 'terrestrial_Nearctic_Aves_pops';
    const theirs = expectedChanges(`${name}_PopLambda.txt.gz`).get(UNDECIDED) as number[];
    const rows = bySpecies(populations(`${name}.txt.gz`)).map(({ populations: own }) =>
      speciesChanges(
        own.map((one) => (one.id === UNDECIDED ? { first: 1971, changes: Float64Array.from(theirs.slice(1)) } : populationChanges(one, smoothers))),
        1970,
        2016,
      ),
    );
    let value = 1;
    const away = index('nearctic_aves_index.csv').map(([, known], i) => {
      const changes = i === 0 ? [] : rows.map((row) => row[i - 1] as number).filter((change) => !Number.isNaN(change));
      if (changes.length > 0) value *= 10 ** (changes.reduce((sum, change) => sum + change, 0) / changes.length);
      return Math.abs(value - (known as number));
    });
    expect(Math.max(...away)).toBeLessThan(1e-8);
  });
});
