/**
 * Coordinate reference systems that a code alone may name, as PROJ strings; any other comes with its WKT.
 *
 *     projOf('EPSG:28413')   // '+proj=tmerc +lat_0=0 +lon_0=75 +k=1 +x_0=13500000 +y_0=0 +ellps=krass …'
 *
 * Source: EPSG Geodetic Parameter Dataset v12.0x as in PROJ 9.5.1; test/golden/crs checks every family against PROJ.
 */

/** Datum names as `crs-datums.ts` knows them, put into the PROJ string as `+title`. */
const WGS84 = '+datum=WGS84 +title=WGS 84';
const ETRS89 = '+ellps=GRS80 +title=ETRS89';
const PULKOVO_1942 = '+ellps=krass +title=Pulkovo 1942';
const PULKOVO_1995 = '+ellps=krass +title=Pulkovo 1995';

const SINGLE: Record<string, string> = {
  'OGC:CRS84': `+proj=longlat ${WGS84}`,
  'EPSG:4326': `+proj=longlat ${WGS84}`,
  'EPSG:4979': `+proj=longlat ${WGS84}`,
  'EPSG:4258': `+proj=longlat ${ETRS89}`,
  'EPSG:4269': '+proj=longlat +ellps=GRS80 +title=NAD83',
  'EPSG:4284': `+proj=longlat ${PULKOVO_1942}`,
  'EPSG:4200': `+proj=longlat ${PULKOVO_1995}`,
  'EPSG:7683': '+proj=longlat +a=6378136.5 +rf=298.2564151 +title=GSK-2011',
  'EPSG:3034': `+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 ${ETRS89}`,
  'EPSG:3035': `+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 ${ETRS89}`,
  'EPSG:3031': `+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
  'EPSG:3395': `+proj=merc +lon_0=0 +k=1 +x_0=0 +y_0=0 ${WGS84}`,
  'EPSG:3413': `+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 ${WGS84}`,
  'EPSG:3571': `+proj=laea +lat_0=90 +lon_0=180 +x_0=0 +y_0=0 ${WGS84}`,
  'EPSG:3995': `+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
  'EPSG:6931': `+proj=laea +lat_0=90 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
  'EPSG:6932': `+proj=laea +lat_0=-90 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
  'EPSG:6933': `+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
  'ESRI:102012': `+proj=lcc +lat_0=0 +lon_0=105 +lat_1=30 +lat_2=62 +x_0=0 +y_0=0 ${WGS84}`,
  'ESRI:102025': `+proj=aea +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65 +x_0=0 +y_0=0 ${WGS84}`,
  'ESRI:102027': `+proj=lcc +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65 +x_0=0 +y_0=0 ${WGS84}`,
  'ESRI:54009': `+proj=moll +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
  'ESRI:54034': `+proj=cea +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 ${WGS84}`,
};

const WEB_MERCATOR = ['EPSG:3857', 'EPSG:3785', 'EPSG:900913', 'EPSG:102100', 'EPSG:102113', 'ESRI:102100', 'ESRI:102113'];

/** The PROJ string of a code such as `EPSG:28413`; `null` where the code is not among those known here. */
export function projOf(code: string): string | null {
  if (WEB_MERCATOR.includes(code))
    return '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +datum=WGS84 +title=WGS 84';
  const single = SINGLE[code];
  if (single !== undefined) return single;
  const [authority, digits] = code.split(':');
  return authority === 'EPSG' ? zoneOf(Number(digits)) : null;
}

/** UTM, Gauss-Kruger in zones of 6 and 3 degrees, with the zone's number before the easting or without it, and CS63. */
function zoneOf(code: number): string | null {
  const within = (first: number, last: number): boolean => code >= first && code <= last;
  if (within(32601, 32660)) return `+proj=utm +zone=${code - 32600} ${WGS84}`;
  if (within(32701, 32760)) return `+proj=utm +zone=${code - 32700} +south ${WGS84}`;
  if (within(25828, 25838)) return `+proj=utm +zone=${code - 25800} ${ETRS89}`;
  if (within(28402, 28432)) return sixDegrees(code - 28400, true, PULKOVO_1942);
  if (within(28462, 28492)) return sixDegrees(code - 28460, false, PULKOVO_1942);
  if (within(2492, 2522)) return sixDegrees(code - 2490, false, PULKOVO_1942);
  if (within(20004, 20032)) return sixDegrees(code - 20000, true, PULKOVO_1995);
  if (within(20064, 20092)) return sixDegrees(code - 20060, false, PULKOVO_1995);
  if (within(2463, 2491)) return sixDegrees(code - 2459, false, PULKOVO_1995);
  return threeDegreeZone(code) ?? cs63(code);
}

/** The codes skip a few numbers that belong to other systems (2550, 2600, 2736, 2737). */
function threeDegreeZone(code: number): string | null {
  const within = (first: number, last: number): boolean => code >= first && code <= last;
  if (within(2523, 2549)) return threeDegrees(code - 2516, true, PULKOVO_1942);
  if (within(2551, 2581) && code !== 2577) return threeDegrees(code - 2517, true, PULKOVO_1942);
  if (code === 3389) return threeDegrees(60, true, PULKOVO_1942);
  if (within(2582, 2599)) return threeDegrees(code - 2575, false, PULKOVO_1942);
  if (within(2601, 2640)) return threeDegrees(code - 2576, false, PULKOVO_1942);
  if (within(2641, 2698) && code !== 2694) return threeDegrees(code - 2634, true, PULKOVO_1995);
  if (code === 3390) return threeDegrees(60, true, PULKOVO_1995);
  if (within(2699, 2735)) return threeDegrees(code - 2692, false, PULKOVO_1995);
  if (within(2738, 2758)) return threeDegrees(code - 2694, false, PULKOVO_1995);
  return null;
}

function sixDegrees(zone: number, prefixed: boolean, datum: string): string {
  return gaussKruger(zone * 6 - 3, prefixed ? zone : 0, datum);
}

function threeDegrees(zone: number, prefixed: boolean, datum: string): string {
  return gaussKruger(zone * 3, prefixed ? zone : 0, datum);
}

function gaussKruger(meridian: number, prefix: number, datum: string): string {
  const lon = meridian > 180 ? meridian - 360 : meridian;
  return `+proj=tmerc +lat_0=0 +lon_0=${lon} +k=1 +x_0=${prefix * 1_000_000 + 500_000} +y_0=0 ${datum}`;
}

/** System of 1963: zones A1-A4, K2-K4 (western Kazakhstan) and X1-X7. */
function cs63(code: number): string | null {
  const block =
    code >= 2935 && code <= 2938
      ? { first: 2934, lat: 7 / 60, lon: 41 + 32 / 60 }
      : code >= 2939 && code <= 2941
        ? { first: 2937, lat: 8 / 60, lon: 47 + 46 / 60 }
        : code >= 7825 && code <= 7831
          ? { first: 7824, lat: 5 / 60, lon: 23.5 }
          : null;
  if (block === null) return null;
  const zone = code - block.first;
  return `+proj=tmerc +lat_0=${block.lat} +lon_0=${block.lon + (zone - 1) * 3} +k=1 +x_0=${zone * 1_000_000 + 300_000} +y_0=0 ${PULKOVO_1942}`;
}
