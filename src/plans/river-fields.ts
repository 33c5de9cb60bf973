/**
 * What a part of a model was given, taken field by field: what is wrong is told with its place, and what nobody asked for is
 * counted, so that nothing is left out in silence.
 *
 *     const fields = fieldsOf(part.data, { file, place: 'nodes.Toktogul' });
 *     fields.number('max_volume', 0); fields.unread();   // ['spillway']
 */
import { isJson, type Json, shown } from '../formats/pywr-document.ts';
import type { Where } from '../formats/pywr-frame.ts';
import { Problem } from '../problems.ts';

export interface Fields {
  readonly where: Where;
  has(name: string): boolean;
  /** The value as it is; undefined where there is none, or `null`. */
  raw(name: string): unknown;
  /** @throws Problem `river-field` where it is not a number; without `otherwise` also where it is missing. */
  number(name: string, otherwise?: number): number;
  text(name: string, otherwise?: string): string;
  flag(name: string, otherwise: boolean): boolean;
  list(name: string): unknown[];
  numbers(name: string): number[];
  /** Names of all that there is. */
  names(): string[];
  fail(name: string, expected: string): Problem;
  /** Names of fields that were not asked for. */
  unread(): string[];
}

/** Fields of every part that are for drawing or reading, not for computing. */
const SHOWN_ONLY = new Set([
  'comment',
  'position',
  'color',
  'colour',
  'visible',
  'tags',
  'name',
  'type',
  'domain',
  'is_objective',
  'epsilon',
  'is_variable',
]);

/** Fields of bounds for an optimiser around the model. */
const FOR_SEARCH = /^(lower_bounds|upper_bounds|variable_.*|.*_(lower|upper)_bounds|constraint_(lower|upper)_bounds)$/;

export function fieldsOf(data: Json, where: Where): Fields {
  const seen = new Set<string>();
  const raw = (name: string): unknown => {
    seen.add(name);
    const value = data[name];
    return value === null ? undefined : value;
  };
  const fail = (name: string, expected: string): Problem =>
    new Problem('river-field', { file: where.file, place: `${where.place}.${name}`, found: shown(data[name]), expected });
  const list = (name: string): unknown[] => {
    const value = raw(name);
    if (!Array.isArray(value)) throw fail(name, '[…]');
    return value;
  };
  return {
    where,
    has: (name) => data[name] !== undefined && data[name] !== null,
    raw,
    number(name, otherwise) {
      const value = raw(name) ?? otherwise;
      if (typeof value !== 'number' || Number.isNaN(value)) throw fail(name, '0.0');
      return value;
    },
    text(name, otherwise) {
      const value = raw(name) ?? otherwise;
      if (typeof value !== 'string') throw fail(name, '"…"');
      return value;
    },
    flag(name, otherwise) {
      const value = raw(name) ?? otherwise;
      if (typeof value !== 'boolean') throw fail(name, 'true, false');
      return value;
    },
    list,
    numbers: (name) =>
      list(name).map((value) => {
        if (typeof value !== 'number') throw fail(name, '[0.0, …]');
        return value;
      }),
    names: () => Object.keys(data),
    fail,
    unread: () => Object.keys(data).filter((name) => !seen.has(name) && !SHOWN_ONLY.has(name) && !FOR_SEARCH.test(name)),
  };
}

/** A list of numbers, of lists of numbers, or a number. @throws Problem `river-field`. */
export function numbersIn(value: unknown, where: Where): number[] {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) throw new Problem('river-field', { ...where, found: shown(value), expected: '[0.0, …]' });
  return value.flatMap((one) => numbersIn(one, where));
}

export { isJson, type Json, shown };
