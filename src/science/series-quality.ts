/**
 * What may be wrong with a series of measurements: named rules, each with the points that it finds. Nothing is changed or left out.
 *
 *     const { counts, flags } = seriesQuality(points, { interval: 'day', scale: 'flow' });
 *     counts['unit-slip']   // 3
 *     flags.get(17)         // ['unit-slip', 'jump']
 *
 * Flow series follow the control of GSIM (Gudmundsson et al. 2018, Earth Syst. Sci. Data 10, 787-804, doi:10.5194/essd-10-787-2018, section
 * 2.1): negative values; ten and more equal values above zero in a row; logarithms beyond six standard deviations of those of the same time
 * of year. Median and median absolute deviation stand here for mean and standard deviation, so that what is looked for does not hide itself
 * (Hampel 1974, J. Am. Stat. Assoc. 69, 383-393, doi:10.1080/01621459.1974.10482962).
 */

export interface QualityPoint {
  /** ISO 8601. */
  start: string;
  end: string;
  value: number | null;
}

export type QualityInterval = 'instant' | 'hour' | 'day' | 'decade' | 'month' | 'year';

/** `flow`: never negative, of any size (logarithms); `amount`: never negative; `level`: heights and temperatures. */
export type QualityScale = 'flow' | 'amount' | 'level';

export const QUALITY_RULES = [
  'missing',
  'gap',
  'order',
  'duplicate',
  'duplicate-year',
  'flat',
  'jump',
  'outlier',
  'unit-slip',
  'negative',
] as const;
export type QualityRule = (typeof QUALITY_RULES)[number];

/** Rules by which a value is taken to be wrong; the others are questions. */
export const DOUBTED: ReadonlySet<QualityRule> = new Set(['duplicate', 'duplicate-year', 'unit-slip', 'negative']);

export interface QualityReport {
  points: number;
  /** Points that a rule found; of `gap` the steps that are missing. */
  counts: Record<QualityRule, number>;
  /** Rules by the index of the point; `missing` and `gap` are counted only. */
  flags: Map<number, QualityRule[]>;
  gaps: { after: string; before: string; steps: number }[];
}

/** Equal values in a row that are asked about: ten days of GSIM; the shorter runs of longer steps are ours. */
const FLAT_RUN: Record<QualityInterval, number> = { instant: 10, hour: 48, day: 10, decade: 4, month: 3, year: 2 };
/** Digits that equal monthly or yearly values must have to be asked about: 10 and 10 are no wonder, 36.60 and 36.60 are. */
const FLAT_DIGITS = 3;
/** Robust standard deviations. GSIM, section 2.1. */
const OUTLIER = 6;
/** Robust standard deviations of a step between neighbours; ours, wide because floods rise in a day. */
const JUMP = 10;
/** Least size of a jump in usual steps, and of a flow (log10 of 2): in a smooth record small steps are no jumps. */
const LARGER = 3;
const DOUBLED = 0.301;
/** The median absolute deviation of a normal distribution times this is its standard deviation. Hampel 1974. */
const MAD_SCALE = 1.4826;
/** Mean absolute deviation to standard deviation, where most deviations are zero. Iglewicz & Hoaglin 1993. */
const MEAN_SCALE = 1.2533;
/** Added to flows before the logarithm is taken [m3/s]. GSIM, section 2.1. */
const LOG_SHIFT = 0.01;
/** Values of one time of year by which another is judged. */
const FEWEST = 8;
/** Powers of ten by which units are mistaken: 10, 100, 1000, a million. */
const SLIPS = [1, 2, 3, 6, -1, -2, -3, -6];
/** Spread of logarithms (base 10) up to which a slip can be told from nature. */
const SLIP_SPREAD = 0.25;
const SLIP_LEAST = 0.7;
const SLIP_NEAR = 0.15;
/** Least difference of logarithms between neighbours where the unit changes: a factor of three. */
const SLIP_STEP = 0.5;
/** Values of a year that must equal those of another. */
const YEAR_VALUES = 6;
const YEAR_PART = 0.8;
const DAY = 86_400_000;

/** The rules applied to one series, in the order of its file. */
export function seriesQuality(
  points: readonly QualityPoint[],
  { interval, scale }: { interval: QualityInterval; scale: QualityScale },
): QualityReport {
  const flags = new Map<number, QualityRule[]>();
  const counts = Object.fromEntries(QUALITY_RULES.map((rule) => [rule, 0])) as Record<QualityRule, number>;
  const flag =
    (rule: QualityRule) =>
    (index: number): void => {
      const rules = flags.get(index);
      if (rules?.includes(rule)) return;
      if (rules === undefined) flags.set(index, [rule]);
      else rules.push(rule);
      counts[rule] += 1;
    };
  counts.missing = points.filter(({ value }) => value === null).length;
  outOfOrder(points).forEach(flag('order'));
  duplicates(points).forEach(flag('duplicate'));
  if (scale !== 'level') negatives(points).forEach(flag('negative'));
  const sorted = inOrder(points);
  const gaps = gapsOf(points, sorted, interval);
  counts.gap = gaps.reduce((sum, { steps }) => sum + steps, 0);
  flatRuns(points, sorted, interval).forEach(flag('flat'));
  const slips = unitSlips(points);
  slips.forEach(flag('unit-slip'));
  const without = new Set(slips);
  jumps(points, sorted, { scale, without, moments: interval === 'instant' }).forEach(flag('jump'));
  outliers(points, { scale, without }).forEach(flag('outlier'));
  if (interval !== 'year' && interval !== 'instant') duplicateYears(points).forEach(flag('duplicate-year'));
  return { points: points.length, counts, flags, gaps };
}

