/**
 * Levels and volumes of a lake that cannot both be true: between two levels the volume grows by the area of the water there, no more and no
 * less.
 *
 *     impossibleVolumes([{ level: 40.42, volume: 18.5 }, { level: 42, volume: 27 }], curve)
 *     // [{ one: 0, other: 1, area: 5380, least: 2600, most: 3400 }]: 8.5 km3 on 1.58 m ask for 5,380 km2, the lake has about 3,000
 *
 * dV = A(h) dh is geometry, not a method; the curve is where it comes from. Levels and volumes come rounded, so the bounds do, too.
 */

export interface LevelVolume {
  /** [m] */
  level: number;
  /** [km3] */
  volume: number;
}

export interface LevelArea {
  /** [m] */
  level: number;
  /** [km2] */
  area: number;
}

export interface ImpossiblePair {
  /** Indices of the two rows, the lower level first. */
  one: number;
  other: number;
  /** Mean area that the two ask for [km2], and the bounds that the curve gives. */
  area: number;
  least: number;
  most: number;
}

export interface VolumeBounds {
  /** Error of a level [m]. */
  levelError?: number;
  /** Error of a volume [km3]. */
  volumeError?: number;
  /** Part by which areas of the curve may be off. */
  areaError?: number;
  /** Levels closer than this are not compared [m]. */
  apart?: number;
}

/** Levels of decimetres, volumes of tenths, areas of satellites within a tenth. */
const DEFAULTS: Required<VolumeBounds> = { levelError: 0.05, volumeError: 0.1, areaError: 0.1, apart: 0.5 };

/**
 * Pairs of neighbouring levels whose volumes ask for an area that the curve does not have between them.
 * @param rows level [m] and volume [km3] of one lake in one height system, in any order
 * @param curve level [m] and area [km2]; outside of it nothing can be said, and nothing is
 */
export function impossibleVolumes(
  rows: readonly LevelVolume[],
  curve: readonly LevelArea[],
  bounds: VolumeBounds = {},
): ImpossiblePair[] {
  const { levelError, volumeError, areaError, apart } = { ...DEFAULTS, ...bounds };
  const sorted = rows.map((_, i) => i).sort((a, b) => (rows[a]?.level ?? 0) - (rows[b]?.level ?? 0));
  const found: ImpossiblePair[] = [];
  for (const [k, i] of sorted.entries()) {
    const low = rows[i];
    const next = sorted.slice(k + 1).find((j) => (rows[j]?.level ?? 0) - (low?.level ?? 0) >= apart);
    const high = rows[next ?? -1];
    if (low === undefined || high === undefined || next === undefined) continue;
    const between = areasBetween(curve, low.level, high.level);
    if (between === null) continue;
    const [rise, gain] = [high.level - low.level, high.volume - low.volume];
    const slack = (2 * volumeError * 1e3) / rise; // km3 / m = 1000 km2
    const least = Math.max(0, (between.least * (1 - areaError) * (rise - 2 * levelError)) / rise - slack);
    const most = (between.most * (1 + areaError) * (rise + 2 * levelError)) / rise + slack;
    const area = (gain * 1e3) / rise;
    if (area < least || area > most) found.push({ one: i, other: next, area, least, most });
  }
  return found;
}

/** The smallest and largest area from level `from` to `to`; `null` where the curve does not reach. */
function areasBetween(curve: readonly LevelArea[], from: number, to: number): { least: number; most: number } | null {
  const sorted = curve.toSorted((a, b) => a.level - b.level);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined || from < first.level || to > last.level) return null;
  const inside = sorted.filter(({ level }) => level > from && level < to).map(({ area }) => area);
  const areas = [areaAt(sorted, from), ...inside, areaAt(sorted, to)];
  return { least: Math.min(...areas), most: Math.max(...areas) };
}

function areaAt(sorted: readonly LevelArea[], level: number): number {
  const above = sorted.findIndex((one) => one.level >= level);
  const [a, b] = [sorted[above - 1], sorted[above]];
  if (b === undefined) return Number.NaN;
  if (a === undefined || b.level === a.level) return b.area;
  return a.area + ((b.area - a.area) * (level - a.level)) / (b.level - a.level);
}
