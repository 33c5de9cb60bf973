/**
 * What every reader of gauges and satellites gives: series of one variable at one place, value by value with the row it came from.
 *
 *     const { series } = await readWaterSeries(readSource('kazalinsk.txt'));
 *     series[0].points[0]   // { period: { start: '1936-01-01', end: '1936-02-01' }, value: 123, marks: [], row: '41', … }
 *
 * A reader says what the file says (`WrittenSeries`); `water-complete.ts` gives it one unit, or asks.
 */
import type { Period, Position } from '../types.ts';

/** Variables are indicators of `data/indicators.csv`, with the unit that series are kept in. */
export const VARIABLES = {
  'river-discharge': 'm3/s',
  'river-level': 'm',
  'lake-level': 'm',
  'lake-area': 'km2',
  'lake-volume': 'km3',
  inflow: 'km3/a',
  outflow: 'km3/a',
  'lake-precipitation': 'km3/a',
  'lake-evaporation': 'km3/a',
  salinity: 'g/L',
  precipitation: 'mm',
  evaporation: 'mm',
  'air-temperature': 'Cel',
} as const;

export type WaterVariable = keyof typeof VARIABLES;

/** What heights are counted from: the Baltic zero of 1977, a geoid or the ellipsoid of satellites, or the zero of the gauge itself. */
export const DATUMS = ['baltic-1977', 'egm2008', 'egm96', 'eigen-6c', 'ggm02c', 'wgs84', 'gauge-zero'] as const;
export type Datum = (typeof DATUMS)[number];

/** `decade` is the ten days of Central Asian tables: days 1-10, 11-20, 21 to the end of the month. */
export type SeriesInterval = 'instant' | 'hour' | 'day' | 'decade' | 'month' | 'year';

/**
 * What stood beside or instead of a number. `missing`, `dry`, `frozen`, `below`, `above`: there is no number (unless the user says that
 * dry is 0); `approximate`, `ice`, `noted`: there is one, with a sign beside it.
 */
export const MARKS = ['missing', 'dry', 'frozen', 'below', 'above', 'approximate', 'ice', 'noted'] as const;
export type Mark = (typeof MARKS)[number];

export interface SeriesPoint {
  period: Period;
  value: number | null;
  /** Bounds: a detection limit, or the error that came with it. */
  low: number | null;
  high: number | null;
  marks: Mark[];
  /** Whether the file itself calls it doubtful. */
  doubtful: boolean;
  /** Where it stands: line, or sheet and cell. */
  row: string;
  /** As it was written. */
  text: string;
}

export interface SeriesStation {
  name: string;
  /** Number by which its keeper knows it, such as GRDC 2316201. */
  code: string | null;
  river: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  place: Position | null;
}

/** A series as its file has it: what the file does not say is `null`. */
export interface WrittenSeries {
  station: SeriesStation | null;
  /** Words that name the variable: a column's title, an observed property. */
  title: string;
  /** What tells it from another of the same variable in the same file, such as `calculated`; it becomes the class of its figures. */
  variant: string | null;
  variable: WaterVariable | null;
  /** The unit as written; `null` where none is. */
  unit: string | null;
  datum: Datum | null;
  interval: SeriesInterval;
  points: SeriesPoint[];
  /** What was assumed or left out, as keys of `water.note` with their details. */
  notes: SeriesNote[];
}

export interface SeriesNote {
  key:
    | 'left-out'
    | 'unreadable'
    | 'months-assumed'
    | 'more-pages'
    | 'unit-set'
    | 'zero-added'
    | 'first-date-volume'
    | 'first-days';
  details: Record<string, string | number>;
}

/** A series in the unit of its variable. */
export interface WaterSeries extends Omit<WrittenSeries, 'variable' | 'unit'> {
  variable: WaterVariable;
  /** UCUM code of `VARIABLES`. */
  unit: string;
  /** The unit that the file has. */
  writtenUnit: string;
}

export const WATER_FORMATS = [
  'grdc',
  'waterml2',
  'sensorthings',
  'hydroweb',
  'dahiti',
  'pywr',
  'decade-table',
  'month-table',
  'day-table',
  'long-table',
] as const;
export type WaterFormat = (typeof WATER_FORMATS)[number];

/** What the user says where a file does not. */
export interface SeriesOptions {
  station?: string;
  variable?: WaterVariable;
  unit?: string;
  datum?: Datum;
  /** Height of the gauge's zero [m] in `datum`: readings become heights. */
  zero?: number;
  /** Which year names a year that begins in October: that of its beginning, or of its end. */
  yearNamed?: 'start' | 'end';
  /** What "dry" is: nothing known (`missing`), or no water (`zero`). */
  dry?: 'missing' | 'zero';
  decimal?: ',' | '.';
  /** How `03/04/1990` is meant. */
  dates?: 'day-first' | 'month-first';
  sheet?: string;
  /** The column to read, by its title, where several hold values. */
  column?: string;
  /** What a date stands for, where the file only has days. */
  interval?: SeriesInterval;
}

/** A point without anything special about it. */
export function point(
  period: Period,
  value: number | null,
  row: string,
  text: string,
  more: Partial<SeriesPoint> = {},
): SeriesPoint {
  return { period, value, low: null, high: null, marks: value === null ? ['missing'] : [], doubtful: false, row, text, ...more };
}
