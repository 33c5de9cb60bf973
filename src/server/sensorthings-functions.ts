/**
 * The functions of a `$filter`: text, dates, mathematics and places. OGC 18-088, 9.3.3.5.2, table 23.
 *
 *     FUNCTIONS.substringof.of(['Aral', 'North Aral'], { now })   // true
 *
 * Whatever an argument of an unlike kind gives is `null`, which no comparison holds for but `eq null`.
 */
import type { Geometry } from '../types.ts';
import { lengthOf, relates, separation } from './sensorthings-geometry.ts';
import { asValue, isShape, isTime, type Time, timeOf, type Value } from './sensorthings-values.ts';

export interface FunctionOf {
  /** How many arguments it may have. */
  takes: readonly number[];
  of(args: readonly Value[], at: { now: number }): Value;
}

const text = (takes: number, of: (...args: string[]) => Value): FunctionOf => ({
  takes: [takes],
  of: (args) => (args.every((one) => typeof one === 'string') ? of(...(args as string[])) : null),
});

const number = (of: (value: number) => number): FunctionOf => ({
  takes: [1],
  of: ([value]) => (typeof value === 'number' ? of(value) : null),
});

/** Of a period its beginning. */
const date = (of: (at: Date, time: Time, written: Value) => Value): FunctionOf => ({
  takes: [1],
  of: ([value = null]) => {
    const time = typeof value === 'string' ? timeOf(value) : value;
    return isTime(time) ? of(new Date(time.start), time, value) : null;
  },
});

/** The values of one place are many: what two geometries are to one another is worked out once. */
const shapes = (of: (a: Geometry, b: Geometry) => Value): FunctionOf => {
  const known = new WeakMap<Geometry, WeakMap<Geometry, Value>>();
  return {
    takes: [2],
    of: (args) => {
      const [a, b] = args.map(asValue);
      if (!isShape(a) || !isShape(b)) return null;
      const own = known.get(a.geometry) ?? new WeakMap<Geometry, Value>();
      known.set(a.geometry, own);
      const found = own.get(b.geometry) ?? of(a.geometry, b.geometry);
      own.set(b.geometry, found);
      return found;
    },
  };
};

const moment = (at: number): Time => ({ kind: 'time', start: at, end: at });

export const FUNCTIONS: Readonly<Record<string, FunctionOf>> = {
  substringof: text(2, (part = '', whole = '') => whole.includes(part)),
  endswith: text(2, (whole = '', end = '') => whole.endsWith(end)),
  startswith: text(2, (whole = '', start = '') => whole.startsWith(start)),
  length: text(1, (whole = '') => whole.length),
  indexof: text(2, (whole = '', part = '') => whole.indexOf(part)),
  substring: {
    takes: [2, 3],
    of: ([whole, from, count]) =>
      typeof whole === 'string' && typeof from === 'number'
        ? whole.slice(from, typeof count === 'number' ? from + count : undefined)
        : null,
  },
  tolower: text(1, (whole = '') => whole.toLowerCase()),
  toupper: text(1, (whole = '') => whole.toUpperCase()),
  trim: text(1, (whole = '') => whole.trim()),
  concat: text(2, (a = '', b = '') => a + b),
  year: date((at) => at.getUTCFullYear()),
  month: date((at) => at.getUTCMonth() + 1),
  day: date((at) => at.getUTCDate()),
  hour: date((at) => at.getUTCHours()),
  minute: date((at) => at.getUTCMinutes()),
  second: date((at) => at.getUTCSeconds()),
  fractionalseconds: date((at) => at.getUTCMilliseconds() / 1000),
  date: date((at) => moment(Date.parse(`${at.toISOString().slice(0, 10)}T00:00:00Z`))),
  time: date((at) => at.toISOString().slice(11, 23)),
  totaloffsetminutes: date(() => 0), // everything is kept in UTC
  now: { takes: [0], of: (_, { now }) => moment(now) },
  mindatetime: { takes: [0], of: () => moment(Date.parse('0000-01-01T00:00:00Z')) },
  maxdatetime: { takes: [0], of: () => moment(Date.parse('9999-12-31T23:59:59Z')) },
  round: number(Math.round),
  floor: number(Math.floor),
  ceiling: number(Math.ceil),
  'geo.distance': shapes(separation),
  'geo.length': {
    takes: [1],
    of: (args) => args.map(asValue).flatMap((one) => (isShape(one) ? [lengthOf(one.geometry)] : []))[0] ?? null,
  },
  'geo.intersects': shapes((a, b) => relates('intersects', a, b)),
  st_equals: shapes((a, b) => relates('equals', a, b)),
  st_disjoint: shapes((a, b) => relates('disjoint', a, b)),
  st_touches: shapes((a, b) => relates('touches', a, b)),
  st_within: shapes((a, b) => relates('within', a, b)),
  st_overlaps: shapes((a, b) => relates('overlaps', a, b)),
  st_crosses: shapes((a, b) => relates('crosses', a, b)),
  st_intersects: shapes((a, b) => relates('intersects', a, b)),
  st_contains: shapes((a, b) => relates('contains', a, b)),
  st_relate: {
    takes: [3],
    of: (args) => {
      const [a, b] = args.slice(0, 2).map(asValue);
      const pattern = args[2];
      return isShape(a) && isShape(b) && typeof pattern === 'string' ? relates(pattern, a.geometry, b.geometry) : null;
    },
  },
};
