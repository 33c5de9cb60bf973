import { deflateSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeGeopackage } from '../../src/formats/geopackage-writer.ts';
import { openMap } from '../../src/formats/open.ts';
import { LARGEST_UNPACKED, MOST_ENTRIES } from '../../src/formats/zip.ts';
import { problemText } from '../../src/problems.ts';
import { ascii, concat, cyrillic, dbf, shp, shx, square, zip } from './build.ts';
import { problemOf } from './expect-problem.ts';

const text = (value: string) => new TextEncoder().encode(value);
const file = (name: string, bytes: Uint8Array) => ({ name, bytes });
const open = (name: string, bytes: Uint8Array) => problemOf(() => openMap([file(name, bytes)]));
const shape = shp([[square(69, 50, 1)], [square(71, 50, 1)]]);
const table = dbf([{ name: 'Z', type: 'C', length: 4 }], [['core'], ['buff']]);
const deflated = zipSync({ 'a.shp': shape, 'a.dbf': table });

function patched(bytes: Uint8Array, at: number, value: number, little = true): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, little);
  return copy;
}

describe('archives', () => {
  it.each(['../zones.shp', 'a/../../zones.shp', '/etc/zones.shp', 'C:\\zones.shp', '..\\zones.shp'])(
    'a name that climbs out is refused: %s',
    async (name) => {
      const problem = await open('a.zip', zip([{ name: ascii(name), bytes: shape }]));
      expect(problem.code).toBe('archive-name-climbs');
      expect(problem.message).toContain(name.replaceAll('\\', '/'));
    },
  );
  it('a bomb is refused before it is unpacked', async () => {
    const zeros = zipSync({ 'a.shp': concat([shape, new Uint8Array(120_000_000)]) }, { level: 9 });
    expect(zeros.length).toBeLessThan(200_000);
    expect((await open('bomb.zip', zeros)).code).toBe('archive-bomb');
  });
  it('a claim of 4 GB is refused, in the entry and in the whole', async () => {
    expect((await open('a.zip', zip([{ name: 'a.shp', bytes: shape, size: 0xfffffffe }]))).code).toBe('archive-bomb');
    const half = { bytes: shape, size: LARGEST_UNPACKED / 2 + 1, method: 0 };
    expect(['archive-bomb', 'archive-damaged']).toContain(
      (
        await open(
          'a.zip',
          zip([
            { name: 'a.shp', ...half },
            { name: 'b.shp', ...half },
          ]),
        )
      ).code,
    );
  });
  it('an entry larger than it claims is stopped there', async () => {
    const view = new DataView(deflated.buffer, deflated.byteOffset);
    const directory = view.getUint32(deflated.length - 22 + 16, true);
    expect((await open('a.zip', patched(deflated, directory + 24, 200))).code).toBe('archive-damaged');
  });
  it('thousands of entries that share one bomb are not looked into', async () => {
    const bomb = deflateSync(new Uint8Array(50_000_000), { level: 9 });
    const one = zip([{ name: 'x', bytes: bomb, method: 8, size: 50_000_000 }]);
    const directory = new DataView(one.buffer).getUint32(one.length - 6, true);
    const entry = one.slice(directory, one.length - 22);
    const end = one.slice(one.length - 22);
    new DataView(end.buffer).setUint16(10, 5000, true);
    const start = performance.now();
    expect((await open('a.zip', concat([one.slice(0, directory), ...Array.from({ length: 5000 }, () => entry), end]))).code).toBe(
      'archive-truncated',
    );
    expect(performance.now() - start).toBeLessThan(1_000);
  });
  it('archives in archives are followed twice, not for ever', async () => {
    const once = zipSync({ 'in.zip': deflated });
    expect(await openMap([file('a.zip', once)])).toHaveLength(1);
    expect((await open('a.zip', zipSync({ 'b.zip': once }))).code).toBe('archive-nested');
  });
  it('too many entries, a password, an unknown method, a wrong checksum and half a file are each said', async () => {
    const one = { name: 'a.shp', bytes: shape };
    expect((await open('a.zip', zip([one], { count: MOST_ENTRIES + 1 }))).code).toBe('archive-count');
    expect((await open('a.zip', zip([one], { count: 7 }))).code).toBe('archive-damaged');
    expect((await open('a.zip', zip([{ ...one, flags: 1 }]))).code).toBe('archive-encrypted');
    expect((await open('a.zip', zip([{ ...one, method: 14 }]))).code).toBe('archive-method');
    expect((await open('a.zip', zip([{ ...one, crc: 1 }]))).code).toBe('archive-damaged');
    expect((await open('a.zip', deflated.slice(0, deflated.length / 2))).code).toBe('archive-truncated');
  });
});

