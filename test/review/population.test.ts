import { expect, test } from 'vitest';
import { population } from '../../src/review/population.ts';
import type { Observation, ZoneKind } from '../../src/types.ts';
import { type ContentOverrides, contentOf, indicatorOf, observationOf, wordsOf, zoneOf } from './content-fixture.ts';

const people = (zone: ZoneKind | undefined, value: number, year: number, by?: string, rest: Partial<Observation> = {}) =>
  observationOf('population', value, '{person}', {
    year,
    ...(zone === undefined ? {} : { zone }),
    by: by === undefined ? {} : { class: by },
    ...rest,
  });
const content = (observations: Observation[], rest: ContentOverrides = {}) =>
  contentOf({ indicators: [indicatorOf('population', { title: { en: 'Population' } })], ...rest, facts: { observations } });
const lines = (...args: Parameters<typeof content>) => wordsOf(population(content(...args))).split('\n');

test('permanent and seasonal people stand apart, before and now, each with its year; a blank is no zero', () => {
  const all = lines([
    people('core', 0, 2013, 'permanent'),
    people('transition', 24_400, 2013, 'permanent', { approximate: true }),
    people('transition', 900, 2013, 'seasonal'),
    people('transition', 23_100, 2021, 'permanent'),
  ]);
  expect(all.slice(1)).toEqual([
    'Zone | Report before: permanent | Report before: seasonal | Report before: date | Now: permanent | Now: seasonal | Now: date',
    'core area | 0 | – | 2013 | – | – | –',
    'buffer zone | – | – | – | – | – | –',
    'transition area | about 24,400 | 900 | 2013 | 23,100 | – | 2021',
  ]);
});

test('figures that are not classed are said to be not told apart, and the whole reserve has a row of its own', () => {
  const all = lines([people(undefined, 83_000, 2014)]);
  expect(all.at(-1)).toBe('whole reserve | 83,000 (permanent and seasonal not told apart) | – | 2014 | – | – | –');
});

test('more than two dates make a series by year; computed figures stand beside what was declared, and in the series', () => {
  const years = [1999, 2013, 2023].map((year) => people('transition', year, year, 'permanent'));
  const grid = people('transition', 500, 2020, undefined, {
    role: 'computed',
    by: { class: 'grid' },
    low: 300,
    high: 900,
    level: 0.9,
    from: { run: 'grid' },
  });
  const all = lines([...years, grid]);
  expect(all).toContain('transition area | 2,013 | – | 2013 | 2,023 | – | 2023 | 500 (300–900; 90 %) (grid, 2020)');
  expect(all).toContain('core area | – | – | – | – | – | – | –');
  // 500 and 2,023 are three quarters of the larger apart
  expect(all.join('\n')).toContain('Largest difference: 75 %.');
  expect(all.slice(-4)).toEqual([
    'transition area | 1999 | 1,999 | – | – | Declared',
    'transition area | 2013 | 2,013 | – | – | Declared',
    'transition area | 2020 | – | – | 500 (300–900; 90 %) (grid) | Computed',
    'transition area | 2023 | 2,023 | – | – | Declared',
  ]);
  expect(lines(years.slice(1)).join()).not.toContain('by year');
});

test('sources that differ stand side by side with their notes; doubtful figures are named below', () => {
  const one = content([
    people('core', 4000, 2014, 'permanent'),
    people('core', 4100, 2014, 'permanent', { from: { source: 'other', page: '3' } }),
    people('core', 9, 2014, 'permanent', { quality: 'doubtful' }),
  ]);
  const words = wordsOf(population(one));
  expect(words).toContain('core area | 4,000 / 4,100 |');
  expect(words).toContain('doubtful: core area: 9 (2014).');
  expect(one.notes[1]).toBe('Declared: Population (permanent), 2014; other, p. 3');
});

test('nobody counted is null', () => {
  expect(population(content([]))).toBeNull();
});

test('zones of one kind are added up where a grid was summed over them, in whole people', () => {
  const grid = (id: string, value: number): Observation => ({
    ...people('core', value, 2020, 'grid', { role: 'computed', from: { run: 'grid' } }),
    id: `grid-${id}`,
    feature: id,
  });
  const zones = ['almaty/core', 'almaty/core-2'].map((id) => zoneOf('core', { id }));
  const all = wordsOf(
    population(
      contentOf({
        indicators: [indicatorOf('population')],
        facts: { zones, observations: zones.map(({ id }, i) => grid(id, 10.4 + i)) },
      }),
    ),
  );
  expect(all).toContain('core area | – | – | – | – | – | – | 22 (grid, 2020)');
  expect(all).toContain('core area | 2020 | – | – | 22 (grid) | Computed');
});
