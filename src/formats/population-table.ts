/**
 * Tables of counts for the trend of a population: a row for each site and year, or for each site with a column for each year.
 *
 *     const { rows } = await readPopulationFile(readSource('counts.xlsx'));   // [{ line: 2, site: 'A', year: 2019, count: 4, … }]
 *
 * A blank is a year when nobody counted; 0 is a year when nothing was found. What cannot be read is told with file, line and field.
 */
import { Problem, Problems } from '../problems.ts';
import type { PopulationCount } from '../science/population-cells.ts';
import { cellsOf } from './cells.ts';
import type { CsvRow, CsvTable } from './csv.ts';
import { readSheetTables, type SheetTables } from './population-sheets.ts';
import type { SourceFile } from './source-node.ts';

export interface PopulationRow extends PopulationCount {
  line: number;
  /** Of a workbook with several sheets of counts. */
  sheet?: string;
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
  /** Lines that only add up others, left out. */
  totals: number[];
  /** Sheets that were not read, and why. */
  left: SheetTables['left'];
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
    'учётная площадка',
    'учетная площадка',
    'station',
    'transect',
    'маршрут',
    'пункт',
    'урочище',
    'кордон',
    'учаске',
    'нүкте',
    'бөлікше',
    'орын',
    'alan',
    'yer',
  ],
  year: ['year', 'time', 'год', 'жыл', 'yıl', 'yil'],
  month: ['month', 'season', 'месяц', 'ай', 'ay'],
  count: [
    'count',
    'number',
    'individuals',
    'abundance',
    'число',
    'число особей',
    'численность',
    'численность, особей',
    'количество',
    'кол-во',
    'учтено',
    'особей',
    'голов',
    'саны',
    'дара саны',
    'sayı',
    'sayi',
    'adet',
    'birey sayısı',
  ],
  weight: ['weight', 'вес', 'салмақ', 'ağırlık'],
  species: [
    'species',
    'binomial',
    'scientificname',
    'scientific name',
    'taxon',
    'вид',
    'название вида',
    'таксон',
    'түр',
    'түр атауы',
    'tür',
    'tür adı',
  ],
} as const;
type Known = keyof typeof NAMES;

/** Columns that have a meaning of their own where they are there. */
const OTHERS = {
  zone: ['zone', 'зона', 'аймақ', 'аймағы', 'bölge', 'bolge'],
  group: ['group', 'function', 'guild', 'группа', 'функция', 'гильдия', 'топ', 'қызмет', 'grup', 'işlev'],
  role: ['role', 'treatment', 'baci', 'роль', 'рөл', 'рөлі', 'rol'],
  phase: ['phase', 'stage', 'before/after', 'этап', 'фаза', 'до/после', 'кезең', 'aşama', 'evre'],
  lon: ['lon', 'longitude', 'decimallongitude', 'долгота', 'бойлық', 'boylam'],
  lat: ['lat', 'latitude', 'decimallatitude', 'широта', 'ендік', 'enlem'],
} as const;

const MISSING = new Set(['', 'na', 'nan', 'n/a', 'null', '-', '–', '—', 'н/д', 'ж/қ']);
const YEAR = /^[Xx]?(\d{4})\s*(?:г\.?|год|ж\.?|жыл)?$/u;
/** A row that adds up others is no site. */
const TOTAL = /^(итого|всего|total|sum|барлығы|жиыны|toplam)(?!\p{L})/iu;
/** Fewer columns of years are no wide table. */
const LEAST_YEARS = 2;
/** Columns of records, a row for each time that something was seen. */
const OF_RECORDS = /^(eventdate|date|дата|күні|tarih|occurrenceid|basisofrecord|individualcount|gbifid)$/i;

/** The column of a table that holds zones, groups and the like, by its usual names. */
export function otherColumn({ others }: Pick<PopulationTable, 'others'>, known: keyof typeof OTHERS): string | null {
  return others.find((name) => (OTHERS[known] as readonly string[]).includes(name.trim().toLowerCase())) ?? null;
}

