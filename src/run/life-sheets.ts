/**
 * Tables of counts, of populations and of records as the indicators take them: with the columns that these know, each site in its
 * zone of the reserve, of sensitive species in none.
 *
 *     const { table, inputs, told } = countSheet(ground, await readPopulationFile(source));
 */
import type { CsvRow, CsvTable } from '../formats/csv.ts';
import type { DatedRecords } from '../formats/dated-records.ts';
import { otherColumn, type PopulationTable } from '../formats/population-table.ts';
import type { PopulationValues } from '../formats/population-values.ts';
import { digestOf } from '../formats/source-node.ts';
import { NO_ZONE } from '../indicators/population-fits.ts';
import { Problem } from '../problems.ts';
import type { ReadOver, SheetTold } from './sheet-told.ts';
import { type PlacedRow, placingOf, type TableGround } from './zone-placing.ts';

export interface LifeSheet {
  table: CsvTable;
  /** What decides on the figures beside the file itself. */
  inputs: { href: string; digest: string }[];
  told: SheetTold;
}

export interface CountColumns {
  /** This species alone; or the species that a table without that column is of. */
  species?: string | undefined;
  /** Columns that are named otherwise than usual. */
  zones?: string | undefined;
  groups?: string | undefined;
  /** What would do in place of a column of species, where something would. */
  instead?: string;
}

/** Counts, each site in its zone. @throws Problem `choice-wrong`, `columns-missing`, `population-no-calendar`; those of `placingOf` */
export function countSheet(ground: TableGround, table: PopulationTable, given: CountColumns = {}): LifeSheet {
  for (const [field, name] of [['--zones', given.zones] as const, ['--groups', given.groups] as const])
    if (name !== undefined && !table.others.includes(name))
      throw new Problem('choice-wrong', { field, found: name, expected: table.others.join(', ') || '–' });
  const of = (known: Parameters<typeof otherColumn>[1]): string | null => otherColumn(table, known);
  const [group, role, phase] = [given.groups ?? of('group'), of('role'), of('phase')];
  requireCalendar(table);
  const named = speciesNamed(table, given);
  const columns = { zone: given.zones ?? of('zone'), lon: of('lon'), lat: of('lat') };
  const placed = placedIn(ground, { file: table.file, rows: named, columns, readOver: table });
  const rows = named.map((row) => ({
    line: row.line,
    values: {
      species: row.species,
      site: row.site,
      year: String(row.year),
      month: row.month === undefined ? '' : String(row.month),
      count: row.count === null ? '' : String(row.count),
      weight: row.weight === undefined ? '' : String(row.weight),
      zone: placed.zoneOf(row),
      group: group === null ? '' : (row.other[group] ?? ''),
      role: role === null ? '' : (row.other[role] ?? ''),
      phase: phase === null ? '' : (row.other[phase] ?? ''),
    },
  }));
  const header = ['species', 'site', 'year', 'month', 'count', 'weight', 'zone', 'group', 'role', 'phase'];
  return { table: { header, rows }, inputs: placed.inputs, told: placed.told };
}

/** Figures of a dossier are of calendar years; a table may number them 1, 2, 3. @throws Problem `population-no-calendar` */
function requireCalendar({ file, rows }: PopulationTable): void {
  const strange = rows.find(({ year }) => year < 1850 || year > 2200);
  if (strange === undefined) return;
  throw new Problem('population-no-calendar', { file, line: String(strange.line), found: String(strange.year) });
}

/** Rows with their species; a table without that column is of the species that is asked for. @throws Problem `choice-wrong`, `columns-missing` */
function speciesNamed(
  { rows, file, others }: PopulationTable,
  { species: wanted, instead }: CountColumns,
): (PopulationTable['rows'][number] & { species: string })[] {
  if (rows.every(({ species }) => species === null) && wanted === undefined)
    throw new Problem('columns-missing', {
      ...{ file, missing: 'species', found: others.join(', ') || '–' },
      expected: ['species, site, year, count', ...(instead === undefined ? [] : [instead])].join('; '),
    });
  const named = rows.map((row) => ({ ...row, species: row.species ?? (wanted as string) }));
  const own = wanted === undefined ? named : named.filter(({ species }) => species === wanted);
  if (own.length > 0 || wanted === undefined) return own;
  const known = [...new Set(named.map(({ species }) => species))].slice(0, 12).join(', ');
  throw new Problem('choice-wrong', { field: '--species', found: wanted, expected: known });
}

export interface ValueColumns {
  /** The column of zones, where it is named otherwise than usual. */
  zones?: string | undefined;
  /** The last year that counts. */
  to?: number;
  /** Of several sets: which one it is, and what it weighs. */
  set?: { name: string; group?: string; weight?: number; groupWeight?: number };
}

