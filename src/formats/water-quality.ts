/**
 * The rules of `science/series-quality.ts` for a variable, and what each point carries: marks of the file, rules that found it.
 *
 *     qualityOf(series).counts.jump
 */
import { type QualityReport, type QualityScale, seriesQuality } from '../science/series-quality.ts';
import { MARKS, type Mark, type SeriesPoint, type WaterSeries, type WaterVariable } from './water-series.ts';

/** Flows may be of any size and are never negative; heights and temperatures may be. */
const SCALES: Record<WaterVariable, QualityScale> = {
  'river-discharge': 'flow',
  inflow: 'flow',
  outflow: 'flow',
  'river-level': 'level',
  'lake-level': 'level',
  'air-temperature': 'level',
  'lake-area': 'amount',
  'lake-volume': 'amount',
  'lake-precipitation': 'amount',
  'lake-evaporation': 'amount',
  salinity: 'amount',
  precipitation: 'amount',
  evaporation: 'amount',
};

export function scaleOf(variable: WaterVariable): QualityScale {
  return SCALES[variable];
}

export function qualityOf({ variable, interval, points }: Pick<WaterSeries, 'variable' | 'interval' | 'points'>): QualityReport {
  return seriesQuality(
    points.map(({ period, value }) => ({ ...period, value })),
    { interval, scale: scaleOf(variable) },
  );
}

/** How many points carry each mark. */
export function marksOf(points: readonly SeriesPoint[]): Record<Mark, number> {
  const counts = Object.fromEntries(MARKS.map((mark) => [mark, 0])) as Record<Mark, number>;
  for (const { marks } of points) for (const mark of marks) counts[mark] += 1;
  return counts;
}
