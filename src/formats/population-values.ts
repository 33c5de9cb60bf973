/**
 * Values of populations by year, of which a Living Planet Index is made: tables with the columns of the Living Planet Database, or
 * counts, of which each site of a species is a population.
 *
 *     const { values, columns } = await readPopulationValues(readSource('lpd.csv'));    // [{ species: 'Otis tarda', id: '17', year: 2001, value: 40, … }]
 */
import { Problem, Problems } from '../problems.ts';
import { cellsOf } from './cells.ts';
import { readSheetTables, type SheetTable, type SheetTables } from './population-sheets.ts';
import { otherColumn, readPopulationFile } from './population-table.ts';
import type { SourceFile } from './source-node.ts';

export interface PopulationValue {
  line: number;
  species: string;
  id: string;
  year: number;
  value: number;
  /** Other columns, as they stand. */
  other: Record<string, string>;
}

export interface PopulationValues {
  values: PopulationValue[];
  /** Columns of zones and of places, where there are any. */
  columns: Record<'zone' | 'lon' | 'lat', string | null>;
  /** Lines that only add up others, and sheets that were not read. */
  totals: number[];
  left: SheetTables['left'];
}

/** Whether a row names the columns of the Living Planet Database. */
export const isOfDatabase = (header: readonly string[]): boolean => header.some((name) => name.toLowerCase() === 'popvalue');

/** @throws Problem `columns-missing`; Problems, one for each cell at fault and each value that is there twice; those of `readPopulationFile` */
export async function readPopulationValues(source: SourceFile): Promise<PopulationValues> {
  const { tables, left } = await readSheetTables(source, isOfDatabase);
  const table = tables[0] as SheetTable;
  const found = isOfDatabase(table.header) ? { ...ofDatabase(table), totals: [], left } : await ofCounts(source);
  const problems: Problem[] = [];
  for (const list of Map.groupBy(found.values, ({ species, id }) => JSON.stringify([species, id])).values()) {
    const sorted = list.toSorted((a, b) => a.year - b.year);
    for (const [i, one] of sorted.entries())
      if (i > 0 && one.year === sorted[i - 1]?.year)
        problems.push(
          new Problem('population-twice', {
            ...{ file: table.name, line: String(one.line), first: String(sorted[i - 1]?.line) },
            ...{ site: one.id, year: String(one.year) },
          }),
        );
  }
  if (problems.length > 0) throw new Problems(problems);
  return found;
}

/** Binomial, ID, year, popvalue: the columns of the Living Planet Database. */
function ofDatabase({ name: file, header, rows }: SheetTable): Pick<PopulationValues, 'values' | 'columns'> {
  const names = new Map(header.map((name) => [name.toLowerCase(), name]));
  const missing = ['binomial', 'id', 'year'].filter((name) => !names.has(name));
  if (missing.length > 0)
    throw new Problem('columns-missing', {
      file,
      missing: missing.join(', '),
      found: header.join(', '),
      expected: 'Binomial, ID, year, popvalue',
    });
  const problems: Problem[] = [];
  const field = (name: string): string => names.get(name) as string;
  const values = rows.flatMap((row): PopulationValue[] => {
    if (/^(na|nan|null)?$/i.test(row.values[field('popvalue')] ?? '')) return [];
    const cells = cellsOf(file, row, problems);
    const value = cells.number(field('popvalue'));
    if (value !== null && value < 0) cells.wrong(field('popvalue'), String(value), '0 …');
    return [
      {
        line: row.line,
        species: cells.required(field('binomial')),
        id: cells.required(field('id')),
        year: cells.year(field('year')) ?? 0,
        value: value ?? 0,
        other: row.values,
      },
    ];
  });
  if (problems.length > 0) throw new Problems(problems);
  return { values, columns: placeColumns({ others: header }) };
}

/** The columns of a table that say where something was. */
export const placeColumns = (table: { others: string[] }): PopulationValues['columns'] => ({
  zone: otherColumn(table, 'zone'),
  lon: otherColumn(table, 'lon'),
  lat: otherColumn(table, 'lat'),
});

/** A table of counts: each site of a species is a population. */
async function ofCounts(source: SourceFile): Promise<PopulationValues> {
  const table = await readPopulationFile(source);
  const values = table.rows.flatMap(({ line, species, site, year, count, other }) =>
    count === null ? [] : [{ line, species: species ?? source.name, id: site, year, value: count, other }],
  );
  return { values, columns: placeColumns(table), totals: table.totals, left: table.left };
}
