import { describe, expect, test } from 'vitest';
import { SITE } from '../../src/indicators/source-indicator.ts';
import { speciesIndicators } from '../../src/indicators/species-indicators.ts';
import type { Taxon } from '../../src/life-types.ts';
import { computeSpecies, type OpenOccurrence } from '../../src/run/compute-species.ts';
import type { DrawnZone, Observation, Position } from '../../src/types.ts';

const box = (west: number): Position[] => [
  [west, 49],
  [west + 0.5, 49],
  [west + 0.5, 50],
  [west, 50],
  [west, 49],
];

const zone = (kind: DrawnZone['kind'], west: number): DrawnZone =>
  ({
    id: `s/${kind}`,
    site: 's',
    kind,
    name: {},
    valid: { start: null, end: null },
    geometry: { type: 'MultiPolygon', coordinates: [[box(west)]] },
    declaredArea: null,
    legalBasis: null,
    authority: null,
    from: { source: 'map' },
  }) as unknown as DrawnZone;
const zones = [zone('core', 66.5), zone('buffer', 67)];
const [CORE, BUFFER]: Position[] = [
  [66.7, 49.5],
  [67.3, 49.5],
];

const taxon = (id: string, more: Partial<Taxon> = {}): Taxon => ({
  ...{
    id,
    name: id,
    rank: 'species',
    parent: 'aves',
    vernacular: {},
    categories: {},
    sensitivity: null,
    sensitivityReason: null,
  },
  ...more,
});
const taxa = [
  taxon('aves', { rank: 'class', name: 'Aves', parent: null }),
  taxon('mammalia', { rank: 'class', name: 'Mammalia', parent: null }),
  taxon('anser', { rank: 'genus' }),
  ...['a', 'b', 'c', 'd', 'e'].map((id) => taxon(id, { categories: { iucn: 'LC' } })),
  taxon('a-sub', { rank: 'subspecies', parent: 'a' }),
  taxon('crane', { categories: { iucn: 'CR', 'red-book-kz': 'I' } }),
  taxon('saiga', { parent: 'mammalia', categories: { iucn: 'NT', 'red-book-kz': 'III' } }),
  taxon('mink', { parent: 'mammalia', categories: { griis: 'invasive' } }),
];

let count = 0;
const seen = (
  species: string,
  place: Position | null,
  year: number | null,
  more: Partial<OpenOccurrence> = {},
): OpenOccurrence => ({
  ...{ id: `o${count++}`, taxon: species, place, uncertaintyM: null, count: null, fields: {}, from: { source: 'book' } },
  period: year === null ? null : { start: `${year}-05-01`, end: `${year}-05-02` },
  ...more,
});

/** Core: a in 6 of 6 years, b in 3, c and d in 2 and 1, e in 1, crane in 2; Q1 = 2, Q2 = 2. */
const core = [2015, 2016, 2017, 2018, 2019, 2020].flatMap((year, i) => [
  seen('a', CORE ?? null, year),
  seen('a-sub', CORE ?? null, year), // the same species in the same year
  ...(i < 3 ? [seen('b', CORE ?? null, year)] : []),
  ...(i < 2 ? [seen('c', CORE ?? null, year), seen('crane', CORE ?? null, year)] : []),
  ...(i === 0 ? [seen('d', CORE ?? null, year), seen('e', CORE ?? null, year)] : []),
]);

function figures(id: string, occurrences: OpenOccurrence[], params: Record<string, string> = {}, names: Taxon[] = taxa) {
  const indicator = speciesIndicators.find((one) => one.id === id);
  if (indicator === undefined) throw new RangeError(id);
  const job = computeSpecies(indicator, { site: 's', zones, occurrences, taxa: names, params });
  const of = (place: number, code: string | null = null, which = id) =>
    job.figures.find((one) => one.zone === place && one.class === code && one.indicator === which);
  return { ...job, of };
}

