/**
 * Coordinate reference systems as maps name them, and the way from them to WGS 84.
 *
 *     const crs = readCrs('EPSG:28413', 'zones.shp');
 *     crs.toWgs84([13_300_000, 5_600_000]);   // [72.18…, 50.49…]
 *
 * The projections are those of proj4js; the datum shifts are in `crs-datums.ts`.
 */
import proj4, { type Converter, type ProjectionDefinition } from 'proj4';
import { Problem } from '../problems.ts';
import type { Position } from '../types.ts';
import { projOf } from './crs-codes.ts';
import { type Datum, datumNamed, datumOfEllipsoid } from './crs-datums.ts';
import { knownMethod } from './crs-methods.ts';
import type { ReadingNote } from './layer.ts';

export interface Crs {
  /** As shown: `EPSG:28413` or the name in the WKT. */
  name: string;
  geographic: boolean;
  /** Longitude and latitude on WGS 84 [deg]; NaN where the system does not reach. */
  toWgs84: (position: Position) => Position;
  /** Whether coordinates can be ones of this system, within its usual reach. */
  reaches: (x: number, y: number) => boolean;
  notes: ReadingNote[];
}

/** Longest text that is taken for a coordinate reference system. */
const LONGEST_TEXT = 20_000;
/** How far from its central meridian the middle of a transverse Mercator map may lie [m]; zones are 3 to 6 degrees wide. */
const TRANSVERSE_REACH = 1_500_000;
/** The same where the zone's number stands before the easting: further off, the coordinates are of another zone. */
const ZONE_REACH = 700_000;
/** A little over the distance from equator to pole [m]. */
const QUADRANT = 10_100_000;

/**
 * The system that `text` names: `EPSG:…`, an OGC URN or address, a PROJ string, or WKT (ESRI, OGC 1 and 2).
 * @throws Problem `crs-unknown`, `crs-datum-unknown` or `crs-unreadable`, with what was found.
 */