/**
 * A table of counts from text or a workbook. Of a workbook all sheets are read that have the columns; where they are several and
 * none names species, each is of the species that it is called by.
 * @throws Problem `columns-missing`, `population-records`, Problems with one for each cell at fault; those of `readSheetTables`
 */
export async function readPopulationFile(file: Pick<SourceFile, 'name' | 'bytes'>): Promise<PopulationTable> {
  const { tables, left } = await readSheetTables(
    file,
    (header) => columnsOf(header).missing.length === 0,
    (title) => YEAR.test(title) || (NAMES.count as readonly string[]).includes(title.trim().toLowerCase()),
  );
  const [only, ...rest] = tables.map((table) => ({ sheet: table.sheet, ...populationTable(table.name, table) }));
  if (only === undefined) throw new Problem('table-empty', { file: file.name });
  if (rest.length === 0) return { ...only, left };
  const all = [only, ...rest];
  const unnamed = all.every(({ rows }) => rows.every(({ species }) => species === null));
  return {
    file: file.name,
    shape: only.shape,
    others: [...new Set(all.flatMap(({ others }) => others))],
    totals: all.flatMap(({ totals }) => totals),
    left,
    rows: all.flatMap(({ sheet, rows }) => rows.map((row) => ({ ...row, sheet, species: unnamed ? sheet : row.species }))),
  };
}

/** Which columns are which, the shape of the table, and what is missing for one. */
function columnsOf(header: readonly string[]): {
  columns: Map<Known, string>;
  years: string[];
  shape: PopulationTable['shape'];
  missing: Known[];
} {
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
  return { columns, years, shape, missing: needed.filter((name) => !columns.has(name)) };
}

function populationTable(file: string, { header, rows }: CsvTable): PopulationTable {
  const { columns, years, shape, missing } = columnsOf(header);
  if (missing.length > 0) {
    const of = header.filter((name) => OF_RECORDS.test(name.trim()));
    const isRecords =
      missing.includes('count') &&
      (of.length > 0 ||
        (columns.has('species') && columns.has('year') && !header.some((name) => isOfNumbers(name, rows, columns))));
    throw isRecords
      ? new Problem('population-records', { file, found: header.slice(0, 12).join(', ') })
      : new Problem('columns-missing', {
          file,
          missing: missing.join(', '),
          found: header.join(', '),
          expected: 'site, year, count; month, weight, species; site, 2001, 2002, …',
        });
  }
  const taken = new Set([...columns.values(), ...(shape === 'wide' ? years : [])]);
  const others = header.filter((name) => name !== '' && !taken.has(name));
  const isTotal = ({ values }: CsvRow): boolean =>
    [columns.get('site'), columns.get('species')].some((name) => name !== undefined && TOTAL.test((values[name] ?? '').trim()));
  const totals = rows.filter(isTotal).map(({ line }) => line);
  const problems: Problem[] = [];
  const given = { columns, wide: shape === 'wide' ? years : null, others };
  const read = rows.filter((row) => !isTotal(row)).flatMap((row) => rowsOf(file, row, given, problems));
  if (problems.length > 0) throw new Problems(problems);
  return { file, shape, rows: read, others, totals, left: [] };
}

/** A column of numbers that is not known by its name: it may well be that of counts. */
function isOfNumbers(name: string, rows: readonly CsvRow[], columns: ReadonlyMap<Known, string>): boolean {
  const [title, known] = [name.trim().toLowerCase(), new Set(columns.values())];
  if (known.has(name) || [...OTHERS.lon, ...OTHERS.lat].some((one) => one === title) || /(^|[^a-z])(id|№|n)$/i.test(title))
    return false;
  const cells = rows.map(({ values }) => (values[name] ?? '').trim()).filter((text) => !MISSING.has(text.toLowerCase()));
  return cells.length > 0 && cells.every((text) => /^\d+([.,]\d+)?$/.test(text));
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
    // 1 250 with a space that parts thousands
    const text = (row.values[name] ?? '').trim().replace(/(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, '');
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
