import { describe, expect, test } from 'vitest';
import { changeDigest } from '../../src/review/change-digest.ts';
import { changeTable } from '../../src/review/change-table.ts';
import type { Observation } from '../../src/types.ts';
import { box } from '../zonation/site-facts-of.ts';
import { type ContentOverrides, contentOf, indicatorOf, observationOf, runOf, wordsOf, zoneOf } from './content-fixture.ts';

const indicators = [
  indicatorOf('lake-area', { title: { en: 'Lake area' }, unit: 'km2' }),
  indicatorOf('bare-soil', { title: { en: 'Bare soil' }, unit: '%' }),
  indicatorOf('area', { function: 'zonation' }),
  indicatorOf('visitors', { title: { en: 'Visitors' }, function: 'development' }),
];
const runs = [
  runOf('r1', { method: 'a', version: 1 }),
  runOf('r2', { method: 'a', version: 2 }),
  runOf('r3', { method: 'a', version: 1 }),
];
const between = (low: number, high: number, level = 0.95) => ({ low, high, level });
const computed = (run: string) => ({ role: 'computed', from: { run } }) as const;
const content = (observations: Observation[], rest: ContentOverrides = {}) =>
  contentOf({ indicators, runs, ...rest, facts: { observations, ...rest.facts } });
const digest = (observations: Observation[], rest: ContentOverrides = {}) => changeDigest(content(observations, rest));

describe('which values are compared', () => {
  test('those whose period holds the day, else the closest within three years', () => {
    const years = [2009, 2012, 2014, 2016, 2021, 2023, 2027];
    const { changes } = digest(years.map((year) => observationOf('lake-area', year - 2000, 'km2', { year })));
    expect(changes.map(({ before, now, difference }) => [before.value, now.value, difference.value])).toEqual([[14, 23, 9]]);
    const far = [observationOf('lake-area', 1, 'km2', { year: 2010 }), observationOf('lake-area', 2, 'km2', { year: 2024 })];
    expect(digest(far)).toMatchObject({ changes: [], missing: [{ reason: 'only-now' }] });
  });

  test('never one value with itself, nor two values of the same time', () => {
    const sources = [1, 2].map((value) => observationOf('lake-area', value, 'km2', { year: 2015 }));
    const dates = { previous: '2014-06-30', current: '2016-06-30' };
    expect(digest(sources, { dates })).toMatchObject({ changes: [], apart: [], missing: [{ reason: 'only-now' }] });
    const overlapping = { ...observationOf('lake-area', 3, 'km2'), period: { start: '2014-01-01', end: '2015-07-01' } };
    expect(digest([...sources, overlapping], { dates }).changes).toEqual([]);
  });

  test('doubtful values and targets are left out; another value for the same time is named', async () => {
    const observations = [
      observationOf('lake-area', 99, 'km2', { year: 2014, quality: 'doubtful' }),
      observationOf('lake-area', 50, 'km2', { year: 2024, role: 'target' }),
      observationOf('lake-area', 10, 'km2', { year: 2013 }),
      observationOf('lake-area', 12, 'km2', { year: 2013 }),
      observationOf('lake-area', 8, 'km2', { year: 2024 }),
    ];
    const [change] = digest(observations).changes;
    expect([change?.before.value, change?.now.value, change?.others.map(({ value }) => value)]).toEqual([10, 8, [12]]);
    expect(wordsOf(await changeTable(content(observations)))).toContain('also given for 2013: 12');
  });

  test('units of one dimension are brought together, others are set apart', () => {
    const km2 = observationOf('lake-area', 10, 'km2', { year: 2014 });
    expect(digest([km2, observationOf('lake-area', 2000, 'har', { year: 2024 })]).changes[0]).toMatchObject({
      difference: { value: 1000 },
      percent: { value: 100 },
    });
    expect(digest([km2, observationOf('lake-area', 3, 'm', { year: 2024 })])).toMatchObject({
      changes: [],
      apart: [{ reason: 'unit' }],
    });
  });
});

