/**
 * Tables of counts as people keep them, for `saryarka life diversity`: species by sites, sites by species, or one row for each species
 * at a site.
 *
 *     readCounts(readSource('birds.csv'), { whole: true })    // { species: ['Anser anser', …], units: [{ site: 'P1', zone: 'core', … }] }
 *
 * Which way a wide table lies is told by the name of its first column, or by which side has scientific names; where both fit, or
 * neither, nothing is guessed. An empty cell is not a zero.
 */
import { type CsvRow, type CsvTable, readCsv } from '../formats/csv.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { Problem, Problems } from '../problems.ts';

/** What was counted together: a plot, a visit, a trap. */
export interface CountedUnit {
  site: string;
  zone: string | null;
  unit: string | null;
  /** Of each species of the table. */
  counts: Float64Array;
}

export interface CountTable {
  form: 'species' | 'sites' | 'long';
  species: string[];
  units: CountedUnit[];
  /** Rows of a long table that were added to an earlier one of the same species, site and unit. */
  added: number;
  /** Empty cells that were taken for 0, as asked. */
  blanks: number;
}

export interface ReadOptions {
  rows?: 'species' | 'sites';
  /** Whether counts must be whole: individuals are. */
  whole: boolean;
  /** Whether an empty cell of a wide table is a zero. */
  blanksAreZero?: boolean;
}

const NAMES = {
  species: [
    'species',
    'taxon',
    'scientificname',
    'scientific_name',
    'name',
    'вид',
    'таксон',
    'название',
    'түр',
    'таксон атауы',
    'tür',
  ],
  site: [
    'site',
    'plot',
    'sample',
    'place',
    'locality',
    'location',
    'station',
    'участок',
    'площадка',
    'проба',
    'место',
    'учаске',
    'алаң',
    'орын',
    'alan',
    'yer',
  ],
  zone: ['zone', 'зона', 'аймақ', 'bölge'],
  unit: [
    'unit',
    'visit',
    'trap',
    'quadrat',
    'date',
    'year',
    'учёт',
    'учет',
    'дата',
    'год',
    'есеп',
    'күні',
    'жыл',
    'birim',
    'tarih',
    'yıl',
  ],
  count: [
    'count',
    'n',
    'individuals',
    'individualcount',
    'abundance',
    'number',
    'число',
    'количество',
    'численность',
    'саны',
    'sayı',
  ],
} as const;

/** Two words, the first with a capital: Anser anser, Anser anser rubrirostris, Larus sp. */
const SCIENTIFIC = /^\p{Lu}\p{Ll}[\p{Ll}-]+[ ._](?:[a-z][a-z-]+|sp)\b/u;

/** @throws Problem `columns-missing`, `life-rows-unknown`; Problems, one for each cell at fault */
export function readCounts(file: SourceFile, options: ReadOptions): CountTable {
  const table = readCsv(file);
  const column = (of: keyof typeof NAMES): string | null =>
    table.header.find((name) => (NAMES[of] as readonly string[]).includes(name.toLowerCase())) ?? null;
  const problems: Problem[] = [];
  const names = {
    species: column('species'),
    site: column('site'),
    zone: column('zone'),
    unit: column('unit'),
    count: column('count'),
  };
  const long = options.rows === undefined && names.species !== null && (names.site ?? names.zone) !== null;
  const cell = counter(file.name, options, problems);
  const found = long
    ? readLong(file, table, names, cell)
    : readWide(file, table, { ...options, zone: names.zone, unit: names.unit }, cell);
  if (problems.length > 0) throw new Problems(problems);
  if (found.units.length === 0 || found.species.length === 0)
    throw new Problem('columns-missing', {
      file: file.name,
      missing: 'species, site',
      found: table.header.join(', '),
      expected: 'species, site, count',
    });
  return { ...found, blanks: cell.blanks() };
}

interface Counter {
  (row: CsvRow, field: string): number;
  blanks: () => number;
}

