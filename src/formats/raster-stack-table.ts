/**
 * Dates of rasters by a table, for files whose names do not tell them.
 *
 *     const dates = readDateTable(readSource('dates.csv'));   // rows: { file: 'a.tif', band: null, date: { start: … } }[]
 */
import { periodOf } from '../periods.ts';
import { Problem } from '../problems.ts';
import { readCsv } from './csv.ts';
import type { DateTable } from './raster-stack.ts';
import type { SourceFile } from './source-node.ts';

/**
 * A table of dates: columns `file`, `date` and, where a file has several bands, `band` (from 1).
 * @throws Problem `stack-table-columns`, `stack-table-value`, or those of `readCsv`.
 */
export function readDateTable(file: Pick<SourceFile, 'name' | 'bytes'>): DateTable {
  const { header, rows } = readCsv(file);
  if (!header.includes('file') || !header.includes('date')) {
    throw new Problem('stack-table-columns', { file: file.name, found: header.join(', ') });
  }
  return {
    name: file.name,
    rows: rows.map(({ line, values }) => {
      const { file: raster = '', band = '', date: text = '' } = values;
      const wrong = (field: string, found: string): Problem =>
        new Problem('stack-table-value', { file: file.name, row: String(line), field, found: found || '–' });
      const date = periodOf(text);
      if (raster === '') throw wrong('file', raster);
      if (date === null) throw wrong('date', text);
      if (band !== '' && !/^[1-9]\d*$/.test(band)) throw wrong('band', band);
      return { line, file: raster, band: band === '' ? null : Number(band) - 1, date };
    }),
  };
}
