/**
 * Tables of weather and water whose columns say their units: `tmin_c`, `rain_mm`, `wind_3m_ms`, `discharge [m3/s]`.
 *
 *     const table = readSeriesTable(file);
 *     columnOf(table, ['rain', 'precipitation', 'precip', 'prcp'], DEPTH)   // mm, NaN where empty
 *
 * A unit is never guessed: a column without one is refused with what would do. Empty cells and NA are missing; a value that cannot be
 * is refused with its line.
 */
import { readCsv } from '../formats/csv.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { tableText } from '../formats/water-table.ts';
import { waterValue } from '../formats/water-values.ts';
import { Problem } from '../problems.ts';

/** What a column may be in, and how it becomes the unit used inside. */
export interface Quantity {
  /** Spelling in a header: factor and addend to the unit inside. */
  units: Record<string, readonly [factor: number, addend: number]>;
  /** Values beyond are no measurement. */
  low: number;
  high: number;
}

export interface Column {
  /** In the header. */
  field: string;
  name: string;
  unit: string | null;
  /** Above the ground, where the header says so [m]. */
  height: number | null;
}

export interface SeriesTable {
  file: string;
  columns: Column[];
  rows: { line: number; values: Record<string, string> }[];
  /** ISO 8601 date of each row: a day or the first of a month. */
  dates: string[];
}

const LINEAR = (factor: number): readonly [number, number] => [factor, 0];

export const TEMPERATURE: Quantity = {
  units: { c: [1, 0], '°c': [1, 0], degc: [1, 0], cel: [1, 0], k: [1, -273.15] },
  low: -90,
  high: 60,
};
export const HUMIDITY: Quantity = { units: { pct: [1, 0], '%': [1, 0], percent: [1, 0] }, low: 0, high: 105 };
export const PRESSURE: Quantity = { units: { kpa: LINEAR(1), hpa: LINEAR(0.1) }, low: 0, high: 20 };
export const WIND: Quantity = {
  units: {
    ms: LINEAR(1),
    'm/s': LINEAR(1),
    m_s: LINEAR(1),
    kmh: LINEAR(1 / 3.6),
    'km/h': LINEAR(1 / 3.6),
    km_h: LINEAR(1 / 3.6),
  },
  low: 0,
  high: 100,
};
/** MJ/m²/d; 1 W/m² over a day is 0.0864 of it. */
export const RADIATION: Quantity = {
  units: {
    mj: LINEAR(1),
    'mj/m2/d': LINEAR(1),
    mj_m2_d: LINEAR(1),
    w: LINEAR(0.0864),
    'w/m2': LINEAR(0.0864),
    w_m2: LINEAR(0.0864),
  },
  low: 0,
  high: 60,
};
export const HOURS: Quantity = { units: { h: LINEAR(1), min: LINEAR(1 / 60) }, low: 0, high: 24 };
export const DEPTH: Quantity = { units: { mm: LINEAR(1), cm: LINEAR(10), m: LINEAR(1000) }, low: 0, high: 5000 };
export const PART: Quantity = { units: { 1: LINEAR(1), pct: LINEAR(0.01), '%': LINEAR(0.01) }, low: 0, high: 2 };
export const LENGTH: Quantity = { units: { m: LINEAR(1), cm: LINEAR(0.01) }, low: 0, high: 10 };

/** A table with a date in each row. @throws Problem with file and line */
export function readSeriesTable(file: Pick<SourceFile, 'name' | 'bytes'>): SeriesTable {
  const { header, rows } = readCsv({ name: file.name, bytes: new TextEncoder().encode(tableText(file).text) });
  const columns = header.map(columnNamed);
  const dated = rows.map(({ line, values }) => dateOf(file.name, line, values, header));
  return { file: file.name, columns, rows, dates: dated };
}

/** `wind_3m_ms` or `wind_3m [m/s]`: name, height and unit. */
export function columnNamed(field: string): Column {
  const bracket = /^(.+?)\s*[[(]([^\])]+)[\])]$/.exec(field.trim());
  const [, before = field.trim(), inside] = bracket ?? [];
  const parts = before.toLowerCase().split('_');
  let unit = inside?.trim().toLowerCase() ?? null;
  const name: string[] = [];
  let height: number | null = null;
  for (const [i, part] of parts.entries()) {
    const metres = /^(\d+(?:\.\d+)?)m$/.exec(part);
    if (i > 0 && metres !== null) height = Number(metres[1]);
    else name.push(part);
  }
  if (unit === null && name.length > 1) {
    // the longest ending that is a unit: rain_mm, srad_mj_m2_d
    for (let from = 1; from < name.length && unit === null; from++) {
      const ending = name.slice(from).join('_');
      if (UNITS.has(ending)) {
        unit = ending;
        name.length = from;
      }
    }
  }
  return { field, name: name.join('_'), unit, height };
}

