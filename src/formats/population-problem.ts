/**
 * What is wrong with counts, in the language of the reader: the fault of the method with the file and the line that it stands in.
 */
import { Problem, type ProblemCode } from '../problems.ts';
import { PopulationFault } from '../science/population-cells.ts';
import type { PopulationRow } from './population-table.ts';

/** Codes of `PopulationFault`; each has a sentence. */
const CODES: Readonly<Record<string, ProblemCode>> = {
  'no-counts': 'population-no-counts',
  'nothing-found': 'population-nothing-found',
  year: 'population-year',
  years: 'population-years',
  month: 'population-month',
  classes: 'population-classes',
  class: 'population-class',
  twice: 'population-twice',
  count: 'population-count',
  weight: 'population-weight',
  'one-year': 'population-one-year',
  'changepoints-model': 'population-changepoints-model',
  'stepwise-model': 'population-stepwise-model',
  'serial-months': 'population-serial-months',
  changepoint: 'population-changepoint',
  'silent-year': 'population-silent-year',
  'silent-segment': 'population-silent-segment',
  'too-few': 'population-too-few',
  'not-estimable': 'population-not-estimable',
  'no-pairs': 'population-no-pairs',
  correlation: 'population-correlation',
};

/** Runs what may fault; its faults come as Problems that name file, line, site and year. @param label of the counts: the file, with species or zone */
export function withCounts<T>(label: string, rows: readonly PopulationRow[], run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof PopulationFault) throw countProblem(label, rows, error);
    throw error;
  }
}

/** The problem of a fault. */
export function countProblem(label: string, rows: readonly PopulationRow[], { fault, message }: PopulationFault): Problem {
  const { code, site, year, month, field, found } = fault;
  const known = CODES[code];
  if (!known) throw new Error(`no sentence for the fault ${code}: ${message}`);
  const own = rows.filter(
    (row) => row.site === site && (year === undefined || row.year === year) && (month === undefined || row.month === month),
  );
  // Of two rows for one cell the second is at fault.
  const at = code === 'twice' ? own[1] : own[0];
  // Rows of several sheets share their numbers.
  const lineOf = (row: PopulationRow | undefined): string =>
    row === undefined ? '–' : row.sheet === undefined ? String(row.line) : `${row.line} (${row.sheet})`;
  const years = rows.map((row) => row.year);
  return new Problem(known, {
    file: label,
    line: lineOf(at),
    first: lineOf(own[0]),
    site: site ?? '–',
    year: String(year ?? '–'),
    // A class is named with its covariate; without one, all sites are meant.
    of: field === undefined ? '–' : field,
    found: found ?? '–',
    from: String(years.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)),
    to: String(years.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)),
  });
}