describe('shapefiles', () => {
  it.each([
    ['half a .shp', shape.slice(0, 300), 'shapefile-truncated'],
    ['a header only in part', shape.slice(0, 60), 'shapefile-header'],
    ['4 GB of parts', patched(shape, 108 + 36, 0x7fffffff), 'shapefile-record'],
    ['4 GB of points', patched(shape, 108 + 40, 0x7fffffff), 'shapefile-record'],
    ['a record of 4 GB', patched(shape, 104, 0x7fffffff, false), 'shapefile-record'],
    ['a record of negative length', patched(shape, 104, 0xfffffff0, false), 'shapefile-record'],
    ['a part that begins past its points', patched(shape, 108 + 44, 1000), 'shapefile-record'],
    ['an unknown type of shape', patched(shape, 108, 99), 'shapefile-type'],
    ['a MultiPatch', patched(shape, 108, 31), 'shapefile-type'],
    ['NaN', patched(patched(shape, 108 + 48, 0xffffffff), 108 + 52, 0x7fffffff), 'map-coordinate'],
  ])('%s', async (_, bytes, code) => {
    const problem = await open('зоны.shp', bytes);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain('зоны.shp');
  });
  it.each([
    ['4 billion rows', patched(table, 4, 0xffffffff), 'dbf-truncated'],
    ['half a table', table.slice(0, 68), 'dbf-truncated'],
    ['a field wider than its row', table.slice().fill(250, 32 + 16, 32 + 17), 'dbf-field'],
    ['another number of rows', dbf([{ name: 'Z', type: 'C', length: 4 }], [['core']]), 'shapefile-counts-differ'],
  ])('a .dbf with %s', async (_, bytes, code) => {
    expect((await problemOf(() => openMap([file('a.shp', shape), file('a.dbf', bytes)]))).code).toBe(code);
  });
  it('an index that points to one record again and again is not followed', async () => {
    const index = shx(shape);
    const bomb = concat([index.slice(0, 100), ...Array.from({ length: 50_000 }, () => index.slice(100, 108))]);
    const [layer] = await openMap([file('a.shp', shape), file('a.shx', bomb)]);
    expect(layer?.features).toHaveLength(2);
    expect(layer?.notes.map(({ code }) => code)).toContain('shapefile-index-ignored');
  });
  it('20,000 rings of one feature are told apart in time', async () => {
    const rings = Array.from({ length: 20_000 }, (_, i) =>
      i % 2 === 0
        ? square((i % 200) / 2, Math.floor(i / 200) / 2, 0.4)
        : square((i % 200) / 2 - 0.4, Math.floor(i / 200) / 2 + 0.1, 0.1).reverse(),
    );
    const [layer] = await openMap([file('a.shp', shp([rings]))]);
    expect(layer?.features[0]?.geometry?.coordinates).toHaveLength(10_000);
  });
  it('more than can be held in memory is refused before it is read', async () => {
    const huge = new Uint8Array(200_000_000);
    huge.set(shape.subarray(0, 100));
    expect((await open('a.shp', huge)).code).toBe('map-too-large');
    const lists = new Uint8Array(26_000_000).fill(0x5b);
    lists.set(text('{"a":'));
    expect((await open('a.json', lists)).code).toBe('map-too-large');
  });
  it('millions of empty shapes and rows are refused before memory is given to them', async () => {
    const shapes = new Uint8Array(100 + 12 * 1_000_001);
    shapes.set(shape.subarray(0, 100));
    const view = new DataView(shapes.buffer);
    view.setInt32(24, shapes.length / 2);
    for (let at = 100; at < shapes.length; at += 12) view.setInt32(at + 4, 2);
    expect((await open('a.shp', shapes)).code).toBe('map-too-many-features');
    const rows = patched(concat([table.slice(0, 65), new Uint8Array(30_000_000)]), 4, 29_000_000);
    rows[10] = 1;
    rows[11] = 0;
    expect((await problemOf(() => openMap([file('a.shp', shape), file('a.dbf', rows)]))).code).toBe('shapefile-counts-differ');
  });
  it('a number that is none is left blank and counted', async () => {
    const rows = dbf(
      [{ name: 'ПЛ', type: 'N', length: 6 }].map((f) => ({ ...f, name: cyrillic(f.name, 'windows-1251') })),
      [['12,5'], ['1O.5']],
    );
    const [layer] = await openMap([file('a.shp', shape), file('a.dbf', rows)]);
    expect(layer?.features.map(({ properties }) => Object.values(properties)[0])).toEqual([12.5, null]);
    expect(layer?.notes.find(({ code }) => code === 'dbf-number-unreadable')?.details).toMatchObject({
      row: 2,
      found: '1O.5',
      count: 1,
    });
  });
});

