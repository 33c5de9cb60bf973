/**
 * The indicator of a zone: which part of its land is degraded, and how far what is not known could move that.
 *
 *     const table = newAreaTable(degradationClasses(), classIndex([1, 2, 3, 4, 5, 6, 7]));   // indicator x land cover at the start
 *     addClassSpan(table, indicator, landCover, 0, 512, pixelArea);
 *     degradedShare(table, { exclude: [7] })         // { share: 0.21, low: 0.21, high: 0.24, degraded, … }
 *
 * Land that is not known stays in the denominator, as a part of its own; it is never counted as stable.
 *
 * @see Sims et al. 2021, Good Practice Guidance, SDG Indicator 15.3.1, version 2.0, UNCCD, ISBN 978-92-95118-28-7
 */
import { type AreaTable, areaOf, type ClassIndex, classIndex, FEW_PIXELS, type Place, pixelsOf } from './land-cover-areas.ts';

/** The proportion of land that is degraded. Areas in the unit of the table. */
export interface DegradedShare {
  /** degraded / land; NaN where there is no land. */
  share: number;
  /** The share if nothing of the unknown land were degraded, and if all of it were: low is the share itself. */
  low: number;
  high: number;
  degraded: number;
  stable: number;
  improved: number;
  unknown: number;
  /** All land: the four together. */
  land: number;
  /** What was left out as no land, such as water. */
  excluded: number;
  pixels: number;
  /** Whether the land is so few pixels that the share is coarse. */
  coarse: boolean;
}

/** The classes -1, 0, 1 as rows of a table. */
export function degradationClasses(): ClassIndex {
  return classIndex([-1, 0, 1]);
}

/** The seven classes of status as rows of a table. */
export function statusClasses(): ClassIndex {
  return classIndex([1, 2, 3, 4, 5, 6, 7]);
}

/**
 * Share of degraded land.
 * @param table rows -1, 0, 1; columns land cover at the start, or one column
 * @param options `exclude`: columns that are no land, such as [7] for water. A table of one column excludes nothing.
 */
export function degradedShare(
  table: AreaTable,
  { exclude = [], few = FEW_PIXELS }: { exclude?: readonly number[]; few?: number } = {},
): DegradedShare {
  const columns: Place[] = [...table.columns.filter((code) => !exclude.includes(code)), 'nodata', 'unlisted'];
  const absent = exclude.find((code) => !table.columns.includes(code));
  if (absent !== undefined)
    throw new RangeError(`no column of class ${absent} to leave out in a table of ${table.columns.join(', ')}`);
  const sum = (places: readonly Place[], of: typeof areaOf): number =>
    places.reduce<number>((all, row) => all + columns.reduce<number>((part, column) => part + of(table, row, column), 0), 0);
  const unknownPlaces = ['nodata', 'unlisted'] as const;
  const degraded = sum([-1], areaOf);
  const stable = sum([0], areaOf);
  const improved = sum([1], areaOf);
  const unknown = sum(unknownPlaces, areaOf);
  const land = degraded + stable + improved + unknown;
  const rows: Place[] = [-1, 0, 1, ...unknownPlaces];
  const excluded = rows.reduce<number>(
    (all, row) => all + exclude.reduce((part, column) => part + areaOf(table, row, column), 0),
    0,
  );
  const pixels = sum(rows, pixelsOf);
  return {
    share: degraded / land,
    low: degraded / land,
    high: (degraded + unknown) / land,
    degraded,
    stable,
    improved,
    unknown,
    land,
    excluded,
    pixels,
    coarse: pixels < few,
  };
}

/** Whether land degradation neutrality is kept: change of the degraded area against the baseline. */
export interface Neutrality {
  /** Degraded area now less that of the baseline. */
  change: number;
  /** The same as part of the land of the baseline. */
  changeOfShare: number;
  /** `kept` when it did not grow. `unknown` when what is not known could turn the answer. */
  target: 'kept' | 'missed' | 'unknown';
}

/**
 * The target of neutrality: no more degraded land than in the baseline.
 * @see Orr et al. 2017, Scientific Conceptual Framework for Land Degradation Neutrality, UNCCD, ISBN 978-92-95110-41-0
 */
export function landNeutrality(baseline: DegradedShare, now: DegradedShare): Neutrality {
  const change = now.degraded - baseline.degraded;
  const least = now.degraded - (baseline.degraded + baseline.unknown);
  const most = now.degraded + now.unknown - baseline.degraded;
  const target = most <= 0 ? 'kept' : least > 0 ? 'missed' : 'unknown';
  return { change, changeOfShare: now.share - baseline.share, target };
}
