/** Indicators of living things by one name and shape, whatever they are computed of. */
import { describe, expect, test } from 'vitest';
import { speciesIndicators } from '../../src/indicators/species-indicators.ts';
import type { Taxon } from '../../src/life-types.ts';
import { coresOf } from '../../src/run/compute-connectivity.ts';
import { computeLife, type LifeGiven, type LifeWork, lifeComputable, lifeComputables } from '../../src/run/compute-life.ts';
import { computeSpecies, type OpenOccurrence } from '../../src/run/compute-species.ts';
import { shippedIndicators } from '../../src/store/keep-computed.ts';
import type { DrawnZone, Position } from '../../src/types.ts';

const ring: Position[] = [
  [76, 43],
  [76.02, 43],
  [76.02, 43.02],
  [76, 43.02],
  [76, 43],
];
const zones = [
  {
    ...{ id: 'almaty/core', site: 'almaty', kind: 'core', name: {}, valid: { start: '2010-01-01', end: null } },
    ...{ geometry: { type: 'MultiPolygon', coordinates: [[ring]] }, from: { source: 'by-hand' } },
  },
] as unknown as DrawnZone[];
const taxa = ['a', 'b', 'c'].map(
  (id): Taxon => ({
    ...{ id, name: id, rank: 'species', parent: null, vernacular: {} },
    ...{ categories: { iucn: 'VU' }, sensitivity: null, sensitivityReason: null },
  }),
);
const occurrences = taxa.flatMap(({ id }, i) =>
  [2015, 2016, 2017, 2018, 2019, 2020]
    .filter((year) => i <= year % 3)
    .map(
      (year): OpenOccurrence => ({
        ...{ id: `${id}-${year}`, taxon: id, place: [76.01, 43.01], uncertaintyM: 10, count: 1, fields: {}, from: null },
        period: { start: `${year}-05-01`, end: `${year}-05-02` },
      }),
    ),
);
const records: LifeGiven = { of: 'records', zones, occurrences, taxa };
const cores: LifeGiven = { of: 'cores', zones, own: coresOf(zones, 'almaty', 'Almaty'), others: [], reserves: null };
const counts: LifeGiven = {
  of: 'table',
  name: 'counts.csv',
  inputs: [{ href: 'counts.csv', digest: 'sha256:1' }],
  ground: { site: 'almaty', zones },
  told: null,
  table: {
    header: ['species', 'site', 'year', 'count'],
    rows: [2010, 2011, 2012, 2013, 2014].flatMap((year, i) =>
      ['a', 'b'].map((site, s) => ({
        line: 2 + 2 * i + s,
        values: { species: 'Otis tarda', site, year: String(year), count: String(10 + s + 2 * i) },
      })),
    ),
  },
};
const computed = (indicator: string, given: LifeGiven, params: LifeWork['params'] = {}) =>
  computeLife({ indicator, site: 'almaty', params, given });

test('each has a row of the catalogue with its method, and nothing else computes by that name', () => {
  const rows = shippedIndicators();
  for (const { id, method, version } of lifeComputables)
    expect(rows.find((row) => row.id === id)).toMatchObject({ method, version });
  expect(new Set(lifeComputables.map(({ id }) => id)).size).toBe(lifeComputables.length);
  expect(lifeComputable('astrology')).toBeNull();
});

describe('of records', () => {
  test.each(speciesIndicators)('$id gives the figures and the run of `saryarka life indicators`', (indicator) => {
    const expected = computeSpecies(indicator, { site: 'almaty', zones, occurrences, taxa, params: {} });
    const { run, observations, skipped } = computed(indicator.id, records);
    expect(run).toEqual(expected.run);
    expect(observations).toEqual(expected.figures.map(expected.observation));
    expect(skipped).toEqual(expected.skipped);
    expect(computed(indicator.id, records, lifeComputable(indicator.id)?.params ?? {}).run.id).toBe(run.id);
  });

  test('where none can be used it is told why, and nothing is a zero', () => {
    const beside = occurrences.map((one): OpenOccurrence => ({ ...one, place: [70, 40] }));
    expect(() => computed('species-richness', { ...records, occurrences: beside })).toThrow(`outside the zones ${beside.length}`);
  });
});

describe('of cores', () => {
  test('one run for the one that is asked for', () => {
    const { run, observations, skipped } = computed('protected-connectivity', cores, { distance: '5000' });
    expect(run).toMatchObject({ indicator: 'protected-connectivity', params: { distance: '5000', within: '100000' } });
    expect(observations.map(({ by }) => by.class)).toEqual(['1000 m', '5000 m', '10000 m']);
    expect(skipped).toBeNull();
  });

  test.each<[Record<string, string>, string]>([
    [{ distance: '0' }, '> 0'],
    [{ distance: '' }, '> 0'],
    [{ distance: 'far' }, '> 0'],
    [{ within: '-1' }, '≥ 0'],
    [{ lang: 'en' }, 'distance, within, width'],
    [{ width: '0' }, '> 0'],
  ])('%j is refused', (params, expected) => {
    expect(() => computed('connectivity', cores, params)).toThrow(expected);
  });

  test('links of no length are none: two cores apart are as connected as each is with itself', () => {
    const east = ring.map(([lon, lat]): Position => [lon + 0.05, lat]);
    const both = zones.map((zone): DrawnZone => ({ ...zone, geometry: { type: 'MultiPolygon', coordinates: [[ring], [east]] } }));
    const two: LifeGiven = { of: 'cores', zones: both, own: coresOf(both, 'almaty', 'Almaty'), others: [], reserves: null };
    // ECA² = 2a² over (2a)²
    expect(computed('connectivity', two, { within: '0' }).observations[0]?.value).toBeCloseTo(100 * Math.SQRT1_2, 9);
    expect(computed('connectivity', two, { within: '10000' }).observations[0]?.value).toBeGreaterThan(71);
  });
});

describe('of a table', () => {
  test('the figures are those of the site, with the parameters that were used', () => {
    const { run, observations } = computed('population-trend', counts, { base: '2011' });
    expect(run).toMatchObject({ indicator: 'population-trend', inputs: [{ href: 'counts.csv' }], params: { base: '2011' } });
    expect(new Set(observations.map(({ feature }) => feature))).toEqual(new Set(['almaty']));
    expect(
      observations.find(({ indicator, period }) => indicator === 'population-index' && period?.start === '2011-01-01')?.value,
    ).toBe(1);
  });

  test.each<Record<string, string>>([
    { draws: '1e9' },
    { draws: '1' },
    { draws: '2.5' },
    { seed: '-1' },
    { seed: '4294967296' },
    { base: 'first' },
  ])('%j is refused before anything is drawn', (params) => {
    expect(() => computed('species-index', counts, params)).toThrow(String(Object.values(params)[0]));
  });

  test('a table without rows has no figures; one without a column is told which', () => {
    const header = counts.of === 'table' ? counts.table.header : [];
    const of = (table: { header: string[]; rows: [] }): LifeGiven => ({ ...counts, name: 'x.csv', inputs: [], table });
    expect(() => computed('population-trend', of({ header, rows: [] }))).toThrow();
    expect(() => computed('population-trend', of({ header: ['species'], rows: [] }))).toThrow('site, year, count');
  });
});
