import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGeojson, writeGeojson } from '../../src/formats/geojson.ts';
import { Problem } from '../../src/problems.ts';

const file = (content: unknown, name = 'zones.geojson') => ({
  name,
  bytes: new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
});
const polygon = (coordinates: unknown, properties: object = { zone: 'core' }) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates },
});
const square = [
  [
    [70, 50],
    [71, 50],
    [71, 51],
    [70, 50],
  ],
];
const problem = (content: unknown): string => {
  try {
    readGeojson(file(content));
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
  return '';
};

test('a collection, a feature and a bare geometry are read', () => {
  expect(readGeojson(file({ type: 'FeatureCollection', features: [polygon(square), polygon(square)] })).features).toHaveLength(2);
  expect(readGeojson(file(polygon(square))).features[0]?.properties).toEqual({ zone: 'core' });
  expect(readGeojson(file({ type: 'Polygon', coordinates: square })).features).toHaveLength(1);
});

test('heights are dropped, features without a geometry are counted', () => {
  const layer = readGeojson(
    file({
      type: 'FeatureCollection',
      features: [
        polygon([
          [
            [70, 50, 9],
            [71, 50, 9],
            [71, 51, 9],
            [70, 50, 9],
          ],
        ]),
        { type: 'Feature', properties: {}, geometry: null },
      ],
    }),
  );
  expect(layer.features[0]?.geometry).toEqual({ type: 'Polygon', coordinates: square });
  expect([layer.skipped, layer.notes]).toEqual([1, [{ code: 'features-without-geometry', details: { count: 1 } }]]);
});

test.each([
  ['{"type": "Feature', 'zones.geojson: not readable as JSON'],
  ['[1, 2]', 'where a GeoJSON FeatureCollection, Feature or geometry was expected'],
  [{ type: 'Topology' }, 'found "Topology"'],
  [{ type: 'FeatureCollection', features: [null] }, 'feature 1: found type "undefined"'],
  [
    polygon([
      [
        [70, 'north'],
        [71, 50],
        [71, 51],
        [70, 50],
      ],
    ]),
    'feature 1: found the position [70,"north"]',
  ],
  [
    polygon([
      [
        [70, 50],
        [6_300_000, 5_500_000],
        [71, 51],
        [70, 50],
      ],
    ]),
    'found the position [6300000,5500000]; expected [longitude, latitude]',
  ],
  [
    polygon([
      [
        [50, 170],
        [51, 170],
        [51, 171],
        [50, 170],
      ],
    ]),
    'swapped axes?',
  ],
  [polygon([70, 50]), 'feature 1: found the position'],
  [{ ...polygon(square), geometry: { type: 'Circle' } }, 'geometry of type "Circle"; expected Polygon or MultiPolygon'],
  [
    { type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::28412' } }, features: [] },
    'coordinates are in "urn:ogc:def:crs:EPSG::28412"',
  ],
])('%j is told', (content, sentence) => {
  expect(problem(content)).toContain(sentence);
});

test('10,000 levels deep is a sentence, not a crash', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  expect(problem(`{"type":"Polygon","coordinates":${deep}}`)).toContain('found the position […]');
});

test('what is written is read back to the last bit', () => {
  const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x));
  fc.assert(
    fc.property(fc.array(fc.tuple(number(180), number(90)), { minLength: 4, maxLength: 9 }), (ring) => {
      const text = writeGeojson([{ id: 'a', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { kind: 'core' } }]);
      expect(readGeojson(file(text)).features[0]?.geometry).toEqual({ type: 'Polygon', coordinates: [ring] });
    }),
    { seed: 1 },
  );
});

test('any change of a sound file is read or is a problem', () => {
  const sound = file({ type: 'FeatureCollection', features: [polygon(square)] }).bytes;
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.nat(255), (at, byte) => {
      const bytes = sound.slice();
      bytes[at] = byte;
      try {
        readGeojson({ name: 'x', bytes });
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { seed: 5, numRuns: 2000 },
  );
});