export function readCrs(text: string, file: string): Crs {
  const found = shown(text);
  const proj = text.trim().startsWith('+') ? text.trim() : projOf(codeIn(text) ?? '');
  const wkt = /^\s*\w+\s*[[(]/.test(text);
  if (proj === null && !wkt) throw new Problem('crs-unknown', { file, found });
  if (text.length > LONGEST_TEXT) throw new Problem('crs-unreadable', { file, found });
  const definition = parse(proj ?? firstNode(text), file, found);
  const name = wkt ? found : (codeIn(text) ?? found);
  const { datum, note } = datumOf(proj ?? text, definition, file, name);
  return build(definition, datum, name, file, note === null ? [] : [note]);
}

/** The authority and code in `EPSG:4326`, `28413`, `urn:ogc:def:crs:EPSG::4326` or `http://www.opengis.net/def/crs/EPSG/0/4326`; `null` in other texts. */
export function codeIn(text: string): string | null {
  const plain = text.trim();
  if (/^(urn:ogc:def:crs:)?(OGC[:/][\d.]*[:/]?)?CRS84$|\/OGC\/[\d.]+\/CRS84$/i.test(plain)) return 'OGC:CRS84';
  const match =
    /^(?:urn:ogc:def:crs:|urn:x-ogc:def:crs:|https?:\/\/www\.opengis\.net\/def\/crs\/)?(EPSG|ESRI)(?:[:/][\d.]*)?[:/](\d{4,6})$/i.exec(
      plain,
    ) ?? /^()(\d{4,6})$/.exec(plain);
  return match === null ? null : `${(match[1] || 'EPSG').toUpperCase()}:${match[2]}`;
}

/** The codes to suggest for projected coordinates without a system, the likeliest first: zone numbers stand before eastings. */
export function likelyCodes(x: number, y: number, near: Position | null): string[] {
  const [east, north] = x > y ? [x, y] : [y, x];
  const zone = Math.floor(east / 1e6);
  if (east > 2e6 && zone >= 2 && zone <= 32 && north > 3.5e6 && north < 9.4e6)
    return [`EPSG:${28400 + zone}`, ...(zone >= 4 ? [`EPSG:${20000 + zone}`] : [])];
  const meridianZone = near === null ? null : Math.floor(near[0] / 6) + 1;
  if (meridianZone !== null && meridianZone >= 2 && meridianZone <= 30)
    return [`EPSG:${32630 + meridianZone}`, `EPSG:${2490 + meridianZone}`, 'EPSG:3857'];
  return ['EPSG:32642', 'EPSG:2502', 'EPSG:3857'];
}

/** What stands in messages for a CRS: its code, or the name within its WKT. */
function shown(text: string): string {
  return codeIn(text) ?? (/^\s*\w+\s*[[(]\s*"([^"]{0,120})/.exec(text)?.[1] || text.trim().replace(/\s+/g, ' ').slice(0, 120));
}

/** The horizontal system of a WKT text: heights beside it or after it do not matter here. */
function firstNode(whole: string): string {
  const compound = /^\s*(COMPD_CS|COMPOUNDCRS)\s*[[(]/i.test(whole);
  const text = compound ? whole.slice(Math.max(0, whole.search(/(PROJC(S|RS)|GEOGC(S|RS)|GEODCRS)\s*[[(]/i))) : whole;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (!quoted && (c === '[' || c === '(')) depth += 1;
    else if (!quoted && (c === ']' || c === ')') && --depth === 0) return text.slice(0, i + 1);
    if (depth > 20) return text.slice(0, 1);
  }
  return text;
}

function parse(text: string, file: string, found: string): ProjectionDefinition {
  try {
    proj4.defs('saryarka:read', text);
    const parsed: ProjectionDefinition = { ...proj4.defs('saryarka:read') };
    proj4.defs('saryarka:read', undefined as unknown as string);
    const definition = knownMethod(parsed);
    if (definition === null) throw new RangeError(`projection ${parsed.projName}`);
    return definition;
  } catch (error) {
    throw new Problem('crs-unreadable', { file, found }, { cause: error });
  }
}

/** The shift to use: the map's own, else the published one for its datum, else the likeliest for its ellipsoid. */
function datumOf(
  text: string,
  definition: ProjectionDefinition,
  file: string,
  crs: string,
): { datum: Datum; note: ReadingNote | null } {
  const stated =
    /(?:DATUM|ENSEMBLE|TRF|GEODETICDATUM)\s*[[(]\s*"([^"]*)"/i.exec(text)?.[1] ??
    /\+title=(.*)$/.exec(text)?.[1] ??
    /\+datum=(\S+)/.exec(text)?.[1] ??
    '';
  const own =
    typeof definition.datum_params === 'string'
      ? definition.datum_params.split(',').map(Number)
      : definition.datum_params?.map(Number);
  if (own !== undefined && own.length >= 3 && own.every(Number.isFinite)) {
    const shift = own.length >= 7 ? own.slice(0, 7) : own.slice(0, 3);
    const moved = shift.some((value) => value !== 0);
    const datum = { name: stated, shift, accuracy: 0, source: 'TOWGS84' };
    return { datum, note: moved ? { code: 'crs-own-shift', details: { file, crs, shift: shift.join(', ') } } : null };
  }
  const known = datumNamed(stated);
  if (known !== null) return { datum: known, note: known.accuracy === 0 ? null : shiftNote('crs-datum-shift', known, file, crs) };
  const [a, rf] = ellipsoidOf(text, definition);
  const guess = /\b(58|83)\b|hungar|alban/i.test(stated) ? null : datumOfEllipsoid(a, rf);
  if (guess === null) throw new Problem('crs-datum-unknown', { file, crs, found: stated === '' ? '?' : stated });
  return {
    datum: guess,
    note: {
      ...shiftNote('crs-datum-assumed', guess, file, crs),
      details: { file, crs, found: stated || '?', datum: guess.name, accuracy: guess.accuracy },
    },
  };
}

function shiftNote(code: string, { name, accuracy, source }: Datum, file: string, crs: string): ReadingNote {
  return { code, details: { file, crs, datum: name, accuracy, source } };
}

function ellipsoidOf(text: string, definition: ProjectionDefinition): [number, number] {
  const match = /(?:SPHEROID|ELLIPSOID)\s*[[(]\s*"[^"]*"\s*,\s*([\d.eE+]+)\s*,\s*([\d.eE+]+)/i.exec(text);
  if (match !== null) return [Number(match[1]), Number(match[2])];
  if (/\+ellps=krass/.test(text)) return [6_378_245, 298.3];
  if (/\+(ellps|datum)=(WGS84|GRS80)/.test(text)) return [6_378_137, 298.257223563];
  return [definition.a ?? 0, definition.rf ?? 0];
}

function build(definition: ProjectionDefinition, datum: Datum, name: string, file: string, notes: ReadingNote[]): Crs {
  const { nadgrids: _, datum: __, ...plain } = definition;
  const geographic = definition.projName === 'longlat';
  const shifted = datum.shift.some((value) => value !== 0); // without a shift latitudes stay as they are, on a sphere too (Web Mercator)
  let converter: Converter;
  try {
    if (geographic && definition.units !== undefined && !/^degree/i.test(definition.units))
      throw new RangeError(definition.units);
    converter = proj4(
      new proj4.Proj({ ...plain, datumCode: 'none', datum_params: shifted ? [...datum.shift] : undefined }) as unknown as string,
      'WGS84',
    );
  } catch (error) {
    throw new Problem(
      'crs-unreadable',
      { file, found: `${name} (${definition.projName}${geographic ? `, ${definition.units}` : ''})` },
      { cause: error },
    );
  }
  const same = geographic && !shifted && !definition.from_greenwich;
  const toWgs84 = (position: Position): Position => {
    if (same) return position;
    try {
      return converter.forward(position) as Position;
    } catch {
      return [Number.NaN, Number.NaN];
    }
  };
  return { name, geographic, toWgs84, reaches: reachOf(definition, geographic, toWgs84), notes };
}

/** Degrees stay within the globe (longitudes may go on past 180); transverse Mercator stays near its meridian; others must give a place on Earth. */
function reachOf(definition: ProjectionDefinition, geographic: boolean, toWgs84: Crs['toWgs84']): Crs['reaches'] {
  if (geographic) return (x, y) => Math.abs(x) <= 540 && Math.abs(y) <= 90;
  const toMetre = definition.to_meter ?? 1;
  if (/transverse|gauss|tmerc|utm/i.test(definition.projName ?? '')) {
    const x0 = definition.projName === 'utm' ? 500_000 : (definition.x0 ?? 0);
    const y0 = definition.projName === 'utm' ? (definition.utmSouth ? 10_000_000 : 0) : (definition.y0 ?? 0);
    const reach = x0 > 1_000_000 ? ZONE_REACH : TRANSVERSE_REACH;
    return (x, y) => Math.abs(x * toMetre - x0) <= reach && Math.abs(y * toMetre - y0) <= QUADRANT;
  }
  return (x, y) => {
    const [lon, lat] = toWgs84([x, y]);
    return Number.isFinite(lon) && Math.abs(lat) <= 90;
  };
}
