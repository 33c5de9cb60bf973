/** Indicators of tables: what their columns mean, and what is a fault. */
import { expect, test } from 'vitest';
import { readCsv } from '../../src/formats/csv.ts';
import { tableIndicatorNames } from '../../src/indicators/table-indicator-names.ts';
import { tableIndicators } from '../../src/indicators/table-indicators.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { tableFigures } from '../../src/run/compute-tables.ts';
import { shippedIndicators } from '../../src/store/keep-computed.ts';

function computed(id: string, csv: string, params: Record<string, string> = {}) {
  const indicator = tableIndicators.find((one) => one.id === id);
  if (indicator === undefined) throw new Error(id);
  const table = readCsv({ name: 't.csv', bytes: new TextEncoder().encode(csv) });
  return tableFigures(indicator, {
    name: 't.csv',
    table,
    inputs: [{ href: 't.csv', digest: 'sha256:0' }],
    feature: 'kz',
    params,
  });
}

const figures = (id: string, csv: string, params?: Record<string, string>) =>
  computed(id, csv, params).observations.map(({ period, by, value }) => [period?.start.slice(0, 4), by.class ?? null, value]);

function faults(id: string, csv: string): string {
  try {
    computed(id, csv);
  } catch (error) {
    if (error instanceof Problems || error instanceof Problem) return error.message;
    throw error;
  }
  return '';
}

test('all of them are in the catalogue, with method, version and unit, and their names are known without loading them', () => {
  expect(tableIndicators.map(({ id }) => id)).toEqual(tableIndicatorNames);
  for (const { id, method, version } of tableIndicators)
    expect(shippedIndicators().find((one) => one.id === id)).toMatchObject({ id, method, version });
});

test('basins: a share for all, for rivers and lakes, for aquifers, with bounds only where something is open', () => {
  const head = 'basin,kind,year,area_km2,covered_km2,joint_body,meetings,plan,exchange\n';
  const { observations, run } = computed(
    'transboundary-arrangement',
    `${head}Chu,river-lake,2020,100,,yes,yes,yes,yes\nIli,river-lake,2020,60,,да,иә,,evet\nTien Shan,aquifer,2020,40,,no,,,\n`,
  );
  expect(observations.map(({ by, value, low, high, unit }) => [by.class, value, low, high, unit])).toEqual([
    [undefined, 50, 50, 80, '%'],
    ['river-lake', 62.5, 62.5, 100, '%'],
    ['aquifer', 0, null, null, '%'],
  ]);
  expect(observations.every(({ role, from }) => role === 'computed' && 'run' in from && from.run === run.id)).toBe(true);
  const told = faults('transboundary-arrangement', `${head},sea,2020,10,20,perhaps,yes,yes,yes\n`);
  for (const piece of ['basin', 'sea', '"20"; expected 0 – 10', 'perhaps']) expect(told).toContain(piece);
});

test('species: groups and all of them, a species twice in a year is a fault', () => {
  const head = 'species,group,year,category,genuine\n';
  expect(figures('red-list-index', `${head}a,birds,2010,LC,\nb,fish,2010,EX,yes\nb,fish,2000,CR,\na,birds,2000,LC,\n`)).toEqual([
    ['2000', null, 1 - 4 / 10],
    ['2010', null, 0.5],
    ['2000', 'birds', 1],
    ['2010', 'birds', 1],
    ['2000', 'fish', 1 - 4 / 5],
    ['2010', 'fish', 0],
  ]);
  expect(faults('red-list-index', `${head}a,,2010,LC,\na,,2010,VU,\nc,,2010,VV,\n`)).toMatch(/line 3.*a, 2010[\s\S]*line 4.*VV/);
});

