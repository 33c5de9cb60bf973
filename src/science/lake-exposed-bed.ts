/**
 * The bed that a lake has left: the area it once covered less the area it covers now.
 *
 *     exposedBed([67_499], 68_900)                 // { value: 1401, low: null, high: null, sources: 1 }
 *     exposedBed([7_297, 7_660, 7_900], 68_900)    // between 61,000 and 61,603: the sources differ
 *
 * Where several sources state an area for the same time, their mean is taken and the interval reaches from the least to the most: it tells
 * how far sources differ, not how likely a value is. A lake larger than before has exposed nothing.
 */

export interface ExposedBed {
  /** [unit of the areas] */
  value: number;
  low: number | null;
  high: number | null;
  sources: number;
}

/** @param areas what sources say the lake covers; @param reference what it once covered. @throws RangeError without areas or for one below 0 */
export function exposedBed(areas: readonly number[], reference: number): ExposedBed {
  if (areas.length === 0) throw new RangeError('no area of the lake is known');
  for (const area of [...areas, reference])
    if (!(area >= 0 && Number.isFinite(area))) throw new RangeError(`an area is a number from 0 up, not ${area}`);
  const left = (area: number): number => Math.max(0, reference - area);
  const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
  const several = areas.length > 1;
  return {
    value: left(mean),
    low: several ? left(Math.max(...areas)) : null,
    high: several ? left(Math.min(...areas)) : null,
    sources: areas.length,
  };
}