/** Values of populations, each in its zone. @throws those of `placingOf` */
export function valueSheet(
  ground: TableGround,
  file: string,
  read: PopulationValues,
  { zones, to = Infinity, set }: ValueColumns = {},
): LifeSheet {
  const rows = read.values.map((value) => ({ ...value, site: value.id }));
  const columns = { ...read.columns, zone: zones ?? read.columns.zone };
  const placed = placedIn(ground, { file, rows, columns, readOver: read });
  const text = (value: number | undefined): string => (value === undefined ? '' : String(value));
  const made = rows
    .filter(({ year }) => year <= to)
    .map((row): CsvRow => {
      const { line, species, id, year, value } = row;
      const population = `${set === undefined ? '' : `${set.name}: `}${species}, ${id}`;
      return {
        line,
        values: {
          ...{ species, population, year: String(year), value: String(value), zone: placed.zoneOf(row) },
          ...{ set: set?.name ?? '', group: set?.group ?? '' },
          ...{ weight: text(set?.weight), group_weight: text(set?.groupWeight) },
        },
      };
    });
  const header = ['species', 'population', 'year', 'value', 'zone', 'set', 'group', 'weight', 'group_weight'];
  return { table: { header, rows: made }, inputs: placed.inputs, told: placed.told };
}

/** Records with their days, each in its zone. @throws those of `placingOf` */
export function recordSheet(
  ground: TableGround,
  read: Pick<DatedRecords, 'name' | 'records' | 'columns' | 'left'>,
  { zones }: { zones?: string | undefined } = {},
): LifeSheet {
  const { name: file, records, left } = read;
  const columns = { ...read.columns, zone: zones ?? read.columns.zone };
  const placed = placedIn(ground, { file, rows: records, columns, readOver: { totals: [], left } });
  const rows = records.map((row): CsvRow => {
    const { line, species, site, date } = row;
    return { line, values: { species, site, date, zone: placed.zoneOf(row) } };
  });
  return { table: { header: ['species', 'site', 'date', 'zone'], rows }, inputs: placed.inputs, told: placed.told };
}

/** A table that has the columns of the indicator already, with its zones as the reserve has them. @throws those of `placingOf` */
export function namedSheet(
  ground: TableGround,
  file: string,
  { header, rows }: CsvTable,
  { columns, readOver }: { columns: PopulationValues['columns']; readOver: ReadOver },
): LifeSheet {
  const given = rows.map(({ line, values }) => {
    const { species = '', population = '' } = values;
    return { line, other: values, species, site: population };
  });
  const placed = placedIn(ground, { file, rows: given, columns, readOver });
  const made = given.map((row): CsvRow => ({ line: row.line, values: { ...row.other, zone: placed.zoneOf(row) } }));
  return {
    table: { header: header.includes('zone') ? header : [...header, 'zone'], rows: made },
    inputs: placed.inputs,
    told: placed.told,
  };
}

interface SpeciesRow extends PlacedRow {
  species: string;
  site: string;
}

/** Where rows lie, those of sensitive species in no zone, and what is to be told of it. */
function placedIn<Row extends SpeciesRow>(
  ground: TableGround,
  given: { file: string; rows: readonly Row[]; columns: PopulationValues['columns']; readOver: ReadOver },
): { zoneOf(row: Row): string; inputs: LifeSheet['inputs']; told: SheetTold } {
  const { file, rows, columns, readOver } = given;
  const { zone, lon, lat } = columns;
  const placing = placingOf(ground, { file, rows, column: zone, lon, lat });
  const { totals, left } = readOver;
  if (placing === null) {
    const zones = zone === null && lon !== null && lat !== null ? ('undrawn' as const) : ('unnamed' as const);
    return { zoneOf: () => '', inputs: [], told: { totals, left, zones, outside: [], secret: [] } };
  }
  const secret = new Set([...new Set(rows.map(nameOf))].filter((name) => ground.isSecret(name)));
  const outside = new Set(rows.filter((row) => placing.zoneOf(row) === NO_ZONE).map(({ site }) => site));
  return {
    zoneOf: (row) => (secret.has(nameOf(row)) ? NO_ZONE : placing.zoneOf(row)),
    inputs: [...placing.inputs, ...withheldInput(secret)],
    told: { totals, left, zones: placing.by, outside: [...outside], secret: [...secret].sort() },
  };
}

/** The Living Planet Database writes Otis_tarda. */
const nameOf = ({ species }: SpeciesRow): string => species.replaceAll('_', ' ');

/** What was withheld decides on the figures: it belongs to the run, by its digest alone. */
function withheldInput(secret: ReadonlySet<string>): LifeSheet['inputs'] {
  if (secret.size === 0) return [];
  return [{ href: 'sensitive species', digest: digestOf([...secret].sort().join('\n')) }];
}