describe('species-richness', () => {
  test('species recorded in units of a year, and those there are at least: Chao2 by hand', () => {
    const { of } = figures('species-richness', core);
    expect(of(0, null, 'species-recorded')).toMatchObject({ value: 6, n: core.length });
    // 6 + (5 / 6) · 2² / (2 · 2)
    expect(of(0)?.value).toBeCloseTo(6 + 5 / 6, 12);
    expect(of(0)).toMatchObject({ n: 6, level: 0.95, unit: '{species}', period: { start: '2015-01-01', end: '2021-01-01' } });
    expect(of(0)?.low ?? 0).toBeGreaterThan(6);
    expect(of(0)?.note).toBe('species-seen=6; species-units=6');
    expect(of(1)).toBeUndefined();
  });

  test('fewer than five units give no estimate, and say so', () => {
    const { of } = figures('species-richness', core.slice(0, 4), {});
    expect(of(0)).toMatchObject({ value: null, low: null });
    expect(of(0)?.note).toContain('species-few');
    expect(of(0, null, 'species-recorded')?.value).toBe(3);
  });

  test('lists as effort: records without a list belong to no unit, and are counted', () => {
    const lists = core.map((one, i) => (i % 2 === 0 ? { ...one, fields: { eventID: `list ${one.period?.start}` } } : one));
    const { of, skipped } = figures('species-richness', lists, { effort: 'list' });
    expect(skipped.noUnit).toBe(Math.floor(core.length / 2));
    expect(of(0)?.note).toMatch(/species-units=\d/);
    expect(figures('species-richness', core, { effort: 'list' }).of(0)?.note).toContain('species-no-effort');
  });

  test('groups by class, where there are several', () => {
    const { of } = figures('species-richness', [...core, seen('saiga', BUFFER ?? null, 2016)]);
    expect(of(SITE, 'Mammalia', 'species-recorded')?.value).toBe(1);
    expect(of(SITE, 'Aves', 'species-recorded')?.value).toBe(6);
    expect(of(SITE, null, 'species-recorded')?.value).toBe(7);
  });
});

test('what is beside the zones, undated or no species is left out and counted', () => {
  const beside: Position = [60, 40];
  const { skipped, run } = figures('species-richness', [
    ...core,
    seen('a', beside, 2016),
    seen('a', CORE ?? null, null),
    seen('anser', CORE ?? null, 2016),
  ]);
  expect(skipped).toEqual({ outside: 1, undated: 1, notSpecies: 1, noUnit: 0, absent: 0, kept: 0 });
  expect(run.skipped).toBe(3);
});

test('a record whose circle lies over two zones counts for that which holds more than half of it, else for the site', () => {
  const border = seen('saiga', [66.99999, 49.9999], 2016, { uncertaintyM: 5000 });
  const inside = seen('mink', [66.98, 49.5], 2016, { uncertaintyM: 2000 });
  const { of } = figures('species-richness', [...core, border, inside]);
  expect(of(SITE, null, 'species-recorded')?.value).toBe(8);
  expect(of(0, null, 'species-recorded')?.value).toBe(7);
  expect(of(0)?.note).toContain('species-undecided=1');
});

test('a place that is not told counts for the site alone', () => {
  const { of } = figures('threatened-species', [...core, seen('saiga', null, 2016)], { list: 'red-book-kz' });
  expect(of(SITE, 'III')?.value).toBe(1);
  expect(of(0, 'III')?.value).toBe(0);
});

test('a number of records is never a number of individuals', () => {
  const twice = [...core, ...core.map((one) => ({ ...one, id: `${one.id} again` }))];
  const [once, again] = [figures('species-diversity', core), figures('species-diversity', twice)];
  expect(again.of(0)?.value).toBe(once.of(0)?.value);
  expect(figures('species-diversity', core, { effort: 'individuals' }).figures).toEqual([]);
  const counted = core.map((one, i) => ({ ...one, count: 1 + (i % 4) }));
  expect(figures('species-diversity', counted, { effort: 'individuals' }).of(0)?.note).toContain('species-individuals=');
});

