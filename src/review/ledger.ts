/**
 * The ledger of a reserve as data: which sums are planned or spent, for which years and from whom, and what may be added.
 */
import type { Money } from '../types.ts';

/** Where money comes from, in the order of the form. */
export const SOURCES = [
  'state-budget',
  'local-budget',
  'own-income',
  'domestic-grant',
  'international-grant',
  'special-fund',
  'in-kind',
  'other-source',
];

export type Measure = 'planned' | 'spent';

export const MEASURES: readonly Measure[] = ['planned', 'spent'];

/** Where a year, source and kind has a sum for all purposes, that sum alone. */
export function wholes(sums: Money[]): Money[] {
  return [...Map.groupBy(sums, lineOf).values()].flatMap((of) => {
    const whole = of.filter(({ classes }) => classes.includes('all-purposes'));
    return whole.length > 0 ? whole : of;
  });
}

/** Lines whose parts come to more than what stands for all purposes. */
export function excesses(sums: Money[]): { whole: Money[]; parts: Money[] }[] {
  return [...Map.groupBy(sums, lineOf).values()]
    .map((of) => {
      const whole = of.filter(({ classes }) => classes.includes('all-purposes'));
      return { whole, parts: of.filter((sum) => !whole.includes(sum)) };
    })
    .filter(({ whole, parts }) => whole.length > 0 && total(parts) > total(whole));
}

function lineOf(sum: Money): string {
  return [yearOf(sum), sourceOf(sum), sum.kind, sum.currency].join('|');
}

/** A plan, an account, or neither: what others promised or paid out. */
export function measureOf({ kind }: Money): Measure | null {
  return kind === 'budget' ? 'planned' : kind === 'expenditure' ? 'spent' : null;
}

/** Who the money comes from, or `null`. */
export function sourceOf({ classes }: Money): string | null {
  return SOURCES.find((source) => classes.includes(source)) ?? null;
}

/** The last year that a sum is for, or `null`. */
export function yearOf(sum: Money): string | null {
  return yearsOf(sum).at(-1) ?? null;
}

/** The calendar years that a sum is for. */
export function yearsOf({ period }: Money): string[] {
  if (period === null) return [];
  const first = Number(period.start.slice(0, 4));
  const last = new Date(Date.parse(`${period.end}T00:00Z`) - 86_400_000).getUTCFullYear();
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, i) => String(first + i));
}

/** The sum of sums in one currency. */
export function total(sums: Money[]): number {
  return sums.reduce((sum, { value }) => sum + value, 0);
}
