/**
 * Tables of a lake as people bring them: the curve of its bed, and what comes and goes by day, decade, month or year.
 *
 *     const { rows } = readCurveTable(readSource('curve.csv'));
 *     const table = readForcingTable(readSource('months.csv'));
 *     table.column('inflow')        // km3 by step, whatever unit the header names
 *
 * Separated by comma, semicolon or tab, with decimal point or (where it does not separate) comma, in UTF-8 or a Cyrillic code page. A unit
 * stands in the name of its column; a column without one is refused, as is a date out of turn. Every fault is told with file, line and field.
 */
import { type CsvRow, readCsv } from '../formats/csv.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { tableText } from '../formats/water-table.ts';
import { plainNumber } from '../formats/water-values.ts';
import { Problem, Problems } from '../problems.ts';
import type { CurveRow } from '../science/lake-curve.ts';
import { type DateStep, dateSteps, type Steps } from './lake-dates.ts';

type File = Pick<SourceFile, 'name' | 'bytes'>;

/** What had to be assumed of a file: its code page, the mark of its decimals. */
export interface ReadAs {
  encoding: string;
  decimal: ',' | '.';
}

/** A table with its names in lower case, whatever marks it is written with. */
export interface LakeTable {
  file: string;
  header: string[];
  rows: CsvRow[];
  readAs: ReadAs;
}

export interface ForcingTable extends LakeTable {
  steps: DateStep[];
  /** Days of each step. */
  days: number[];
  kind: Steps;
  has(name: ForcingName): boolean;
  /** By step; depths in m, flows in km3. `empty` stands where a cell is empty; without it an empty cell is a fault. */
  column(name: ForcingName, options?: { empty?: number }): number[];
}

/** Columns: `name_unit`, with what makes SI of it; `flow` is over the days of the step. */
const UNITS = {
  inflow: { km3: 1, hm3: 1e-3, m3_s: 'flow' },
  release: { km3: 1, hm3: 1e-3, m3_s: 'flow' },
  groundwater: { km3: 1, hm3: 1e-3, m3_s: 'flow' },
  precipitation: { km3: 1, hm3: 1e-3, mm: 'depth', m: 'depth' },
  evaporation: { km3: 1, hm3: 1e-3, mm: 'depth', m: 'depth' },
  ice: { '': 1 },
  river: { g_l: 1 },
  seen_area: { km2: 1 },
} as const;
export type ForcingName = keyof typeof UNITS;
type Unit = number | 'flow' | 'depth';

/** Bounds of a column: groundwater may leave; part of a lake under ice is at most all of it. */
const LEAST: Partial<Record<ForcingName, number>> = { groundwater: Number.NEGATIVE_INFINITY };
const MOST: Partial<Record<ForcingName, number>> = { ice: 1 };
const SECONDS_OF_DAY = 86_400;
const M3_OF_KM3 = 1e9;
/** Words of a table that say nothing about the balance. */
const SAID = ['date', 'source', 'note', 'kind'];

/** @throws Problem `table-…`, `columns-missing`, `water-unit`, `lake-steps-none`; Problems, one for each cell or row at fault */
export function readCurveTable(file: File): { rows: CurveRow[]; readAs: ReadAs } {
  const table = openLakeTable(file, ['level_m', 'area_km2', 'volume_km3']);
  if (table.rows.length < 2) throw new Problem('lake-rows-few', { file: table.file, found: table.rows.length, expected: '≥ 2' });
  const problems: Problem[] = [];
  const cell = (row: CsvRow, field: string, least: number): number => numberIn(table, row, { field, least, problems });
  const rows = table.rows.map((row) => ({
    line: row.line,
    level: cell(row, 'level_m', Number.NEGATIVE_INFINITY),
    area: cell(row, 'area_km2', 0),
    volume: cell(row, 'volume_km3', 0),
  }));
  if (problems.length === 0) problems.push(...falls(table.file, rows));
  raise(problems);
  return { rows: rows.map(({ level, area, volume }) => ({ level, area, volume })), readAs: table.readAs };
}

/** Rows that cannot stand on one curve: a level twice with different water, less of it higher up. */
function falls(file: string, rows: readonly (CurveRow & { line: number })[]): Problem[] {
  const sorted = rows.toSorted((a, b) => a.level - b.level || a.line - b.line);
  return sorted.flatMap((row, i) => {
    const before = sorted[i - 1];
    if (before === undefined) return [];
    const same = row.level === before.level;
    return (['area', 'volume'] as const).flatMap((field) => {
      const fine = same ? row[field] === before[field] : row[field] >= before[field];
      const name = field === 'area' ? 'area_km2' : 'volume_km3';
      const expected = `${same ? '=' : '≥'} ${before[field]} (${before.line}: ${before.level} m)`;
      return fine
        ? []
        : [new Problem('cell-wrong', { file, line: String(row.line), field: name, found: String(row[field]), expected })];
    });
  });
}

