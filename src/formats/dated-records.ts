/**
 * Tables of records with their days, as occupancy is told of: plain ones, and those with the terms of Darwin Core.
 *
 *     const { records } = await readDatedRecords(readSource('records.csv'));   // [{ species: 'Otis tarda', site: 'A', date: '2019-05-01', … }]
 */
import { Problem, Problems } from '../problems.ts';
import type { OccurrenceRecord } from '../science/occupancy-trend.ts';
import { cellsOf } from './cells.ts';
import { readSheetTables, type SheetTable, type SheetTables } from './population-sheets.ts';
import type { SourceFile } from './source-node.ts';

/** What a column may be called. */
const NAMES = {
  species: ['species', 'scientificname', 'вид', 'түр', 'tür'],
  site: ['site', 'locationid', 'locality', 'участок', 'бөлікше', 'учаске', 'alan'],
  date: ['date', 'eventdate', 'дата', 'күні', 'tarih'],
  zone: ['zone', 'зона', 'аймақ', 'bölge'],
  lon: ['lon', 'longitude', 'decimallongitude', 'долгота', 'бойлық', 'boylam'],
  lat: ['lat', 'latitude', 'decimallatitude', 'широта', 'ендік', 'enlem'],
} as const;

export interface DatedRecords {
  /** With the sheet, where there are sheets. */
  name: string;
  records: (OccurrenceRecord & { line: number; other: Record<string, string> })[];
  /** Columns of zones and of places, where there are any. */
  columns: Record<'zone' | 'lon' | 'lat', string | null>;
  /** Sheets that were not read: those without the columns, and those after the first that has them. */
  left: (SheetTables['left'][number] | { sheet: string; because: 'further' })[];
}

/** @throws Problem `columns-missing`, Problems with one for each cell at fault */
export async function readDatedRecords(source: SourceFile): Promise<DatedRecords> {
  const { tables, left } = await readSheetTables(source, (header) =>
    (['species', 'site', 'date'] as const).every((known) => columnOf(header, known) !== null),
  );
  const { name, header, rows } = tables[0] as SheetTable;
  const [species, site, date] = [columnOf(header, 'species'), columnOf(header, 'site'), columnOf(header, 'date')];
  if (species === null || site === null || date === null)
    throw new Problem('columns-missing', {
      file: name,
      missing: (['species', 'site', 'date'] as const).filter((known) => columnOf(header, known) === null).join(', '),
      found: header.join(', '),
      expected: 'species, site, date; scientificName, locality, eventDate',
    });
  const problems: Problem[] = [];
  const records = rows.map((row) => {
    const cells = cellsOf(name, row, problems);
    const day = cells.required(date);
    const year = /^(\d{4})-\d{2}-\d{2}/.exec(day)?.[1];
    if (day !== '' && year === undefined) cells.wrong(date, day, '2019-05-14');
    return {
      ...{ line: row.line, other: row.values, species: cells.required(species), site: cells.required(site) },
      ...{ date: day.slice(0, 10), year: Number(year ?? 0) },
    };
  });
  if (problems.length > 0) throw new Problems(problems);
  const columns = { zone: columnOf(header, 'zone'), lon: columnOf(header, 'lon'), lat: columnOf(header, 'lat') };
  const further = tables.slice(1).map(({ sheet }) => ({ sheet, because: 'further' as const }));
  return { name, records, columns, left: [...left, ...further] };
}

const columnOf = (header: readonly string[], known: keyof typeof NAMES): string | null =>
  header.find((name) => (NAMES[known] as readonly string[]).includes(name.trim().toLowerCase())) ?? null;
