import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { MapLayer } from '../../src/formats/layer.ts';
import { openMap } from '../../src/formats/open.ts';
import { WGS84_PRJ } from '../../src/formats/shapefile-writer.ts';
import { ascii, cyrillic, dbf, shp, shx, square, zip } from './build.ts';
import { problemOf } from './expect-problem.ts';
import { ringsOf } from './rings-of.ts';

const text = (value: string) => new TextEncoder().encode(value);
const file = (name: string, bytes: Uint8Array) => ({ name, bytes });
const golden = (name: string) => file(name, readFileSync(new URL(`../golden/maps/${name}`, import.meta.url)));
const codes = (layer: MapLayer | undefined) => layer?.notes.map(({ code }) => code);

const shape = shp([[square(69, 50, 1)], [square(71, 50, 1), square(71.2, 50.2, 0.2).reverse()]]);
const table = (encoding: 'windows-1251' | 'ibm866') =>
  dbf(
    [
      { name: cyrillic('ЗОНА', encoding), type: 'C', length: 20 },
      { name: 'AREA', type: 'N', length: 8, decimals: 2 },
      { name: 'DONE', type: 'L', length: 1 },
      { name: 'DAY', type: 'D', length: 8 },
    ],
    [
      [cyrillic('Ядро', encoding), '   12.50', 'T', '20140501'],
      [cyrillic('буферная зона', encoding), '********', '?', '        '],
    ],
  );

