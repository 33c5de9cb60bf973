/**
 * The bed of a lake as a grid of heights: how far water gets at each level, and what area and volume it has there.
 *
 *     const { flood, spill } = floodLevels(bed, { width, height });      // level at which water from the deepest place reaches a cell
 *     const rows = bedRows(bed, flood, cellArea, levelsUpTo(spill));     // for lakeCurve
 *     frustumRows([{ level: 40, area: 2800 }, { level: 42, area: 3300 }])  // where only the areas within contours are known
 *
 * Water spreads from the deepest cell over the lowest way (side by side, not over corners): a hollow behind a sill is dry until the sill
 * is. Beyond the level at which it would leave the grid, or reach cells whose height is not known, nothing is said.
 * @see Barnes, Lehman & Mulla 2014, Priority-flood, Comput. Geosci. 62, 117-127, doi 10.1016/j.cageo.2013.04.024
 */
import { type CurveRow, KM3_PER_M_KM2 } from './lake-curve.ts';
import { newHeap, raise, takeLowest } from './min-heap.ts';

/** How far the shore is from a place at some levels. */
export interface BedPlace {
  name: string;
  lon: number;
  lat: number;
  /** By rising level [m]: kilometres from the place to the nearest shore; 0 where the place is under water. */
  distances: { level: number; km: number }[];
}

export interface Flood {
  /** Of each cell: the lowest level at which water from the deepest cell covers it [m]; `NaN` where its height is not known. */
  flood: Float64Array;
  /** The deepest height [m], and the level at which water would leave what is known. */
  deepest: number;
  spill: number;
}

/**
 * The lowest way to every cell, as the height of its highest place.
 * @param bed heights [m], row-major, `height` × `width`; `NaN` where nothing is known
 * @param from the cell that water spreads from; the deepest one unless told
 * @throws RangeError for a length that does not fit, or where no height is known
 */
export function floodLevels(bed: Float64Array, { width, height, from }: { width: number; height: number; from?: number }): Flood {
  const cells = width * height;
  if (bed.length !== cells) throw new RangeError(`a bed of ${height} × ${width} cells has ${cells} heights, not ${bed.length}`);
  let start = from ?? -1;
  for (let i = 0; from === undefined && i < cells; i++)
    if (!Number.isNaN(bed[i] as number) && (start === -1 || (bed[i] as number) < (bed[start] as number))) start = i;
  if (start === -1 || Number.isNaN(bed[start] ?? Number.NaN)) throw new RangeError('no height of the bed is known');
  const flood = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
  const queue = newHeap(cells);
  flood[start] = bed[start] as number;
  raise(queue, start, flood);
  let spill = Number.POSITIVE_INFINITY;
  while (queue.length > 0) {
    const cell = takeLowest(queue, flood);
    const level = flood[cell] as number;
    const [row, column] = [Math.floor(cell / width), cell % width];
    for (const [r, c] of [
      [row - 1, column],
      [row + 1, column],
      [row, column - 1],
      [row, column + 1],
    ] as const) {
      const next = r * width + c;
      if (r < 0 || r >= height || c < 0 || c >= width || Number.isNaN(bed[next] as number)) {
        spill = Math.min(spill, level);
        continue;
      }
      const reached = Math.max(level, bed[next] as number);
      if (reached >= (flood[next] as number)) continue;
      flood[next] = reached;
      raise(queue, next, flood);
    }
  }
  for (let i = 0; i < cells; i++) if (!Number.isFinite(flood[i] as number)) flood[i] = Number.NaN;
  return { flood, deepest: bed[start] as number, spill };
}

/** Area [km2] and volume [km3] of the water at each level [m]; `cellArea` of a cell [m2]. */
export function bedRows(
  bed: Float64Array,
  flood: Float64Array,
  cellArea: (cell: number) => number,
  levels: readonly number[],
): CurveRow[] {
  const sorted = levels.toSorted((a, b) => a - b);
  // of the cells that a level is the first to cover: their area, and area times height
  const [area, moment] = [new Float64Array(sorted.length), new Float64Array(sorted.length)];
  for (let cell = 0; cell < bed.length; cell++) {
    const at = flood[cell] as number;
    const first = firstAbove(sorted, at);
    if (first === sorted.length) continue;
    const own = cellArea(cell);
    area[first] = (area[first] as number) + own;
    moment[first] = (moment[first] as number) + own * (bed[cell] as number);
  }
  let [wet, below] = [0, 0];
  return sorted.map((level, i) => {
    wet += area[i] as number;
    below += moment[i] as number;
    return { level, area: wet / 1e6, volume: Math.max(0, (level * wet - below) / 1e9) };
  });
}

/** Place of the first level that is not below `at`; their number where all are, or where it is not known. */
function firstAbove(levels: readonly number[], at: number): number {
  if (Number.isNaN(at)) return levels.length;
  let [low, high] = [0, levels.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((levels[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Volumes between the areas within contours, as slices of a cone: h (A1 + A2 + sqrt(A1 A2)) / 3, from nothing below the lowest.
 * The lowest row has volume 0: what lies below it is not known, and stands in no difference.
 * @see Taube 2000, Instructions for winter lake mapping, Manual of Fisheries Survey Methods II, ch. 12: the formula
 */
export function frustumRows(contours: readonly { level: number; area: number }[]): CurveRow[] {
  let volume = 0;
  return contours
    .toSorted((a, b) => a.level - b.level)
    .map(({ level, area }, i, all) => {
      const before = all[i - 1];
      if (before !== undefined)
        volume += ((level - before.level) * (before.area + area + Math.sqrt(before.area * area)) * KM3_PER_M_KM2) / 3;
      return { level, area, volume };
    });
}

/** Kilometres from a place to the shore at a level, on straight lines between the levels known. @throws RangeError beyond them */
export function distanceAt({ name, distances }: BedPlace, level: number): number {
  const [first, last] = [distances[0], distances.at(-1)];
  if (first === undefined || last === undefined || !(level >= first.level && level <= last.level))
    throw new RangeError(`${name}: distances are known from ${first?.level} to ${last?.level} m, not at ${level} m`);
  const i = distances.findIndex((one) => one.level >= level);
  const [above, below] = [distances[i] as { level: number; km: number }, distances[i - 1]];
  if (below === undefined || above.level === level) return above.km;
  return below.km + ((above.km - below.km) * (level - below.level)) / (above.level - below.level);
}
