/**
 * How the text of a table in a Darwin Core archive is written: what its description says, held against its first bytes. Descriptions that are wrong
 * are told and mended where the text leaves no doubt.
 *
 *     const { delimiter, quote, encoding, header, width } = formatOf(table, 'occurrence.txt', bytes, issues);
 */
import { Problem } from '../problems.ts';
import type { CoreTable } from './darwin-core-meta.ts';
import { type RowFormat, rowReader } from './darwin-core-rows.ts';
import { isTerm, rowKind, rowTypeOf, termOf } from './darwin-core-terms.ts';
import type { IssueLists } from './import-issue.ts';
import { looksWide } from './spreadsheet-text.ts';
import { decodeText, encodingNamed, guessEncoding, isUtf8 } from './text.ts';

export interface TextFormat extends RowFormat {
  /** As `TextDecoder` or `decodeText` knows it. */
  encoding: string;
  /** Cells of the last line before the rows, `null` where there is none. */
  header: string[] | null;
  /** Columns of the header, else of the first row; 0 where the file is empty. */
  width: number;
}

/** Bytes by which a file is told. */
export const SAMPLE = 131_072;
const SEPARATORS = ['\t', ',', ';', '|'] as const;

/**
 * The format of one file of a table.
 * @throws Problem `dwca-column-missing` where the description names a column that the file does not have.
 */
export function formatOf(table: CoreTable, file: string, sample: Uint8Array, issues: IssueLists): TextFormat {
  const encoding = encodingOf(file, sample, table.encoding, issues);
  const text = decodeText(sample, encoding).replace(/^\uFEFF/, '');
  const newline = newlineOf(table.newline, text);
  const columns = Math.max(table.id ?? -1, ...table.fields.map(({ index }) => index ?? -1)) + 1;
  const delimiter = delimiterOf(table, { text, newline, columns, file }, issues);
  const rows = firstRows(text, { delimiter, quote: table.quote, newline }, table.skip + 1);
  const header = table.skip === 0 ? null : (rows[table.skip - 1] ?? null);
  const first = rows[table.skip] ?? [];
  const width = Math.max(header?.length ?? 0, first.length);
  if (width > 0 && width < columns) {
    const missing = table.fields.find(({ index }) => index !== null && index >= width);
    throw new Problem('dwca-column-missing', {
      file,
      line: String(header !== null && header.length >= first.length ? table.skip : table.skip + 1),
      field: missing?.term ?? 'id',
      found: width,
      expected: (missing?.index ?? table.id ?? 0) + 1,
    });
  }
  if (header !== null && header.length > 1) checkHeader(table, header, file, issues);
  // a comment above the rows is no header
  return {
    delimiter,
    quote: table.quote,
    newline,
    encoding,
    header,
    width: header !== null && header.length > 1 ? header.length : width,
  };
}

/**
 * A table without a description: its header has to name the terms.
 * @throws Problem `dwca-no-terms`
 */
export function tableOfHeader(file: string, sample: Uint8Array, issues: IssueLists): { table: CoreTable; format: TextFormat } {
  const encoding = encodingOf(file, sample, null, issues);
  const text = decodeText(sample, encoding).replace(/^\uFEFF/, '');
  const newline = newlineOf(null, text);
  const tries = SEPARATORS.map((delimiter) => {
    const header = firstRows(text, { delimiter, quote: '"', newline }, 1)[0] ?? [];
    return { delimiter, header, known: header.filter(isTerm).length };
  });
  const best = tries.toSorted((a, b) => b.known - a.known)[0];
  if (best === undefined || best.known < 1 || !best.header.map(termOf).some((term) => NAMING.has(term)))
    throw new Problem('dwca-no-terms', {
      file,
      line: '1',
      found: text
        .slice(0, 80)
        .replace(/[\r\n].*$/s, '')
        .replaceAll('\t', ' | '),
    });
  const { delimiter } = best;
  const terms = best.header.map(termOf);
  // GBIF writes no quotation marks around cells: those that are there are text
  const bare = delimiter === '\t' && terms.includes('gbifID') && !text.startsWith('"');
  const rowType = rowTypeOf(terms);
  const kind = rowKind(rowType);
  const table: CoreTable = {
    role: 'core',
    rowType,
    kind,
    files: [file],
    id: idColumn(terms, kind),
    fields: terms.map((term, index) => ({ term, uri: best.header[index] ?? term, index, fallback: null })),
    delimiter,
    quote: bare ? null : '"',
    newline: null,
    encoding,
    skip: 1,
    line: 1,
  };
  return { table, format: { delimiter, quote: table.quote, newline, encoding, header: best.header, width: best.header.length } };
}