/** Points below zero, where there is nothing below zero. */
function negatives(points: readonly QualityPoint[]): number[] {
  return points.flatMap(({ value }, i) => (value !== null && value < 0 ? [i] : []));
}

/** Points that begin before one that stands above them. */
export function outOfOrder(points: readonly QualityPoint[]): number[] {
  let latest = '';
  return points.flatMap(({ start }, i) => {
    if (start < latest) return [i];
    latest = start;
    return [];
  });
}

/** Points whose period was there before. */
export function duplicates(points: readonly QualityPoint[]): number[] {
  const seen = new Set<string>();
  return points.flatMap(({ start, end }, i) => {
    const key = `${start}/${end}`;
    if (seen.has(key)) return [i];
    seen.add(key);
    return [];
  });
}

/** Indices in the order of time, each period once. */
function inOrder(points: readonly QualityPoint[]): number[] {
  const later = new Set(duplicates(points));
  return points
    .map((_, i) => i)
    .filter((i) => !later.has(i))
    .sort((a, b) => {
      const [one, other] = [points[a]?.start ?? '', points[b]?.start ?? ''];
      return one < other ? -1 : one > other ? 1 : a - b;
    });
}

/** Steps that are not there between neighbours; moments have no steps. */
function gapsOf(points: readonly QualityPoint[], sorted: readonly number[], interval: QualityInterval): QualityReport['gaps'] {
  if (interval === 'instant') return [];
  return sorted.slice(1).flatMap((i, k) => {
    const [before, here] = [points[sorted[k] ?? -1], points[i]];
    if (before === undefined || here === undefined || here.start <= before.end) return [];
    const length = Date.parse(before.end) - Date.parse(before.start);
    const open = Date.parse(here.start) - Date.parse(before.end);
    const steps = Math.max(1, Math.round(open / (interval === 'decade' ? (365.25 * DAY) / 36 : length)));
    return [{ after: before.end, before: here.start, steps }];
  });
}

/** All points of runs of equal values that are longer than nature makes them; zeros are no such run. */
function flatRuns(points: readonly QualityPoint[], sorted: readonly number[], interval: QualityInterval): number[] {
  const shortest = FLAT_RUN[interval];
  const found: number[] = [];
  let run: number[] = [];
  const close = (): void => {
    const value = points[run[0] ?? -1]?.value ?? 0;
    const telling = (interval !== 'month' && interval !== 'year' && interval !== 'decade') || digitsOf(value) >= FLAT_DIGITS;
    if (run.length >= shortest && value !== 0 && telling) found.push(...run);
    run = [];
  };
  for (const i of sorted) {
    const value = points[i]?.value ?? null;
    if (value === null || value !== (points[run[0] ?? -1]?.value ?? value)) close();
    if (value !== null) run.push(i);
  }
  close();
  return found;
}

/** Significant digits of a number as it is written. */
function digitsOf(value: number): number {
  return String(Math.abs(value)).replace(/e.*$/, '').replace('.', '').replace(/^0+/, '').length;
}

interface Excluding {
  scale: QualityScale;
  without: ReadonlySet<number>;
}

/** Steps far beyond what neighbours differ by; of a spike its point, of a shift the first point after it. There is no step across a gap. */
function jumps(
  points: readonly QualityPoint[],
  sorted: readonly number[],
  { scale, without, moments }: Excluding & { moments: boolean },
): number[] {
  const usable = (i: number): boolean => {
    const value = points[i]?.value ?? null;
    return value !== null && !without.has(i) && (scale === 'level' || value >= 0);
  };
  const kept = sorted.filter(usable);
  const values = kept.map((i) => scaled(points[i]?.value ?? 0, scale));
  const gap = (k: number): boolean => (points[kept[k + 1] ?? -1]?.start ?? '') > (points[kept[k] ?? -1]?.end ?? '');
  const steps = values.slice(1).map((value, k) => (gap(k) && !moments ? Number.NaN : value - (values[k] ?? 0)));
  const known = steps.filter((step) => !Number.isNaN(step));
  if (known.length < FEWEST) return [];
  const middle = median(known);
  const spread = robustSpread(known, middle);
  const least = Math.max(LARGER * median(known.map(Math.abs)), scale === 'flow' ? DOUBLED : 0);
  if (spread === 0) return [];
  const far = (step: number | undefined): boolean =>
    step !== undefined && Math.abs(step - middle) > JUMP * spread && Math.abs(step) > least;
  const found: number[] = [];
  for (let k = 0; k < steps.length; k++) {
    if (!far(steps[k])) continue;
    found.push(kept[k + 1] ?? -1);
    const back = steps[k + 1];
    if (back !== undefined && far(back) && Math.sign(back) !== Math.sign(steps[k] ?? 0)) k += 1; // the way back from a spike
  }
  return found;
}

