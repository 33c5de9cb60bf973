import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MapLayer } from '../../src/formats/layer.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { intake, zoneWords } from '../../src/zonation/intake.ts';
import { plain, type ZoneNames, zoneOfWord } from '../../src/zonation/zone-words.ts';

const names = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'data', 'zone-names.json'), 'utf8')) as ZoneNames;
const of = { site: 'steppe', from: { source: 'by-hand' }, validFrom: null, map: new Map() };
const square = (west: number, size = 1): [number, number][][] => [
  [
    [west, 50],
    [west + size, 50],
    [west + size, 50 + size],
    [west, 50 + size],
    [west, 50],
  ],
];
const layer = (...properties: MapLayer['features'][number]['properties'][]): MapLayer => ({
  name: 'zones.geojson',
  crs: 'OGC:CRS84',
  notes: [],
  skipped: 0,
  features: properties.map((own, i) => ({
    index: i + 1,
    geometry: { type: 'Polygon', coordinates: square(i) },
    properties: own,
  })),
});
const kinds = (...layers: MapLayer[]) => intake(layers, names, of).zones.map((zone) => zone.kind);

describe('zoneOfWord', () => {
  test.each([
    ['ядро', 'core'],
    ['Ядро зонасы', 'core'],
    ['Негізгі аймақ', 'core'],
    ['БУФЕРНАЯ  ЗОНА', 'buffer'],
    ['буферлік-аймақ', 'buffer'],
    ['переходная', 'transition'],
    ['зона сотрудничества', 'transition'],
    ['Өтпелі аймақ', 'transition'],
    ['ÇEKİRDEK', 'core'],
    ['Tampon Bölge', 'buffer'],
    ['geçiş bölgesi', 'transition'],
    ['Kernzone', 'core'],
    ['Pflegezone', 'buffer'],
    ['Entwicklungszone', 'transition'],
    ['zona nucleo', 'core'],
    ['zone tampon', 'buffer'],
    ['过渡区', 'transition'],
    ['核心区（一）', 'core'],
    ['Core-2', 'core'],
    ['Буферная зона №3, Тенгиз', 'buffer'],
    ['ЯДPО', 'core'],
  ])('"%s" is the %s', (text, kind) => {
    expect(zoneOfWord(text, names)).toMatchObject({ kind, sure: true });
  });

  test.each([
    ['bufer zone', 'buffer'],
    ['Буфферная зона', 'buffer'],
    ['trasition', 'transition'],
    ['переходня зона', 'transition'],
    ['Entwiklungszone', 'transition'],
  ])('a slip of spelling, "%s", is read as the %s and said so', (text, kind) => {
    expect(zoneOfWord(text, names)).toMatchObject({ kind, sure: false });
  });

  test.each(['', 'zone', 'зона', 'meadow', '1', 'outside the core', 'вне ядра', 'core and buffer', 'score', 'corn'])(
    '"%s" means no zone for certain',
    (text) => {
      expect(zoneOfWord(text, names)).toBeNull();
    },
  );

  test('no word of the dictionary stands for two zones', () => {
    const words = Object.entries(names.kinds).flatMap(([kind, list]) =>
      [...new Set(list.map(plain))].map((word) => ({ kind, word })),
    );
    const twice = words.filter(({ word, kind }) => words.some((other) => other.word === word && other.kind !== kind));
    expect(twice).toEqual([]);
    for (const { kind, word } of words) expect(zoneOfWord(word, names)?.kind, word).toBe(kind);
  });
});

