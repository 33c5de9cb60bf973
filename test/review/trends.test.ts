/** Trends of living things in the review: by species, zone, group and measure, each with class, interval and run. */
import { describe, expect, test } from 'vitest';
import { isTaken } from '../../src/review/change-digest.ts';
import { speciesTrends } from '../../src/review/trends.ts';
import type { Lang, Observation } from '../../src/types.ts';
import { contentOf, entry, indicatorOf, observationOf, runOf, wordsOf, zoneOf } from './content-fixture.ts';

const IDS = [
  'population-index',
  'population-trend',
  'species-index',
  'species-trend',
  'living-planet-index',
  'occupancy',
  'occupancy-trend',
  'before-after-effect',
];
const SPAN = { start: '2016-01-01', end: '2026-01-01' };

const figure = (
  indicator: string,
  of: string | null,
  [value, low, high]: [number | null, number?, number?],
  { zone, year, ...more }: Partial<Observation> & { zone?: string; year?: number } = {},
): Observation => ({
  ...observationOf(indicator, value, '1', {
    role: 'computed',
    from: { run: `run-${indicator}` },
    by: of === null ? {} : { class: of },
    ...(zone === undefined ? {} : { zone }),
  }),
  ...{ low: low ?? null, high: high ?? null, level: 0.95, n: 8 },
  period: year === undefined ? SPAN : { start: `${year}-01-01`, end: `${year + 1}-01-01` },
  id: [indicator, of, zone, year].join(':'),
  ...more,
});

const line = (indicator: string, of: string | null, zone?: string): Observation[] =>
  [2016, 2017, 2018, 2019].map((year, i) =>
    figure(indicator, of, [100 + i, 90 + i, 110 + i], { year, ...(zone === undefined ? {} : { zone }) }),
  );

const content = (
  observations: Observation[],
  { functions, lang = 'en' }: { functions?: ('conservation' | 'development')[]; lang?: Lang } = {},
) =>
  contentOf({
    indicators: IDS.map((id) => indicatorOf(id)),
    runs: IDS.map((id) => runOf(`run-${id}`, { indicator: id, method: 'trim-3' })),
    facts: { observations, zones: [zoneOf('core'), zoneOf('buffer')] },
    records: { entries: [entry('species', { scientific_name: 'Otis tarda', name_en: 'great bustard', name_kk: 'дуадақ' })] },
    section: { id: 'II.4.1', ...(functions === undefined ? {} : { only: { functions } }) },
    dates: { current: '2026-06-01' },
    lang,
  });

const bustard = [
  figure('population-trend', 'Otis tarda', [1.068, 1.015, 1.124]),
  figure('population-trend', 'Otis tarda', [1.129, 1.068, 1.195], { zone: 'core' }),
  figure('population-trend', 'Otis tarda', [0.948, 0.902, 0.997], { zone: 'buffer' }),
];

describe('species', () => {
  test('a row for each species: change a year in the reserve and each zone, with interval, class and the run', async () => {
    const made = content([...bustard, figure('population-trend', 'Tetrax tetrax', [1, 0.97, 1.03])]);
    const words = wordsOf(await speciesTrends(made));
    expect(words).toContain(
      'Otis tarda (great bustard) | 2016–2025 | +6.8 (+1.5 … +12.4), moderate increase | +12.9 (+6.8 … +19.5), strong increase | −5.2 (−9.8 … −0.3), moderate decline',
    );
    expect(words).toContain('Tetrax tetrax | 2016–2025 | 0.0 (−3.0 … +3.0), stable | – | –');
    expect(words).toContain(
      'Species counted through the years (2016–2025): 2. In the reserve as a whole 1 increase, 0 decline, 1 are stable',
    );
    expect(made.notes).toEqual(['Computed: population-trend, 2016–2025; trim-3, version 1, run run-population-trend']);
  });

  test('several zones of a kind stand under the kind that the class names', async () => {
    const words = wordsOf(await speciesTrends(content([figure('population-trend', 'Otis tarda, core', [1.129, 1.068, 1.195])])));
    expect(words).toMatch(/Species \| Years \| core area\nOtis tarda \(great bustard\) \| 2016–2025 \| \+12\.9/);
  });

  test('why there is no trend stands in the footnote', async () => {
    const made = content([figure('population-trend', 'Otis tarda', [null], { note: 'trend-nothing-found' })]);
    expect(wordsOf(await speciesTrends(made))).toContain('Otis tarda (great bustard) | 2016–2025 | –');
    expect(made.notes[0]).toContain('not a single individual was found');
  });

  test('a later computation takes the place of an earlier one', async () => {
    const old = figure('population-trend', 'Otis tarda', [0.8, 0.7, 0.9], {
      period: { start: '2010-01-01', end: '2016-01-01' },
      id: 'old',
    });
    const words = wordsOf(await speciesTrends(content([...bustard, old])));
    expect(words).toContain('+6.8');
    expect(words).not.toContain('−20');
  });

  test('a chart for each of few species; of many only those that change for certain, the fastest first', async () => {
    const few = await speciesTrends(
      content([...bustard, ...line('population-index', 'Otis tarda'), ...line('population-index', 'Otis tarda', 'core')]),
    );
    expect(few?.filter(({ kind }) => kind === 'figure').map((block) => 'caption' in block && block.caption)).toEqual([
      'Population index: Otis tarda (great bustard); 95 % interval',
    ]);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = names.flatMap((name, i) => [
      figure('population-trend', name, i < 2 ? [1, 0.9, 1.1] : [1 + i / 50, 1 + i / 90, 1 + i / 40]),
      ...line('population-index', name),
    ]);
    const blocks = (await speciesTrends(content(many))) ?? [];
    expect(blocks.filter(({ kind }) => kind === 'figure').map((block) => 'caption' in block && block.caption)).toEqual(
      ['f', 'e', 'd', 'c'].map((name) => `Population index: ${name}; 95 % interval`),
    );
    expect(wordsOf(blocks)).toContain('Species without a chart of their own: 2.');
    expect(wordsOf(blocks)).toContain('no multi-species index by zone was computed');
  });
});

