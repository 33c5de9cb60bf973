import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeIn, likelyCodes, readCrs } from '../../src/formats/crs.ts';
import { projOf } from '../../src/formats/crs-codes.ts';
import { problemOf } from './expect-problem.ts';

interface Case {
  code: string;
  name: string;
  wkt: Record<string, string>;
  points: [x: number, y: number, lon: number, lat: number][];
}
const golden = JSON.parse(readFileSync(new URL('../golden/crs/crs.json', import.meta.url), 'utf8')) as { cases: Case[] };
/** [m]; why some are wider stands in test/golden/crs/README.md. */
const tolerance = (name: string) =>
  /robinson/i.test(name) ? 0.5 : /cylindrical|EASE-Grid 2.0 Global/i.test(name) ? 0.002 : 0.001;
/** Projections that proj4js does not read as PROJ does: refused rather than wrong. */
const REFUSED = ['World_Equidistant_Cylindrical', 'World_Miller_Cylindrical'];

/** Distance on the ground, longitudes being the same 360 degrees on [m]. */
function distance([lon, lat]: number[], [lon0, lat0]: number[]): number {
  let dx = (lon ?? Number.NaN) - (lon0 ?? 0);
  dx -= Math.round(dx / 360) * 360;
  return Math.hypot(dx * Math.cos(((lat0 ?? 0) * Math.PI) / 180), (lat ?? Number.NaN) - (lat0 ?? 0)) * 111_320;
}

describe('crs against PROJ', () => {
  for (const { code, name, wkt, points } of golden.cases.filter((c) => !REFUSED.includes(c.name))) {
    const texts = { ...wkt, ...(projOf(code) === null ? {} : { code }) };
    it.each(Object.entries(texts))(`${name}: %s`, (_, text) => {
      const crs = readCrs(text, 'f');
      for (const [x, y, lon, lat] of points) expect(distance(crs.toWgs84([x, y]), [lon, lat])).toBeLessThan(tolerance(name));
    });
  }
  it.each(golden.cases.filter((c) => REFUSED.includes(c.name)))('$name is refused, not misread', async ({ wkt }) => {
    for (const text of Object.values(wkt)) expect((await problemOf(() => readCrs(text, 'f'))).code).toBe('crs-unreadable');
  });
});

/** Worked examples of IOGP Publication 373-7-2 (EPSG Guidance Note 7, part 2), March 2020; shifts left aside by +towgs84=0,0,0. */
const examples: [method: string, proj: string, x: number, y: number, lon: number, lat: number, within: number][] = [
  [
    'Transverse Mercator 9807 (OSGB36)',
    '+proj=tmerc +a=6377563.396 +rf=299.32496 +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000',
    577274.99,
    69740.5,
    0.5,
    50.5,
    0.01,
  ],
  [
    'Lambert Conic Conformal 2SP 9802 (NAD27 Texas)',
    '+proj=lcc +a=6378206.4 +rf=294.9786982 +lat_1=28.383333333333333 +lat_2=30.283333333333333 +lat_0=27.833333333333332 +lon_0=-99 +x_0=609601.2192024384 +y_0=0 +to_meter=0.3048006096012192',
    2963503.91,
    254759.8,
    -96,
    28.5,
    0.01,
  ],
  [
    'Lambert Conic Conformal 1SP 9801 (JAD69)',
    '+proj=lcc +a=6378206.4 +rf=294.9786982 +lat_1=18 +lat_0=18 +lon_0=-77 +k_0=1 +x_0=250000 +y_0=150000',
    255966.58,
    142493.51,
    -76.94368333333333,
    17.932166666666667,
    0.01,
  ],
  [
    'Mercator variant B 9805 (Caspian Sea)',
    '+proj=merc +ellps=krass +lat_ts=42 +lon_0=51 +x_0=0 +y_0=0',
    165704.29,
    5171848.07,
    53,
    53,
    0.01,
  ],
  [
    'Lambert Azimuthal Equal Area 9820 (ETRS89)',
    '+proj=laea +ellps=GRS80 +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000',
    3962799.45,
    2999718.85,
    5,
    50,
    0.01,
  ],
  [
    'Polar Stereographic variant B 9829 (Antarctic)',
    '+proj=stere +ellps=WGS84 +lat_0=-90 +lat_ts=-71 +lon_0=70 +x_0=6000000 +y_0=6000000',
    7255380.79,
    7053389.56,
    120,
    -75,
    0.01,
  ],
  [
    'Albers Equal Area 9822 (Great Lakes)',
    '+proj=aea +ellps=GRS80 +lat_0=45.568977 +lon_0=-84.455955 +lat_1=42.122774 +lat_2=49.01518 +x_0=1000000 +y_0=1000000',
    1466493.492,
    702903.006,
    -78.75,
    42.75,
    0.002,
  ],
];

