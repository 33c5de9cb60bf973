/**
 * Reading the cells of a table row, so that each fault is told with file, line, field, what was found and what would do.
 *
 *     const cells = cellsOf(file, row, problems);
 *     const kind = cells.oneOf('kind', ['core', 'buffer', 'transition']);
 */

import { periodOf } from '../periods.ts';
import { Problem } from '../problems.ts';
import type { Lang, LocalText, Period } from '../types.ts';
import { isUnit } from '../units.ts';
import type { CsvRow } from './csv.ts';

export interface Cells {
  text(field: string): string | null;
  required(field: string): string;
  oneOf<const T extends string>(field: string, choices: readonly T[]): T;
  number(field: string): number | null;
  year(field: string): number | null;
  period(field: string): Period | null;
  unit(field: string): string;
  yes(field: string): boolean;
  list(field: string): string[];
  local(prefix: string): LocalText;
  /** Tells a fault that the reader of a row has found. */
  wrong(field: string, found: string, expected: string): void;
}

/** Readers for one row; what is wrong is added to `problems` and read as if it were absent. */
export function cellsOf(file: string, row: CsvRow, problems: Problem[]): Cells {
  const text = (field: string): string | null => {
    const value = row.values[field];
    return value === undefined || value === '' ? null : value;
  };
  const wrong = (field: string, found: string, expected: string): void => {
    problems.push(new Problem('cell-wrong', { file, line: String(row.line), field, found, expected }));
  };
  const required = (field: string): string => {
    const value = text(field);
    if (value === null) problems.push(new Problem('cell-missing', { file, line: String(row.line), field }));
    return value ?? '';
  };
  const number = (field: string): number | null => {
    const found = text(field);
    if (found === null) return null;
    if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(found)) return Number(found);
    wrong(field, found, '1234.5');
    return null;
  };
  return {
    text,
    required,
    number,
    wrong,
    oneOf<const T extends string>(field: string, choices: readonly T[]): T {
      const found = required(field);
      if (found !== '' && !(choices as readonly string[]).includes(found)) wrong(field, found, choices.join(', '));
      return found as T;
    },
    year(field) {
      const year = number(field);
      if (year !== null && !(Number.isInteger(year) && year >= 1850 && year <= 2200)) wrong(field, String(year), '2012');
      return year;
    },
    period(field) {
      const found = text(field);
      if (found === null) return null;
      const period = periodOf(found);
      if (period === null) wrong(field, found, '2012, 2012-06, 2012-06-30, 2012/2016');
      return period;
    },
    unit(field) {
      const found = required(field);
      if (found !== '' && !isUnit(found)) wrong(field, found, 'har, km2, m, deg, %, {person}, [USD] …');
      return found;
    },
    yes(field) {
      const found = text(field);
      if (found !== null && found !== 'yes' && found !== 'no') wrong(field, found, 'yes, no');
      return found === 'yes';
    },
    list: (field) =>
      (text(field) ?? '')
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    local(prefix) {
      const languages: Lang[] = ['en', 'ru', 'kk', 'tr'];
      const entries = languages.flatMap((lang) => {
        const value = text(`${prefix}_${lang}`);
        return value === null ? [] : [[lang, value] as const];
      });
      if (entries.length === 0)
        problems.push(new Problem('cell-missing', { file, line: String(row.line), field: `${prefix}_en` }));
      return Object.fromEntries(entries);
    },
  };
}
