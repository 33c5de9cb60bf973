import { describe, expect, test } from 'vitest';
import { SITE } from '../../src/indicators/source-indicator.ts';
import type { Taxon } from '../../src/life-types.ts';
import { isAbsent, isInvasive, kindsOf, presenceZone } from '../../src/run/species-presence.ts';
import { zoneIndex } from '../../src/science/zone-probability.ts';

const taxon = (id: string, rank: string | null, rest: Partial<Taxon> = {}): Taxon => ({
  ...{ id, name: id, rank, parent: null, vernacular: {}, categories: {}, sensitivity: null, sensitivityReason: null },
  ...rest,
});
const square = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ] as [number, number][],
  ],
});

describe('presence', () => {
  test('what was looked for and not found is none', () => {
    expect(isAbsent({ count: 0, fields: {} })).toBe(true);
    expect(isAbsent({ count: null, fields: { occurrenceStatus: 'ABSENT' } })).toBe(true);
    expect(isAbsent({ count: null, fields: { occurrenceStatus: 'present' } })).toBe(false);
  });

  test('invasive is what the record calls so', () => {
    expect(isInvasive({ degreeOfEstablishment: 'widespreadInvasive' })).toBe(true);
    expect(isInvasive({ establishmentMeans: 'introduced' })).toBe(false);
  });
});

describe('zone of a record', () => {
  const index = zoneIndex([
    { id: 'core', geometry: square(76, 43, 77, 44) },
    { id: 'buffer', geometry: square(77, 43, 78, 43.5) },
    { id: 'transition', geometry: square(77, 43.5, 78, 44) },
  ]);
  const zone = (lon: number, lat: number, more: object = {}): number | null =>
    presenceZone({ place: [lon, lat], uncertaintyM: 2000, ...more }, index);

  test('is that of more than half of its circle; where zones share it, the site alone', () => {
    expect(zone(76.99, 43.2)).toBe(0);
    expect(zone(77.01, 43.2)).toBe(1);
    expect(zone(77.01, 43.5)).toBe(SITE);
  });

  test('beside the site there is none, unless the place was made coarser or is not told', () => {
    expect(zone(78.02, 43.2)).toBeNull();
    expect(zone(78.02, 43.2, { generalised: { gridDeg: 0.1 } })).toBe(SITE);
    expect(presenceZone({ place: null, uncertaintyM: null }, index)).toBe(SITE);
  });
});

describe('kind of a taxon', () => {
  const kinds = kindsOf([
    taxon('Aves', 'class'),
    taxon('Falco cherrug', 'species', { parent: 'Aves', categories: { griis: 'yes' } }),
    taxon('Falco cherrug milvipes', 'subspecies', { parent: 'Falco cherrug' }),
    taxon('Larus', 'genus'),
    taxon('Larus sp.', null),
    taxon('Стрепет', null),
    taxon('Otis tarda', null, { categories: { griis: 'no' } }),
  ]);

  test('a subspecies is its species, with the class above it', () => {
    expect(kinds('Falco cherrug milvipes')).toEqual({ species: 'Falco cherrug', group: 'Aves', invasive: true });
  });

  test('a genus is no species, with its rank or without; a name in another script may be one', () => {
    expect([kinds('Larus'), kinds('Larus sp.'), kinds('Aves')]).toEqual([null, null, null]);
    expect([kinds('Стрепет')?.species, kinds('Otis tarda')]).toEqual([
      'Стрепет',
      { species: 'Otis tarda', group: null, invasive: false },
    ]);
  });
});
