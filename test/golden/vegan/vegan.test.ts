/**
 * Richness, accumulation and dissimilarity as vegan computes them, kept beside the project. See README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Dissimilarity, dissimilarities } from '../../../src/science/dissimilarity.ts';
import { hillNumber, renyiEntropy, tsallisEntropy } from '../../../src/science/hill.ts';
import { accumulateColeman, accumulateIndividuals, accumulateUnits } from '../../../src/science/species-accumulation.ts';
import { ace, chancesInPart, chao1, fisherAlpha, rarefiedRichness, speciesPool } from '../../../src/science/species-estimators.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'life', 'vegan');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: richness and dissimilarity are not compared with vegan in this run (set SARYARKA_GOLDEN)`);
const sets = present
  ? readdirSync(folder)
      .filter((file) => file.endsWith('_vegan.json'))
      .map((file) => file.slice(0, -'_vegan.json'.length))
  : [];

const ORDERS = [0, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, Number.POSITIVE_INFINITY];

function table(set: string): number[][] {
  const [, ...lines] = readFileSync(join(folder, `${set}.csv`), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => line.split(',').slice(1).map(Number));
}

type Value = number | null;

/** Differences above the tolerance, relative to what is more than 1. */
function apart(found: ArrayLike<number>, expected: readonly Value[], tolerance = 1e-10): string[] {
  return expected.flatMap((value, i) => {
    const own = found[i] as number;
    if (value === null) return Number.isFinite(own) ? [`${i}: ${own}, not none`] : [];
    return Math.abs(own - value) <= tolerance * Math.max(1, Math.abs(value)) ? [] : [`${i}: ${own}, not ${value}`];
  });
}

describe.skipIf(!present)('as vegan', () => {
  test('there are cases', () => expect(sets.length).toBeGreaterThan(0));

  describe.each(sets)('%s', (set) => {
    // biome-ignore lint/suspicious/noExplicitAny: one file of many shapes, each known to its test
    const golden: any = JSON.parse(readFileSync(join(folder, `${set}_vegan.json`), 'utf8'));
    const sites = table(set);
    const each = (of: (site: number[]) => number): number[] => sites.map(of);

    test.skipIf(!golden.hill)('Hill numbers and the entropies of their family', () => {
      const all = (of: (site: number[], order: number) => number): number[] => sites.flatMap((site) => ORDERS.map((order) => of(site, order)));
      const finite = (values: Value[][]): Value[] => values.flat();
      expect(apart(all(hillNumber), finite(golden.hill))).toEqual([]);
      expect(apart(all(renyiEntropy), finite(golden.renyi))).toEqual([]);
      expect(apart(each((site) => renyiEntropy(site, 1)), golden.shannon)).toEqual([]);
      expect(apart(each((site) => 1 - 1 / hillNumber(site, 2)), golden.simpson)).toEqual([]);
      // vegan's series of Tsallis goes by 0.2 from 0 to 2
      const tsallis = sites.flatMap((site) => Array.from({ length: 11 }, (_, i) => tsallisEntropy(site, i / 5)));
      expect(apart(tsallis, finite(golden.tsallis))).toEqual([]);
    });

    test.skipIf(!golden.rarefy)('rarefied richness with its error, and the chance of each species', () => {
      const { sample, S, se } = golden.rarefy;
      const found = sites.map((site) => rarefiedRichness(site, sample));
      expect(apart(found.map(({ value }) => value), S)).toEqual([]);
      expect(apart(found.map(({ error }) => error ** 2), (se as number[]).map((one) => one ** 2))).toEqual([]);
      expect(apart(chancesInPart(sites[0] as number[], sample), golden.drarefy_row1)).toEqual([]);
    });

    test.skipIf(!golden.estimateR)('Chao1 and ACE', () => {
      const known = golden.estimateR;
      const first = sites.map(chao1);
      expect(apart(first.map(({ value }) => value), known['S.chao1'])).toEqual([]);
      expect(apart(first.map(({ error }) => error), known['se.chao1'])).toEqual([]);
      expect(apart(each((site) => ace(site).value), known['S.ACE'])).toEqual([]);
    });

    test.skipIf(!golden.fisher_alpha)('the α of Fisher', () => {
      const found = each(fisherAlpha);
      for (const [i, alpha] of found.entries()) {
        const total = (sites[i] as number[]).reduce((sum, count) => sum + count, 0);
        if (!Number.isFinite(alpha)) continue; // every individual is another species
        expect(alpha * Math.log1p(total / alpha)).toBeCloseTo(hillNumber(sites[i] as number[], 0), 10);
      }
      const known = (golden.fisher_alpha as Value[]).map((one, i) => (Number.isFinite(found[i]) ? one : null));
      expect(apart(found, known, 2e-5)).toEqual([]); // its search stops before the root
    });

    test.skipIf(!golden.specpool)('species of the region', () => {
      const pool = speciesPool(sites);
      const known = golden.specpool;
      // vegan takes f1 / N for f1² / N from the sum of squares; README.md
      const once = pool.units > 1 ? ((pool.jackknife1.value - pool.observed) * pool.units) / (pool.units - 1) : 0;
      const beside = ((once * once - once) / pool.units) * (1 - 1 / pool.units);
      const jackknife = [pool.jackknife1.value, Math.sqrt(pool.jackknife1.error ** 2 + beside), pool.jackknife2.value];
      expect(apart(jackknife, [known.jack1, known['jack1.se'], known.jack2])).toEqual([]);
      expect(apart([pool.observed, pool.chao.value, pool.chao.error], [known.Species, known.chao, known['chao.se']])).toEqual([]);
      expect(apart([pool.bootstrap.value, pool.bootstrap.error, pool.units], [known.boot, known['boot.se'], known.n])).toEqual([]);
    });

    test('accumulation', () => {
      const ways = { exact: accumulateUnits, coleman: accumulateColeman, rarefaction: accumulateIndividuals };
      for (const [name, way] of Object.entries(ways)) {
        const known = golden[`specaccum_${name}`];
        if (known === undefined) continue;
        const found = way(sites);
        expect(apart(found.map(({ value }) => value), known.richness)).toEqual([]);
        expect(apart(found.map(({ error }) => error), known.sd, 1e-9)).toEqual([]);
        if (known.individuals) expect(found.map(({ individuals }) => individuals)).toEqual(known.individuals);
      }
    });

    const measures = Object.keys(golden).filter((key) => key.startsWith('dist_') || key === 'betadiver_w');
    test.each(measures)('%s', (key) => {
      const method = key === 'betadiver_w' ? 'whittaker' : (key.slice('dist_'.length) as Dissimilarity);
      expect(apart(dissimilarities(sites, method), golden[key])).toEqual([]);
    });
  });
});
