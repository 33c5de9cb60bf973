/**
 * What a kept trend comes to, by its interval: the class of a population or of many species, the verdict on a measure.
 *
 *     verdictOf({ indicator: 'population-trend', value: 1.08, low: 1.02, high: 1.14 })   // 'moderate-increase'
 */
import { type TrendClass, trendClass } from '../science/population-trend.ts';
import type { Observation } from '../types.ts';

export type Verdict = TrendClass | 'increase' | 'decline' | 'rose' | 'fell' | 'no-sign';

/** Indicators that are the trend of a series, with that series. */
export const TRENDS = {
  'population-trend': 'population-index',
  'species-trend': 'species-index',
  'occupancy-trend': 'occupancy',
} as const;

/** Of a trend or an effect; `null` where there is no value, and of anything else. */
export function verdictOf({
  indicator,
  value,
  low,
  high,
}: Pick<Observation, 'indicator' | 'value' | 'low' | 'high'>): Verdict | null {
  if (value === null) return null;
  const [from, to] = [low ?? Number.NaN, high ?? Number.NaN];
  if (indicator === 'population-trend' || indicator === 'species-trend') return trendClass(from, to);
  if (indicator === 'occupancy-trend') return from > 1 ? 'increase' : to < 1 ? 'decline' : 'uncertain';
  if (indicator === 'before-after-effect') return from > 1 ? 'rose' : to < 1 ? 'fell' : 'no-sign';
  return null;
}

/** The key of its words. */
export function verdictKey(verdict: Verdict): string {
  return verdict === 'rose' || verdict === 'fell' || verdict === 'no-sign'
    ? `life.trend.effect.verdict.${verdict}`
    : `life.trend.class.${verdict}`;
}