const UNITS = new Set(
  [TEMPERATURE, HUMIDITY, PRESSURE, WIND, RADIATION, HOURS, DEPTH, PART, LENGTH].flatMap(({ units }) => Object.keys(units)),
);

/** The column of one of these names; `null` where there is none. */
export function findColumn({ columns }: SeriesTable, names: readonly string[]): Column | null {
  return columns.find(({ name }) => names.includes(name)) ?? null;
}

/** Values of a column in the unit used inside, NaN where missing; `null` without such a column. @throws Problem `water-unit`, `cell-wrong` */
export function columnOf(table: SeriesTable, names: readonly string[], quantity: Quantity): Float64Array | null {
  const column = findColumn(table, names);
  if (column === null) return null;
  const rule = column.unit === null ? undefined : quantity.units[column.unit];
  if (rule === undefined) throw unitProblem(table, column, Object.keys(quantity.units));
  const [factor, addend] = rule;
  return Float64Array.from(table.rows, ({ line, values }) => {
    const text = values[column.field] ?? '';
    const read = numberIn(text);
    if (Number.isNaN(read) && waterValue(text)?.marks.includes('missing') === true) return Number.NaN;
    const value = read * factor + addend;
    if (!(value >= quantity.low && value <= quantity.high))
      throw new Problem('cell-wrong', {
        file: table.file,
        line: String(line),
        field: column.field,
        found: text,
        expected: `${quantity.low} – ${quantity.high}`,
      });
    return value;
  });
}

/** A number as people write it: `1.5`, `1,5`. NaN where it is none. */
export function numberIn(text: string): number {
  const plain = /^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text;
  return plain.trim() === '' ? Number.NaN : Number(plain);
}

export function unitProblem({ file }: SeriesTable, { field, name, unit }: Column, units: readonly string[]): Problem {
  return new Problem('water-unit', {
    file,
    field,
    found: unit ?? '–',
    expected: units.map((one) => `${name}_${one}`).join(', '),
  });
}

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** `date` as 2013-04-23, 2013-113, 23.04.2013, 2013-04 or 2013; or `year` with `month` (and `day`) or `doy`, or alone. */
function dateOf(file: string, line: number, values: Record<string, string>, header: readonly string[]): string {
  const of = (...names: string[]): string | undefined => {
    const field = header.find((one) => names.includes(one.toLowerCase()));
    return field === undefined ? undefined : values[field];
  };
  const text = of('date', 'date_doy', 'year-doy', 'day', 'time') ?? '';
  const year = of('year');
  const found = text !== '' && year === undefined ? dayIn(text) : fromParts(year, of('month'), of('day'), of('doy'));
  if (found === null)
    throw new Problem('cell-wrong', {
      file,
      line: String(line),
      field: 'date',
      found: text !== '' ? text : (year ?? ''),
      expected: '2013-04-23, 2013-113, 23.04.2013, 2013-04',
    });
  return found;
}

function dayIn(text: string): string | null {
  const day = /^(\d{4})-(\d{3})$/.exec(text);
  if (day !== null) return ofYear(Number(day[1]), Number(day[2]));
  const written = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?$/.exec(text);
  if (written !== null) return fromParts(written[1], written[2], written[3], undefined);
  const local = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  return local === null ? null : fromParts(local[3], local[2], local[1], undefined);
}

function fromParts(year?: string, month?: string, day?: string, doy?: string): string | null {
  if (year === undefined || !/^\d{4}$/.test(year)) return null;
  if (doy !== undefined) return ofYear(Number(year), Number(doy));
  const [m, d] = [Number(month ?? '1'), Number(day ?? '1')];
  const time = Date.UTC(Number(year), m - 1, d);
  const same = new Date(time);
  return same.getUTCMonth() === m - 1 && same.getUTCDate() === d ? iso(time) : null;
}

function ofYear(year: number, doy: number): string | null {
  const time = Date.UTC(year, 0, 1) + (doy - 1) * DAY;
  return Number.isInteger(doy) && doy >= 1 && new Date(time).getUTCFullYear() === year ? iso(time) : null;
}

/** Day of the year, 1 to 366. */
export function dayOfYear(date: string): number {
  return Math.round((Date.parse(date) - Date.UTC(Number(date.slice(0, 4)), 0, 1)) / DAY) + 1;
}

/** The date `days` later. */
export function daysLater(date: string, days: number): string {
  return iso(Date.parse(date) + days * DAY);
}
