import { expect, test } from 'vitest';
import type { Form } from '../../src/review/form.ts';
import { indicatorTables } from '../../src/review/indicator-tables.ts';
import type { Observation } from '../../src/types.ts';
import { type ContentOverrides, contentOf, indicatorOf, observationOf, runOf, wordsOf } from './content-fixture.ts';

const indicators = [
  indicatorOf('bare-soil', { title: { en: 'Bare soil' }, unit: '%', method: 'a', references: ['10.1/x'], standing: 'proxy' }),
  indicatorOf('visitors', { title: { en: 'Visitors' }, unit: '{person}', function: 'development' }),
  indicatorOf('centre-latitude', { function: 'zonation' }),
];
const content = (observations: Observation[], rest: ContentOverrides = {}) =>
  contentOf({ indicators, runs: [runOf('r1', { method: 'a' })], ...rest, facts: { observations, ...rest.facts } });
const lines = async (...args: Parameters<typeof content>) => wordsOf(await indicatorTables(content(...args))).split('\n');
const limits = { low: 4, high: 6, level: 0.95, role: 'computed', from: { run: 'r1' } } as const;

const observations = [
  observationOf('visitors', 900, '{person}', { year: 2014 }),
  observationOf('visitors', 1200, '{person}', { year: 2023 }),
  observationOf('bare-soil', 5, '%', { year: 2024, zone: 'core', ...limits }),
  observationOf('bare-soil', 10, '%', { year: 2014, zone: 'core', ...limits, low: 9, high: 11 }),
  observationOf('bare-soil', 7, '%', { year: 2024, zone: 'buffer', ...limits, high: 9 }),
  observationOf('centre-latitude', 50, 'deg', { year: 2020 }),
];

test('the latest value of each indicator and zone, with interval, year and method; places stay out', async () => {
  expect((await lines(observations)).slice(1)).toEqual([
    'Indicator | Zone | Value | Date | Method | Since the report before',
    'Bare soil, % | core area | 5.0 (4.0–6.0; 95 %) | 2024 | a, version 1 | fallen',
    'Bare soil, % | buffer zone | 7.0 (4.0–9.0; 95 %) | 2024 | a, version 1 | –',
    'Visitors, persons | whole reserve | 1,200 | 2023 | Declared | not known: the values have no interval',
  ]);
});

test('a change that may be none is not called a trend', async () => {
  const wide = observations.map((o) => (o.indicator === 'bare-soil' && o.value === 5 ? { ...o, high: 12 } : o));
  expect((await lines(wide))[2]).toContain('it may be that nothing changed');
});

test('values of different roles, methods and classes stand in rows of their own; future values do not stand for now', async () => {
  const all = await lines([
    observationOf('visitors', 1, '{person}', { year: 2020 }),
    observationOf('visitors', 2, '{person}', { year: 2020, role: 'observed' }),
    observationOf('visitors', 3, '{person}', { year: 2020, by: { class: 'foreign', sex: 'F' } }),
    observationOf('visitors', 9, '{person}', { year: 2030 }),
    observationOf('visitors', 8, '{person}', { year: 2020, role: 'target' }),
  ]);
  expect(all.slice(2).map((line) => line.split(' | ')[2])).toEqual(['1', '2', '3']);
  expect(all[4]).toContain('Visitors (foreign, women), persons');
});

test('the section says which functions or indicators it takes', async () => {
  const only = async (narrow: object) => (await lines(observations, { section: { only: narrow } })).slice(2);
  expect(await only({ functions: ['development'] })).toHaveLength(1);
  expect(await only({ ids: ['bare-soil'] })).toHaveLength(2);
  expect(await indicatorTables(content(observations, { section: { only: { ids: ['other'] } } }))).toBeNull();
});

test('the indicator book stands where the form asks for it: definition, unit, standing and method', async () => {
  const tables = [
    { id: 'T8', title: {}, sections: ['II.4.4'], fills: 'indicators', unconfirmed: true, rows: null, columns: null },
  ];
  const form: Partial<Form> = { tables };
  expect((await lines(observations, { form })).join('\n')).not.toContain('Indicator book');
  const all = await lines(observations, { form, section: { id: 'II.4.4' } });
  expect(all.slice(-2)).toEqual([
    'Bare soil | Definition of bare-soil. | % | conservation | stands in for another | a, version 1, 10.1/x',
    "Visitors | Definition of visitors. | persons | development | the reserve's own | as the source states it",
  ]);
});

test('no value is null', async () => {
  expect(await indicatorTables(content([]))).toBeNull();
});

test('sources that give one time different values stand in one row, equal values once', async () => {
  const same = [900, 950, 900].map((value, i) => observationOf('visitors', value, '{person}', { year: 2023, id: `v${i}` }));
  expect((await lines(same))[2]).toBe('Visitors, persons | whole reserve | 900 / 950 | 2023 | Declared | –');
});
