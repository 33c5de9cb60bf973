import { describe, expect, test } from 'vitest';
import {
  citeFigure,
  estimateText,
  featureText,
  figureCell,
  figureOf,
  figuresFor,
  indicatorText,
  periodText,
  together,
  unitText,
} from '../../src/review/figures.ts';
import { unitCodes } from '../../src/units.ts';
import { contentOf, indicatorOf, observationOf, runOf, zoneOf } from './content-fixture.ts';

const estimate = (value: number, low: number | null = null, high: number | null = null, level: number | null = null) => ({
  value,
  low,
  high,
  level,
});

describe('a figure is written', () => {
  test.each([
    ['12.3 (11.0–13.9; 95 %)', estimate(12.31, 11.02, 13.87, 0.95)],
    ['1,603,171 (1,603,010–1,603,340; 90 %)', estimate(1_603_171, 1_603_010, 1_603_340, 0.9)],
    ['0.00123 (0.00110–0.00141; 95 %)', estimate(0.001234, 0.0011, 0.00141, 0.95)],
    ['0.001', estimate(0.001)],
    ['1,234.57', estimate(1234.567)],
    ['0', estimate(0)],
    ['−3 (−4.0 … 1.0)', estimate(-3, -4, 1)],
    ['5 (≥ 4)', estimate(5, 4, null, null)],
    ['5 (≤ 6; 95 %)', estimate(5, null, 6, 0.95)],
  ])('%s', (written, given) => {
    expect(estimateText('en', given)).toBe(written.replace('−3 (', '−3.0 ('));
  });

  test('as readers of each language write numbers', () => {
    const given = estimate(1234.5, 1230.25, 1240.75, 0.95);
    expect(estimateText('ru', given).replaceAll(/\s/g, ' ')).toBe('1 234,5 (1 230,3–1 240,8; 95 %)');
    expect(estimateText('tr', given)).toBe('1.234,5 (1.230,3–1.240,8; %95)');
  });

  test('with "about" where its source says so, and square metres in hectares', () => {
    const content = contentOf();
    expect(figureCell(content, observationOf('area', 12_340_000, 'm2', { approximate: true })).text).toBe('about 1,234');
    expect(figureOf(observationOf('area', 3, 'km2', { low: 2, high: 4, level: 0.9 }), 'har')).toMatchObject({
      value: 300,
      low: 200,
      high: 400,
    });
    expect(figureOf(observationOf('area', null, 'km2'))).toBeNull();
  });

  test('equal figures once, with the notes of all', () => {
    const cells = [
      { text: '5', notes: [1] },
      { text: '6', notes: [2] },
      { text: '5', notes: [3, 1] },
    ];
    expect(together(cells)).toEqual({ text: '5 / 6', notes: [1, 3, 2] });
    expect(together([])).toEqual({ text: '–', notes: [] });
  });
});

test('a period is written in years where it is made of them, else in days', () => {
  expect(periodText('en', { start: '2014-01-01', end: '2015-01-01' })).toBe('2014');
  expect(periodText('en', { start: '2014-01-01', end: '2017-01-01' })).toBe('2014–2016');
  expect(periodText('en', { start: '2014-06-01', end: '2014-07-01' })).toBe('June 1, 2014–June 30, 2014');
  expect(periodText('en', { start: '2014-06-03', end: '2014-06-04' })).toBe('June 3, 2014');
  expect(periodText('en', null)).toBe('no date');
});

test('classes of inhabitants are in words, other classes in those of the source', () => {
  const content = contentOf({ lang: 'kk', indicators: [indicatorOf('population', { title: { kk: 'Халық саны' } })] });
  expect(indicatorText(content, 'population', { class: 'permanent' })).toBe('Халық саны (тұрақты)');
  expect(indicatorText(content, 'population', { class: 'herders' })).toBe('Халық саны (herders)');
});

test('what is declared for a kind of zone speaks for all its zones; a computed value for the one it is of', () => {
  const zones = ['almaty/core', 'almaty/core-2'].map((id, i) => zoneOf('core', { id, name: i === 0 ? { en: 'Oak' } : {} }));
  const content = contentOf({ facts: { zones } });
  expect(featureText(content, 'almaty/core', 'declared')).toBe('core area');
  expect(featureText(content, 'almaty/core', 'computed')).toBe('core area: Oak');
  expect(featureText(content, 'almaty/core-2', 'computed')).toBe('core area: 2');
});

test('every unit that Saryarka knows has words, in every language', () => {
  for (const lang of ['en', 'ru', 'kk', 'tr'] as const) {
    for (const unit of [...unitCodes, '{person}', '{site}', '[USD]']) expect(unitText(lang, unit)).not.toMatch(/[{}[\]*]/);
  }
  expect(unitText('ru', 'm3/s')).toBe('м³/с');
});

describe('a footnote says', () => {
  const note = (...args: Parameters<typeof observationOf>) => {
    const content = contentOf({
      indicators: [indicatorOf('population', { title: { en: 'Population' } })],
      runs: [runOf('r1', { method: 'grid', version: 3 })],
      datasets: [
        {
          id: 'd',
          title: { en: 'census.csv' },
          kind: 'table',
          href: 'census.csv',
          mediaType: 'text/csv',
          digest: null,
          crs: null,
          period: null,
          licence: '',
          attribution: '',
        },
      ],
    });
    citeFigure(content, observationOf(...args));
    return content.notes[0];
  };
  const page = 'https://en.unesco.org/biosphere/aspac/almaty';

  test('indicator, period, role, source with page and address, and quality', () => {
    expect(
      note('population', 5, '{person}', { year: 2013, from: { source: 'unesco-almaty', page: '4' }, quality: 'unconfirmed' }),
    ).toBe(`Declared: Population, 2013; UNESCO page on Almaty, p. 4, ${page} (unconfirmed)`);
  });

  test('method, version and run of what was computed; the run alone where nothing else is known', () => {
    const computed = { role: 'computed', by: { class: 'permanent' } } as const;
    expect(note('population', 5, '{person}', { ...computed, from: { run: 'r1' } })).toBe(
      'Computed: Population (permanent); grid, version 3, run r1',
    );
    expect(note('population', 5, '{person}', { ...computed, from: { run: 'r2' } })).toBe(
      'Computed: Population (permanent); run r2',
    );
  });

  test('file and row of what came in by table, with its source where it names one', () => {
    expect(note('population', 5, '{person}', { from: { dataset: 'd', row: '7' } })).toBe(
      'Declared: Population; census.csv, row 7',
    );
    expect(note('population', 5, '{person}', { from: { dataset: 'd', row: '7', source: 'unesco-almaty' } })).toBe(
      `Declared: Population; UNESCO page on Almaty, ${page} – census.csv, row 7`,
    );
  });
});

test('figures of unknown value and doubtful ones are left out; doubtful ones can be asked for', () => {
  const { facts } = contentOf({
    facts: {
      observations: [
        observationOf('population', null, '{person}'),
        observationOf('population', 1, '{person}', { quality: 'doubtful' }),
        observationOf('population', 2, '{person}'),
        observationOf('population', 3, '{person}', { role: 'target' }),
      ],
    },
  });
  expect(figuresFor(facts, ['almaty'], 'population').map(({ value }) => value)).toEqual([2]);
  expect(figuresFor(facts, ['almaty'], 'population', { doubtful: true }).map(({ value }) => value)).toEqual([1]);
});