/** @throws Problem as `readCurveTable`, and `water-days` for a date that is missing, twice or out of turn */
export function readForcingTable(file: File): ForcingTable {
  const table = openLakeTable(file, ['date']);
  const known = (name: ForcingName): string[] => Object.keys(UNITS[name]).map((unit) => (unit === '' ? name : `${name}_${unit}`));
  const names = Object.keys(UNITS) as ForcingName[];
  const all = names.flatMap(known);
  for (const name of names) {
    const bare = table.header.find((field) => !all.includes(field) && (field === name || field.startsWith(`${name}_`)));
    if (bare !== undefined)
      throw new Problem('water-unit', { file: table.file, field: bare, found: bare, expected: known(name).join(', ') });
  }
  if (table.rows.length === 0) throw new Problem('lake-rows-few', { file: table.file, found: 0, expected: '≥ 1' });
  const { steps, kind } = dateSteps(
    table.file,
    table.rows.map(({ line, values }) => ({ line, text: values.date ?? '' })),
  );
  const days = steps.map(({ days: own }) => own);
  const fieldOf = (name: ForcingName): string | undefined => known(name).find((field) => table.header.includes(field));
  const column: ForcingTable['column'] = (name, { empty } = {}) => {
    const field = fieldOf(name);
    if (field === undefined) throw missing(table, [known(name).join(' / ')]);
    const unit = (UNITS[name] as Record<string, Unit>)[field.slice(name.length + 1)] as Unit;
    const problems: Problem[] = [];
    const values = table.rows.map((row, i) => {
      if (empty !== undefined && (row.values[field] ?? '') === '') return empty;
      const bounds = { least: LEAST[name] ?? 0, most: MOST[name] ?? Number.POSITIVE_INFINITY };
      const value = numberIn(table, row, { field, problems, ...bounds });
      if (unit === 'flow') return (value * (days[i] as number) * SECONDS_OF_DAY) / M3_OF_KM3;
      if (unit === 'depth') return field.endsWith('_mm') ? value / 1000 : value;
      return value * unit;
    });
    raise(problems);
    return values;
  };
  return { ...table, steps, days, kind, has: (name) => fieldOf(name) !== undefined, column };
}

/** Whether rain and evaporation are depths. @throws Problem where one is a depth and the other a volume, or one of them is absent */
export function areDepths(table: ForcingTable): boolean {
  const [rain, dry] = (['precipitation', 'evaporation'] as const).map((name) =>
    table.header.find((field) => field.startsWith(`${name}_`)),
  );
  if (rain === undefined || dry === undefined)
    throw missing(table, [...(rain === undefined ? ['precipitation_mm'] : []), ...(dry === undefined ? ['evaporation_mm'] : [])]);
  const depth = (field: string): boolean => /_mm?$/.test(field);
  if (depth(rain) !== depth(dry))
    throw new Problem('water-unit', {
      file: table.file,
      field: dry,
      found: `${rain}, ${dry}`,
      expected: '_mm + _mm, _km3 + _km3',
    });
  return depth(rain);
}

/** Columns of a table that say nothing that is used. */
export function unusedColumns({ header }: Pick<ForcingTable, 'header'>): string[] {
  const names = Object.keys(UNITS) as ForcingName[];
  return header.filter((field) => !SAID.includes(field) && !names.some((name) => field === name || field.startsWith(`${name}_`)));
}

/** @throws Problem `table-…` for what is no table, `columns-missing`, and `water-unit` where the name of one stands without its unit */
export function openLakeTable(file: File, needed: readonly string[]): LakeTable {
  const { encoding, text } = tableText(file);
  const table = readCsv({ name: file.name, bytes: new TextEncoder().encode(text) });
  const header = table.header.map((name) => name.toLowerCase());
  const rows = table.rows.map(({ line, values }) => ({
    line,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value])),
  }));
  const lakeTable = { file: file.name, header, rows, readAs: { encoding, decimal: decimalOf(text, rows) } };
  const absent = needed.filter((name) => !header.includes(name));
  for (const expected of absent) {
    const [field = ''] = expected.split('_');
    if (/_(m|km2|km3)$/.test(expected) && header.includes(field))
      throw new Problem('water-unit', { file: file.name, field, found: field, expected });
  }
  if (absent.length > 0) throw missing(lakeTable, absent);
  return lakeTable;
}

/** A column as numbers. @throws Problems, one for each cell that is none or lies below `least` */
export function numbersOf(table: LakeTable, field: string, { least = Number.NEGATIVE_INFINITY } = {}): number[] {
  const problems: Problem[] = [];
  const values = table.rows.map((row) => numberIn(table, row, { field, least, problems }));
  raise(problems);
  return values;
}

/** A comma within the cells marks decimals where it does not separate them and no cell has a point. */
function decimalOf(text: string, rows: readonly CsvRow[]): ',' | '.' {
  const first = text.slice(0, text.search(/\r?\n|$/));
  if (first.split(',').length > Math.max(first.split(';').length, first.split('\t').length)) return '.';
  const numbers = rows.flatMap(({ values }) => Object.values(values)).filter((value) => /^[-+]?[\d\s.,]+$/.test(value));
  return numbers.some((value) => /^[-+]?\d+,\d+$/.test(value)) ? ',' : '.';
}

function numberIn(
  { file, readAs }: LakeTable,
  { line, values }: CsvRow,
  { field, least, most = Infinity, problems }: { field: string; least: number; most?: number; problems: Problem[] },
): number {
  const found = values[field] ?? '';
  const value = plainNumber(found, readAs.decimal);
  if (value !== null && value >= least && value <= most) return value;
  const wanted = value === null ? `0${readAs.decimal}0` : value < least ? `≥ ${least}` : `≤ ${most}`;
  problems.push(
    found === ''
      ? new Problem('cell-missing', { file, line: String(line), field })
      : new Problem('cell-wrong', { file, line: String(line), field, found, expected: wanted }),
  );
  return Number.NaN;
}

const missing = ({ file, header }: LakeTable, names: readonly string[]): Problem =>
  new Problem('columns-missing', { file, missing: names.join(', '), found: header.join(', '), expected: names.join(', ') });

function raise(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first !== undefined) throw problems.length === 1 ? first : new Problems([...problems]);
}