/** Values far from those of the same month of other years. */
function outliers(points: readonly QualityPoint[], { scale, without }: Excluding): number[] {
  return [...byMonth(points)].flatMap(([, own]) => {
    const kept = own.filter((i) => !without.has(i));
    if (kept.length < FEWEST) return [];
    const values = kept.map((i) => scaled(points[i]?.value ?? 0, scale));
    const middle = median(values);
    const spread = robustSpread(values, middle);
    return spread === 0 ? [] : kept.filter((_, k) => Math.abs((values[k] ?? 0) - middle) > OUTLIER * spread);
  });
}

/**
 * Values that are a power of ten away from those of the same time of year, lie among them once it is taken out, and came about at once: the
 * value before or after the run of them is not like them. Where the values of a time of year differ by themselves as much, nothing is told.
 */
export function unitSlips(points: readonly QualityPoint[]): number[] {
  const found = new Set(slipped(points));
  const sorted = inOrder(points).filter((i) => (points[i]?.value ?? 0) > 0);
  const log = (i: number | undefined): number => Math.log10(points[i ?? -1]?.value ?? 1);
  const kept: number[] = [];
  for (let k = 0; k < sorted.length; k++) {
    let end = k;
    while (end < sorted.length && found.has(sorted[end] ?? -1)) end += 1;
    if (end === k) continue;
    const apart = (one: number | undefined, other: number | undefined): boolean =>
      one !== undefined && other !== undefined && Math.abs(log(one) - log(other)) >= SLIP_STEP;
    if (apart(sorted[k - 1], sorted[k]) || apart(sorted[end], sorted[end - 1])) kept.push(...sorted.slice(k, end));
    k = end;
  }
  return kept;
}

/** What the values of the same time of year alone say. */
function slipped(points: readonly QualityPoint[]): number[] {
  const groups = [...byMonth(points).values()];
  const judged = groups.some((own) => own.length < FEWEST) ? [groups.flat()] : groups;
  return judged.flatMap((own) => {
    const kept = own.filter((i) => (points[i]?.value ?? 0) > 0);
    if (kept.length < FEWEST) return [];
    const logs = kept.map((i) => Math.log10(points[i]?.value ?? 1));
    const middle = median(logs);
    const spread = MAD_SCALE * median(logs.map((log) => Math.abs(log - middle)));
    if (spread > SLIP_SPREAD) return [];
    const near = Math.max(SLIP_NEAR, 3 * spread);
    return kept.filter((_, k) => {
      const off = (logs[k] ?? 0) - middle;
      return Math.abs(off) > Math.max(SLIP_LEAST, 2 * near) && SLIPS.some((power) => Math.abs(off - power) <= near);
    });
  });
}

/** All points of a year whose values are those of an earlier one. */
export function duplicateYears(points: readonly QualityPoint[]): number[] {
  const years = new Map<string, Map<string, number>>();
  points.forEach(({ start, value }, i) => {
    if (value === null) return;
    const [year, place] = [start.slice(0, 4), start.slice(4)];
    const own = years.get(year) ?? new Map<string, number>();
    if (!own.has(place)) own.set(place, i);
    years.set(year, own);
  });
  const list = [...years.values()];
  return list.flatMap((own, k) => (list.slice(0, k).some((other) => sameYear(points, own, other)) ? [...own.values()] : []));
}

function sameYear(
  points: readonly QualityPoint[],
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): boolean {
  const needed = Math.max(YEAR_VALUES, YEAR_PART * Math.max(one.size, other.size));
  if (Math.min(one.size, other.size) < needed) return false;
  let shared = 0;
  const values = new Set<number>();
  for (const [place, i] of one) {
    const j = other.get(place);
    if (j === undefined) continue;
    const value = points[i]?.value ?? 0;
    if (value !== points[j]?.value) return false;
    values.add(value);
    shared += 1;
  }
  return shared >= needed && values.size > 2; // a river that was dry, or a level held all year, twice
}

/** Indices of points with a value by month, so that seasons are not held against one another. */
function byMonth(points: readonly QualityPoint[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  points.forEach(({ start, value }, i) => {
    if (value === null) return;
    const month = start.slice(5, 7);
    const own = groups.get(month);
    if (own === undefined) groups.set(month, [i]);
    else own.push(i);
  });
  return groups;
}

function scaled(value: number, scale: QualityScale): number {
  return scale === 'flow' ? Math.log10(Math.max(0, value) + LOG_SHIFT) : value;
}

/** Standard deviation by the median absolute deviation; by the mean one where more than half do not deviate. */
function robustSpread(values: readonly number[], middle: number): number {
  const off = values.map((value) => Math.abs(value - middle));
  const mad = MAD_SCALE * median(off);
  return mad > 0 ? mad : (MEAN_SCALE * off.reduce((sum, value) => sum + value, 0)) / off.length;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
