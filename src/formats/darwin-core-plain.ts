/**
 * Rows of a plain table with a header, by the names of its columns, one after another: tables of Camtrap DP, iNaturalist, occurrence cubes.
 *
 *     await readPlain(container, 'observations.csv', issues, (get, line) => get('scientificName'));
 */
import { Problem } from '../problems.ts';
import { type DarwinCoreArchive, readRows } from './darwin-core.ts';
import { type Container, firstBytes } from './darwin-core-container.ts';
import { formatOf, SAMPLE } from './darwin-core-format.ts';
import type { CoreTable } from './darwin-core-meta.ts';
import { rowReader } from './darwin-core-rows.ts';
import type { IssueLists } from './import-issue.ts';

/** The value of a column, empty where there is none. */
export type Get = (column: string) => string;

/** Names of the columns of a table, in lower case. @throws Problem `table-empty` */
export async function plainHeader(container: Container, file: string): Promise<string[]> {
  const sample = await firstBytes(container, file, SAMPLE);
  const header = headerOf(sample);
  if (header.length === 0) throw new Problem('table-empty', { file });
  return header.map((name) => name.trim().toLowerCase());
}

/** Rows of a table; returns how many there are. @throws Problem `table-empty` */
export async function readPlain(
  container: Container,
  file: string,
  issues: IssueLists,
  onRow: (get: Get, line: number) => void,
): Promise<{ rows: number; columns: string[] }> {
  const sample = await firstBytes(container, file, SAMPLE);
  const header = headerOf(sample);
  if (header.length === 0) throw new Problem('table-empty', { file });
  const columns = header.map((name) => name.trim().toLowerCase());
  const table: CoreTable = {
    role: 'core',
    rowType: '',
    kind: 'other',
    files: [file],
    id: null,
    fields: columns.map((term, index) => ({ term, uri: term, index, fallback: null })),
    delimiter: delimiterOf(sample),
    quote: '"',
    newline: null,
    encoding: null,
    skip: 1,
    line: 1,
  };
  const archive: Pick<DarwinCoreArchive, 'container' | 'formats' | 'issues'> = {
    container,
    issues,
    formats: new Map([[table, new Map([[file, formatOf(table, file, sample, issues)]])]]),
  };
  const at = new Map(columns.map((name, i) => [name, i]));
  let row: string[] = [];
  const get: Get = (column) => row[at.get(column.toLowerCase()) ?? -1] ?? '';
  const { rows } = await readRows(archive, table, columns, (values, line) => {
    row = values;
    onRow(get, line);
  });
  return { rows, columns };
}

function headerOf(sample: Uint8Array): string[] {
  const delimiter = delimiterOf(sample);
  let header: string[] | null = null;
  const text = new TextDecoder(sample[0] === 0xff ? 'utf-16le' : 'utf-8').decode(sample);
  const line = text.slice(0, Math.max(text.search(/\r?\n|\r/), 0) || text.length);
  const reader = rowReader({ delimiter, quote: '"', newline: '\n' }, (cells) => {
    header ??= cells;
  });
  reader.write(new TextEncoder().encode(line));
  reader.end();
  return header ?? [];
}

function delimiterOf(sample: Uint8Array): string {
  const text = new TextDecoder(sample[0] === 0xff ? 'utf-16le' : 'utf-8').decode(sample);
  const line = text.slice(0, Math.max(text.search(/\r|\n/), 0) || text.length).replace(/"[^"]*"/g, '');
  return ['\t', ';', ','].toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ',';
}