/** Reads counts; what is wrong is kept, and read as 0. */
function counter(file: string, { whole, blanksAreZero = false }: ReadOptions, problems: Problem[]): Counter {
  let blanks = 0;
  const read = (row: CsvRow, field: string): number => {
    const found = row.values[field] ?? '';
    const at = { file, line: String(row.line), field };
    if (found === '') {
      if (blanksAreZero) blanks += 1;
      else problems.push(new Problem('life-count-blank', at));
      return 0;
    }
    const value = Number(found.replace(',', '.'));
    if (value >= 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
    problems.push(new Problem('cell-wrong', { ...at, found, expected: whole ? '0, 1, 2, …' : '0, 0.5, 1, …' }));
    return 0;
  };
  return Object.assign(read, { blanks: () => blanks });
}

type Found = Omit<CountTable, 'blanks'>;

function readLong(
  { name: file }: SourceFile,
  { rows }: CsvTable,
  names: Record<keyof typeof NAMES, string | null>,
  count: Counter,
): Found {
  const species = new Map<string, number>();
  const units = new Map<string, { site: string; zone: string | null; unit: string | null; found: Map<number, number> }>();
  const problems: Problem[] = [];
  let added = 0;
  const place = names.site ?? (names.zone as string);
  for (const row of rows) {
    const text = (field: string | null): string | null => (field === null ? null : row.values[field] || null);
    for (const field of [names.species as string, place])
      if (text(field) === null) problems.push(new Problem('cell-missing', { file, line: String(row.line), field }));
    const [kind, site] = [text(names.species) ?? '', text(place) ?? ''];
    const [zone, unit] = [text(names.zone), text(names.unit)];
    const key = JSON.stringify([site, zone, unit]);
    const own = units.get(key) ?? { site, zone, unit, found: new Map<number, number>() };
    units.set(key, own);
    const which = species.get(kind) ?? species.size;
    species.set(kind, which);
    // Without a column of counts a row says that the species was there.
    const value = names.count === null ? 1 : count(row, names.count);
    const before = own.found.get(which);
    if (before !== undefined) added += 1;
    own.found.set(which, names.count === null ? 1 : (before ?? 0) + value);
  }
  if (problems.length > 0) throw new Problems(problems);
  return {
    form: 'long',
    species: [...species.keys()],
    units: [...units.values()].map(({ found, ...unit }) => ({
      ...unit,
      counts: Float64Array.from(species.keys(), (_, i) => found.get(i) ?? 0),
    })),
    added,
  };
}

function readWide(
  file: SourceFile,
  table: CsvTable,
  { rows: told, zone, unit }: ReadOptions & { zone: string | null; unit: string | null },
  count: Counter,
): Found {
  const [first = '', ...rest] = table.header;
  const form = told ?? formOf(file.name, first, rest, table);
  if (form === 'sites') {
    const species = rest.filter((name) => name !== zone && name !== unit);
    const text = (row: CsvRow, field: string | null): string | null => (field === null ? null : row.values[field] || null);
    const units = table.rows.map((row) => ({
      site: row.values[first] ?? '',
      zone: text(row, zone),
      unit: text(row, unit),
      counts: Float64Array.from(species, (name) => count(row, name)),
    }));
    return { form, species, units, added: 0 };
  }
  const rows = new Map<string, Float64Array>();
  let added = 0;
  for (const row of table.rows) {
    const name = row.values[first] ?? '';
    const counts = Float64Array.from(rest, (field) => count(row, field));
    const before = rows.get(name);
    if (before !== undefined) added += 1;
    rows.set(name, before === undefined ? counts : counts.map((value, i) => value + (before[i] as number)));
  }
  const species = [...rows.keys()];
  const units = rest.map((site, i) => ({
    site,
    zone: null,
    unit: null,
    counts: Float64Array.from(rows.values(), (counts) => counts[i] as number),
  }));
  return { form, species, units, added };
}

/** Which way a wide table lies. @throws Problem `life-rows-unknown` */
function formOf(file: string, first: string, rest: readonly string[], { rows }: CsvTable): 'species' | 'sites' {
  const called = first.toLowerCase();
  const [bySpecies, bySites] = [NAMES.species, NAMES.site].map((names) => (names as readonly string[]).includes(called));
  if (bySpecies !== bySites) return bySpecies ? 'species' : 'sites';
  const scientific = (names: readonly string[]): boolean =>
    names.length > 0 && names.filter((name) => SCIENTIFIC.test(name)).length > names.length / 2;
  const [below, beside] = [scientific(rows.map((row) => row.values[first] ?? '')), scientific(rest)];
  if (below !== beside) return below ? 'species' : 'sites';
  throw new Problem('life-rows-unknown', {
    file,
    first: first === '' ? '–' : first,
    row: rows[0]?.values[first] ?? '–',
    column: rest[0] ?? '–',
  });
}
