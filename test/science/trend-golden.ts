/** What other programs find for the same series: `test/golden/trend`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

export type Series = (number | null)[];

/** As pymannkendall names it. */
export interface Found {
  p: number | null;
  z: number | null;
  Tau: number;
  s: number;
  var_s: number;
  slope: number;
  intercept: number;
}

export interface Line {
  values: number[];
  times: number[];
  level: number;
  s: number;
  variance: number;
  z: number;
  p: number;
  slope: number;
  intercept: number;
  low: number | null;
  high: number | null;
}

interface Trend {
  series: { values: Series; tests: Record<string, Found> & { original: Found } }[];
  seasonal: { values: Series; period: number; independent: Found; correlated?: Found }[];
  regional: { series: number[][]; independent: Found; correlated: Found };
  exact: { without: { values: number[]; p: number }[]; within: { groups: number[]; s: number; p: number }[] };
  normal: { twoSided: [number, number][]; quantile: [number, number][] };
  discovery: { p: number[]; bh: number[]; by: number[] }[];
  contextual: {
    years: number;
    width: number;
    height: number;
    values: Series;
    expected: { cell: number; n: number; s: number; variance: number; p: number }[];
  };
}

interface R {
  analyte: { values: number[]; independent: Line; correlated: Line };
  nottem: { values: number[]; s: number; variance: number; z: number; p: number };
  acf: { values: Series; r: number[] };
  yuepilon: { values: number[]; memory: number; s: number; p: number };
  adjust: { p: number[]; BH: number[]; BY: number[] };
}

export interface Gimms {
  file: string;
  years: number;
  pixel: number;
  original: Found;
  trendFree: Found;
  hamedRao: Found;
  seasonal: Found;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'trend', name), 'utf8'));

export const golden = read('trend.json') as Trend;
export const r = read('r.json') as R;
export const lines = Object.entries(read('r.json') as Record<string, Line>)
  .filter(([name]) => name.startsWith('line'))
  .map(([, line]) => line);
export const gimms = read('gimms.json') as Gimms[];

/** `null` is missing. */
export const present = (values: Series): number[] => values.map((value) => value ?? Number.NaN);

/** The same to a few roundings of doubles; `null` and NaN are the same. */
export function close(found: number | undefined, expected: number | null | undefined, relative = 1e-12, absolute = 1e-14): void {
  const wanted = expected ?? Number.NaN;
  if (Number.isNaN(wanted)) expect(found).toBeNaN();
  else
    expect(Math.abs((found ?? Number.NaN) - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(
      absolute + relative * Math.abs(wanted),
    );
}
