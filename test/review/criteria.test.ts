import { describe, expect, test } from 'vitest';
import { criteria } from '../../src/review/criteria.ts';
import type { Activity } from '../../src/types.ts';
import { siteFacts } from '../zonation/site-facts-of.ts';
import { type ContentOverrides, contentOf, entry, indicatorOf, observationOf, wordsOf, zoneOf } from './content-fixture.ts';

const of = (criterion: string, rest: ContentOverrides = {}) =>
  contentOf({
    indicators: [indicatorOf('area', { title: { en: 'Area' } })],
    ...rest,
    section: { id: `II.8.criterion-${criterion}` },
  });
const words = (criterion: string, rest: ContentOverrides = {}) => wordsOf(criteria(of(criterion, rest)));

const area = (zone: string | undefined, value: number, year = 2023) =>
  observationOf('area', value, 'har', zone === undefined ? { year } : { year, zone });
const activity = (kind: Activity['kind'], start: string | null, rest: Partial<Activity> = {}): Activity => ({
  id: `${kind}-${start}-${rest.category ?? ''}`,
  kind,
  parent: null,
  title: { en: 'Something' },
  description: null,
  period: { start, end: null },
  sites: ['almaty'],
  themes: [],
  functions: [],
  category: null,
  result: null,
  quality: 'ok',
  note: null,
  from: { source: 'unesco-almaty' },
  ...rest,
});

describe('zones', () => {
  const observations = [area('core', 20), area('buffer', 30), area('transition', 50), area(undefined, 100)];

  test('each area stands with its share, where all three are known for one time', () => {
    const one = of('5', { facts: { observations } });
    expect(wordsOf(criteria(one)).split('\n')).toEqual([
      'core area: 20 ha (declared), 20 % of the three zones together.',
      'buffer zone: 30 ha (declared), 30 % of the three zones together.',
      'transition area: 50 ha (declared), 50 % of the three zones together.',
    ]);
    expect(one.notes).toEqual(['Declared: Area, 2023; UNESCO page on Almaty, https://en.unesco.org/biosphere/aspac/almaty']);
  });

  test('there is no share of what is not whole', () => {
    expect(words('5', { facts: { observations: observations.slice(0, 2) } })).toBe(
      'core area: 20 ha (declared).\nbuffer zone: 30 ha (declared).',
    );
    const years = [area('core', 20, 2016), ...observations.slice(1)];
    expect(words('5.a', { facts: { observations: years } })).toBe('core area: 20 ha (declared).');
  });

  test('computed areas go before declared ones, and are never mixed with them', () => {
    const run = { role: 'computed', from: { run: 'r' }, period: null } as const;
    const kinds = ['core', 'buffer', 'transition'] as const;
    const mapped = kinds.map((kind) => ({ ...area(kind, 40), ...run }));
    const zones = kinds.map((kind) => zoneOf(kind));
    expect(words('5.b', { facts: { observations: [...observations, ...mapped], zones } })).toContain('40 ha (computed), 33.3 %');
    expect(words('5.b', { facts: { observations: [...observations, ...mapped.slice(1)], zones } })).toContain(
      '30 ha (declared), 30 %',
    );
  });

  test('size comes with the total and the inhabitants', () => {
    const people = observationOf('population', 4000, '{person}', { year: 2021, approximate: true, by: { class: 'permanent' } });
    const text = words('4', { facts: { observations: [...observations, people] } });
    expect(text).toContain('Total area, declared: 100 ha (2023).');
    expect(text).toContain('Inhabitants, whole reserve: about 4,000 (permanent; 2021).');
  });
});

