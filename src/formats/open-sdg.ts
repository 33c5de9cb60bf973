/**
 * Open SDG indicator files: CSV whose first column is `Year` and whose last is `Value`, with one column for each breakdown between;
 * an empty cell of a breakdown is its total. One file is one indicator (`indicator_15-1-2.csv`).
 *
 *     const { indicator, rows, breakdowns, issues } = readOpenSdg(file);
 *     rows[0]    // { year: '2013', value: 6.01, by: {}, unit: null, series: null, row: 2 }
 *     writeOpenSdg(rows)
 *
 * Reference: open-sdg/sdg-build, its data schema and tests; Open SDG documentation, "Data format".
 */
import { type IssueLists, issueLists } from './import-issue.ts';
import { readCsvCells } from './open-sdg-cells.ts';
import { csvLine } from './sdmx-csv-writer.ts';
import type { Bytes } from './zip.ts';

export interface OpenSdgRow {
  /** A year, or the period as the file writes it (`2013-14`). */
  year: string;
  /** `null` where the file has no number: a blank is not a zero. */
  value: number | null;
  /** Value of each breakdown that this row has; none for the total. */
  by: Record<string, string>;
  /** Of the column `Units`. */
  unit: string | null;
  /** Of the column `Series`. */
  series: string | null;
  /** Of the column `GeoCode`. */
  geoCode: string | null;
  /** Observation attributes and footnotes, by column. */
  attributes: Record<string, string>;
  /** Row of the file, 1 for the header. */
  row: number;
}

export interface OpenSdgTable {
  /** `15.1.2` by the name of the file; `null` where that says none. */
  indicator: string | null;
  /** Columns of breakdowns in their order. */
  breakdowns: string[];
  rows: OpenSdgRow[];
  /** Rows that could not be taken. */
  skipped: number;
  issues: IssueLists;
}

/** Columns that are neither breakdown nor value, in sdg-build's words. */
const SPECIAL = { Units: 'unit', Series: 'series', GeoCode: 'geoCode' } as const;
const ATTRIBUTE = /^(Observation status|Unit multiplier|Unit measure|OBS_STATUS|UNIT_MULT|UNIT_MEASURE|COMMENT_OBS|COMMENT_TS)$/i;

/**
 * The rows of an Open SDG file. Spaces around cells, which break other readers, are taken away and said.
 * @throws Problem `table-empty`, `table-broken`, `text-encoding`.
 */
export function readOpenSdg(file: Bytes): OpenSdgTable {
  const issues = issueLists();
  const { header, cells } = readCsvCells(file, issues);
  const yearAt = header.findIndex((name) => /^year$/i.test(name));
  const valueAt = header.findLastIndex((name) => /^value$/i.test(name));
  if (yearAt !== 0 || valueAt !== header.length - 1)
    issues.add(yearAt === -1 || valueAt === -1 ? 'critical' : 'error', 'open-sdg-header', {
      file: file.name,
      first: header[0] ?? '',
      last: header.at(-1) ?? '',
    });
  const between = header.filter((name, i) => i !== yearAt && i !== valueAt && !(name in SPECIAL) && !ATTRIBUTE.test(name));
  const table: OpenSdgTable = { indicator: indicatorOf(file.name), breakdowns: between, rows: [], skipped: 0, issues };
  if (yearAt === -1 || valueAt === -1) return { ...table, skipped: cells.length };
  const seen = new Map<string, number>();
  for (const { row, values } of cells) {
    const taken = rowOf(values, header, { row, yearAt, valueAt, file: file.name }, issues);
    if (taken === null) {
      table.skipped += 1;
      continue;
    }
    const key = JSON.stringify([taken.year, taken.unit, taken.series, taken.by]);
    const before = seen.get(key);
    if (before !== undefined) issues.add('warning', 'open-sdg-twice', { file: file.name, row, first: before });
    else seen.set(key, row);
    table.rows.push(taken);
  }
  return table;
}

function rowOf(
  values: string[],
  header: string[],
  at: { row: number; yearAt: number; valueAt: number; file: string },
  issues: IssueLists,
): OpenSdgRow | null {
  const { row, yearAt, valueAt, file } = at;
  const year = values[yearAt] ?? '';
  if (!/^\d{4}(\D.*)?$/.test(year)) {
    issues.add('critical', 'open-sdg-value', { file, row, field: header[yearAt] ?? '', found: year, expected: '2015' });
    return null;
  }
  const written = values[valueAt] ?? '';
  const number = /^[+-]?(\d+([.,]\d+)?|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written.replace(',', '.')) : null;
  if (number === null && written !== '')
    issues.add('error', 'open-sdg-value', { file, row, field: header[valueAt] ?? '', found: written, expected: '6.01' });
  const taken: OpenSdgRow = { year, value: number, by: {}, unit: null, series: null, geoCode: null, attributes: {}, row };
  for (const [i, name] of header.entries()) {
    const value = values[i] ?? '';
    if (i === yearAt || i === valueAt || value === '') continue;
    const special = SPECIAL[name as keyof typeof SPECIAL];
    if (special !== undefined) taken[special] = value;
    else if (ATTRIBUTE.test(name)) taken.attributes[name] = value;
    else taken.by[name] = value;
  }
  return taken;
}

/** `indicator_15-1-2.csv` and `15-1-2.csv` are 15.1.2. */
function indicatorOf(name: string): string | null {
  const [, goal, target, number] = /(?:^|[/\\_])(\d{1,2})[-.]([\da-z]{1,2})[-.](\d{1,2}[a-z]?)\.csv$/i.exec(name) ?? [];
  return goal === undefined ? null : `${goal}.${target?.toLowerCase()}.${number}`;
}

/** Rows as an Open SDG file: `Year`, `Units` and `Series` where any row has them, breakdowns, `GeoCode`, attributes, `Value`. */
export function writeOpenSdg(rows: readonly Omit<OpenSdgRow, 'row'>[], breakdowns?: readonly string[]): string {
  const present = (of: (row: Omit<OpenSdgRow, 'row'>) => object): string[] => [
    ...new Set(rows.flatMap((row) => Object.keys(of(row)))),
  ];
  const between = [...(breakdowns ?? present(({ by }) => by))];
  const attributes = present((row) => row.attributes);
  const has = (key: 'unit' | 'series' | 'geoCode'): boolean => rows.some((row) => row[key] !== null);
  const header = [
    'Year',
    ...(has('series') ? ['Series'] : []),
    ...(has('unit') ? ['Units'] : []),
    ...between,
    ...(has('geoCode') ? ['GeoCode'] : []),
    ...attributes,
    'Value',
  ];
  const lines = rows.map((row) => [
    row.year,
    ...(has('series') ? [row.series ?? ''] : []),
    ...(has('unit') ? [row.unit ?? ''] : []),
    ...between.map((name) => row.by[name] ?? ''),
    ...(has('geoCode') ? [row.geoCode ?? ''] : []),
    ...attributes.map((name) => row.attributes[name] ?? ''),
    row.value === null ? '' : String(row.value),
  ]);
  return [header, ...lines].map((line) => `${csvLine(line)}\n`).join('');
}
