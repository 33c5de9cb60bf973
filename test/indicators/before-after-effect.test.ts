/** What a measure did, from a table that marks sites and years: effect, interval, groups, zones, and what it cannot be told from. */
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/formats/csv.ts';
import { beforeAfterOfTable, geometricMean } from '../../src/indicators/before-after-effect.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { tableFigures } from '../../src/run/compute-tables.ts';
import type { Observation } from '../../src/types.ts';

function effects(csv: string, params: Record<string, string> = {}, zones: string[] = []): Observation[] {
  const table = readCsv({ name: 't.csv', bytes: new TextEncoder().encode(csv) });
  const zoneOf = (name: string): string | null => (zones.includes(name) ? `kz/${name}` : null);
  const inputs = [{ href: 't.csv', digest: 'sha256:0' }];
  return tableFigures(beforeAfterOfTable, { name: 't.csv', table, inputs, feature: 'kz', zoneOf, params }).observations;
}

const fault = (csv: string, params?: Record<string, string>): string => {
  try {
    effects(csv, params);
  } catch (error) {
    if (error instanceof Problems || error instanceof Problem) return error.message;
    throw error;
  }
  return '';
};

const head = 'species,site,zone,group,role,phase,year,count';
/** Sites of one level; at those of the measure counts are `factor` times as high from 2020 on. */
const rows = (species: string, group: string, factor: number, { zone = 'core', control = true, phase = true } = {}): string[] =>
  [2016, 2017, 2018, 2019, 2020, 2021, 2022].flatMap((year) =>
    ['I1', 'I2', ...(control ? ['C1', 'C2'] : [])].map((site) => {
      const impact = site.startsWith('I');
      const wander = [0, 4, -3, 2, -2, 3, -4][year - 2016] as number;
      const count = Math.round((80 + wander) * (impact && year >= 2020 ? factor : 1));
      const words = !phase ? '' : year < 2019 ? 'before' : year > 2019 ? 'после' : '';
      return [species, site, impact ? zone : 'buffer', group, impact ? 'impact' : 'контроль', words, year, count].join(',');
    }),
  );
const table = (...of: string[][]): string => [head, ...of.flat()].join('\n');

describe('marked sites and phases', () => {
  const all = effects(
    table(rows('Otis tarda', 'steppe', 2), rows('Tetrax tetrax', 'steppe', 1), rows('Anser anser', 'lake', 0.5)),
    {},
    ['core'],
  );
  const of = (name?: string): Observation | undefined => all.find(({ by }) => by.class === name);

  test('a doubled, an unchanged and a halved population; the control rose alike in all', () => {
    expect(of('Otis tarda')?.value).toBeCloseTo(2, 1);
    expect(of('Otis tarda')?.low).toBeGreaterThan(1);
    expect(of('Tetrax tetrax')?.value).toBeCloseTo(1, 1);
    expect(of('Anser anser')?.high).toBeLessThan(1);
  });

  test('all sites of the measure lie in one zone: the figure is that of the zone', () => {
    expect(new Set(all.map(({ feature }) => feature))).toEqual(new Set(['kz/core']));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('the effect on a group is the mean of its species on the logarithm', () => {
    const mean = Math.sqrt((of('Otis tarda')?.value as number) * (of('Tetrax tetrax')?.value as number));
    expect(of('steppe')?.value).toBeCloseTo(mean, 9);
    const three = mean ** (2 / 3) * (of('Anser anser')?.value as number) ** (1 / 3);
    expect(of(undefined)?.value).toBeCloseTo(three, 9);
    expect(of('lake')).toBeUndefined();
  });

  test('phases, control sites and years in neither are said', () => {
    expect(of('Otis tarda')).toMatchObject({ indicator: 'before-after-effect', level: 0.95, n: 2, unit: '1' });
    expect(of('Otis tarda')?.note).toContain('effect-since=2016–2018 → 2020–2022; effect-control=2; effect-years-left=1');
    expect(of('Otis tarda')?.period).toEqual({ start: '2016-01-01', end: '2023-01-01' });
  });
});

test('without a control the change stands alone, and that is said; sites in two zones have figures of each', () => {
  const two = table(
    rows('a', '', 2, { control: false }),
    rows('a', '', 1, { control: false, zone: 'transition' }).map((row) => row.replaceAll(',I', ',T')),
  );
  const found = effects(two.replaceAll('impact', ''), {}, ['core', 'transition']);
  expect(found.map(({ feature, value }) => [feature, Math.round((value as number) * 10) / 10])).toEqual([
    ['kz', 1.5],
    ['kz/core', 2],
    ['kz/transition', 1],
  ]);
  for (const { note } of found) expect(note).toContain('effect-alone');
});

test('a year in place of phases, a zone in place of roles', () => {
  const plain = table(rows('a', '', 2, { phase: false })).replaceAll(/,(impact|контроль),/g, ',,');
  const [found] = effects(plain, { since: '2020', control: 'buffer' });
  expect(found?.value).toBeCloseTo(2, 1);
  expect(found?.note).toContain('2016–2019 → 2020–2022');
});

test('the mean of totals carries their covariance: two species with equal errors have half the variance', () => {
  const one = { values: Float64Array.of(100, 200), covariance: Float64Array.of(100, 40, 40, 400) };
  const mean = geometricMean([one, one]);
  expect([...mean.values]).toEqual([expect.closeTo(100, 9), expect.closeTo(200, 9)]);
  expect([...mean.covariance]).toEqual([50, 20, 20, 200].map((value) => expect.closeTo(value, 9)));
});

describe('faults', () => {
  test('words that are no role and no phase, a year in both phases, phases that cross', () => {
    expect(fault(table(rows('a', '', 1)).replace(',impact,', ',fence,'))).toMatch(/line 2, field role: found "fence"/);
    expect(fault(table(rows('a', '', 1)).replace(',before,2016', ',when,2016'))).toMatch(/line 2, field phase: found "when"/);
    expect(fault(table(rows('a', '', 1)).replace(',before,2016', ',after,2016'))).toMatch(/line 3, field phase: found "2016/);
    expect(fault(table(rows('a', '', 1)).replaceAll(',before,2016', ',after,2016'))).toContain('before < after');
  });

  test('no phase and no year; a control that is no zone', () => {
    expect(fault(table(rows('a', '', 1, { phase: false })))).toContain('2017 – 2022');
    const bare = table(rows('a', '', 1)).replaceAll(/,(impact|контроль),/g, ',,');
    expect(fault(bare, { control: 'moon' })).toContain('core, buffer');
  });

  test('a species that was never found has no effect, others do; where none has one, the first fault is told', () => {
    const none = rows('b', '', 1).map((row) => row.replace(/\d+$/, '0'));
    const found = effects(table(rows('a', '', 2), none));
    expect(found.find(({ by }) => by.class?.startsWith('b'))).toMatchObject({ value: null, note: 'trend-nothing-found' });
    expect(fault(table(none))).toContain('b');
  });
});
