/**
 * The coordinate reference system that GeoKeys define: a code, the WKT that ESRI's programs leave in a text, or parameters of
 * its own (OGC 19-008r4, 7.5), such as MODIS's sinusoidal on a sphere.
 *
 *     crsOfKeys(keys);   // { code: 'EPSG:32642', proj: '+proj=utm +zone=42 …' }
 */
import { projOf } from './crs-codes.ts';
import type { GeoKeys } from './geotiff-keys.ts';
import type { RasterCrs } from './raster.ts';

const GT_MODEL_TYPE = 1024;
const GT_CITATION = 1026;
const GEODETIC_CRS = 2048;
const GEODETIC_CITATION = 2049;
const GEODETIC_DATUM = 2050;
const ELLIPSOID = 2056;
const SEMI_MAJOR_AXIS = 2057;
const SEMI_MINOR_AXIS = 2058;
const INVERSE_FLATTENING = 2059;
const PRIME_MERIDIAN_LONGITUDE = 2061;
const TOWGS84 = 2062;
const PROJECTED_CRS = 3072;
const PROJECTED_CITATION = 3073;
const PROJECTION = 3074;
const PROJECTION_METHOD = 3075;
const LINEAR_UNITS = 3076;
const LINEAR_UNIT_SIZE = 3077;
const GEOGRAPHIC = 2;
const USER_DEFINED = 32767;

/** Units of length [m] by EPSG code. */
const UNITS: Readonly<Record<number, number>> = { 9001: 1, 9002: 0.3048, 9003: 1200 / 3937, 9036: 1000 };

/** Ellipsoids by EPSG code: semi-major axis [m] and inverse flattening. */
const ELLIPSOIDS: Readonly<Record<number, string>> = {
  7030: '+ellps=WGS84',
  7019: '+ellps=GRS80',
  7024: '+ellps=krass',
  7022: '+ellps=intl',
  7004: '+ellps=bessel',
  7008: '+ellps=clrk66',
  7048: '+R=6371000',
  7052: '+R=6370997',
};

const WGS84 = '+datum=WGS84 +title=WGS 84';
const ETRS89 = '+ellps=GRS80 +title=ETRS89';
const NAD83 = '+ellps=GRS80 +title=NAD83';
const NAD27 = '+ellps=clrk66 +title=NAD27';
const GDA94 = '+ellps=GRS80 +title=GDA94';
const SIRGAS = '+ellps=GRS80 +title=SIRGAS 2000';
const CGCS = '+ellps=GRS80 +title=CGCS2000';
const PULKOVO_1942 = '+ellps=krass +title=Pulkovo 1942';
const PULKOVO_1995 = '+ellps=krass +title=Pulkovo 1995';

/** Geodetic systems and their datums by EPSG code: ellipsoid and the name that `crs-datums.ts` knows. */
const GEODETIC: Readonly<Record<number, string>> = {
  4326: WGS84,
  6326: WGS84,
  4258: ETRS89,
  6258: ETRS89,
  4269: NAD83,
  6269: NAD83,
  4267: NAD27,
  6267: NAD27,
  4283: GDA94,
  6283: GDA94,
  4674: SIRGAS,
  6674: SIRGAS,
  4490: CGCS,
  6490: CGCS,
  4284: PULKOVO_1942,
  6284: PULKOVO_1942,
  4200: PULKOVO_1995,
  6200: PULKOVO_1995,
};

