import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeGeojson } from '../../src/formats/geojson-writer.ts';
import { openMap } from '../../src/formats/open.ts';

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
const read = async (content: unknown) => (await openMap([file(content)]))[0];

test('a collection, a feature and a bare geometry are read', async () => {
  expect((await read({ type: 'FeatureCollection', features: [polygon(square), polygon(square)] }))?.features).toHaveLength(2);
  expect((await read(polygon(square)))?.features[0]?.properties).toEqual({ zone: 'core' });
  expect((await read({ type: 'Polygon', coordinates: square }))?.features).toHaveLength(1);
});

test('heights are dropped, features without a geometry are counted', async () => {
  const high = square.map((ring) => ring.map((position) => [...position, 900]));
  const layer = await read({
    type: 'FeatureCollection',
    features: [polygon(high), { type: 'Feature', properties: {}, geometry: null }],
  });
  expect(layer?.features[0]?.geometry).toEqual({ type: 'Polygon', coordinates: square });
  expect(layer?.skipped).toBe(1);
});

test.each([
  ['{"type": "Feature', 'zones.geojson: not readable as JSON'],
  [{ type: 'FeatureCollection', features: [null] }, 'feature 1: found type "undefined"'],
  [{ ...polygon(square), geometry: { type: 'Circle' } }, 'geometry of type "Circle"; expected Polygon or MultiPolygon'],
])('%j is told', async (content, sentence) => {
  await expect(read(content)).rejects.toThrow(sentence);
});

test('rings and positions that hold nothing are left out, whatever stands around them', async () => {
  const [ring = []] = square;
  const gaps = [[], ring.flatMap((position) => [[], position]), [[]]];
  expect((await read(polygon(gaps)))?.features[0]?.geometry).toEqual({ type: 'Polygon', coordinates: square });
  expect((await read({ type: 'FeatureCollection', features: [polygon(square), polygon([[]])] }))?.skipped).toBe(1);
});

test('a value named as its own writer is told, not run', async () => {
  const object = { toString: null, valueOf: null };
  await expect(read(polygon([[object]]))).rejects.toThrow('feature 1: found {…}');
  await expect(read({ type: object })).rejects.toThrow('found "{…}"');
  await expect(
    read({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: object } }, features: [] }),
  ).rejects.toThrow(/^zones/);
});

test('10,000 levels deep is a sentence, not a crash', async () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  await expect(read(`{"type":"Polygon","coordinates":${deep}}`)).rejects.toThrow(/^zones\.geojson/);
});

test('what is written is read back to the last bit', async () => {
  const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(number(89), number(89)), { minLength: 4, maxLength: 9 }), async (ring) => {
      const text = writeGeojson([{ id: 'a', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { kind: 'core' } }]);
      expect((await read(text))?.features[0]?.geometry).toEqual({ type: 'Polygon', coordinates: [ring] });
    }),
    { seed: 1 },
  );
});
