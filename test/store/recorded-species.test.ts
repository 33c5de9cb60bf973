/** What the occurrences of a dossier say of its species: zones, years, datasets, and the same numbers as the indicator has. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { speciesIndicator } from '../../src/indicators/species-indicators.ts';
import type { Occurrence, Taxon } from '../../src/life-types.ts';
import { threatenedByZone } from '../../src/review/species-zones.ts';
import { computeSpecies } from '../../src/run/compute-species.ts';
import { putDataset } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { listOccurrences, listTaxa, putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { occurrenceDatasets, recordedSpecies } from '../../src/store/recorded-species.ts';
import type { DrawnZone, Position, ZoneKind } from '../../src/types.ts';
import { tablesOf } from '../review/blocks-fixture.ts';
import { contentOf, zoneOf } from '../review/content-fixture.ts';
import { smallDossier, unesco } from './facts-fixture.ts';

const ring = (west: number, east: number): Position[] => [
  [west, 43],
  [east, 43],
  [east, 44],
  [west, 44],
  [west, 43],
];
const zone = (kind: ZoneKind, west: number, east: number): DrawnZone => ({
  ...zoneOf(kind),
  geometry: { type: 'MultiPolygon', coordinates: [[ring(west, east)]] },
});
const zones = [zone('core', 76, 77), zone('buffer', 77, 77.2), zone('transition', 77.2, 78)];
const [CORE, BUFFER] = zones.map(({ id }) => id);

const taxon = (name: string, rest: Partial<Taxon> = {}): Taxon => ({
  ...{
    id: name,
    name,
    rank: 'species',
    parent: null,
    vernacular: {},
    categories: {},
    sensitivity: null,
    sensitivityReason: null,
  },
  ...rest,
});
const hidden = { sensitivity: 2, sensitivityReason: 'nests are robbed' } as const;
const taxa = [
  taxon('Aves', { rank: 'class' }),
  taxon('Otis', { rank: 'genus' }),
  taxon('Otis tarda', { parent: 'Aves', categories: { iucn: 'EN', 'iucn@2023': 'EN', 'red-book-kz': 'I' } }),
  taxon('Falco cherrug', { ...hidden, categories: { iucn: 'EN' } }),
  taxon('Falco cherrug milvipes', { ...hidden, rank: 'subspecies', parent: 'Falco cherrug' }),
  taxon('Aquila heliaca', { categories: { iucn: 'VU', 'red-book-kz': 'III' } }),
  taxon('Pica pica', { categories: { iucn: 'LC' } }),
  taxon('Anas crecca'),
];

let made = 0;
function record(rest: Partial<Occurrence> & { lon?: number; year?: number | null }): Occurrence {
  const { lon = 76.5, year = 2020, ...own } = rest;
  return {
    id: `record-${made++}`,
    site: 'almaty',
    taxon: 'Otis tarda',
    place: [lon, 43.5],
    period: year === null ? null : { start: `${year}-05-01`, end: `${year}-05-02` },
    uncertaintyM: 10,
    count: null,
    basis: null,
    recordedBy: null,
    fields: {},
    from: { dataset: 'birds', row: '2' },
    ...own,
  };
}

function dossier(records: Occurrence[] = []): Db {
  const db = smallDossier();
  const dataset = { kind: 'occurrences', mediaType: 'text/csv', digest: null, crs: null, period: null } as const;
  putDataset(db, 'test', {
    ...dataset,
    id: 'birds',
    title: { en: 'Birds' },
    href: 'birds.csv',
    licence: 'CC-BY-4.0',
    attribution: 'A. Ivanov',
  });
  putDataset(db, 'test', {
    ...dataset,
    id: 'nests',
    title: { en: 'Nests' },
    href: 'n.csv',
    licence: 'not stated',
    attribution: 'not stated',
  });
  for (const one of taxa) putTaxon(db, 'test', one);
  for (const one of records) putOccurrence(db, 'test', one);
  return db;
}
const gathered = (records: Occurrence[], drawn = zones) => recordedSpecies(dossier(records), 'almaty', drawn);

describe('recorded species', () => {
  test('of a site without records there is nothing', () => {
    expect(gathered([])).toBeNull();
    expect(gathered([record({ site: null })])).toBeNull();
  });

  test('have their zones, years, names and datasets', () => {
    const known = gathered([
      record({ year: 2012 }),
      record({ year: 2024, lon: 77.1, fields: { verbatimScientificName: 'Otis dybowskii', class: 'Aves' } }),
      record({ year: null, from: { dataset: 'nests', row: '9' } }),
      record({ taxon: 'Pica pica', from: { source: unesco.id } }),
    ]);
    expect(known?.species[0]).toEqual({
      ...{ taxon: 'Otis tarda', name: 'Otis tarda', also: ['Otis dybowskii'], vernacular: {}, group: 'birds' },
      ...{ categories: { iucn: 'EN', 'iucn@2023': 'EN', 'red-book-kz': 'I' }, sensitive: false, invasive: false },
      ...{
        records: 3,
        undated: 1,
        first: 2012,
        last: 2024,
        origins: ['birds', 'nests'],
        zones: [CORE, BUFFER],
        openZones: [CORE, BUFFER],
      },
    });
    expect(known?.origins.map(({ id, records }) => [id, records])).toEqual([
      ['birds', 2],
      ['nests', 1],
      [unesco.id, 1],
    ]);
  });

  test('what is no presence is counted by why', () => {
    const known = gathered([
      record({}),
      record({ count: 0 }),
      record({ taxon: 'Falco cherrug', fields: { occurrenceStatus: 'absent' } }),
      record({ taxon: 'Otis' }),
      record({ lon: 79 }),
    ]);
    expect([known?.records, known?.left]).toEqual([1, { outside: 1, notSpecies: 1, absent: 2, kept: 0 }]);
  });

  test('without zones every record is of the site', () => {
    expect(gathered([record({ lon: 79 })], [])).toMatchObject({ records: 1, zones: [], species: [{ zones: [], openZones: [] }] });
  });

  test('of a sensitive one figures take the zone of its cell; a sensitive subspecies makes the species sensitive', () => {
    // 77.02 lies in the core, the middle of its cell of 0.1° in the buffer
    const drawn = [zone('core', 76, 77.03), zone('buffer', 77.03, 77.2), zone('transition', 77.2, 78)];
    const known = gathered([record({ taxon: 'Falco cherrug milvipes', place: [77.02, 43.55] })], drawn);
    expect(known?.species[0]).toMatchObject({ taxon: 'Falco cherrug', sensitive: true, zones: [CORE], openZones: [BUFFER] });
    const open = gathered([record({ place: [77.02, 43.55] })], drawn);
    expect(open?.species[0]).toMatchObject({ sensitive: false, zones: [CORE], openZones: [CORE] });
  });

  test('of a sensitive one beside the zones, or without a place, the record is of the site, as for everybody', () => {
    const known = gathered([record({ taxon: 'Falco cherrug', lon: 79 }), record({ taxon: 'Falco cherrug', place: null })]);
    expect([known?.left.outside, known?.species[0]]).toMatchObject([0, { records: 2, zones: [], openZones: [] }]);
  });
});

describe('datasets of records', () => {
  test('have licence, citation and the day they were taken; what nobody said is null', () => {
    const db = dossier([record({}), record({ from: { dataset: 'nests', row: '1' } })]);
    const known = recordedSpecies(db, 'almaty', zones);
    expect(known?.origins).toEqual([
      expect.objectContaining({
        id: 'birds',
        title: { en: 'Birds' },
        citation: 'A. Ivanov',
        licence: 'CC-BY-4.0',
        href: 'birds.csv',
      }),
      expect.objectContaining({ id: 'nests', citation: null, licence: null }),
    ]);
    expect(known?.origins[0]?.since).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(occurrenceDatasets(db, ['almaty'])).toEqual(new Set(['birds', 'nests']));
    expect(occurrenceDatasets(db, ['qiyal'])).toEqual(new Set());
  });

  test('commercial use is what the licence of each record says, else that of its dataset', () => {
    const known = gathered([
      record({ fields: { license: 'CC_BY_NC_4_0' } }),
      record({ fields: { license: 'CC0_1_0' } }),
      record({}),
    ]);
    expect(known?.origins[0]).toMatchObject({ records: 3, nonCommercial: 1 });
  });
});

test('threatened species by zone are the figures of the indicator, whatever the records', () => {
  const kinds = taxa.map(({ id }) => id);
  const any = fc.record({
    taxon: fc.constantFrom(...kinds),
    lon: fc.double({ min: 75.9, max: 78.1, noNaN: true }),
    lat: fc.double({ min: 42.95, max: 44.05, noNaN: true }),
    uncertaintyM: fc.constantFrom(0, 10, 1000, 20_000),
    year: fc.constantFrom(null, 2010, 2020),
    count: fc.constantFrom(null, 0, 3),
    placed: fc.constantFrom(true, true, true, false),
  });
  const number = (text: string | undefined): number | null => (text === undefined || text === '–' ? null : Number(text));
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 25 }), (wanted) => {
      const db = dossier(
        wanted.map(({ lon, lat, placed, year, ...rest }) => record({ ...rest, year, place: placed ? [lon, lat] : null })),
      );
      const known = recordedSpecies(db, 'almaty', zones);
      if (known === null) throw new Error('nothing was stored');
      const table = tablesOf(threatenedByZone(contentOf({ facts: { zones } }), known))[0];
      const work = {
        site: 'almaty',
        zones,
        occurrences: listOccurrences(db, { site: 'almaty', exact: false }),
        taxa: listTaxa(db),
      };
      for (const list of ['iucn', 'red-book-kz']) {
        const indicator = speciesIndicator('threatened-species');
        if (indicator === null) throw new Error('no such indicator');
        const job = computeSpecies(indicator, { ...work, params: { list } });
        const sums = job.figures.map(job.observation).filter(({ by }) => by.class === undefined);
        const column = table?.head.indexOf(list === 'iucn' ? 'IUCN: all' : 'KZ: all') ?? -1;
        [...zones.map(({ id }) => id), 'almaty'].forEach((feature, row) => {
          const own = column < 0 ? null : number(table?.rows[row]?.[column]?.text);
          expect([feature, list, own]).toEqual([feature, list, sums.find((o) => o.feature === feature)?.value ?? null]);
        });
      }
    }),
    { numRuns: 25, seed: 20261123 },
  );
});