/** The system of a raster; both members `null` where the keys do not tell it, or use a method that is not read. */
export function crsOfKeys(keys: GeoKeys): RasterCrs {
  const geographic = keys.number(GT_MODEL_TYPE) === GEOGRAPHIC;
  const number = keys.number(geographic ? GEODETIC_CRS : PROJECTED_CRS);
  if (number !== null && number > 0 && number !== USER_DEFINED) {
    const code = `EPSG:${number}`;
    return { code, proj: projOf(code) ?? familyOf(number) };
  }
  const wkt = [GT_CITATION, PROJECTED_CITATION, GEODETIC_CITATION]
    .map((key) => /ESRI PE String\s*=\s*(\w+\[.*)$/s.exec(keys.text(key) ?? '')?.[1])
    .find((text) => text !== undefined);
  if (wkt !== undefined) return { code: null, proj: wkt };
  const earth = earthOf(keys);
  if (earth === null) return { code: null, proj: null };
  if (geographic) return { code: null, proj: `+proj=longlat ${earth}` };
  const projection = projectionOf(keys);
  return { code: null, proj: projection === null ? null : `${projection} ${earth}` };
}

/** Families of codes that rasters of the world's archives use beside those of maps. */
function familyOf(code: number): string | null {
  const within = (first: number, last: number): boolean => code >= first && code <= last;
  const utm = (zone: number, south: boolean, earth: string): string =>
    `+proj=utm +zone=${zone}${south ? ' +south' : ''} ${earth}`;
  if (within(26901, 26923)) return utm(code - 26900, false, NAD83);
  if (within(28348, 28358)) return utm(code - 28300, true, GDA94);
  if (within(31965, 31976)) return utm(code - 31954, false, SIRGAS);
  if (within(31977, 31985)) return utm(code - 31960, true, SIRGAS);
  if (code === 5070) return `+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 ${NAD83}`;
  if (code === 3577) return `+proj=aea +lat_0=0 +lon_0=132 +lat_1=-18 +lat_2=-36 +x_0=0 +y_0=0 ${GDA94}`;
  const earth = code < 6000 ? GEODETIC[code] : undefined;
  return earth === undefined ? null : `+proj=longlat ${earth}`;
}

/** Ellipsoid, datum and prime meridian as PROJ writes them. A sphere keeps its latitudes, as PROJ does it. */
function earthOf(keys: GeoKeys): string | null {
  const meridian = keys.number(PRIME_MERIDIAN_LONGITUDE);
  const pm = meridian === null || meridian === 0 ? '' : `+pm=${meridian} `; // the name of the datum comes last
  const geodetic = keys.number(GEODETIC_CRS);
  const datum = keys.number(GEODETIC_DATUM);
  const known = GEODETIC[geodetic ?? 0] ?? GEODETIC[datum ?? 0];
  if (known !== undefined) return pm + known;
  if (geodetic !== null && geodetic !== USER_DEFINED) return null;
  const title = datumTitle(keys);
  const shift = keys.numbers(TOWGS84);
  const towgs84 = shift === null || shift.length < 3 ? '' : ` +towgs84=${shift.join(',')}`;
  const a = keys.number(SEMI_MAJOR_AXIS);
  const b = keys.number(SEMI_MINOR_AXIS);
  const rf = keys.number(INVERSE_FLATTENING);
  if (a !== null && a > 0) {
    const sphere = b === a || rf === 0 || (b === null && rf === null);
    if (sphere) return `${pm}+R=${a} +towgs84=0,0,0`;
    return `${pm}+a=${a} ${rf !== null ? `+rf=${rf}` : `+b=${b}`}${towgs84}${title}`;
  }
  const ellipsoid = ELLIPSOIDS[keys.number(ELLIPSOID) ?? 0];
  if (ellipsoid === undefined) return null;
  return ellipsoid.startsWith('+R') ? `${pm}${ellipsoid} +towgs84=0,0,0` : `${pm}${ellipsoid}${towgs84}${title}`;
}

/** The name of the datum, or of the system, in the texts; last in the PROJ string, because it may hold blanks. */
function datumTitle(keys: GeoKeys): string {
  const text = keys.text(GEODETIC_CITATION) ?? '';
  const name = /Datum\s*=\s*([^|]+)/.exec(text)?.[1] ?? /GCS Name\s*=\s*([^|]+)/.exec(text)?.[1] ?? text.split('|')[0] ?? '';
  return name.trim() === '' || name.includes('=') ? '' : ` +title=${name.trim().replaceAll('+', ' ')}`;
}

const CENTRE_KEYS = { lon: [3080, 3084, 3088, 3095], lat: [3081, 3085, 3089], x: [3082, 3086, 3090], y: [3083, 3087, 3091] };
const PARALLEL_1 = 3078;
const PARALLEL_2 = 3079;
const SCALE = [3092, 3093];

/** Methods of ProjMethodGeoKey that are read, as PROJ names them. OGC 19-008r4, C.2.3. */
const TRANSVERSE_MERCATOR = 1;
const MERCATOR = 7;
const LAMBERT_CONIC_2SP = 8;
const LAMBERT_CONIC_1SP = 9;
const LAMBERT_AZIMUTHAL = 10;
const ALBERS = 11;
const AZIMUTHAL_EQUIDISTANT = 12;
const EQUIDISTANT_CONIC = 13;
const POLAR_STEREOGRAPHIC = 15;
const EQUIRECTANGULAR = 17;
const ROBINSON = 23;
const SINUSOIDAL = 24;
const CYLINDRICAL_EQUAL_AREA = 28;

function projectionOf(keys: GeoKeys): string | null {
  const first = (candidates: number[]): number | null =>
    candidates.map((key) => keys.number(key)).find((value) => value !== null) ?? null;
  const metres = keys.number(LINEAR_UNIT_SIZE) ?? UNITS[keys.number(LINEAR_UNITS) ?? 9001] ?? null;
  if (metres === null || !(metres > 0)) return null;
  const unit = metres === 1 ? '+units=m' : `+to_meter=${metres}`;
  const zone = keys.number(PROJECTION);
  if (zone !== null && zone >= 16001 && zone <= 16060) return `+proj=utm +zone=${zone - 16000} ${unit}`;
  if (zone !== null && zone >= 16101 && zone <= 16160) return `+proj=utm +zone=${zone - 16100} +south ${unit}`;
  const lon = `+lon_0=${first(CENTRE_KEYS.lon) ?? 0}`;
  const latitude = first(CENTRE_KEYS.lat) ?? 0;
  const lat = `+lat_0=${latitude}`;
  // false eastings are in the unit of the system; PROJ takes metres
  const origin = `+x_0=${(first(CENTRE_KEYS.x) ?? 0) * metres} +y_0=${(first(CENTRE_KEYS.y) ?? 0) * metres} ${unit}`;
  const parallel = keys.number(PARALLEL_1);
  const parallels = `+lat_1=${parallel ?? latitude} +lat_2=${keys.number(PARALLEL_2) ?? parallel ?? latitude}`;
  const scale = first(SCALE) ?? 1;
  switch (keys.number(PROJECTION_METHOD)) {
    case TRANSVERSE_MERCATOR:
      return `+proj=tmerc ${lat} ${lon} +k=${scale} ${origin}`;
    case MERCATOR:
      return parallel === null ? `+proj=merc ${lon} +k=${scale} ${origin}` : `+proj=merc ${lon} +lat_ts=${parallel} ${origin}`;
    case LAMBERT_CONIC_2SP:
      return `+proj=lcc ${lat} ${lon} ${parallels} ${origin}`;
    case LAMBERT_CONIC_1SP:
      return `+proj=lcc ${lat} ${lon} +lat_1=${latitude} +k_0=${scale} ${origin}`;
    case LAMBERT_AZIMUTHAL:
      return `+proj=laea ${lat} ${lon} ${origin}`;
    case ALBERS:
      return `+proj=aea ${lat} ${lon} ${parallels} ${origin}`;
    case AZIMUTHAL_EQUIDISTANT:
      return `+proj=aeqd ${lat} ${lon} ${origin}`;
    case EQUIDISTANT_CONIC:
      return `+proj=eqdc ${lat} ${lon} ${parallels} ${origin}`;
    case POLAR_STEREOGRAPHIC:
      // the latitude of true scale stands where other methods have the centre's (OGC 19-008r4, table C.8)
      return Math.abs(latitude) === 90
        ? `+proj=stere ${lat} ${lon} +k=${scale} ${origin}`
        : `+proj=stere +lat_0=${latitude < 0 ? -90 : 90} +lat_ts=${latitude} ${lon} ${origin}`;
    case EQUIRECTANGULAR:
      return (parallel ?? 0) === 0 && latitude === 0 ? `+proj=eqc ${lon} ${origin}` : null;
    case ROBINSON:
      return `+proj=robin ${lon} ${origin}`;
    case SINUSOIDAL:
      return `+proj=sinu ${lon} ${origin}`;
    case CYLINDRICAL_EQUAL_AREA:
      return `+proj=cea ${lon} +lat_ts=${parallel ?? 0} ${origin}`;
    default:
      return null;
  }
}
