/**
 * Tables of counts for the trend of a population: a row for each site and year, or for each site with a column for each year.
 *
 *     const { rows } = readPopulationTable(file);   // [{ line: 2, site: 'A', year: 2019, count: 4, … }]
 *
 * A blank is a year when nobody counted; 0 is a year when nothing was found. What cannot be read is told with file, line and field.
 */
import { Problem, Problems } from '../problems.ts';
import type { PopulationCount } from '../science/population-cells.ts';
import { cellsOf } from './cells.ts';
import { type CsvRow, type CsvTable, readCsv } from './csv.ts';
import type { SourceFile } from './source-node.ts';

export interface PopulationRow extends PopulationCount {
  line: number;
  species: string | null;
  /** Other columns as they stand: zone, function, habitat. */
  other: Record<string, string>;
}

export interface PopulationTable {
  file: string;
  shape: 'long' | 'wide';
  rows: PopulationRow[];
  /** Columns that are neither site nor year nor count. */
  others: string[];
}

/** What a column may be called, folded to lower case. */
const NAMES = {
  site: [
    'site',
    'plot',
    'location',
    'участок',
    'площадка',
    'учётный участок',
    'учетный участок',
    'бөлікше',
    'орын',
    'alan',
    'yer',
  ],
  year: ['year', 'time', 'год', 'жыл', 'yıl', 'yil'],
  month: ['month', 'season', 'месяц', 'ай', 'ay'],
  count: ['count', 'number', 'individuals', 'число', 'количество', 'учтено', 'особей', 'саны', 'sayı', 'sayi'],
  weight: ['weight', 'вес', 'салмақ', 'ağırlık'],
  species: ['species', 'binomial', 'scientificname', 'вид', 'түр', 'tür'],
} as const;
type Known = keyof typeof NAMES;

const MISSING = new Set(['', 'na', 'nan', 'n/a', 'null', '-', '–', '—', 'н/д', 'ж/қ']);
const YEAR = /^[Xx]?(\d{4})$/;
/** Fewer columns of years are no wide table. */
const LEAST_YEARS = 2;

/** @throws Problem `columns-missing`, Problems with one for each cell at fault */
export function readPopulationTable(file: Pick<SourceFile, 'name' | 'bytes'>): PopulationTable {
  const { header, rows }: CsvTable = readCsv(file);
  const columns = new Map<Known, string>();
  for (const name of header) {
    const known = (Object.keys(NAMES) as Known[]).find((one) =>
      (NAMES[one] as readonly string[]).includes(name.trim().toLowerCase()),
    );
    if (known && !columns.has(known)) columns.set(known, name);
  }
  const years = header.filter((name) => YEAR.test(name));
  const shape = !columns.has('year') && years.length >= LEAST_YEARS ? 'wide' : 'long';
  const needed: Known[] = shape === 'wide' ? ['site'] : ['site', 'year', 'count'];
  const missing = needed.filter((name) => !columns.has(name));
  if (missing.length > 0)
    throw new Problem('columns-missing', {
      file: file.name,
      missing: missing.join(', '),
      found: header.join(', '),
      expected: 'site, year, count; month, weight, species; site, 2001, 2002, …',
    });
  const taken = new Set([...columns.values(), ...(shape === 'wide' ? years : [])]);
  const others = header.filter((name) => name !== '' && !taken.has(name));
  const problems: Problem[] = [];
  const given = { columns, wide: shape === 'wide' ? years : null, others };
  const read = rows.flatMap((row) => rowsOf(file.name, row, given, problems));
  if (problems.length > 0) throw new Problems(problems);
  return { file: file.name, shape, rows: read, others };
}

interface Given {
  columns: ReadonlyMap<Known, string>;
  /** Columns of years, of a wide table. */
  wide: readonly string[] | null;
  others: readonly string[];
}

function rowsOf(file: string, row: CsvRow, { columns, wide, others }: Given, problems: Problem[]): PopulationRow[] {
  const cells = cellsOf(file, row, problems);
  const field = (known: Known): string => columns.get(known) ?? known;
  const numberAt = (name: string): number | null => {
    const text = (row.values[name] ?? '').trim();
    if (MISSING.has(text.toLowerCase())) return null;
    const value = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
    if (value >= 0) return value;
    cells.wrong(name, text, `0 …, 12, 12.5${wide ? '' : ` (${row.values[field('site')]}, ${row.values[field('year')]})`}`);
    return null;
  };
  const whole = (known: 'year' | 'month'): number => {
    const text = cells.required(field(known)).trim();
    if (/^\d{1,4}$/.test(text)) return Number(text);
    if (text !== '') cells.wrong(field(known), text, known === 'month' ? '1, 2, …' : '1995');
    return 0;
  };
  const weight = columns.has('weight') ? numberAt(field('weight')) : null;
  const base = {
    line: row.line,
    site: cells.required(field('site')),
    species: columns.has('species') ? cells.required(field('species')) : null,
    other: Object.fromEntries(others.map((name) => [name, (row.values[name] ?? '').trim()])),
    ...(columns.has('month') ? { month: whole('month') } : {}),
    ...(weight === null ? {} : { weight }),
  };
  if (wide === null) return [{ ...base, year: whole('year'), count: numberAt(field('count')) }];
  return wide.map((name) => ({ ...base, year: Number(YEAR.exec(name)?.[1]), count: numberAt(name) }));
}
