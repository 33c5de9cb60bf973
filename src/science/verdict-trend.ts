/**
 * Whether figures rise or fall as a sentence says: Mann-Kendall for whether, Theil and Sen for how fast.
 * @see Mann 1945, doi 10.2307/1907187; Sen 1968, doi 10.1080/01621459.1968.10480934
 */
import { dateOf } from './claim-expression-functions.ts';
import type { ClaimValue, Quantity } from './claim-expression-types.ts';
import { mannKendall } from './mann-kendall.ts';
import { theilSen } from './theil-sen.ts';
import type { Finding } from './verdict-types.ts';

/** p below which a trend is believed. */
export const TREND_P = 0.05;

/** Fewest values that can show a trend at 5 % (with four, p is 0.083 at best). */
export const FEWEST = 5;

const DIRECTIONS: Readonly<Record<string, 1 | -1 | 0>> = { rising: 1, falling: -1, steady: 0 };
const YEAR = 365.2425 * 86_400_000;

/** Judges `rising`, `falling` or `steady` by figures with times. Fewer than five show a direction, not a trend. */
export function judgeTrend(value: ClaimValue, claimed: string | undefined): Finding {
  const direction = DIRECTIONS[claimed?.trim() ?? ''];
  if (direction === undefined) return { is: 'not-verifiable', reason: 'nothing-claimed' };
  const items = value.kind === 'list' ? value.items : [value];
  const found = items.filter((item): item is Quantity => item.kind === 'quantity' && item.at !== undefined);
  const sorted = found.map((item) => ({ ...item, time: timeOf(item) })).sort((a, b) => a.time - b.time);
  const [values, times] = [sorted.map((item) => item.value), sorted.map(({ time }) => time)];
  if (values.length < 2) return { is: 'not-verifiable', reason: 'missing', missing: ['two figures with times'] };
  if (new Set(times).size < times.length)
    return { is: 'not-verifiable', reason: 'undecided', differing: ['several figures of one time'] };
  const { p } = mannKendall(values);
  const { slope } = theilSen(values, { times });
  const trend = { n: values.length, p, slope };
  const sign = Math.sign(slope);
  if (values.length < FEWEST) {
    const steps = values.slice(1).map((later, i) => Math.sign(later - (values[i] as number)));
    if (direction !== 0 && steps.every((step) => step === direction))
      return { is: 'supported-with-context', reason: 'trend-short', trend };
    if (direction !== 0 && steps.every((step) => step === -direction))
      return { is: 'contradicted', reason: 'trend-opposite', trend };
    return { is: 'not-verifiable', reason: 'trend-short', trend };
  }
  const certain = p < TREND_P && sign !== 0;
  if (direction === 0)
    return certain
      ? { is: 'contradicted', reason: 'trend-significant', trend }
      : { is: 'supported-with-context', reason: 'trend-open', trend };
  if (!certain) return { is: 'not-verifiable', reason: 'trend-open', trend };
  return sign === direction
    ? { is: 'supported', reason: 'trend-significant', trend }
    : { is: 'contradicted', reason: 'trend-opposite', trend };
}

/** The middle of the time of a figure [years]. */
function timeOf(item: Quantity): number {
  const { start, end } = dateOf({ value: item, span: { at: 0, length: 0 } });
  return (Date.parse(start) + Date.parse(end)) / 2 / YEAR;
}