describe('XML', () => {
  const kml = (body: string, head = '') => text(`<?xml version="1.0"?>${head}<kml>${body}</kml>`);
  const laughs = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>';
  it.each([
    ['entity expansion', kml('<Placemark><name>&lol2;</name></Placemark>', laughs), 'kml-entities'],
    [
      'an external entity',
      kml('<Placemark><name>&x;</name></Placemark>', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      'kml-entities',
    ],
    ['an undeclared entity', kml('<Placemark><name>&ours;</name></Placemark>'), 'kml-entities'],
    ['10,000 levels', kml('<Folder>'.repeat(10_000)), 'kml-too-deep'],
    ['a tag that does not close', kml('<Placemark><name>x</Placemark>'), 'kml-broken'],
    ['half a file', kml('<Placemark><Polygon>').slice(0, 40), 'kml-broken'],
    [
      'a word for a coordinate',
      kml('<Placemark><Point><coordinates>69,fifty</coordinates></Point></Placemark>'),
      'map-coordinate',
    ],
    ['NaN for a coordinate', kml('<Placemark><Point><coordinates>NaN,50</coordinates></Point></Placemark>'), 'map-coordinate'],
    ['a coordinate without end', kml(`<Placemark><Point><coordinates>${'1'.repeat(200_000)}`), 'map-coordinate'],
    ['an attribute of 1 MB', kml(`<Placemark id="${'x'.repeat(1_000_000)}"/>`), 'kml-broken'],
  ])('%s', async (_, bytes, code) => {
    expect((await open('a.kml', bytes)).code).toBe(code);
  });
});

describe('JSON', () => {
  it.each([
    ['10,000 levels', '['.repeat(10_000), 'geojson-broken'],
    [
      '10,000 levels that close',
      `{"type":"FeatureCollection","features":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      'geojson-feature',
    ],
    [
      '10,000 levels of coordinates',
      `{"type":"Polygon","coordinates":${'['.repeat(10_000)}1,2${']'.repeat(10_000)}}`,
      'map-coordinate',
    ],
    [
      'collections in collections',
      `${'{"type":"GeometryCollection","geometries":['.repeat(500)}${']}'.repeat(500)}`,
      'geojson-geometry',
    ],
    ['half a file', '{"type":"FeatureCollection","features":[{"type":"Feature"', 'geojson-broken'],
    ['a topology', '{"type":"Topology","objects":{}}', 'geojson-type'],
    ['a text for a coordinate', '{"type":"Point","coordinates":["69",50]}', 'map-coordinate'],
    ['1e400', '{"type":"Point","coordinates":[1e400,50]}', 'map-coordinate'],
    ['a type from the prototype', '{"type":"Feature","geometry":{"type":"constructor","coordinates":[]}}', 'geojson-geometry'],
  ])('%s', async (_, json, code) => {
    expect((await open('a.json', text(json))).code).toBe(code);
  });
  it('an attribute nested 100,000 levels deep does not stop the map', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const [layer] = await openMap([
      file(
        'a.json',
        text(`{"type":"Feature","properties":{"d":${deep},"__proto__":1},"geometry":{"type":"Point","coordinates":[1,2]}}`),
      ),
    ]);
    expect(layer?.features[0]?.geometry).toEqual({ type: 'Point', coordinates: [1, 2] });
  });
});

describe('GeoPackage', () => {
  const gpkg = writeGeopackage([{ rings: [[square(69, 50, 1)]], properties: { zone: 'core' } }], 'zones');
  it.each([
    ['half a file', gpkg.slice(0, 4096 * 3 + 7), /geopackage/],
    ['nothing but the signature', gpkg.slice(0, 16), /geopackage/],
    ['a page of rubbish', gpkg.slice().fill(0xff, 4096, 8192), /geopackage/],
  ])('%s', async (_, bytes, code) => {
    expect((await open('a.gpkg', bytes)).code).toMatch(code);
  });
  it('a geometry that claims 4 GB', async () => {
    const at = gpkg.findIndex((byte, i) => byte === 0x47 && gpkg[i + 1] === 0x50 && gpkg[i + 2] === 0 && gpkg[i + 3] === 3);
    expect((await open('a.gpkg', patched(gpkg, at + 8 + 32 + 5, 0xffffffff))).code).toBe('geopackage-geometry');
  });
  it('a view that never ends is not run', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(':memory:');
    db.deserialize(gpkg);
    db.exec(
      'DROP TRIGGER rtree_zones_geom_delete; ALTER TABLE zones RENAME TO hidden; CREATE VIEW zones AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n',
    );
    db.exec("UPDATE gpkg_geometry_columns SET table_name = 'zones'");
    const problem = await open('a.gpkg', db.serialize());
    expect(problem.code).toBe('geopackage-view');
  });
  it('a dossier of another kind is said to hold no features', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(':memory:');
    db.exec('CREATE TABLE a (b)');
    expect((await open('a.gpkg', db.serialize())).code).toBe('geopackage-no-features');
  });
});

describe('every sentence', () => {
  it('is there in four languages and names the file', async () => {
    const problem = await open('карта.shp', shape.slice(0, 300));
    for (const lang of ['en', 'ru', 'kk', 'tr'] as const) expect(problemText(problem, lang)).toContain('карта.shp');
  });
});
