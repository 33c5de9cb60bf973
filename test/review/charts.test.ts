import { expect, test } from 'vitest';
import { seriesFigures } from '../../src/review/charts.ts';
import type { Observation, Zone } from '../../src/types.ts';
import { area, total } from '../store/facts-fixture.ts';
import { contentOf } from './content-fixture.ts';

const zone = (id: string, name: string, kind: Zone['kind'] = 'core'): Zone => ({
  id,
  site: 'almaty',
  kind,
  name: { en: name },
  valid: { start: null, end: null },
  geometry: null,
  from: { source: 'unesco-almaty' },
});

const seen = (feature: string, year: number, value: number): Observation => ({
  ...total,
  id: `${feature}-${year}`,
  indicator: 'snow',
  feature,
  period: { start: `${year}-01-01`, end: `${year + 1}-01-01` },
  value,
  low: value - 1,
  high: value + 1,
  unit: 'd',
  role: 'computed',
});

const years = [2018, 2019, 2020];
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.replaceAll('\u00a0', ' '));

test('a computed series has a line for each zone, several of a kind by their names, with its interval', async () => {
  const zones = [zone('almaty/core', 'West'), zone('almaty/core-2', 'East'), zone('almaty/buffer', '', 'buffer')];
  const observations = zones.flatMap(({ id }, i) => years.map((year) => seen(id, year, 100 + 20 * i + (year % 3))));
  const content = contentOf({
    facts: { zones, observations },
    indicators: [{ ...area, id: 'snow', title: { en: 'Snow' }, unit: 'd' }],
  });
  const [figure] = await seriesFigures(content, observations.slice(0, 1));
  if (figure?.kind !== 'figure') throw new Error('no figure');
  expect(textsOf(figure.svg)).toEqual(expect.arrayContaining(['core area: West', 'core area: East', 'buffer zone']));
  expect(figure.caption).toBe('Snow through the years');
});

test('fewer than three dates make no line', async () => {
  const zones = [zone('almaty/core', 'West')];
  const observations = years.slice(0, 2).map((year) => seen('almaty/core', year, 100));
  expect(await seriesFigures(contentOf({ facts: { zones, observations } }), observations.slice(0, 1))).toEqual([]);
});
