/**
 * Plain tables of counts and lists of species, as reserves keep them: site x year, year x site, one count a row, SMART's exports, or names alone.
 * Columns are told by their titles in four languages; a blank is never a zero.
 *
 *     const { tables, chronicle } = await readCountTables(readSource('saiga.xlsx'), issues);
 *     tables[0]   // { species: 'Saiga tatarica', rows: [{ line: 2, site: 'Kulandy', year: 2015, count: 120, … }, …] }
 */
import type { LifeRecord, RecordFlag } from '../life-types.ts';
import { recordDate } from '../science/coordinate-quality-date.ts';
import { type ChronicleRow, readChronicle } from './chronicle.ts';
import { countOf, yearOf } from './count-table-cells.ts';
import { degreesOf, vernacularOf } from './darwin-core-record.ts';
import type { IssueLists } from './import-issue.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import type { Sheet, SheetFile, SheetRow } from './spreadsheet-cells.ts';

export interface CountRow {
  /** Row of the sheet. */
  line: number;
  species: string;
  site: string | null;
  /** ISO 8601 days, end excluded. */
  start: string | null;
  end: string | null;
  /** `null` where nobody counted. */
  count: number | null;
  place: [lon: number, lat: number] | null;
  flags: RecordFlag[];
}

export interface CountTable {
  sheet: string;
  kind: 'site-year' | 'list' | 'long' | 'smart';
  rows: CountRow[];
}

/** Titles of columns, in the four languages and as SMART writes them. */
const TITLES = {
  species:
    /^(species|scientific ?name|latin|латинск|вид\b|виды|название вида|таксон|taxon|түр\b|түрі|tür\b|tür adı|name$|наименование)/iu,
  site: /^(site|plot|transect|location|station$|участок|пункт|место|маршрут|учётн|учетн|урочище|кордон|нүкте|учаске|орын|alan\b|nokta|yer\b)/iu,
  year: /^(year|год|жыл|yıl)$/iu,
  date: /^(date|дата|күні|tarih|waypoint date|observation date|eventdate)/iu,
  count: /^(count|number|n$|individuals|abundance|численность|число|количество|кол-во|особей|голов|саны|sayı|adet|birey)/iu,
  lon: /^(x|lon|longitude|долгота|бойлық|boylam|waypoint x)$/iu,
  lat: /^(y|lat|latitude|широта|ендік|enlem|waypoint y)$/iu,
} as const;
type Title = keyof typeof TITLES;

const SMART = /^(patrol id|waypoint id|observation category)/i;
const TOTAL = /^(итого|всего|сумма|total|sum|барлығы|жиыны|toplam)/iu;
const LATIN = /^[A-Z][a-z]{2,}( [a-z-]{3,}| sp\.| cf\.)/;

/** Tables of every sheet of a file; those with headers of several rows are chronicles. */
export async function readCountTables(
  file: SheetFile,
  issues: IssueLists,
): Promise<{ tables: CountTable[]; chronicle: ChronicleRow[]; skipped: Record<string, number> }> {
  const { sheets } = await readSpreadsheet(file);
  const skipped: Record<string, number> = {};
  const skip = (why: string): void => {
    skipped[why] = (skipped[why] ?? 0) + 1;
  };
  const tables: CountTable[] = [];
  const chronicle: ChronicleRow[] = [];
  for (const sheet of sheets) {
    if (sheet.hidden) {
      skip('hidden-sheet');
      continue;
    }
    const plain = plainTable(sheet, file.name, issues, skip);
    if (plain !== null) {
      tables.push(plain);
      continue;
    }
    const found = readChronicle(sheet, file.name, issues, skip);
    if (found.length === 0 && sheet.rows.some(({ cells }) => cells.some(({ kind }) => kind !== 'empty')) && sheet.name !== '')
      issues.add('warning', 'life-sheet-unread', { file: file.name, sheet: sheet.name });
    for (const row of found) chronicle.push(row);
  }
  return { tables, chronicle, skipped };
}