describe('many species', () => {
  const all = [
    figure('species-trend', null, [1.02, 0.99, 1.04]),
    figure('species-trend', null, [1.06, 1.03, 1.09], { zone: 'core' }),
    figure('species-trend', 'development', [0.93, 0.9, 0.96]),
    ...line('species-index', null),
    ...line('species-index', null, 'core'),
    ...line('species-index', 'development'),
  ];

  test('groups by zone, functions in words, a chart for each that differs', async () => {
    const blocks = (await speciesTrends(content(all))) ?? [];
    const words = wordsOf(blocks);
    expect(words).toMatch(/all species \| 2016–2025 \| \+2\.0 .*stable \| \+6\.0 .*moderate increase/);
    expect(words).toContain('species of the function “development” | 2016–2025 | −7.0 (−10.0 … −4.0), moderate decline');
    expect(blocks.filter(({ kind }) => kind === 'figure')).toHaveLength(2);
  });

  test('a section of another function has the groups that are named by it, or nothing', async () => {
    const words = wordsOf(await speciesTrends(content(all, { functions: ['development'] })));
    expect(words).toContain('function “development”');
    expect(words).not.toContain('all species');
    expect(await speciesTrends(content(bustard, { functions: ['development'] }))).toBeNull();
  });
});

test('effects of measures: phases, control sites, factor to the hundredth, verdict; one without control is a gap', async () => {
  const made = content([
    figure('before-after-effect', 'Otis tarda', [2.801, 1.878, 4.179], {
      zone: 'core',
      note: 'effect-since=2016–2019 → 2021–2025; effect-control=4',
    }),
    figure('before-after-effect', 'Tetrax tetrax', [1.64, 0.966, 2.785], {
      note: 'effect-since=2016–2019 → 2021–2025; effect-alone',
    }),
  ]);
  const words = wordsOf(await speciesTrends(made));
  expect(words).toContain('Otis tarda (great bustard) | core area | 2016–2019 → 2021–2025 | 4 | 2.80 (1.88–4.18), rose');
  expect(words).toContain(
    'Tetrax tetrax | whole reserve | 2016–2019 → 2021–2025 | none | 1.64 (0.97–2.79), no sign of an effect',
  );
  expect(words).toContain('which may have other causes: Tetrax tetrax');
  expect(made.notes.some((note) => note.includes('run run-before-after-effect'))).toBe(true);
});

test('the Living Planet Index, and species found more or less often, with the effort taken out', async () => {
  const words = wordsOf(
    await speciesTrends(
      content([...line('living-planet-index', null), figure('occupancy-trend', 'Otis tarda', [1.1, 1.02, 1.19])]),
    ),
  );
  expect(words).toContain('Living Planet Index of the reserve: 103.00 (93.00–113.00) in 2019, where 2016 is 1.');
  expect(words).toMatch(/Otis tarda \(great bustard\) \| 2016–2025 \| \+10\.0 \(.*\), increase/);
  expect(words).toContain('the number of records itself is no trend');
});

test('where nothing was computed a gap says what would tell; numbers of recorded species alone are no trend', async () => {
  const recorded = [2006, 2016].map((year) =>
    observationOf('species-recorded', year - 1900, '{species}', { role: 'computed', year }),
  );
  const blocks = await speciesTrends(content(recorded));
  expect(blocks?.map(({ kind }) => kind)).toEqual(['gap']);
  expect(wordsOf(blocks)).toContain('No trend of a population is known');
});

test('in Kazakh and Russian', async () => {
  expect(wordsOf(await speciesTrends(content(bustard, { lang: 'kk' })))).toContain('Otis tarda (дуадақ) | 2016–2025 | +6,8');
  expect(wordsOf(await speciesTrends(content(bustard, { lang: 'ru' })))).toContain('умеренный рост');
});

test('trends and indices stand in no general table: an index of two years subtracted has not the error of its slope', () => {
  for (const id of IDS) expect(isTaken(content([]), id)).toBe(false);
});
