/**
 * Crop coefficients after FAO-56: what a crop without want of water evaporates, against the grass reference.
 *
 *     climateAdjusted(1.2, { wind: 4.6, lowestHumidity: 44, height: 2 })                       // 1.296: FAO-56, example 27
 *     stageCoefficient(40, { initial: 25, development: 25, middle: 30, late: 20 }, [0.15, 1.14, 0.25])   // 0.744: example 28
 *
 * @see Allen, Pereira, Raes & Smith 1998, Crop evapotranspiration, FAO Irrigation and Drainage Paper 56, ISBN 92-5-104219-5; equations
 * below by their numbers there
 */

/** Lengths of the four stages [d]. */
export interface CropStages {
  initial: number;
  development: number;
  middle: number;
  late: number;
}

/** Coefficients [1] of the initial stage, the middle, and the end. */
export type StageCoefficients = readonly [initial: number, middle: number, end: number];

/** What the tables of coefficients hold for: a wind of 2 m/s and a least humidity of 45 %, at other values they are moved. */
export interface CropClimate {
  /** Mean wind 2 m above the ground over the stage [m/s]; held within 1 to 6. */
  wind: number;
  /** Mean of the least relative humidity of the day over the stage [%]; held within 20 to 80. */
  lowestHumidity: number;
  /** Mean height of the crop in the stage [m]. */
  height: number;
}

/** Coefficients below it are not adjusted to the climate: FAO-56, after eqs. 62, 65 and 70. */
export const ADJUSTED_FROM = 0.45;

/** Least height a crop is reckoned with [m]. */
const LEAST_HEIGHT = 0.001;
/** Largest part of the ground that a crop covers, and least part that is bare and wet [1]; FAO-56, eqs. 75, 76. */
const MOST_COVER = 0.99;
const LEAST_BARE = 0.01;

/** A coefficient of the tables [1] at another wind and humidity; those below 0.45 stay. */
export function climateAdjusted(tabled: number, climate: CropClimate): number {
  return tabled < ADJUSTED_FROM ? tabled : tabled + climateTerm(climate); // eqs. 62, 65, 70
}

/** What wind and humidity add to a coefficient of the tables [1]. */
export function climateTerm({ wind, lowestHumidity, height }: CropClimate): number {
  const u2 = within(1, wind, 6);
  const humidity = within(20, lowestHumidity, 80);
  return (0.04 * (u2 - 2) - 0.004 * (humidity - 45)) * (height / 3) ** 0.3;
}

/**
 * Coefficient on a day of the season: level, straight to the middle's, level, straight to the end's; after the end it stays.
 * @param day since planting, the first being 0
 */
export function stageCoefficient(
  day: number,
  { initial, development, middle, late }: CropStages,
  [first, mid, end]: StageCoefficients,
): number {
  const full = initial + development;
  const ripe = full + middle;
  if (day <= initial) return first;
  if (day <= full) return first + ((day - initial) / development) * (mid - first); // eq. 66
  if (day <= ripe) return mid;
  if (day <= ripe + late) return mid + ((day - ripe) / late) * (end - mid); // eq. 66
  return end;
}

/**
 * Coefficient of a day from that of the day before: `stageCoefficient` step by step. What was measured on the day before is carried
 * on by the slope of the table, to the next level stretch.
 */
export function nextCoefficient(
  before: number,
  day: number,
  { initial, development, middle, late }: CropStages,
  [first, mid, end]: StageCoefficients,
): number {
  const full = initial + development;
  const ripe = full + middle;
  if (day <= initial) return first;
  if (day <= full) return before + (mid - first) / development;
  if (day <= ripe) return mid;
  return day <= ripe + late ? before + (end - mid) / late : end;
}

/** Stage of a day of the season, the first being 0; the days after the end count to the last. */
export function stageOfDay(day: number, { initial, development, middle }: CropStages): keyof CropStages {
  if (day < initial) return 'initial';
  if (day < initial + development) return 'development';
  return day < initial + development + middle ? 'middle' : 'late';
}

/** Sum of the four stages [d]. */
export function seasonLength({ initial, development, middle, late }: CropStages): number {
  return initial + development + middle + late;
}

/**
 * What grows with the basal coefficient, as height and roots do: from `first` at Kcb initial to `most` at Kcb middle. FAO-56,
 * page 279, for roots; the same for height as Thorp does (pyfao56, doi 10.1016/j.softx.2022.101208).
 */
export function grown(first: number, most: number, basal: number, [initial, middle]: StageCoefficients): number {
  return first + ((most - first) * (basal - initial)) / (middle - initial);
}

/**
 * Upper limit of the coefficient after rain or irrigation [1], of a crop `height` [m] high with basal coefficient `basal`.
 * @param reference the grass reference, or the tall one, whose limit does not depend on the weather
 */
export function greatestCoefficient(
  basal: number,
  { wind, lowestHumidity, height }: CropClimate,
  { reference = 'short' }: { reference?: 'short' | 'tall' } = {},
): number {
  if (reference === 'tall') return Math.max(1, basal + 0.05);
  return Math.max(1.2 + climateTerm({ wind, lowestHumidity, height }), basal + 0.05); // eq. 72
}

/** Part of the ground under the crop [1], 0 to 0.99. */
export function coverOf(basal: number, least: number, greatest: number, height: number): number {
  const part = Math.max(0, basal - least) / (greatest - least);
  return within(0, part ** (1 + 0.5 * height), MOST_COVER); // eq. 76
}

/** Part of the ground that is bare and was wetted [1], 0.01 to 1. @param wetted part wetted by the last rain or irrigation */
export function bareWetPart(cover: number, wetted: number): number {
  return within(LEAST_BARE, Math.min(1 - cover, wetted), 1); // eq. 75
}

/** Height that a crop is reckoned with [m]: it does not shrink. */
export function heightAfter(before: number, own: number): number {
  return Math.max(own, LEAST_HEIGHT, before);
}

/** `value` held between two limits. */
export function within(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
