/** Populations, indices and occupancy as figures of a dossier: from a table, with interval, zone and what was left out. */
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/formats/csv.ts';
import { tableIndicators } from '../../src/indicators/table-indicators.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { tableFigures } from '../../src/run/compute-tables.ts';
import { shippedIndicators } from '../../src/store/keep-computed.ts';
import type { Observation } from '../../src/types.ts';

function computed(id: string, csv: string, params: Record<string, string> = {}): Observation[] {
  const indicator = tableIndicators.find((one) => one.id === id);
  if (indicator === undefined) throw new Error(id);
  const table = readCsv({ name: 't.csv', bytes: new TextEncoder().encode(csv) });
  return tableFigures(indicator, { name: 't.csv', table, inputs: [{ href: 't.csv', digest: 'sha256:0' }], feature: 'kz', params })
    .observations;
}

function fault(id: string, csv: string, params?: Record<string, string>): string {
  try {
    computed(id, csv, params);
  } catch (error) {
    if (error instanceof Problems || error instanceof Problem) return error.message;
    throw error;
  }
  return '';
}

const head = 'species,site,year,count,zone,group';
const counts = (species: string, group: string, factor: number): string[] =>
  ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((site, s) =>
    [2018, 2019, 2020, 2021, 2022].map((year, j) =>
      [
        species,
        site,
        year,
        (s + j) % 6 === 5 ? '' : Math.round((8 + 3 * s) * factor ** j) + ((s * 5 + j * 3) % 3),
        s < 3 ? 'core' : 'buffer',
        group,
      ].join(','),
    ),
  );
const table = [head, ...counts('Otis tarda', 'steppe', 1.2), ...counts('Anser anser', 'water', 0.9)].join('\n');

describe('population-trend', () => {
  const found = computed('population-trend', table);

  test('an index for each year and a trend, of each species, for all sites and each zone, with their interval', () => {
    expect(found.filter(({ indicator }) => indicator === 'population-trend').map(({ by }) => by.class)).toEqual([
      'Otis tarda',
      'Otis tarda, buffer',
      'Otis tarda, core',
      'Anser anser',
      'Anser anser, buffer',
      'Anser anser, core',
    ]);
    expect(found).toHaveLength(6 * 6);
    const trend = found.find(({ indicator, by }) => indicator === 'population-trend' && by.class === 'Otis tarda');
    expect(trend?.value).toBeGreaterThan(1.1);
    expect(trend?.value).toBeLessThan(1.3);
    expect(trend?.low as number).toBeLessThan(trend?.value as number);
    expect(trend).toMatchObject({ level: 0.95, n: 6, period: { start: '2018-01-01', end: '2023-01-01' }, role: 'computed' });
    const first = found.find(({ indicator, by }) => indicator === 'population-index' && by.class === 'Otis tarda');
    expect(first).toMatchObject({ value: 1, low: 1, high: 1 });
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });

  test('a base year other than the first', () => {
    const based = computed('population-trend', table, { base: '2020' }).filter(
      ({ indicator, by }) => indicator === 'population-index' && by.class === 'Otis tarda',
    );
    expect(based.map(({ value }) => value === 1)).toEqual([false, false, true, false, false]);
    expect(fault('population-trend', table, { base: '1999' })).toContain('2018 – 2022');
  });

  test('a model that the counts do not bear is simpler, and says so', () => {
    const gap = [
      head,
      ...counts('Otis tarda', 'steppe', 1).map((row) => row.replace(/,2020,\d+,/, ',2020,0,').replace(/,(core|buffer),/, ',,')),
    ].join('\n');
    expect(computed('population-trend', gap)[0]?.note).toContain('trend-lines');
  });

  test('faults stand with line and field', () => {
    expect(fault('population-trend', `${head}\na,A,2019,-4,,\na,A,2020,3,,\na,A,2020,3,,\n,A,2020,3,,\n`)).toMatch(
      /line 2, field count[\s\S]*line 4, field year.*a, A, 2020[\s\S]*line 5, field species/,
    );
    expect(fault('population-trend', 'species,site\na,A\n')).toContain('year, count');
    expect(fault('population-trend', `${head}\na,A,2019,4,core,\na,B,2019,4,,\n`)).toContain('zone');
  });
});

test('species-index: all species, groups and zones; the same figures whatever the order of rows', () => {
  const found = computed('species-index', table, { draws: '50' });
  const trends = found.filter(({ indicator }) => indicator === 'species-trend');
  expect(trends.map(({ by }) => by.class ?? null)).toEqual([
    null,
    'buffer',
    'core',
    'steppe',
    'steppe, buffer',
    'steppe, core',
    'water',
    'water, buffer',
    'water, core',
  ]);
  expect(found[0]).toMatchObject({ indicator: 'species-index', value: 100, n: 2 });
  const [first = '', ...rest] = table.split('\n');
  const turned = computed('species-index', [first, ...rest.toReversed()].join('\n'), { draws: '50' });
  for (const figure of found) {
    const other = turned.find(({ id }) => id === figure.id);
    expect(other?.value).toBeCloseTo(figure.value as number, 6);
  }
  expect(fault('species-index', table, { draws: '1' })).toContain('draws');
});

test('living-planet-index: the whole and its sets', () => {
  const found = computed(
    'living-planet-index',
    'species,population,year,value,set\na,1,2001,10,birds\na,1,2002,20,birds\nb,2,2001,4,fish\nb,2,2002,2,fish\n',
  );
  expect(found.map(({ by, value }) => [by.class ?? null, Number(value?.toFixed(6))])).toEqual([
    [null, 1],
    [null, 1],
    ['birds', 1],
    ['birds', 2],
    ['fish', 1],
    ['fish', 0.5],
  ]);
  expect(fault('living-planet-index', 'species,population,year,value\na,1,2001,10\na,1,2001,20\n')).toContain(
    'line 3, field year',
  );
});

test('occupancy: a chance by year, and the trend of the odds', () => {
  const rows = ['species,site,date'];
  for (let year = 2016; year <= 2021; year++)
    for (let site = 1; site <= 5; site++)
      for (let day = 1; day <= 4; day++) {
        rows.push(`lark,s${site},${year}-05-0${day}`);
        if ((day * site + year) % 3 === 0) rows.push(`bustard,s${site},${year}-05-0${day}`);
      }
  const found = computed('occupancy', rows.join('\n')).filter(({ by }) => by.class === 'bustard');
  expect(found.filter(({ indicator }) => indicator === 'occupancy')).toHaveLength(6);
  expect(found.at(-1)).toMatchObject({ indicator: 'occupancy-trend', period: { start: '2016-01-01', end: '2022-01-01' } });
  expect(fault('occupancy', 'species,site,date\na,s,2019\n')).toContain('line 2, field date');
});

test('every figure has a row in the catalogue, with its method and unit', () => {
  for (const id of [
    'population-index',
    'population-trend',
    'species-index',
    'species-trend',
    'living-planet-index',
    'occupancy',
    'occupancy-trend',
  ])
    expect(shippedIndicators().find((one) => one.id === id)).toMatchObject({ unit: '1', function: 'conservation' });
});
