/** Every indicator of sources of several kinds, by the name that `--indicator` gives it. */
import type { Id } from '../types.ts';
import { drought } from './drought.ts';
import { population } from './population.ts';
import { pressure } from './pressure.ts';
import type { SourceIndicator } from './source-indicator.ts';

export const sourceIndicators: readonly SourceIndicator[] = [drought, population, pressure];

/** The indicator `id`, or `null`. */
export function sourceIndicator(id: Id): SourceIndicator | null {
  return sourceIndicators.find((indicator) => indicator.id === id) ?? null;
}
