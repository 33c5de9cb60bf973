/**
 * The cells of a CSV table as they stand, with spaces around them taken away and told: elsewhere they are dropped in silence.
 */
import { parse } from 'csv-parse/sync';
import { Problem } from '../problems.ts';
import type { IssueLists } from './import-issue.ts';
import { decodeText, guessEncoding } from './text.ts';
import type { Bytes } from './zip.ts';

export function readCsvCells(file: Bytes, issues: IssueLists): { header: string[]; cells: { row: number; values: string[] }[] } {
  const encoding = guessEncoding([file.bytes]);
  if (encoding !== 'ascii' && encoding !== 'utf-8') issues.add('warning', 'xml-encoding', { file: file.name, found: encoding });
  const text = decodeText(file.bytes, encoding === 'ascii' ? 'utf-8' : encoding).replace(/^\uFEFF/, '');
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = [',', ';', '\t'].reduce((best, d) => (firstLine.split(d).length > firstLine.split(best).length ? d : best));
  let records: string[][];
  try {
    records = parse(text, { delimiter, relaxColumnCount: true });
  } catch (error) {
    const { lines } = error as { lines?: number };
    throw new Problem(
      'table-broken',
      { file: file.name, line: String(lines ?? '?'), found: (error as Error).message },
      { cause: error },
    );
  }
  const [first, ...rest] = records;
  if (first === undefined || first.join('').trim() === '') throw new Problem('table-empty', { file: file.name });
  const header = first.map((name, i) => trimmed(name, 1, first[i] ?? ''));
  function trimmed(cell: string, row: number, field: string): string {
    const plain = cell.trim();
    if (plain !== cell) issues.add('warning', 'open-sdg-spaces', { file: file.name, row, field: field.trim(), found: cell });
    return plain;
  }
  const cells = rest.flatMap((record, i) =>
    record.join('').trim() === '' ? [] : [{ row: i + 2, values: record.map((cell, j) => trimmed(cell, i + 2, header[j] ?? '')) }],
  );
  return { header, cells };
}