test('answers: a score where every question has one; what is open is named', () => {
  const rows = [
    ...new Array(8).fill('D2,yes,2020'),
    ...new Array(4).fill('D3,no,2020'),
    'E1d,partially,2020',
    'E1d,partially,2020',
  ];
  const { observations } = computed('education-mainstreaming', `question,response,year\n${rows.join('\n')}\n`);
  expect(observations.map(({ by, value }) => [by.class, value])).toEqual([
    ['policies', null],
    ['curricula', null],
    ['teacher-education', null],
    ['student-assessment', 0.5],
  ]);
  expect(observations[0]).toMatchObject({ quality: 'partial', note: 'questions-open=A2, A4, A5, E1a' });
  expect(faults('education-mainstreaming', 'question,response,year\nE1d,yes,2020\nD9,no,2020\n')).toMatch(/yes[\s\S]*D9/);
});

test('capacity: watts by inhabitant, one population for a year', () => {
  // 2,903 MW for 19.8 million people are 146.6 W each
  const head = 'year,technology,capacity_mw,population\n';
  const found = figures('renewable-capacity-per-person', `${head}2023,wind,1410,19800000\n2023,solar,1493,19800000\n`);
  expect(found[0]?.[2]).toBeCloseTo(146.616, 3);
  expect(found.map(([, kind]) => kind)).toEqual([null, 'wind', 'solar']);
  expect(faults('renewable-capacity-per-person', `${head}2023,wind,1,100\n2023,solar,1,200\n`)).toContain('"200"; expected 100');
  expect(faults('renewable-capacity-per-person', `${head}2023,wind,1,0\n`)).toContain('population');
});

test('parity: researchers of Kazakhstan 2013, 8,849 women of 17,195', () => {
  const { observations } = computed('parity-index', 'year,group,female,male\n2013,researchers,8849,8346\n');
  expect(observations[0]?.value).toBeCloseTo(2 - 8346 / 8849, 12);
  expect(observations[0]?.note).toBe('parity-raw=1.06');
});

test('money by marker: kinds of money apart, the weight of what is significant stands in the run', () => {
  const csv =
    'activity,year,money,amount_usd,marker_5\na,2020,disbursement,100,2\nb,2020,disbursement,50,1\nc,2020,disbursement,9,\nd,2020,budget,70,0\n';
  expect(figures('biodiversity-finance', csv)).toEqual([
    ['2020', 'disbursement', 150],
    ['2020', 'disbursement/principal', 100],
    ['2020', 'disbursement/significant', 50],
    ['2020', 'budget', 0],
    ['2020', 'budget/principal', 0],
    ['2020', 'budget/significant', 0],
  ]);
  expect(figures('biodiversity-finance', csv, { 'significant-weight': '0.4' })[0]).toEqual(['2020', 'disbursement', 120]);
  expect(computed('biodiversity-finance', csv, { 'significant-weight': '0.4' }).run.params).toEqual({
    'significant-weight': '0.4',
  });
  expect(faults('biodiversity-finance', csv.replace('100,2', '100,7'))).toContain('marker_5');
});

test('technology and technical cooperation: what the kind of activity and the marker let count', () => {
  const head = 'activity,year,money,amount_usd,kind,marker_2\n';
  const rows =
    'a,2020,expenditure,10,transfer,1\nb,2020,expenditure,20,transfer,\nc,2020,expenditure,40,training,2\nd,2020,expenditure,80,event,2\n';
  expect(figures('technology-finance', head + rows)).toEqual([['2020', 'expenditure', 10]]);
  const plain = `activity,year,money,amount_usd,kind\n${rows.replaceAll(/,[12]?$/gm, '')}`;
  expect(figures('technical-cooperation', plain)).toEqual([['2020', 'expenditure', 70]]);
  expect(figures('technical-cooperation', plain, { kinds: 'event' })).toEqual([['2020', 'expenditure', 80]]);
});

test('missing columns and unknown parameters are named, and the same table is the same run', () => {
  expect(faults('parity-index', 'year,women\n')).toMatch(/female, male.*found: year, women/);
  expect(() => computed('parity-index', 'year,female,male\n', { weight: '1' })).toThrow('weight');
  const csv = 'year,female,male\n2013,1,2\n';
  expect(computed('parity-index', csv).run.id).toBe(computed('parity-index', csv).run.id);
});