describe('records', () => {
  test('what has a date is counted since the report before, what has none is said', () => {
    const activities = [
      activity('event', '2010-05-01', { category: 'consultation' }),
      activity('event', '2014-06-30', { category: 'consultation' }),
      activity('event', '2020', { category: 'review-meeting' }),
      activity('event', '2026-01-01', { category: 'consultation' }),
      activity('event', null, { category: 'consultation' }),
      activity('event', '2020-02-02', { category: 'celebration' }),
    ];
    expect(words('6', { records: { activities } })).toBe(
      'Consultations and review meetings, on record since 2014: 2. Without a date: 1.',
    );
    expect(words('6', { records: { activities }, dates: { previous: null } })).toContain('on record: 5.');
  });

  test('a project that began before and went on is counted', () => {
    const project = activity('project', '2010-01-01', {
      functions: ['development'],
      period: { start: '2010-01-01', end: '2016-01-01' },
    });
    const other = activity('project', '2018-01-01', { functions: ['conservation'] });
    expect(words('3', { records: { activities: [project, other] } })).toBe(
      'Projects that serve development, on record since 2014: 1.',
    );
  });

  test('species are counted, never named', () => {
    const entries = [
      entry('species', { scientific_name: 'Saiga tatarica', iucn: 'NT', red_book: 'II', sensitive: true }),
      entry('species', { scientific_name: 'Vanellus gregarius', iucn: 'CR' }),
    ];
    const text = words('2', { records: { entries } });
    expect(text).toContain('Species, on record: 2.');
    expect(text).toContain('(CR, EN, VU), on record: 1.');
    expect(text).toContain('national Red Book, on record: 1.');
    expect(text).not.toMatch(/Saiga|Vanellus/);
  });

  test('acts on the zone and plans that name the reserve are listed with number and dates', () => {
    const entries = [
      entry('legal-acts', { title: 'Decree', number: '12', date: '2001-05-03', zone: 'core' }),
      entry('legal-acts', { title: 'Other', date: '2002', zone: 'transition' }),
      entry('plans', { title: 'Plan', adopted: '2020', start: '2021-01-01', names_reserve: true }),
      entry('plans', { title: 'Park plan', names_reserve: false }),
      entry('authorities', { organisation: 'Akimat', zone: 'transition', role: 'administers' }),
      entry('authorities', { organisation: 'Council', zone: 'whole', role: 'coordinates' }),
      entry('authorities', { organisation: 'Council', zone: 'core', role: 'advises' }),
    ];
    const records = { entries };
    expect(words('5.a', { records })).toBe('Legal act: Decree, no. 12, May 3, 2001.');
    expect(words('7.b', { records })).toBe('Plan that names the biosphere reserve: Plan, 2020, 2021–….');
    expect(words('7.c', { records })).toBe('Administers, transition area: Akimat.\nCoordinates, whole reserve: Council.');
    expect(words('6', { records })).toContain('Authorities and bodies that administer or advise, on record: 2.');
  });

  test('confidential lines are neither counted nor hidden in silence', () => {
    const entries = [
      entry('representation', { body: 'Council' }),
      entry('representation', { body: 'Elders' }, { confidential: true }),
    ];
    const text = words('6', { records: { entries } });
    expect(text).toContain('Bodies in which people are represented, on record: 1.');
    expect(text).toContain('1 confidential');
  });
});

test('designations on the same ground are named with their years', () => {
  const overlaps = [
    {
      overlap: { site: 'almaty', other: 'r', note: null, from: { source: 'unesco-almaty', page: '2' } },
      other: { ...siteFacts('r', []).site, kind: 'ramsar' as const, name: { en: 'Lakes' } },
      designations: [],
      observations: [],
    },
  ];
  expect(words('2', { facts: { overlaps } })).toContain('Ramsar site: Lakes');
});

test.each(['1', '2', '3', '4', '5', '5.a', '5.b', '5.c', '6', '7', '7.a', '7.b', '7.c', '7.d'])(
  'nothing known for criterion %s is null',
  (criterion) => {
    expect(criteria(of(criterion))).toBeNull();
  },
);

test.each(['ru', 'kk', 'tr'] as const)('facts are written in %s', (lang) => {
  const observations = [area('core', 20), area('buffer', 30), area('transition', 50), area(undefined, 100)];
  expect(words('4', { lang, facts: { observations } })).not.toMatch(/\b(core|declared|zones|Total)\b/);
});

