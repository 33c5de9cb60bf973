/**
 * Diversity as iNEXT computes it, kept beside the project. See README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  asymptoticDiversity,
  diversityAt,
  diversityAtCoverage,
  observedDiversity,
  sampleCoverage,
} from '../../../src/science/diversity.ts';
import { curveSizes, diversityCurve } from '../../../src/science/diversity-curve.ts';
import { abundanceSample, type DiversitySample, incidenceSample } from '../../../src/science/diversity-sample.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'life', 'inext');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: diversity is not compared with iNEXT in this run (set SARYARKA_GOLDEN)`);

interface Row {
  Assemblage: string;
  m?: number;
  t?: number;
  'Order.q': number;
  SC: number;
  'SC.LCL': number;
  qD: number;
  'qD.UCL': number;
  method?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: files of many shapes, each known to its test
const read = (file: string): any => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const sizeOf = (row: Row): number => row.m ?? row.t ?? Number.NaN;
const near = (found: number, expected: number): number => Math.abs(found / expected - 1);

const sets = ['spider', 'bird', 'ant', 'ant_h500m'] as const;

function samples(set: (typeof sets)[number]): Map<string, DiversitySample> {
  const incidence = set.startsWith('ant');
  const counts = Object.entries(read(`${set.split('_')[0]}.json`) as Record<string, number[]>);
  return new Map(counts.map(([name, [first = 0, ...rest]]) => [name, incidence ? incidenceSample(first, rest) : abundanceSample([first, ...rest])]));
}

describe.skipIf(!present)('as iNEXT', () => {
  describe.each(sets)('%s', (set) => {
    const sample = present ? samples(set) : new Map<string, DiversitySample>();
    const of = (row: Row): DiversitySample => sample.get(row.Assemblage) as DiversitySample;

    test.each(['default_knots', 'fixedsizes'])('by size, %s', (knots) => {
      const rows = read(`${set}_inext_${knots}_se0.json`).size_based as Row[];
      expect(rows.length).toBeGreaterThan(40);
      for (const row of rows) {
        expect(near(diversityAt(of(row), sizeOf(row), row['Order.q']), row.qD)).toBeLessThan(1e-10);
        expect(Math.abs(sampleCoverage(of(row), sizeOf(row)) - row.SC)).toBeLessThan(1e-10);
      }
    });

    test('at one size and at coverages', () => {
      const { size, coverage_default, coverage_levels } = read(`${set}_estimateD.json`);
      for (const row of size as Row[]) expect(near(diversityAt(of(row), sizeOf(row), row['Order.q']), row.qD)).toBeLessThan(1e-10);
      for (const row of [coverage_default, ...Object.values(coverage_levels)].flat() as Row[])
        expect(near(diversityAtCoverage(of(row), row.SC, row['Order.q']).diversity, row.qD)).toBeLessThan(1e-10);
    });

    test('what it tends to, by order', () => {
      for (const row of read(`${set}_asymptotic_profile.json`) as Row[]) {
        const order = row['Order.q'];
        const found = (row.method === 'Estimated' ? asymptoticDiversity : observedDiversity)(of(row), order);
        const lossy = set.startsWith('ant') && ![0, 1].includes(order) && row.method === 'Estimated';
        expect(near(found, row.qD)).toBeLessThan(lossy ? 5e-6 : 1e-11);
      }
    });
  });

  test.each([
    ['spider', 1000],
    ['bird', 1000],
    ['ant_h500m', 200],
  ] as const)('intervals of %s are as wide', (set, count) => {
    const { size_based, coverage_based } = read(`${set}_inext_boot${count}_seed1.json`) as Record<string, Row[]>;
    const row = (rows: Row[] | undefined, name: string, order: number, size: number): Row =>
      rows?.find((one) => one.Assemblage === name && one['Order.q'] === order && sizeOf(one) === size) as Row;
    for (const [name, sample] of samples(set)) {
      if (!size_based?.some(({ Assemblage }) => Assemblage === name)) continue;
      for (const { order, points } of diversityCurve(sample, { bootstraps: 1000, seed: 20261123 })) {
        const away = points.slice(2).map(({ size, diversity, atCoverage, coverage }) => {
          const bySize = row(size_based, name, order, size);
          const byCoverage = row(coverage_based, name, order, size);
          return [
            near(diversity.high - diversity.value, bySize['qD.UCL'] - bySize.qD),
            near(atCoverage.high - atCoverage.value, byCoverage['qD.UCL'] - byCoverage.qD),
            near(coverage.value - coverage.low, bySize.SC - bySize['SC.LCL']),
          ];
        });
        for (const which of [0, 1, 2]) {
          const mean = away.reduce((sum, one) => sum + (one[which] as number), 0) / away.length;
          expect(mean).toBeLessThan(0.12);
        }
      }
    }
  });

  test('sizes are drawn through the same knots', () => {
    const rows = read('spider_inext_default_knots_se0.json').size_based as Row[];
    expect(curveSizes(168)).toEqual(rows.filter((row) => row.Assemblage === 'Girdled' && row['Order.q'] === 0).map(sizeOf));
  });

  test('edge cases: what iNEXT gives, and something sensible where it gives nothing', () => {
    const { input, output } = read('edge_cases_abundance.json') as { input: Record<string, number | number[]>; output: Record<string, { size?: Row[] }> };
    for (const [name, counts] of Object.entries(input)) {
      const sample = abundanceSample([counts].flat());
      for (const row of output[name]?.size ?? []) {
        const found = diversityAt(sample, sizeOf(row), row['Order.q']);
        if (row.qD === null) expect(found).toBe(1);
        else expect(near(found, row.qD)).toBeLessThan(1e-10);
        expect(Math.abs(sampleCoverage(sample, sizeOf(row)) - row.SC)).toBeLessThan(1e-10);
      }
    }
  });
});
