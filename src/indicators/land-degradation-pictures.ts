/** Maps of land degradation: the indicator, its parts, and the status in seven classes. */
import type { AreaTable } from '../science/land-cover-areas.ts';
import type { Period } from '../types.ts';
import { type ClassesConfig, mappedParts, WATER_ON_MAP } from './land-degradation-kernels.ts';
import { type Painted, pictureOf, pictures } from './picture.ts';
import type { CodeMap, IndicatorPicture } from './raster-indicator.ts';

const WATER: Painted = { code: WATER_ON_MAP, class: 'water', color: '#a9cfe8' };

/** Blue for better and orange for worse are told apart whatever colours a reader sees. */
const THREE: readonly Painted[] = [
  { code: 1, class: 'improved', color: '#0b6e4f' },
  { code: 0, class: 'stable', color: '#f4f1e8' },
  { code: -1, class: 'degraded', color: '#d55e00' },
  WATER,
];

/** Persistent, recent and baseline, as the Addendum of 2025 to the Good Practice Guidance names them. */
const SEVEN: readonly Painted[] = [
  { code: 7, class: 'status-7', color: '#00441b' },
  { code: 6, class: 'status-6', color: '#1b9e77' },
  { code: 5, class: 'status-5', color: '#99d8c9' },
  { code: 4, class: 'status-4', color: '#f4f1e8' },
  { code: 3, class: 'status-3', color: '#fdcc8a' },
  { code: 2, class: 'status-2', color: '#e6762b' },
  { code: 1, class: 'status-1', color: '#7f2704' },
  WATER,
];

/** @param periods of the figures: the period, or baseline and period */
export function degradationPictures(
  maps: readonly CodeMap[],
  tables: readonly AreaTable[][],
  { periods, config }: { periods: readonly Period[]; config: Pick<ClassesConfig, 'periods' | 'soil'> },
): IndicatorPicture[] {
  const parts = mappedParts(config);
  const last = periods.length - 1;
  const three = parts.map(({ period, part }, m) => {
    const [map, span] = [maps[m], periods[period]];
    if (map === undefined || span === undefined) return null;
    const name = period < last ? 'degradation-baseline' : part === 'indicator' ? 'degradation' : `degradation-${part}`;
    return pictureOf({ name, period: span, map, tables, classes: THREE });
  });
  const [status, span] = [maps[parts.length], periods[last]];
  const seven =
    status === undefined || span === undefined
      ? null
      : pictureOf({ name: 'degradation-status', period: span, map: status, tables, classes: SEVEN });
  return pictures(...three.slice(0, 1), seven, ...three.slice(1));
}
