/**
 * What a client sends, field by field: what the dossier has a place for is taken, what is missing or has no place is named, never dropped.
 *
 *     const fields = bodyOf('Observations', JSON.parse(text), ['result', 'phenomenonTime']);
 */

import { unitNamed } from '../formats/water-words.ts';
import { Problem } from '../problems.ts';
import type { Geometry, Period, Position, Quality } from '../types.ts';
import { isUnit } from '../units.ts';
import { timeOf } from './sensorthings-values.ts';

export type Body = Record<string, unknown>;

/** An object of JSON. */
export function isEntityLike(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const QUALITIES: readonly Quality[] = ['ok', 'unconfirmed', 'partial', 'doubtful'];

/** A second: moments are kept as periods of this length [ms]. */
const MOMENT = 1000;

/** @throws Problem `sta-field` where it is no object, `sta-not-kept` where the dossier has no place for a field */
export function bodyOf(set: string, given: unknown, kept: readonly string[]): Body {
  if (!isEntityLike(given))
    throw new Problem('sta-field', { set, field: 'body', found: JSON.stringify(given)?.slice(0, 40) ?? '–', expected: '{ … }' });
  const [lost] = Object.entries(given).filter(
    ([name, value]) => !kept.includes(name) && name !== 'id' && !/@iot\./.test(name) && value !== null,
  );
  if (lost !== undefined) throw new Problem('sta-not-kept', { set, field: lost[0], expected: kept.join(', ') });
  return given;
}

/** @throws Problem `sta-field` */
export function textIn(set: string, body: Body, field: string): string {
  const found = body[field];
  if (typeof found === 'string' && found.trim() !== '' && found.length <= 2000) return found.trim();
  throw wrong(set, field, found, '"…"');
}

/** The id in `{ "@iot.id": … }`; `null` where there is no such link. */
export function linkIn(body: Body, field: string): string | null {
  const link = body[field];
  const id = isEntityLike(link) ? link['@iot.id'] : undefined;
  return id === undefined || id === null ? null : typeof id === 'number' ? `#${id}` : String(id);
}

/** A number or nothing, of the fields that may be left out. @throws Problem `sta-field` */
export function numberIn(set: string, body: Body, field: string): number | null {
  const found = body[field] ?? null;
  if (found === null || (typeof found === 'number' && Number.isFinite(found))) return found;
  throw wrong(set, field, found, '1.5, null');
}

/** A moment as a second, or a period; days, where both ends are midnight. @throws Problem `sta-field` */
export function periodIn(set: string, body: Body, field: string, now: number): Period {
  const found = body[field] ?? new Date(now).toISOString();
  const time = typeof found === 'string' ? timeOf(found) : null;
  if (time === null) throw wrong(set, field, found, '2020-01-01T06:00:00Z, 2020-01-01T00:00:00Z/2020-02-01T00:00:00Z');
  const end = time.end > time.start ? time.end : time.start + MOMENT;
  const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
  const [start, until] = [iso(time.start), iso(end)];
  const isDays = start.endsWith('T00:00:00Z') && until.endsWith('T00:00:00Z');
  return isDays ? { start: start.slice(0, 10), end: until.slice(0, 10) } : { start, end: until };
}

/** @throws Problem `sta-field` */
export function momentIn(set: string, body: Body, field: string): string | null {
  const found = body[field] ?? null;
  if (found === null) return null;
  const time = typeof found === 'string' ? timeOf(found) : null;
  if (time === null || time.start !== time.end) throw wrong(set, field, found, '2020-01-01T06:00:00Z');
  return new Date(time.start).toISOString().replace('.000Z', 'Z');
}

/** `'ok'`, or as this service writes it. @throws Problem `sta-field` */
export function qualityIn(set: string, body: Body): Quality {
  const found = body.resultQuality ?? 'ok';
  const status = isEntityLike(found) && isEntityLike(found.DQ_Status) ? found.DQ_Status.code : found;
  const quality = QUALITIES.find((one) => one === status);
  if (quality === undefined) throw wrong(set, 'resultQuality', found, QUALITIES.join(', '));
  return quality;
}

/** The UCUM code of a unit of measurement, by its symbol or the end of its definition. @throws Problem `sta-field` */
export function unitIn(set: string, body: Body): string {
  const found = body.unitOfMeasurement;
  const { symbol, definition, name } = isEntityLike(found) ? found : {};
  for (const word of [
    symbol,
    String(definition ?? '')
      .split(/[#:]/)
      .at(-1),
    name,
  ]) {
    if (typeof word !== 'string' || word === '') continue;
    const code = decodeURIComponent(word.replace(/%(?![0-9a-f]{2})/gi, '%25'));
    if (isUnit(code)) return code;
    const named = unitNamed(code);
    if (named !== null && named.factor === 1) return named.unit;
  }
  throw wrong(set, 'unitOfMeasurement', found, '{ "name": "metre", "symbol": "m", "definition": "…#m" }');
}

/** A point; `null` takes the place away. @throws Problem `sta-field` */
export function pointIn(set: string, body: Body): Position {
  const found = body.location;
  const geometry = isEntityLike(found) && found.type === 'Feature' ? found.geometry : found;
  const { type, coordinates } = isEntityLike(geometry) ? (geometry as unknown as Geometry) : { type: null, coordinates: null };
  if (type === 'Point' && Array.isArray(coordinates)) {
    const [lon, lat] = coordinates as unknown[];
    if (typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return [lon, lat];
  }
  throw wrong(set, 'location', found, '{ "type": "Point", "coordinates": [61.7, 46.1] }');
}

export function wrong(set: string, field: string, found: unknown, expected: string): Problem {
  return new Problem('sta-field', {
    set,
    field,
    found: found === undefined ? '–' : JSON.stringify(found).slice(0, 60),
    expected,
  });
}