function plainTable(sheet: Sheet, file: string, issues: IssueLists, skip: (why: string) => void): CountTable | null {
  const [header, ...rows] = sheet.rows.filter(({ cells }) => cells.some(({ kind }) => kind !== 'empty'));
  if (header === undefined || header.cells.some(({ merged }) => merged !== null && merged.columns > 1)) return null;
  const at = (title: Title): number => header.cells.findIndex((cell) => TITLES[title].test(cell.text.trim()));
  const columns = Object.fromEntries(Object.keys(TITLES).map((title) => [title, at(title as Title)])) as Record<Title, number>;
  const years = header.cells.flatMap((cell, column) =>
    yearOf(cell.text) === null ? [] : [{ column, year: yearOf(cell.text) as number }],
  );
  const smart = header.cells.some((cell) => SMART.test(cell.text));
  const body = rows.filter((row) => {
    const total = row.cells.some((cell, i) => i < 3 && TOTAL.test(cell.text.trim()));
    if (total) skip('total');
    return !total;
  });
  const read = (row: SheetRow, column: number): string => row.cells[column]?.text.trim() ?? '';
  const where = (row: SheetRow, field: string): Record<string, string> => ({
    file: sheet.name === '' ? file : `${file}/${sheet.name}`,
    line: String(row.number),
    field,
  });
  if (years.length >= 2 && (columns.site >= 0 || columns.species >= 0 || LATIN.test(read(body[0] as SheetRow, 0)))) {
    const named = columns.species >= 0 ? columns.species : columns.site >= 0 ? -1 : 0;
    const made = body.flatMap((row) =>
      years.map(({ column, year }): CountRow => {
        const flags: RecordFlag[] = [];
        const count = countOf(row.cells[column], flags, () =>
          issues.add('error', 'cell-wrong', { ...where(row, String(year)), found: read(row, column), expected: '0, 12, 340' }),
        );
        return {
          line: row.number,
          species: named < 0 ? sheet.name : read(row, named),
          site: columns.site < 0 ? null : read(row, columns.site),
          ...yearSpan(year),
          count,
          place: null,
          flags,
        };
      }),
    );
    return { sheet: sheet.name, kind: 'site-year', rows: made };
  }
  const sites =
    columns.year === 0 && columns.count < 0 && columns.species < 0
      ? header.cells.slice(1).map((cell, i) => ({ column: i + 1, site: cell.text.trim() }))
      : [];
  if (sites.length > 0) {
    const made = body.flatMap((row) =>
      sites.flatMap(({ column, site }): CountRow[] => {
        const year = yearOf(read(row, 0));
        if (year === null || site === '') return [];
        const flags: RecordFlag[] = [];
        const count = countOf(row.cells[column], flags, () =>
          issues.add('error', 'cell-wrong', { ...where(row, site), found: read(row, column), expected: '0, 12, 340' }),
        );
        return [{ line: row.number, species: sheet.name, site, ...yearSpan(year), count, place: null, flags }];
      }),
    );
    return { sheet: sheet.name, kind: 'site-year', rows: made };
  }
  if (columns.species < 0) return null;
  const long = columns.count >= 0 || columns.year >= 0 || columns.date >= 0;
  const made = body.flatMap((row): CountRow[] => {
    const species = read(row, columns.species);
    if (species === '') {
      skip('no-name');
      return [];
    }
    const flags: RecordFlag[] = [];
    const date = recordDate(read(row, columns.date), { year: read(row, columns.year) });
    if (columns.date >= 0 || columns.year >= 0) flags.push(...date.rules);
    const count =
      columns.count < 0
        ? null
        : countOf(row.cells[columns.count], flags, () =>
            issues.add('error', 'cell-wrong', {
              ...where(row, read(header, columns.count)),
              found: read(row, columns.count),
              expected: '0, 12, 340',
            }),
          );
    const [lon, lat] = [degreesOf(read(row, columns.lon)), degreesOf(read(row, columns.lat))];
    const placed = lon !== null && lat !== null && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    if (columns.lon >= 0 && !placed) flags.push(read(row, columns.lon) === '' ? 'coordinates-missing' : 'coordinates-unreadable');
    return [
      {
        line: row.number,
        species,
        site: columns.site < 0 ? null : read(row, columns.site),
        start: date.start,
        end: date.end,
        count,
        place: placed ? [lon, lat] : null,
        flags,
      },
    ];
  });
  if (made.length === 0) return null;
  return { sheet: sheet.name, kind: smart ? 'smart' : long ? 'long' : 'list', rows: made };
}

function yearSpan(year: number): { start: string; end: string } {
  return { start: `${year}-01-01`, end: `${year + 1}-01-01` };
}

/** Rows of tables as records; places that are only named stay names. */
export function* countRecords(tables: readonly CountTable[], file: string): Generator<LifeRecord> {
  for (const { sheet, rows, kind } of tables)
    for (const row of rows) {
      if (kind === 'site-year' && row.count === null) continue; // nobody counted: no record
      const latin = LATIN.test(row.species) || /^[A-Z][a-z]+$/.test(row.species);
      yield {
        row: `${file}${sheet === '' ? '' : `/${sheet}`}:${row.line}`,
        id: null,
        name: row.species,
        author: null,
        rank: null,
        kingdom: null,
        vernacular: latin ? {} : vernacularOf(row.species),
        place: row.place,
        period: row.start === null || row.end === null ? null : { start: row.start, end: row.end },
        uncertaintyM: null,
        count: row.count,
        basis: 'HumanObservation',
        recordedBy: null,
        country: null,
        dataset: null,
        licence: null,
        fields: row.site === null ? {} : { locality: row.site },
        flags: row.count === 0 ? [...row.flags, 'absent'] : row.flags,
      };
    }
}