describe('intake', () => {
  test('the field that says the zones is found among others', () => {
    const { zones } = intake(
      [layer({ OBJECTID: 1, zona: 'ядро', name: 'Тенгиз' }, { OBJECTID: 2, zona: 'буфер', name: 'Керей' })],
      names,
      of,
    );
    expect(zones.map((zone) => [zone.id, zone.kind, zone.name])).toEqual([
      ['steppe/core', 'core', { en: 'Тенгиз' }],
      ['steppe/buffer', 'buffer', { en: 'Керей' }],
    ]);
  });

  test('several features of a kind are several zones', () => {
    expect(intake([layer({ zone: 'core' }, { zone: 'core' })], names, of).zones.map((zone) => zone.id)).toEqual([
      'steppe/core',
      'steppe/core-2',
    ]);
  });

  test('a layer for each zone is told by the names of the layers', () => {
    const named = (name: string): MapLayer => ({ ...layer({ id: 1, area: 5 }), name });
    expect(kinds(named('zones.zip/Ядро.shp'), named('zones.zip/буферная зона.shp'), named('transition.kml'))).toEqual([
      'core',
      'buffer',
      'transition',
    ]);
  });

  test('what is not recognised is named by feature and field, all of it at once', () => {
    const work = () => intake([layer({ zone: 'core' }, { zone: 'meadow' }, { zone: '' })], names, of);
    expect(work).toThrow(Problems);
    expect(work).toThrow('zones.geojson, feature 2, field zone: found "meadow"; say which zone it is with --map "meadow=core"');
    expect(work).toThrow('feature 3, field zone: found ""');
  });

  test('codes are asked for, in the order in which the zones lie in one another', () => {
    const map = layer({ zone: 1 }, { zone: 3 }, { zone: 2 });
    const rings = { 1: square(60, 9), 3: square(62, 2), 2: square(61, 6) } as Record<number, [number, number][][]>;
    for (const feature of map.features)
      feature.geometry = { type: 'Polygon', coordinates: rings[Number(feature.properties.zone)] ?? [] };
    // each square begins at 50 degrees north, so move the inner ones up
    const up = (by: number) => (feature: MapLayer['features'][number]) => {
      feature.geometry = {
        type: 'Polygon',
        coordinates: (feature.geometry as { coordinates: [number, number][][] }).coordinates.map((ring) =>
          ring.map(([x, y]) => [x, y + by]),
        ),
      };
    };
    map.features.filter((f) => f.properties.zone === 2).forEach(up(1));
    map.features.filter((f) => f.properties.zone === 3).forEach(up(2));
    expect(() => intake([map], names, of)).toThrow('field zone: the values 1, 3, 2 are codes');
    expect(() => intake([map], names, of)).toThrow('--map "3=core,2=buffer,1=transition"');
    const told = intake([map], names, { ...of, map: zoneWords('3=core,2=buffer,1=transition') });
    expect(told.zones.map((zone) => zone.kind)).toEqual(['transition', 'core', 'buffer']);
  });

  test('codes of zones that do not lie in one another are asked for without a guess', () => {
    expect(() => intake([layer({ zone: 'A' }, { zone: 'B' })], names, of)).toThrow('--map "A=…,B=…"');
  });

  test('a slip that was read over is noted once', () => {
    const { notes } = intake([layer({ zone: 'bufer zone' }, { zone: 'bufer zone' })], names, of);
    expect(notes).toEqual([
      { code: 'zone-word-read', details: { file: 'zones.geojson', field: 'zone', found: 'bufer zone', as: 'buffer zone' } },
    ]);
  });

  test('a map without a telling field names the fields there are', () => {
    expect(() =>
      intake([layer({ colour: 'red' }, { colour: 'blue' }, { colour: 'green' }, { colour: 'grey' })], names, of),
    ).toThrow(Problem);
    expect(() => intake([layer({ colour: 'red' })], names, of)).toThrow('found the fields colour');
  });

  test('features that are no polygons are counted', () => {
    const map = layer({ zone: 'core' });
    map.features.push({ index: 2, geometry: { type: 'Point', coordinates: [70, 50] }, properties: { zone: 'core' } });
    expect(intake([map], names, of).skipped).toBe(1);
  });

  test('--map takes pairs and says what is wrong with others', () => {
    expect([...zoneWords('Зона А=core, 2=buffer')]).toEqual([
      [plain('Зона А'), 'core'],
      ['2', 'buffer'],
    ]);
    expect(() => zoneWords('A=heart')).toThrow('--map: found "A=heart"; expected A=core,B=buffer,C=transition');
  });
});