/** Without one of these a header names nothing that could be told apart. */
const NAMING = new Set([
  'scientificName',
  'taxonID',
  'species',
  'occurrenceID',
  'eventID',
  'vernacularName',
  'catalogNumber',
  'taxonKey',
  'genus',
]);

function idColumn(terms: readonly string[], kind: CoreTable['kind']): number | null {
  const names = {
    occurrence: ['id', 'ID', 'gbifID', 'occurrenceID'],
    taxon: ['id', 'ID', 'taxonID'],
    event: ['id', 'eventID'],
    other: ['id'],
  }[kind];
  return names.map((name) => terms.indexOf(name)).find((index) => index >= 0) ?? null;
}

function encodingOf(file: string, sample: Uint8Array, declared: string | null, issues: IssueLists): string {
  const [a, b] = sample;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (sample.length >= 4 && looksWide(sample)) return sample[0] === 0 ? 'utf-16be' : 'utf-16le';
  const named = declared === null ? 'utf-8' : (encodingNamed(declared) ?? 'utf-8');
  const stated = named.startsWith('utf-16') ? 'utf-8' : named;
  if (stated !== 'utf-8' || isUtf8(sample)) return stated;
  const encoding = guessEncoding([sample]);
  issues.add('warning', 'dwca-encoding', { file, found: declared ?? 'UTF-8', expected: encoding });
  return encoding;
}

/** Files end their lines as their system does, whatever the description says. */
function newlineOf(declared: string | null, text: string): string {
  const own = declared?.at(-1) ?? '\n';
  if (own !== '\n' && own !== '\r') return own;
  return text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
}

/** The separator that is stated, unless the lines fall into as many columns as are needed only by another. */
function delimiterOf(
  table: CoreTable,
  { text, newline, columns, file }: { text: string; newline: string; columns: number; file: string },
  issues: IssueLists,
): string {
  const stated = table.delimiter ?? ',';
  const width = (delimiter: string): number =>
    Math.max(
      0,
      ...firstRows(text, { delimiter, quote: table.quote, newline }, table.skip + 2)
        .slice(-2)
        .map((row) => row.length),
    );
  if (columns < 2 || width(stated) > 1 || text === '') return stated;
  const fitting = SEPARATORS.filter((one) => one !== stated && width(one) >= columns);
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) return stated;
  const shown = (one: string): string => (one === '\t' ? 'tab' : one);
  issues.add('warning', 'dwca-delimiter', { file, found: shown(stated), expected: shown(only) });
  return only;
}

/** A header that names another described term than the description does has columns in another order. */
function checkHeader(table: CoreTable, header: readonly string[], file: string, issues: IssueLists): void {
  const described = new Set(table.fields.flatMap(({ term, index }) => (index === null ? [] : [term])));
  for (const { term, index } of table.fields) {
    const found = index === null ? '' : termOf(header[index] ?? '');
    if (index !== null && found !== term && isTerm(found) && described.has(found) && isTerm(term))
      issues.add('error', 'dwca-header-differs', {
        file,
        line: String(table.skip),
        field: term,
        found: header[index] ?? '',
        expected: index + 1,
      });
  }
}

function firstRows(text: string, format: RowFormat, count: number): string[][] {
  const rows: string[][] = [];
  const reader = rowReader(format, (cells) => {
    if (rows.length < count) rows.push(cells);
  });
  // one line more than is asked for, so that the last is whole; no more, as a sample is long
  reader.write(new TextEncoder().encode(text.slice(0, endOf(text, format.newline, count + 2))));
  reader.end();
  return rows;
}

function endOf(text: string, newline: string, lines: number): number {
  let at = -1;
  for (let i = 0; i < lines; i++) {
    at = text.indexOf(newline, at + 1);
    if (at === -1) return text.length;
  }
  return at + 1;
}