describe('crs against published worked examples', () => {
  it.each(examples)('%s', (_, proj, x, y, lon, lat, within) => {
    const crs = readCrs(`${proj} +towgs84=0,0,0`, 'f');
    expect(distance(crs.toWgs84([x, y]), [lon, lat])).toBeLessThan(within);
  });
});

describe('crs by name', () => {
  it.each([
    ['EPSG:28413', 'EPSG:28413'],
    ['epsg:4326', 'EPSG:4326'],
    ['28413', 'EPSG:28413'],
    ['urn:ogc:def:crs:EPSG::32642', 'EPSG:32642'],
    ['urn:ogc:def:crs:EPSG:6.9:32642', 'EPSG:32642'],
    ['http://www.opengis.net/def/crs/EPSG/0/3857', 'EPSG:3857'],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'OGC:CRS84'],
    ['ESRI:102025', 'ESRI:102025'],
    ['PROJCS["28413"]', null],
  ])('%s is %s', (text, code) => {
    expect(codeIn(text)).toBe(code);
  });
  it('every Gauss-Kruger zone of Kazakhstan has its meridian and its shift', () => {
    for (let zone = 7; zone <= 16; zone++) {
      const crs = readCrs(`EPSG:${28400 + zone}`, 'f');
      const [lon] = crs.toWgs84([zone * 1e6 + 500_000, 5_500_000]);
      expect(Math.abs(lon - (zone * 6 - 3))).toBeLessThan(0.005);
      expect(crs.notes).toMatchObject([
        { code: 'crs-datum-shift', details: { datum: 'Pulkovo 1942', accuracy: 3, source: 'EPSG:5044' } },
      ]);
    }
  });
  it('a shift the file states itself is used and said', () => {
    const wkt =
      'GEOGCS["Pulkovo 1942",DATUM["Pulkovo_1942",SPHEROID["Krassowsky 1940",6378245,298.3],TOWGS84[28,-130,-95,0,0,0,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]';
    expect(readCrs(wkt, 'f').notes).toMatchObject([{ code: 'crs-own-shift', details: { shift: '28, -130, -95, 0, 0, 0, 0' } }]);
  });
  it("a nameless datum on Krassowsky's ellipsoid is taken for Pulkovo 1942, and said", () => {
    const wkt =
      'GEOGCS["x",DATUM["unknown",SPHEROID["Krasovsky",6378245,298.3]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]';
    expect(readCrs(wkt, 'f').notes).toMatchObject([
      { code: 'crs-datum-assumed', details: { datum: 'Pulkovo 1942', found: 'unknown' } },
    ]);
  });
  it.each([
    ['EPSG:27700', 'crs-unknown', 'EPSG:27700'],
    ['СК-42 зона 13', 'crs-unknown', 'СК-42 зона 13'],
    [
      'PROJCS["Local grid",GEOGCS["g",DATUM["D_Foo",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Foo"],UNIT["Meter",1]]',
      'crs-unreadable',
      'Local grid',
    ],
    [
      'GEOGCS["Bessel",DATUM["D_Somewhere",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]',
      'crs-datum-unknown',
      'D_Somewhere',
    ],
    [`GEOGCS${'['.repeat(10_000)}`, 'crs-unreadable', ''],
    ['LOCAL_CS["Плоская"]', 'crs-unreadable', 'Плоская'],
  ])('%.40s is refused as %s, naming what was found', async (text, code, found) => {
    const problem = await problemOf(() => readCrs(text, 'карта.shp'));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(found);
    expect(problem.message).toContain('карта.shp');
  });
  it('coordinates with a zone number suggest that zone', () => {
    expect(likelyCodes(13_300_000, 5_600_000, null)).toEqual(['EPSG:28413', 'EPSG:20013']);
    expect(likelyCodes(5_600_000, 13_300_000, null)).toEqual(['EPSG:28413', 'EPSG:20013']);
    expect(likelyCodes(400_000, 5_600_000, [69, 50])).toEqual(['EPSG:32642', 'EPSG:2502', 'EPSG:3857']);
  });
});
