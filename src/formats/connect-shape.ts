/** Parts of replies as they must be: a source that answers otherwise than it used to is told by the name of the field. */
import { Problem } from '../problems.ts';
import type { Period, Position } from '../types.ts';

/** A value of a source, with its row: where it stands in the reply. */
export interface ConnectedValue {
  period: Period;
  value: number | null;
  low: number | null;
  high: number | null;
  /** Whether the source doubts it, or says that it is estimated or modelled. */
  note: string | null;
  row: string;
  text: string;
}

export interface ConnectedSeries {
  /** As the source calls it. */
  code: string;
  title: string;
  /** UCUM where the source tells one that is known; else as it writes it. */
  unit: string | null;
  /** Where the values are of a point: that of its grid, if told. */
  place: { name: string; point: Position } | null;
  values: ConnectedValue[];
  /** Rows that were left out: other breakdowns, and what is no value. */
  skipped: number;
}

export type Fields = Record<string, unknown>;

export function shapeProblem(source: string, field: string, found: unknown, expected: string): Problem {
  const text = found === undefined ? '–' : (JSON.stringify(found) ?? String(found));
  return new Problem('connect-shape', { source, field, found: text.slice(0, 60), expected });
}

/** @throws Problem `connect-shape` */
export function fieldsAt(source: string, given: unknown, field: string): Fields {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Fields;
  throw shapeProblem(source, field, given, '{ … }');
}

/** @throws Problem `connect-shape` */
export function listAt(source: string, given: unknown, field: string): unknown[] {
  if (Array.isArray(given)) return given as unknown[];
  throw shapeProblem(source, field, given, '[ … ]');
}

/** @throws Problem `connect-shape` */
export function textAt(source: string, given: unknown, field: string): string {
  if (typeof given === 'string') return given;
  throw shapeProblem(source, field, given, '"…"');
}

/** A number, also as text with a comma; `null` for what is said to be missing: `null`, blank, `NaN`, the fill. @throws Problem `connect-shape` */
export function valueAt(source: string, given: unknown, field: string, fill: number | null = null): number | null {
  if (given === null || given === undefined || given === '' || /^(nan|n\/a|null|\.\.)$/i.test(String(given))) return null;
  const number =
    typeof given === 'number' ? given : typeof given === 'string' ? Number(given.trim().replace(',', '.')) : Number.NaN;
  if (!Number.isFinite(number)) throw shapeProblem(source, field, given, '1.5, null');
  return number === fill ? null : number;
}

export function yearPeriod(year: number): Period {
  return { start: `${year}-01-01`, end: `${year + 1}-01-01` };
}

/** A day of `2020-01-31` or `20200131`. @throws Problem `connect-shape` */
export function dayPeriod(source: string, given: unknown, field: string): Period {
  const found = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(String(given));
  const at = found === null ? Number.NaN : Date.parse(`${found[1]}-${found[2]}-${found[3]}T00:00:00Z`);
  if (Number.isNaN(at)) throw shapeProblem(source, field, given, '20200131');
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return { start: iso(at), end: iso(at + 86_400_000) };
}

export function madeValue(
  period: Period,
  value: number | null,
  row: string,
  text: unknown,
  more: Partial<ConnectedValue> = {},
): ConnectedValue {
  return { period, value, low: null, high: null, note: null, row, text: String(text ?? ''), ...more };
}