describe('what is not alike is not subtracted', () => {
  const before = observationOf('bare-soil', 10, '%', { year: 2014, ...computed('r1') });
  const later = (from: Partial<Observation>) => observationOf('bare-soil', 20, '%', { year: 2024, ...from });

  test('a computed value of the same method and version is subtracted, whatever the run', () => {
    expect(digest([before, later(computed('r3'))]).changes).toMatchObject([{ method: { method: 'a', version: 1 } }]);
  });

  test.each([
    ['another version', computed('r2'), 'method'],
    ['a run that nobody recorded', computed('r9'), 'method-unknown'],
    ['another role', { role: 'declared' } as const, 'role'],
  ])('%s', async (_, from, reason) => {
    const observations = [before, later(from)];
    expect(digest(observations)).toMatchObject({ changes: [], apart: [{ reason }], missing: [] });
    const words = wordsOf(await changeTable(content(observations)));
    expect(words).toContain('Not comparable');
    expect(words).toContain('Bare soil, whole reserve: 10 % (2014, computed); 20 % (2024,');
  });

  test('classes and zones are kept apart', () => {
    const observations = [
      observationOf('visitors', 5, '1', { year: 2014, by: { class: 'foreign' } }),
      observationOf('visitors', 9, '1', { year: 2024, by: { class: 'local' } }),
      observationOf('visitors', 7, '1', { year: 2014, zone: 'core' }),
    ];
    const { changes, missing } = digest(observations);
    expect(changes).toEqual([]);
    expect(missing.map(({ place, by, reason }) => [place, by.class, reason])).toEqual([
      ['whole', 'foreign', 'only-before'],
      ['whole', 'local', 'only-now'],
      ['core', undefined, 'only-before'],
    ]);
  });
});

describe('zones', () => {
  const old = zoneOf('core', { id: 'old', valid: { start: null, end: '2020-01-01' }, geometry: box(0, 0, 1, 1) });
  const now = zoneOf('core', { id: 'now', valid: { start: '2020-01-01', end: null }, geometry: box(0, 0, 2, 1) });
  const of = (feature: string, value: number, year: number) => ({ ...observationOf('bare-soil', value, '%', { year }), feature });

  test('a value of the zone that stood before is compared with one of the zone now, and the other ground is said', async () => {
    const facts = { zones: [old, now] };
    const observations = [of('old', 10, 2014), of('now', 20, 2024)];
    expect(digest(observations, { facts }).changes).toMatchObject([{ place: 'core', zone: null, sameGround: false }]);
    expect(wordsOf(await changeTable(content(observations, { facts })))).toContain('the zonation changed in between');
    const same = { zones: [old, { ...now, geometry: box(0, 0, 1, 1) }] };
    expect(digest(observations, { facts: same }).changes).toMatchObject([{ sameGround: true }]);
  });

  test('values of one zone at both times come before those of two zones', () => {
    const observations = [of('old', 10, 2014), of('now', 12, 2014), of('now', 20, 2024)];
    const { changes } = digest(observations, { facts: { zones: [old, now] } });
    expect(changes).toMatchObject([{ before: { value: 12 }, sameGround: true }]);
  });

  test('where a kind has several zones each is compared with itself', async () => {
    const other = zoneOf('core', { id: 'other', name: { en: 'Other' } });
    const facts = { zones: [zoneOf('core', { id: 'now' }), other] };
    const observations = [of('now', 10, 2014), of('other', 20, 2024), of('other', 30, 2014)];
    const { changes, missing } = digest(observations, { facts });
    expect(changes).toMatchObject([{ zone: 'other', difference: { value: -10 } }]);
    expect(missing).toMatchObject([{ zone: 'now', reason: 'only-before' }]);
    expect(wordsOf(await changeTable(content(observations, { facts })))).toContain('core area: Other');
  });
});

describe('what is known for one time only', () => {
  test('of the days of a gauge the first few are named and the rest counted', async () => {
    const days = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10));
    const readings = days.slice(1).map((end, i) => ({
      ...observationOf('lake-area', 10, 'km2', { role: 'observed' }),
      period: { start: days[i] ?? '', end },
    }));
    const words = wordsOf(await changeTable(content([...readings, ...readings])));
    expect(words).toContain('Lake area, whole reserve (only now: ');
    expect(words).toContain('and 27 more');
    expect(words.length).toBeLessThan(1000);
  });
});

