/** The figures of the Aral on one axis: every source beside the others, with its contradictions. */
import { describe, expect, test } from 'vitest';
import { aralWaters } from '../../src/api/water.ts';
import { ARAL_WATERS, aralHistory, aralHistoryChart } from '../../src/plans/aral-history.ts';
import { aralTables } from '../../src/plans/aral-tables.ts';
import type { Observation } from '../../src/types.ts';

const { conflicts } = aralTables();
const figure = (id: string, known: Partial<Observation>): Observation => ({
  id,
  indicator: 'lake-volume',
  feature: 'aral-sea',
  period: { start: '1960-01-01', end: '1961-01-01' },
  value: 1093,
  low: null,
  high: null,
  level: null,
  n: null,
  unit: 'km3',
  by: {},
  role: 'observed',
  quality: 'ok',
  approximate: false,
  note: null,
  from: { source: 'aral-s7' },
  ...known,
});

describe('history', () => {
  const figures = aralHistory(
    [
      figure('b', { from: { source: 'aral-s1' }, value: 1101 }),
      figure('a', {}),
      figure('catch', {
        indicator: 'fish-catch',
        unit: 't',
        value: null,
        low: 45_000,
        high: 50_000,
        note: 'A year of the 1950s (conflict C10).',
      }),
      figure('undated', { indicator: 'fish-catch', unit: 't', period: null }),
      figure('other', { indicator: 'inflow' }),
      figure('elsewhere', { feature: 'balkhash' }),
    ],
    conflicts,
  );

  test('each figure keeps its source and the contradictions that bear on it, those that its row names too', () => {
    expect(figures.map(({ id }) => id)).toEqual(['b', 'a', 'undated', 'catch']);
    expect(figures[0]).toMatchObject({ source: 'aral-s1', conflicts: ['C1'], at: 1960.5 });
    expect(figures[3]?.conflicts).toEqual(['C10']);
  });

  test('the drawing has both sources, a sign for the contradiction, and says what has no year', () => {
    const svg = aralHistoryChart(figures, { names: new Map([['aral-sea', { en: 'Aral Sea' }]]), lang: 'en', to: 2026 });
    expect(svg).toContain('>C1<');
    expect(svg).toContain('only: 1');
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  test('a plan for years to come is no figure of the drawing', () => {
    const plan = aralHistory([figure('plan', { period: { start: '2030-01-01', end: '2031-01-01' }, role: 'target' })], conflicts);
    const described = aralHistoryChart(plan, { names: new Map(), lang: 'en', to: 2026 });
    expect(described).toContain('0 figures');
  });
});

test('the waters of the interface are those of the plans', () => {
  expect(aralWaters).toEqual(ARAL_WATERS);
});
