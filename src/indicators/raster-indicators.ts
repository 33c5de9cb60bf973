/** Every indicator that is computed of rasters, by the name that `--indicator` gives it. */
import type { Id } from '../types.ts';
import { burnedArea } from './burned-area.ts';
import { ecosystemIntactness } from './ecosystem-intactness.ts';
import { ecosystemMosaic } from './ecosystem-mosaic.ts';
import { greenness } from './greenness.ts';
import { landCover } from './land-cover.ts';
import { landDegradation } from './land-degradation.ts';
import type { RasterIndicator } from './raster-indicator.ts';
import { snowCover } from './snow-cover.ts';
import { surfaceWater } from './surface-water.ts';

export const rasterIndicators: readonly RasterIndicator[] = [
  burnedArea,
  ecosystemIntactness,
  ecosystemMosaic,
  greenness,
  landCover,
  landDegradation,
  snowCover,
  surfaceWater,
];

/** The indicator `id`, or `null`. */
export function rasterIndicator(id: Id): RasterIndicator | null {
  return rasterIndicators.find((indicator) => indicator.id === id) ?? null;
}