describe('a shapefile', () => {
  const parts = [
    file('a.shp', shape),
    file('a.shx', shx(shape)),
    file('a.dbf', table('windows-1251')),
    file('a.prj', ascii(WGS84_PRJ)),
  ];

  it('in loose parts is one layer with typed attributes, holes in their polygon', async () => {
    const [layer, ...more] = await openMap(parts);
    expect(more).toEqual([]);
    expect(layer?.features.map(({ properties }) => properties)).toEqual([
      { ЗОНА: 'Ядро', AREA: 12.5, DONE: true, DAY: '2014-05-01' },
      { ЗОНА: 'буферная зона', AREA: null, DONE: null, DAY: null },
    ]);
    expect(layer?.features.map(({ geometry }) => geometry?.type)).toEqual(['Polygon', 'Polygon']);
    expect(layer?.features[1]?.geometry?.coordinates).toHaveLength(2);
    expect(codes(layer)).toEqual(['text-guessed']);
  });
  it('tells how far it is, and stops when asked to', async () => {
    const seen: number[] = [];
    await openMap(parts, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await expect(openMap(parts, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
  it('is recognised by content, whatever it is called', async () => {
    const renamed = parts.map(({ bytes }, i) => file(`карта${i}.txt`, bytes));
    const [layer] = await openMap(renamed);
    expect(layer?.features[0]?.properties.ЗОНА).toBe('Ядро');
    expect(layer?.crs).toBe('GCS_WGS_1984');
  });
  it('alone has no attributes and no CRS: both are said', async () => {
    const [layer] = await openMap([file('a.shp', shape)]);
    expect(codes(layer)).toEqual(['shapefile-no-attributes', 'crs-assumed-degrees']);
  });
  it('zipped on a Russian Windows keeps its CP866 names', async () => {
    const folder = (name: string, bytes: Uint8Array) => ({ name: cyrillic(`Зоны\\${name}`, 'ibm866'), bytes });
    const archive = zip([
      folder('Заповедник.shp', shape),
      folder('Заповедник.shx', shx(shape)),
      folder('Заповедник.dbf', table('ibm866')),
      folder('Заповедник.PRJ', ascii(WGS84_PRJ)),
    ]);
    const [layer] = await openMap([file('карта.zip', archive)]);
    expect(layer?.name).toBe('карта.zip/Зоны/Заповедник.shp');
    expect(layer?.features[0]?.properties.ЗОНА).toBe('Ядро');
    expect(codes(layer)).toEqual(['archive-names-guessed', 'text-guessed']);
    expect(layer?.notes[1]?.details.encoding).toBe('ibm866');
  });
  it('a .cpg that lies is overruled, and said', async () => {
    const [layer] = await openMap([...parts, file('a.cpg', ascii('UTF-8'))]);
    expect(layer?.features[0]?.properties.ЗОНА).toBe('Ядро');
    expect(codes(layer)).toEqual(['text-cpg-contradicted']);
  });
  it('two layers in one archive keep their own parts', async () => {
    const archive = zipSync({
      'a/core.shp': shape,
      'a/core.dbf': table('windows-1251'),
      'b/core.shp': shape,
      'b/core.prj': ascii(WGS84_PRJ),
      'readme.txt': text('zones'),
    });
    const layers = await openMap([file('two.zip', archive)]);
    expect(layers.map(({ name, crs }) => [name, crs])).toEqual([
      ['two.zip/a/core.shp', 'EPSG:4326'],
      ['two.zip/b/core.shp', 'GCS_WGS_1984'],
    ]);
    expect(layers.map(({ features }) => Object.keys(features[0]?.properties ?? {}).length)).toEqual([4, 0]);
  });
  it('edited without repacking is read through its index', async () => {
    // record 1 rewritten at the end, as GDAL does: its old place is still there
    const edited = shp([[square(69, 50, 1)], [square(71, 50, 1)], [square(60, 45, 1)]]);
    const index = shx(edited);
    const view = new DataView(index.buffer);
    view.setInt32(100, view.getInt32(116));
    const [layer] = await openMap([file('a.shp', edited), file('a.shx', index.slice(0, 116))]);
    expect(layer?.features.map(({ geometry }) => (geometry?.coordinates[0] as number[][] | undefined)?.[0])).toEqual([
      [60, 45],
      [71, 50],
    ]);
  });
  it('rows marked as deleted are left out and counted', async () => {
    const rows = dbf([{ name: 'Z', type: 'C', length: 4 }], [['core'], ['gone']], { deleted: [1] });
    const [layer] = await openMap([file('a.shp', shape), file('a.dbf', rows)]);
    expect(layer?.features).toHaveLength(1);
    expect(layer?.skipped).toBe(1);
    expect(codes(layer)).toContain('shapefile-deleted-rows');
  });
  it('all rings the wrong way round still have holes in outer rings', async () => {
    const wrong = shp([[square(0, 0, 10).reverse(), square(2, 2, 2).reverse(), square(20, 0, 5).reverse()]], 15);
    const [layer] = await openMap([file('a.shp', wrong)]);
    expect(layer?.features[0]?.geometry).toMatchObject({ type: 'MultiPolygon' });
    expect(ringsOf<number[][][]>(layer).map((rings) => rings.length)).toEqual([2, 1]);
  });
});

describe('maps by GDAL', () => {
  it('one.fgb, with an index over a single feature, gives that feature', async () => {
    const [layer] = await openMap([golden('one.fgb')]);
    expect(layer?.features).toHaveLength(1);
  });

  it.each(['zones.fgb', 'zones-gk13.fgb', 'zones-gk13.gpkg', 'zones.kml', 'zones.kmz', 'zones.geojson'])(
    '%s gives the zones it was made from',
    async (name) => {
      const [layer, ...more] = await openMap([golden(name)]);
      expect(more).toEqual([]);
      const core = layer?.features.find(({ properties }) => properties.zone === 'ядро');
      expect(core?.properties.name).toBe('Қорғалжын');
      expect(String(core?.properties.big)).toBe('123456789012');
      const rings = core?.geometry?.type === 'MultiPolygon' ? core.geometry.coordinates[0] : core?.geometry?.coordinates;
      expect(rings).toHaveLength(2);
      const [lon, lat] = (rings as number[][][])[0]?.[0] ?? [];
      expect(lon).toBeCloseTo(69, 7); // 1 cm, also through EPSG:28413 and EPSG:5044
      expect(lat).toBeCloseTo(50, 7);
      expect(layer?.features.find(({ properties }) => properties.zone === 'буфер')?.geometry?.coordinates).toHaveLength(2);
    },
  );
});

describe('GeoJSON', () => {
  const geojson = (members: object) => text(JSON.stringify({ type: 'FeatureCollection', ...members }));
  const feature = (ring: number[][]) => ({
    type: 'Feature',
    properties: { зона: 'ядро' },
    geometry: { type: 'Polygon', coordinates: [ring] },
  });
  it('with a crs member is brought to WGS 84', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
    const [layer] = await openMap([
      file(
        'a.json',
        geojson({
          crs,
          features: [
            feature([
              [7681046, 6446275],
              [7792365, 6446275],
              [7792365, 6621293],
              [7681046, 6446275],
            ]),
          ],
        }),
      ),
    ]);
    expect(layer?.crs).toBe('EPSG:3857');
    expect(ringsOf(layer)[0]?.[0]?.[0]).toBeCloseTo(69, 4);
  });
  it('in Windows-1251 with a collection and null geometry is read, and said', async () => {
    const collection = {
      type: 'Feature',
      properties: { зона: 'буфер' },
      geometry: {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [1, 2, 3] },
          {
            type: 'MultiLineString',
            coordinates: [
              [
                [0, 0],
                [1, 1],
              ],
            ],
          },
        ],
      },
    };
    const json = JSON.stringify({ type: 'FeatureCollection', features: [collection, { type: 'Feature', geometry: null }] });
    const [layer] = await openMap([file('a', cyrillic(json, 'windows-1251'))]);
    expect(layer?.features.map(({ geometry, properties }) => [geometry?.type, properties.зона])).toEqual([
      ['LineString', 'буфер'],
      ['Point', 'буфер'],
    ]);
    expect(codes(layer)).toEqual(['text-guessed', 'features-without-geometry', 'map-parts-split']);
    expect(layer?.skipped).toBe(1);
  });
});

describe('KML', () => {
  const kml = (body: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
    `${head}\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${body}</Document></kml>`;
  const polygon =
    '<Polygon><innerBoundaryIs><LinearRing><coordinates>1,1 1,2 2,1 1,1</coordinates></LinearRing></innerBoundaryIs><outerBoundaryIs><LinearRing><coordinates>\n0,0,5\n0,9,5 9,0,5\t0,0,5 </coordinates></LinearRing></outerBoundaryIs></Polygon>';
  it('gives folders, names, data, and the outer ring first', async () => {
    const body = `<Folder><name>Ядро</name><Placemark><name>A&amp;B</name><description><![CDATA[<b>x</b>]]></description><ExtendedData><Data name="зона"><displayName>q</displayName><value>core</value></Data></ExtendedData><MultiGeometry>${polygon}${polygon}</MultiGeometry></Placemark></Folder>`;
    const [layer] = await openMap([file('a.xml', text(kml(body)))]);
    expect(layer?.features[0]?.properties).toEqual({ folder: 'Ядро', name: 'A&B', description: '<b>x</b>', зона: 'core' });
    const part = [
      [
        [0, 0],
        [0, 9],
        [9, 0],
        [0, 0],
      ],
      [
        [1, 1],
        [1, 2],
        [2, 1],
        [1, 1],
      ],
    ];
    expect(layer?.features[0]?.geometry).toEqual({ type: 'MultiPolygon', coordinates: [part, part] });
  });
  it.each([
    [
      'windows-1251 as declared',
      cyrillic(
        kml(`<Placemark><name>Ядро</name>${polygon}</Placemark>`, '<?xml version="1.0" encoding="windows-1251"?>'),
        'windows-1251',
      ),
      [],
    ],
    [
      'windows-1251 that claims UTF-8',
      cyrillic(kml(`<Placemark><name>Ядро</name>${polygon}</Placemark>`), 'windows-1251'),
      ['text-guessed'],
    ],
    [
      'UTF-16 with a byte order mark',
      Uint8Array.from([
        0xff,
        0xfe,
        ...new Uint8Array(
          Uint16Array.from(kml(`<Placemark><name>Ядро</name>${polygon}</Placemark>`, ''), (c) => c.charCodeAt(0)).buffer,
        ),
      ]),
      [],
    ],
  ])('in %s is read', async (_, bytes, notes) => {
    const [layer] = await openMap([file('a.kml', bytes)]);
    expect(layer?.features[0]?.properties.name).toBe('Ядро');
    expect(codes(layer)).toEqual(notes);
  });
  it('links, tracks and models are left out and said', async () => {
    const body = `<NetworkLink><Link><href>http://example.org</href></Link></NetworkLink><Placemark>${polygon}</Placemark><Placemark><gx:Track xmlns:gx="x"/></Placemark>`;
    expect(codes((await openMap([file('a.kml', text(kml(body)))]))[0])).toEqual([
      'kml-links-left-out',
      'kml-geometry-left-out',
      'features-without-geometry',
    ]);
  });
});

describe('what is no map', () => {
  it.each([
    ['%PDF-1.7', 'PDF'],
    ['Rar!\x1A\x07\x01\x00', 'RAR'],
    ['7z\xBC\xAF\x27\x1C', '7-Zip'],
    ['AC1032', 'AutoCAD DWG'],
    ['<?xml version="1.0"?><gpx></gpx>', 'gpx'],
    ['II*\0', 'GeoTIFF'],
  ])('%j is named: %s', async (content, named) => {
    const problem = await problemOf(() => openMap([file('zones.shp', ascii(content))]));
    expect(problem.code).toBe('map-none');
    expect(problem.message).toContain(named);
  });
  it('an empty file, an empty archive, a .dbf alone and a map without features are each said', async () => {
    expect((await problemOf(() => openMap([file('a.shp', new Uint8Array(0))]))).code).toBe('map-empty');
    expect((await problemOf(() => openMap([file('a.zip', zip([]))]))).code).toBe('map-none');
    expect((await problemOf(() => openMap([file('a.dbf', table('windows-1251'))]))).code).toBe('shapefile-no-shp');
    expect((await problemOf(() => openMap([file('a.json', text('{"type":"FeatureCollection","features":[]}'))]))).code).toBe(
      'map-no-features',
    );
    expect((await problemOf(() => openMap([file('a.zip', zip([{ name: 'a.shp', bytes: new Uint8Array(0) }]))]))).code).toBe(
      'map-empty',
    );
    const empty = shp([]);
    expect((await problemOf(() => openMap([file('a.shp', empty), file('a.shx', shx(empty))]))).code).toBe('map-no-features');
  });
});
