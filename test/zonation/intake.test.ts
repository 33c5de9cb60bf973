import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MapLayer } from '../../src/formats/layer.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { intake, type ZoneNames, zoneKind } from '../../src/zonation/intake.ts';

const names = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'data', 'zone-names.json'), 'utf8')) as ZoneNames;
const of = { site: 'steppe', from: { source: 'by-hand' }, validFrom: null };
const layer = (...properties: Record<string, string | number | boolean | null>[]): MapLayer => ({
  name: 'zones.geojson',
  crs: 'OGC:CRS84',
  notes: [],
  skipped: 0,
  features: properties.map((own, i) => ({
    index: i + 1,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [i, 50],
          [i + 1, 50],
          [i + 1, 51],
          [i, 50],
        ],
      ],
    },
    properties: own,
  })),
});

test.each([
  ['ядро', 'core'],
  ['Негізгі аймақ', 'core'],
  ['БУФЕРНАЯ  ЗОНА', 'buffer'],
  ['буферлік-аймақ', 'buffer'],
  ['зона сотрудничества', 'transition'],
  ['Өтпелі аймақ', 'transition'],
  ['geçiş bölgesi', 'transition'],
  ['Entwicklungszone', 'transition'],
  ['zona núcleo', 'core'],
  ['zone tampon', 'buffer'],
  ['过渡区', 'transition'],
])('"%s" is the %s', (text, kind) => {
  expect(zoneKind(text, names)).toBe(kind);
});

test('the field that says the zones is found among others', () => {
  const { field, zones } = intake(
    layer({ OBJECTID: 1, zona: 'ядро', name: 'Тенгиз' }, { OBJECTID: 2, zona: 'буфер', name: 'Керей' }),
    names,
    of,
  );
  expect(field).toBe('zona');
  expect(zones.map((zone) => [zone.id, zone.kind, zone.name])).toEqual([
    ['steppe/core', 'core', { en: 'Тенгиз' }],
    ['steppe/buffer', 'buffer', { en: 'Керей' }],
  ]);
});

test('several features of a kind are several zones', () => {
  expect(intake(layer({ zone: 'core' }, { zone: 'core' }), names, of).zones.map((zone) => zone.id)).toEqual([
    'steppe/core',
    'steppe/core-2',
  ]);
});

test('what is not recognised is named by feature and field, all of it at once', () => {
  const work = () => intake(layer({ zone: 'core' }, { zone: 'meadow' }, { zone: '' }), names, of);
  expect(work).toThrow(Problems);
  expect(work).toThrow('zones.geojson, feature 2, field zone: found "meadow"; expected core, buffer or transition');
  expect(work).toThrow('feature 3, field zone: found ""');
});

test('a map without a telling field names the fields there are', () => {
  expect(() => intake(layer({ code: 'a', colour: 'red' }), names, of)).toThrow(Problem);
  expect(() => intake(layer({ code: 'a', colour: 'red' }), names, of)).toThrow('found the fields code, colour');
});

test('features that are no polygons are counted', () => {
  const map = layer({ zone: 'core' });
  map.features.push({ index: 2, geometry: { type: 'Point', coordinates: [70, 50] }, properties: { zone: 'core' } });
  expect(intake(map, names, of).skipped).toBe(1);
});