test('species-diversity: zones at one coverage, common and dominant species with intervals', () => {
  const buffer = [2015, 2016, 2017, 2018, 2019].flatMap((year, i) => [
    seen('a', BUFFER ?? null, year),
    ...(i < 2 ? [seen('b', BUFFER ?? null, year)] : []),
    ...(i === 0 ? [seen('c', BUFFER ?? null, year)] : []),
  ]);
  const { of } = figures('species-diversity', [...core, ...buffer]);
  const [common, dominant] = [of(0), of(0, null, 'species-diversity-dominant')];
  expect(common?.value ?? 0).toBeGreaterThan(dominant?.value ?? 0);
  expect(common?.low ?? 9).toBeLessThan(common?.value ?? 0);
  const level = (note: string | null | undefined): string | undefined => /species-at-coverage=([\d.]+)/.exec(note ?? '')?.[1];
  expect(level(of(1)?.note)).toBe(level(common?.note));
});

test('inventory-completeness: 6 of 6.83 species, the ends of the interval exchanged', () => {
  const { of } = figures('inventory-completeness', core);
  expect(of(0)?.value).toBeCloseTo(600 / (6 + 5 / 6), 10);
  expect(of(0)?.high ?? 0).toBeLessThanOrEqual(100);
  expect(of(0)?.low ?? 100).toBeLessThan(of(0)?.value ?? 0);
});

describe('threatened-species', () => {
  test('by category, with how many the list says nothing of', () => {
    const { of } = figures('threatened-species', core);
    expect(of(0)).toMatchObject({ value: 1, n: 6 });
    expect([of(0, 'CR')?.value, of(0, 'EN')?.value, of(0, 'VU')?.value]).toEqual([1, 0, 0]);
    expect(figures('threatened-species', core, { list: 'red-book-kz' }).of(0)).toMatchObject({
      value: 1,
      n: 1,
      note: 'species-unlisted=5',
    });
  });

  test('without any category there is no figure: that is no zero', () => {
    const { figures: all } = figures('threatened-species', core, { list: 'red-book-ru' });
    expect(all.map(({ value }) => value)).toEqual([null, null]);
  });
});

test('invasive-species: by list or by the record; where nobody says, nothing is known', () => {
  expect(figures('invasive-species', [...core, seen('mink', CORE ?? null, 2016)]).of(0)).toMatchObject({ value: 1, n: 7 });
  const said = [...core, seen('b', BUFFER ?? null, 2016, { fields: { degreeOfEstablishment: 'widespreadInvasive' } })];
  expect([0, 1].map((place) => figures('invasive-species', said).of(place)?.value)).toEqual([0, 1]);
  expect(figures('invasive-species', core).of(0)).toMatchObject({ value: null, note: 'species-invasive-unknown' });
});

test('years are those asked for, and stand in the observation', () => {
  const job = figures('species-richness', core, { from: '2016', to: '2017' });
  const [first] = job.figures.map(job.observation) as [Observation];
  expect(first.period).toEqual({ start: '2016-01-01', end: '2018-01-01' });
  expect(first).toMatchObject({
    feature: 's',
    indicator: 'species-recorded',
    value: 4,
    quality: 'partial',
    from: { run: job.run.id },
  });
});

test('the same records in another order are the same run; another record is another', () => {
  const run = (of: OpenOccurrence[]): string => figures('species-richness', of).run.id;
  expect(run(core.toReversed())).toBe(run(core));
  expect(run(core.slice(1))).not.toBe(run(core));
});

test('parameters that are not known are named', () => {
  expect(() => figures('species-richness', core, { effort: 'records' })).toThrow('year, place-year, list, individuals');
  expect(() => figures('species-richness', core, { form: '2016' })).toThrow('form');
  expect(() => figures('species-richness', core, { from: 'May' })).toThrow('May');
});
