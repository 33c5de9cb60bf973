/**
 * The files that a model refers to, read before anything is computed: CSV, also packed by gzip, workbooks, HDF5.
 *
 *     const grids = await readGrids(document, (url) => readSource(join(folder, url)));
 *     grids.get('flows.csv')
 */
import { createHash, getHashes } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { Problem } from '../problems.ts';
import { decodeUtf8 } from './csv.ts';
import { isJson, type Json, type PywrDocument } from './pywr-document.ts';
import type { Grid } from './pywr-frame.ts';
import type { SourceFile } from './source-node.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import type { Cell } from './spreadsheet-cells.ts';

/** Sheets by name; text has one without a name. */
export type Grids = Map<string, Map<string, Grid>>;

/** What a packed table may unpack to [bytes]. */
const LARGEST_TABLE = 1_000_000_000;

/** Every table that nodes, parameters, recorders and tables of `document` name by `url`. */
export async function readGrids(
  document: PywrDocument,
  beside: (url: string) => Pick<SourceFile, 'name' | 'bytes'>,
): Promise<Grids> {
  const found = new Map<string, Found>();
  for (const { name, data } of document.nodes) gather(data, `nodes.${name}`, found);
  for (const { name, data } of document.parameters) gather(data, `parameters.${name}`, found);
  for (const { name, data } of document.recorders) {
    const { url: _, ...inner } = data; // that of a recorder is where it would write
    gather(inner, `recorders.${name}`, found);
  }
  gather(document.tables, 'tables', found);
  const grids: Grids = new Map();
  for (const [url, { place, checksums }] of found) {
    const file = beside(url);
    const where = { file: document.file, place };
    for (const given of checksums) checkSums(file, given, where);
    grids.set(url, await gridsOf(file, where));
  }
  return grids;
}

interface Found {
  place: string;
  checksums: Json[];
}

function gather(value: unknown, place: string, found: Map<string, Found>): void {
  if (Array.isArray(value)) for (const [i, one] of value.entries()) gather(one, `${place}[${i}]`, found);
  else if (isJson(value)) {
    if (typeof value.url === 'string') {
      const own = found.get(value.url) ?? { place, checksums: [] };
      if (isJson(value.checksum)) own.checksums.push(value.checksum);
      found.set(value.url, own);
    }
    for (const [key, one] of Object.entries(value)) gather(one, `${place}.${key}`, found);
  }
}

/** @throws Problem `river-table` where a file is not the one that the model was made with. */
function checkSums(
  { name, bytes }: Pick<SourceFile, 'name' | 'bytes'>,
  given: Json,
  where: { file: string; place: string },
): void {
  for (const [algorithm, expected] of Object.entries(given)) {
    if (!getHashes().includes(algorithm.toLowerCase()))
      throw new Problem('river-field', { ...where, place: `${where.place}.checksum`, found: algorithm, expected: 'md5, sha256' });
    const found = createHash(algorithm.toLowerCase()).update(bytes).digest('hex');
    if (found !== String(expected).toLowerCase())
      throw new Problem('river-table', { ...where, found: `${name} ${algorithm} ${found}`, expected: String(expected) });
  }
}

async function gridsOf(
  file: Pick<SourceFile, 'name' | 'bytes'>,
  where: { file: string; place: string },
): Promise<Map<string, Grid>> {
  if (/\.(h5|hdf5?)$/i.test(file.name)) return (await import('./pywr-hdf5.ts')).readHdf5Tables(file);
  if (/\.(rds|rdata)$/i.test(file.name))
    throw new Problem('river-type', { ...where, found: file.name, expected: '.csv, .csv.gz, .xlsx, .xls, .ods, .h5' });
  if (/\.(xlsx?|xlsb|ods)$/i.test(file.name)) {
    const { sheets } = await readSpreadsheet(file);
    return new Map(sheets.map(({ name, rows }) => [name, rows.map(({ cells }) => cells.map(cellText))]));
  }
  const plain = file.bytes[0] === 0x1f && file.bytes[1] === 0x8b ? { name: file.name, bytes: await unpacked(file, where) } : file;
  return new Map([['', textGrid(plain)]]);
}

async function unpacked(file: Pick<SourceFile, 'name' | 'bytes'>, where: { file: string; place: string }): Promise<Uint8Array> {
  const { gunzipSync } = await import('node:zlib');
  try {
    return gunzipSync(file.bytes, { maxOutputLength: LARGEST_TABLE });
  } catch (error) {
    throw new Problem(
      'river-table',
      { ...where, found: `${file.name}: ${(error as Error).message}`, expected: '.gz' },
      { cause: error },
    );
  }
}

function textGrid(file: Pick<SourceFile, 'name' | 'bytes'>): Grid {
  const text = decodeUtf8(file);
  const first = text.slice(0, text.search(/\r\n?|\n|$/));
  const delimiter = [',', ';', '\t'].reduce((best, d) => (first.split(d).length > first.split(best).length ? d : best));
  // without quotes nothing is hidden from a split, which takes a twentieth of the time
  if (!text.includes('"'))
    return text
      .split(/\r\n?|\n/)
      .filter((line) => line !== '')
      .map((line) => line.split(delimiter));
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true }) as Grid;
  } catch (error) {
    throw new Problem('table-broken', { file: file.name, line: '?', found: (error as Error).message }, { cause: error });
  }
}

const cellText = ({ kind, value, text }: Cell): string => (kind === 'number' || kind === 'date' ? String(value) : text.trim());