describe('computed figures', () => {
  const square = {
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ] as [number, number][],
      ],
    ],
  };
  const zones = (['core', 'buffer', 'transition'] as const).map((kind) => zoneOf(kind, { geometry: square }));
  const computed = (
    indicator: string,
    value: number,
    zone: string | undefined,
    rest: { class?: string; year?: number; unit?: string } = {},
  ) =>
    observationOf(indicator, value, rest.unit ?? '1', {
      year: rest.year ?? 2020,
      role: 'computed',
      from: { run: `run-${indicator}` },
      ...(zone === undefined ? {} : { zone }),
      ...(rest.class === undefined ? {} : { by: { class: rest.class } }),
    });
  const mosaicAt = (zone?: string) => [
    ...[6, 2.713, 2.34].map((value, order) => computed('ecosystem-mosaic', value, zone, { class: `unccd:order-${order}` })),
    computed('ecosystem-mesh-size', 8.4735e8, zone, { unit: 'm2' }),
  ];
  const share = (zone: string, value: number, year = 2020) =>
    computed('ecosystem-intactness', value, zone, { class: 'unccd:natural', year, unit: '%' });

  test('criterion 1: the mosaic stands place by place, the gradation with what it says, each with its footnote', () => {
    const observations = [
      ...mosaicAt(),
      ...mosaicAt('core'),
      ...mosaicAt('buffer'),
      share('core', 96),
      share('buffer', 80),
      share('transition', 55),
    ];
    const one = of('1', { facts: { observations, zones } });
    const text = wordsOf(criteria(one));
    expect(text).toContain('core area | 6 | 2.71 | 2.34 | 84,735');
    expect(text).toContain('whole reserve | 6 | 2.71 | 2.34 | 84,735');
    expect(text).toContain(
      'Share of natural ground: core area 96 %; buffer zone 80 %; transition area 55 % (2020). It falls outwards.',
    );
    expect(text).toContain('Not computed yet: pressure-gradient (saryarka compute --indicator pressure).');
    expect(one.notes.some((note) => note.includes('run-ecosystem-mosaic'))).toBe(true);
    expect(one.notes.some((note) => note.includes('run-ecosystem-intactness'))).toBe(true);
  });

  test.each([
    [[80, 95, 60], 'It does not fall outwards at every step.'],
    [[96, 96.5, 95.4], 'It is about the same in all zones.'],
  ] as const)('a gradation of %s says so', ([core, buffer, transition], said) => {
    const observations = [share('core', core), share('buffer', buffer), share('transition', transition)];
    expect(words('1', { facts: { observations, zones } })).toContain(said);
  });

  test('a reserve that is one zone is told once', () => {
    const observations = [...mosaicAt(), ...mosaicAt('core')];
    const text = words('1', { facts: { observations, zones: zones.slice(0, 1) } });
    expect(text).toContain('whole reserve | 6');
    expect(text).not.toContain('core area | 6');
  });

  test('criterion 2: species place by place, natural ground then and now', () => {
    const observations = [
      computed('species-recorded', 142, undefined),
      computed('threatened-species', 12, undefined),
      computed('threatened-species', 3, undefined, { class: 'CR' }),
      computed('species-recorded', 90, 'core'),
      share('core', 96, 2010),
      share('core', 95.5, 2020),
    ];
    const text = words('2', { facts: { observations, zones } });
    expect(text).toContain('whole reserve – species-recorded: 142; threatened-species: 12 (2020).');
    expect(text).toContain('core area – species-recorded: 90 (2020).');
    expect(text).toContain('Share of natural ground, core area: 96 % (2010), 95.5 % (2020).');
    expect(text).toContain('Not computed yet: connectivity (saryarka life connect reserve --keep).');
  });

  test('criterion 4: the pieces that the reserve and its core lie in, and connectivity', () => {
    const observations = [
      ...mosaicAt(),
      ...mosaicAt('core'),
      computed('connectivity', 63.2, undefined, { class: '10 km', unit: '%' }),
    ];
    const text = words('4', { facts: { observations, zones } });
    expect(text).toContain(
      'core area: a random place lies in a patch of natural ground of 84,735 ha on average (2020; effective mesh size).',
    );
    expect(text).toContain('connectivity (10 km): 63.2 % (2020).');
    expect(text).not.toContain('Not computed');
  });

  test('without a map of zones no command is named: there is nothing to compute for', () => {
    expect(criteria(of('1', { facts: { zones: [zoneOf('core')] } }))).toBeNull();
    expect(words('1', { facts: { zones } })).toMatch(/^Not computed yet: ecosystem-mosaic \(saryarka compute/);
  });
});
