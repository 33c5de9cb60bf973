/** Values of options of `saryarka water crop`, `drought` and `trend`, or what would do. */
import { Problem } from '../problems.ts';

/** One of several words. @throws Problem `choice-wrong` */
export function chosen<T extends string>(field: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new Problem('choice-wrong', { field, found: text, expected: choices.join(', ') });
  return found;
}

/** A number between two. @throws Problem `choice-wrong` */
export function amountIn(
  field: string,
  text: string,
  low: number,
  high: number,
  { whole = false }: { whole?: boolean } = {},
): number {
  const value = Number(text.replace(',', '.'));
  if (text.trim() === '' || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
    throw new Problem('choice-wrong', { field, found: text, expected: `${low} – ${high}` });
  return value;
}

/** Above 0, up to 1. */
export const partIn = (field: string, text: string): number => amountIn(field, text, 0.01, 1);

/** A day as 2013-04-23. */
export function dateIn(field: string, text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new Problem('choice-wrong', { field, found: text, expected: '2024-04-20' });
  return text;
}
