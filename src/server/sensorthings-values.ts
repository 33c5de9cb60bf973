/**
 * Values of a `$filter` and how they compare. A period begins at its start and ends before its end; a moment is one without length.
 *
 *     compared('lt', timeOf('2010-01-01/2010-02-01'), timeOf('2010-02-01'))   // true: January is over before February
 */
import { pointInPolygon } from '../science/point-in-polygon.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { Geometry } from '../types.ts';
import { wktGeometry } from './sensorthings-wkt.ts';

/** A moment, where both are the same, or from `start` until before `end` [ms since 1970]. */
export interface Time {
  kind: 'time';
  start: number;
  end: number;
}

export interface Duration {
  kind: 'duration';
  /** Without months, whose length differs [ms]. */
  length: number;
}

export interface Shape {
  kind: 'shape';
  geometry: Geometry;
}

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type Value = null | string | number | boolean | Time | Duration | Shape;

const DAY = 86_400_000;

/** A moment of ISO 8601, a day without an hour being its midnight, or two of them; `null` where it is none. */
export function timeOf(text: string): Time | null {
  const [first = '', last, more] = text.split('/');
  const [start, end] = [momentOf(first), last === undefined ? momentOf(first) : momentOf(last)];
  return more !== undefined || start === null || end === null || end < start ? null : { kind: 'time', start, end };
}

function momentOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return null;
  const at = Date.parse(text.includes('T') ? (/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`) : `${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(`${text.slice(0, 10)}T00:00:00Z`).toISOString().slice(0, 10) !== text.slice(0, 10)
    ? null
    : at;
}

/** `P1D`, `PT6H`: days, hours, minutes and seconds. */
export function durationOf(text: string): Duration | null {
  const found = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (found === null || /P$|T$/.test(text)) return null;
  const [, minus, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
  const length = Number(days) * DAY + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return { kind: 'duration', length: minus === undefined ? length : -length };
}

/** Well-known text, as stands in `geography'…'`. */
export function shapeOf(text: string): Shape | null {
  const geometry = wktGeometry(text);
  return geometry === null || !hasInside(geometry) ? null : { kind: 'shape', geometry };
}

/** An area that is none, or goes around a pole twice, cannot be held against another. */
function hasInside(geometry: Geometry): boolean {
  if (geometry.type === 'Point' || geometry.type === 'LineString') return true;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  try {
    for (const coordinates of polygons) pointInPolygon(representativePoint({ type: 'Polygon', coordinates }), geometry);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const isTime = (value: unknown): value is Time => kindOf(value) === 'time';
export const isDuration = (value: unknown): value is Duration => kindOf(value) === 'duration';
export const isShape = (value: unknown): value is Shape => kindOf(value) === 'shape';

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;
}

/** What stands in an entity, as a value: times of ISO 8601 stay text until they are held against a time. */
export function asValue(given: unknown): Value {
  if (given === null || given === undefined) return null;
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') return given;
  if (isTime(given) || isDuration(given) || isShape(given)) return given;
  const { type, geometry } = given as { type?: unknown; geometry?: unknown };
  if (type === 'Feature') return asValue(geometry);
  return typeof type === 'string' && 'coordinates' in (given as object)
    ? { kind: 'shape', geometry: given as Geometry }
    : JSON.stringify(given);
}

/** A number held against text is text; others of unlike kinds are never equal, nor before or after one another; `null` only equals itself. */
export function compared(operator: Comparison, a: Value, b: Value): boolean {
  if (operator === 'ne') return !compared('eq', a, b);
  const [left, right] = isTime(a) || isTime(b) ? [asTime(a), asTime(b)] : [a, b];
  if (left === null || right === null) return operator === 'eq' && a === null && b === null;
  if (isTime(left) && isTime(right)) return timesCompared(operator, left, right);
  if (isShape(left) || isShape(right)) return operator === 'eq' && JSON.stringify(left) === JSON.stringify(right);
  const [x, y] = [isDuration(left) ? left.length : left, isDuration(right) ? right.length : right] as [unknown, unknown];
  if (typeof x === 'number' && typeof y === 'string') return ordered(operator, String(x), y);
  if (typeof x === 'string' && typeof y === 'number') return ordered(operator, x, String(y));
  if (typeof x !== typeof y) return false;
  return ordered(operator, x as string | number | boolean, y as string | number | boolean);
}

function asTime(value: Value): Value {
  return typeof value === 'string' ? timeOf(value) : value;
}

function ordered<Of extends string | number | boolean>(operator: Comparison, a: Of, b: Of): boolean {
  if (operator === 'eq') return a === b;
  if (operator === 'gt') return a > b;
  if (operator === 'ge') return a >= b;
  return operator === 'lt' ? a < b : a <= b;
}

/** `lt`: over before the other begins; `le` and `ge`: by their beginnings. */
function timesCompared(operator: Comparison, a: Time, b: Time): boolean {
  if (operator === 'eq') return a.start === b.start && a.end === b.end;
  if (operator === 'le') return a.start <= b.start;
  if (operator === 'ge') return a.start >= b.start;
  return operator === 'lt' ? isBefore(a, b) : isBefore(b, a);
}

function isBefore(a: Time, b: Time): boolean {
  return a.start === a.end ? a.start < b.start : a.end <= b.start;
}