describe('the digest', () => {
  const observations = [
    observationOf('lake-area', 100, 'km2', { year: 2014, ...between(80, 120) }),
    observationOf('lake-area', 110, 'km2', { year: 2024, ...between(90, 130) }),
    observationOf('bare-soil', 10, '%', { year: 2014, ...between(9, 11) }),
    observationOf('bare-soil', 15, '%', { year: 2024, ...between(13, 18) }),
    observationOf('bare-soil', 10, '%', { year: 2014, zone: 'core', ...between(9, 11) }),
    observationOf('bare-soil', 5, '%', { year: 2024, zone: 'core', ...between(4, 6) }),
    observationOf('visitors', 1, '1', { year: 2014 }),
    observationOf('visitors', 900, '1', { year: 2024, approximate: true }),
  ];

  test('is in order of certainty, then of size whatever the unit', () => {
    const { changes } = digest(observations);
    expect(changes.map(({ indicator, place, certain }) => [indicator, place, certain])).toEqual([
      ['bare-soil', 'core', true], // halved: log 2
      ['bare-soil', 'whole', true], // times 1.5
      ['visitors', 'whole', null],
      ['lake-area', 'whole', false],
    ]);
  });

  test('writes each change with its interval, and none where the values have none', async () => {
    const words = wordsOf(await changeTable(content(observations)));
    expect(words).toContain(
      'Bare soil, % | core area | 10.0 (9.0–11.0; 95 %), 2014 | 5.0 (4.0–6.0; 95 %), 2024 | −5.0 (−6.4 … −3.6; 95 %) | −50 (−61 … −38; 95 %) | the interval',
    );
    expect(words).toContain('Visitors | whole reserve | 1, 2014 | about 900, 2024 | about +899 | about +89,900 | –');
    expect(words).toContain(
      'leaves out that nothing changed: 2; does not leave it out: 1; no interval can be given, because the values have none: 1.',
    );
  });

  test('cites each value with role, indicator, year and source or run', async () => {
    const one = content([
      observationOf('bare-soil', 10, '%', { year: 2014, ...computed('r1'), quality: 'partial' }),
      observationOf('bare-soil', 15, '%', { year: 2024, ...computed('r3') }),
    ]);
    await changeTable(one);
    expect(one.notes).toEqual([
      'Computed: Bare soil, 2014; a, version 1, run r1 (from incomplete data)',
      'Computed: Bare soil, 2024; a, version 1, run r3',
    ]);
  });

  test('intervals of different levels make none, and it is said', async () => {
    const mixed = [
      observationOf('lake-area', 100, 'km2', { year: 2014, ...between(80, 120, 0.9) }),
      observationOf('lake-area', 110, 'km2', { year: 2024, ...between(90, 130) }),
    ];
    expect(digest(mixed).changes[0]?.difference).toMatchObject({ low: null, without: 'levels-differ' });
    expect(wordsOf(await changeTable(content(mixed)))).toContain('intervals of different levels');
  });

  test('a baseline of zero has no percentage, and comes before finite changes', () => {
    const zero = [
      observationOf('visitors', 0, '1', { year: 2014 }),
      observationOf('visitors', 5, '1', { year: 2024 }),
      observationOf('lake-area', 1, 'km2', { year: 2014 }),
      observationOf('lake-area', 900, 'km2', { year: 2024 }),
    ];
    expect(digest(zero).changes.map(({ indicator, percent }) => [indicator, percent?.value ?? null])).toEqual([
      ['visitors', null],
      ['lake-area', 89_900],
    ]);
  });

  test('takes the indicators that the section asks for, names those without any value, and leaves places out', async () => {
    const section = { only: { functions: ['development' as const] } };
    expect(digest(observations, { section }).changes.map(({ indicator }) => indicator)).toEqual(['visitors']);
    expect(digest([], { section: { only: { ids: ['bare-soil'] } } }).missing).toMatchObject([
      { indicator: 'bare-soil', reason: 'none' },
    ]);
    const areas = [observationOf('area', 1, 'har', { year: 2014 }), observationOf('area', 2, 'har', { year: 2024 })];
    expect(digest(areas)).toEqual({ changes: [], apart: [], missing: [] });
    expect(await changeTable(content(areas))).toBeNull();
  });

  test('without a date of the report before nothing is compared, and it is said', async () => {
    const unknown = content(observations, { dates: { previous: null } });
    expect(changeDigest(unknown).changes).toEqual([]);
    expect(await changeTable(unknown)).toMatchObject([{ kind: 'gap' }]);
  });

  test.each(['ru', 'kk', 'tr'] as const)('is written in %s', async (lang) => {
    const words = wordsOf(
      await changeTable(content([...observations, observationOf('lake-area', 3, 'm', { zone: 'core' })], { lang })),
    );
    expect(words).not.toMatch(/\b(the|interval|values)\b/);
    expect(words).toContain(lang === 'tr' ? '%95' : '95 %');
  });
});
