/** Options that several commands share, checked. */

import { periodOf } from '../periods.ts';
import { Problem } from '../problems.ts';

/** The date given with `--today`, else the one of the clock (ISO 8601). */
export function todayOf(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString().slice(0, 10);
  return dateOf('--today', given);
}

/** @throws Problem `choice-wrong` for anything but a date. */
export function dateOf(field: string, given: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || periodOf(given) === null) {
    throw new Problem('choice-wrong', { field, found: given, expected: '2026-09-30' });
  }
  return given;
}

/** @throws Problem `choice-wrong` for anything but a port a user may open. */
export function portOf(given: string): number {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65535)
    throw new Problem('choice-wrong', { field: '--port', found: given, expected: '0 – 65535' });
  return port;
}
