/** Waters at the shore in a review: their figures under their names, source by source; zones; contradictions; nothing where there is nothing. */
import { expect, test } from 'vitest';
import type { Content } from '../../src/review/content.ts';
import { water } from '../../src/review/water.ts';
import type { Observation, Run, Site } from '../../src/types.ts';
import { type ContentOverrides, contentOf, indicatorOf, observationOf, wordsOf } from './content-fixture.ts';

const aral: Site = {
  ...contentOf().facts.site,
  id: 'aral-sea',
  kind: 'water-body',
  name: { en: 'Aral Sea', kk: 'Арал теңізі' },
  parent: null,
};
const kazakhstan: Site = { ...aral, id: 'kazakhstan', kind: 'country', name: { en: 'Kazakhstan' } };
const indicators = ['lake-level', 'lake-area', 'salinity', 'exposed-bed', 'water-stress'].map((id) =>
  indicatorOf(id, { title: { en: id } }),
);
const of = (indicator: string, value: number, unit: string, year: number, rest: Partial<Observation> = {}): Observation => ({
  ...observationOf(indicator, value, unit, { year }),
  feature: 'aral-sea',
  ...rest,
});
const content = (nearby: Content['nearby'], rest: ContentOverrides = {}): Content & { notes: string[] } => ({
  ...contentOf({ indicators, ...rest }),
  ...(nearby === undefined ? {} : { nearby }),
});
const lines = async (of: Content): Promise<string[]> => wordsOf(await water(of)).split('\n');

test('a reserve without a water at its shore, and without a bed, has nothing to tell', async () => {
  expect(await water(content(undefined))).toBeNull();
  expect(await water(content([{ site: aral, observations: [] }]))).toBeNull();
});

test('first year since 1960 and latest, source by source, each figure with its footnote; a plan and what is doubted stay out', async () => {
  const observations = [
    of('lake-level', 52.8, 'm', 1950),
    of('lake-level', 53.4, 'm', 1960),
    of('lake-level', 53, 'm', 1960),
    of('lake-level', 39.67, 'm', 1988),
    of('lake-level', 99, 'm', 1989, { quality: 'doubtful' }),
    of('lake-level', 60, 'm', 1990, { role: 'target' }),
    of('lake-level', 61, 'm', 2031),
  ];
  const made = content([{ site: aral, observations }]);
  expect(await lines(made)).toContain('Aral Sea | lake-level, m | 53.4 / 53 (1960) | 39.67 (1988)');
  expect((await lines(made))[0]).toContain('Aral Sea, lake-level, m: 53.4 / 53 (1960), then 39.67 (1988).');
  expect(made.notes.length).toBeGreaterThanOrEqual(2);
});

test('a figure that is known by its limits only is told by them', async () => {
  const range = of('salinity', 0, 'g/L', 2019, { value: null, low: 130, high: 350 });
  expect(await lines(content([{ site: aral, observations: [range] }]))).toContain(
    'Aral Sea | salinity, g/L | 130–350 (2019) | –',
  );
});

test('exposed bed kept with the reserve stands under the water that it is of; water stress under the country', async () => {
  const kept = observationOf('exposed-bed', 60_409, 'km2', { year: 2014, role: 'computed', note: 'of-water=aral-sea' });
  const own = [of('exposed-bed', 1, 'km2', 2014, { role: 'computed' })];
  const stress = of('water-stress', 32.65, '%', 2020, { feature: 'kazakhstan' });
  const all = await lines(
    content(
      [
        { site: aral, observations: own },
        { site: kazakhstan, observations: [stress] },
      ],
      { facts: { observations: [kept] } },
    ),
  );
  expect(all).toContain('Aral Sea | exposed-bed, km² | 60,409 (2014) | –');
  expect(all).toContain('Kazakhstan | water-stress, % | 32.65 (2020) | –');
});

test('contradictions that bear on the figures are told in the language of the review, and the years are drawn', async () => {
  const made = content([{ site: aral, observations: [of('lake-area', 68_028, 'km2', 1960)] }], { lang: 'kk' });
  const blocks = (await water(made)) ?? [];
  expect(blocks.map(({ kind }) => kind)).toEqual(['table', 'figure', 'text', 'list']);
  expect(wordsOf(blocks)).toMatch(/C1 1960 жылғы көлем/);
});

test('by zone: bed left and water left in the first year, at the report before, and now [ha]', async () => {
  const run: Run = {
    id: 'run-1',
    indicator: 'exposed-bed',
    method: 'bed-at-level',
    version: 1,
    software: { name: 'saryarka', version: '0' },
    inputs: [],
    params: {},
    started: '',
    ended: null,
    status: 'done',
    skipped: 0,
  };
  const figure = (indicator: string, zone: 'core' | 'buffer', year: number, hectares: number): Observation =>
    observationOf(indicator, hectares * 1e4, 'm2', { zone, year, role: 'computed', from: { run: 'run-1' } });
  const observations = [1960, 2013, 2019].flatMap((year, i) => [
    figure('exposed-bed', 'core', year, 100 * i),
    figure('lake-area', 'core', year, 500 - 100 * i),
    figure('exposed-bed', 'buffer', year, 7 * i),
  ]);
  const all = await lines(content(undefined, { runs: [run], facts: { observations } }));
  expect(all[1]).toBe('Zone | Bed left, 1960 | Bed left, 2013 | Bed left, 2019 | Water, 1960 | Water, 2013 | Water, 2019');
  expect(all).toContain('core area | 0 | 100 | 200 | 500 | 400 | 300');
  expect(all).toContain('buffer zone | 0 | 7 | 14 | – | – | –');
});
