/**
 * Coordinate reference systems that places are given in. OGC 18-058r1: CRS84 unless another is asked for; EPSG:4326 has its
 * latitude first.
 */
import { Problem } from '../problems.ts';
import type { Extent, Geometry } from '../types.ts';

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const EPSG = 'http://www.opengis.net/def/crs/EPSG/0/';

/** WGS 84 semi-major axis [m]. */
const RADIUS = 6_378_137;

type Pair = [first: number, second: number];

/** To a system from longitude and latitude [deg], and back. */
const SYSTEMS: Record<string, { to(lonLat: Pair): Pair; from(pair: Pair): Pair }> = {
  [CRS84]: { to: (pair) => pair, from: (pair) => pair },
  [`${EPSG}4326`]: { to: ([lon, lat]) => [lat, lon], from: ([lat, lon]) => [lon, lat] },
  // EPSG Guidance Note 7-2, method 1024 (Popular Visualisation Pseudo-Mercator)
  [`${EPSG}3857`]: {
    to: ([lon, lat]) => [
      RADIUS * rad(lon),
      RADIUS * Math.log(Math.tan(Math.PI / 4 + rad(Math.max(-89.9, Math.min(89.9, lat))) / 2)),
    ],
    from: ([x, y]) => [deg(x / RADIUS), deg(2 * Math.atan(Math.exp(y / RADIUS)) - Math.PI / 2)],
  },
};

export const systems: readonly string[] = Object.keys(SYSTEMS);

/** The system asked for. @throws Problem `request-unlike`. */
export function systemOf(asked: string | undefined, field: string): string {
  const uri = asked?.replace(/^\[EPSG:(\d+)\]$/, `${EPSG}$1`) ?? CRS84;
  if (!(uri in SYSTEMS)) throw new Problem('request-unlike', { where: 'query', field, found: uri });
  return uri;
}

/** A geometry of longitudes and latitudes in the system of `uri`. */
export function inSystem(geometry: Geometry | null, uri: string): Geometry | null {
  const system = SYSTEMS[uri];
  if (geometry === null || system === undefined || uri === CRS84) return geometry;
  const moved = (node: unknown): unknown =>
    Array.isArray(node) ? (typeof node[0] === 'number' ? system.to(node as Pair) : node.map(moved)) : node;
  return { ...geometry, coordinates: moved(geometry.coordinates) } as Geometry;
}

/** A box given in the system of `uri`, as west, south, east, north [deg]; heights are left aside. */
export function boxFrom(numbers: readonly number[], uri: string): Extent {
  const [a = 0, b = 0, c = 0, d = 0] = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
  const from = SYSTEMS[uri]?.from ?? ((pair: Pair) => pair);
  const [west, south] = from([a, b]);
  const [east, north] = from([c, d]);
  return [west, south, east, north];
}

function rad(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function deg(radians: number): number {
  return (radians * 180) / Math.PI;
}
