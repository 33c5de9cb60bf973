/**
 * How many species change together: an index of their populations that carries the covariance of their years along.
 *
 *     const found = speciesIndex([{ name: 'Otis tarda', years: [2001, 2002], values, covariance }], { base: 2001, seed: 1 });
 *     found.index        // [100, 96.2]; with found.low and found.high
 *     found.trend        // { slope: 0.981, low: 0.95, high: 1.01, class: 'uncertain', … }
 *
 * Every species is drawn as a whole line of years from the covariance of its totals (TRIM), and the mean line of each draw is kept
 * as a whole too, so that trends have the error that they should.
 *
 * @see Soldaat, Pannekoek, Verweij, van Turnhout & van Strien 2017, A Monte Carlo method to account for sampling error in
 *   multi-species indicators, Ecol. Indic. 81, 340-347, doi 10.1016/j.ecolind.2017.05.033
 */
import { normalQuantile } from './normal.ts';
import { populationIndex } from './population-trend.ts';
import { type Random, seededRandom } from './seeded-random.ts';
import { loessMatrix } from './species-smooth.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** A species as totals or as an index, in any unit. */
export interface SpeciesYears {
  name: string;
  /** Ascending, without gaps. */
  years: readonly number[];
  /** 0 or more. */
  values: ArrayLike<number>;
  /** Of values, years × years; only its diagonal is used in the mode of msi_tool. */
  covariance: ArrayLike<number>;
}

export interface SpeciesIndexOptions {
  /** Year in which the index is 100. */
  base: number;
  seed: number;
  draws?: number;
  /**
   * `chains`: covariance and chains are kept. `msi-tool`: years of a species are drawn one by one, and years of the index again
   * before trends are fitted, as the program of Statistics Netherlands does; which errors of years go together is lost there.
   */
  mode?: 'chains' | 'msi-tool';
  /** A value below this, in percent of the base year, counts as so much and without error. */
  least?: number;
  /** A change by more than this factor in a year counts as it. */
  mostChange?: number;
  /** Species whose mean coefficient of variation is above this are left out. */
  mostVariation?: number;
  /** First and last year of the trend; all. */
  trendYears?: readonly [number, number];
  signal?: AbortSignal;
}

export type SpeciesTrendClass =
  | 'strong-increase'
  | 'moderate-increase'
  | 'stable'
  | 'uncertain'
  | 'moderate-decline'
  | 'strong-decline';

export interface SpeciesTrend {
  from: number;
  to: number;
  /** Factor by year, with the error of its logarithm and its 95 % interval. */
  slope: number;
  error: number;
  low: number;
  high: number;
  class: SpeciesTrendClass;
}

export interface SpeciesIndex {
  years: number[];
  /** Geometric mean of species, 100 in the base year. */
  index: Float64Array;
  /** Standard deviation of draws of its logarithm. */
  errors: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** Species that say something of the change to each year from the one before; the first year has none. */
  species: Uint32Array;
  trend: SpeciesTrend;
  /** Locally fitted line with its interval; `null` below seven years. */
  smooth: { values: Float64Array; low: Float64Array; high: Float64Array } | null;
  /** Species that were left out, and why. */
  left: { name: string; because: 'variation' | 'no-base' | 'one-year' }[];
}

/** Soldaat et al. 2017, section 2.2: defaults of the method. */
const LEAST = 1;
const MOST_CHANGE = 10;
const MOST_VARIATION = 3;
const DRAWS = 1000;
/** Percent of the base year below which a year says nothing of the coefficient of variation. */
const VARIATION_FROM = 10;
const Z = 1.959963984540054;
/** A change of 5 % a year is strong. Soldaat et al. 2017, table 1 */
const STRONG = 0.05;

/** @throws RangeError naming the species: years that do not ascend one by one, values below 0, a covariance of another size */
export function speciesIndex(all: readonly SpeciesYears[], options: SpeciesIndexOptions): SpeciesIndex {
  const { base, seed, draws = DRAWS, mode = 'chains', least = LEAST, mostChange = MOST_CHANGE, signal } = options;
  const { mostVariation = MOST_VARIATION } = options;
  if (all.length === 0) throw new RangeError('an index needs a species');
  for (const one of all) check(one);
  const left: SpeciesIndex['left'] = [];
  const kept = all.filter((one) => {
    const because = reasonToLeave(one, base, mostVariation);
    if (because) left.push({ name: one.name, because });
    return because === null;
  });
  if (kept.length === 0) throw new RangeError('no species is left: none counted in two years with an error that says anything');
  kept.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const first = Math.min(...kept.map(({ years }) => years[0] as number));
  const last = Math.max(...kept.map(({ years }) => years.at(-1) as number));
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  if (!years.includes(base)) throw new RangeError(`base year ${base}; counts are of ${first} to ${last}`);
  const drawers = kept.map((one) =>
    drawerOf(one, { base, least, keep: mode === 'chains', random: seededRandom(seedOf(seed, one.name)) }),
  );
  const counts = new Uint32Array(years.length);
  for (const { years: own } of kept) for (const year of own.slice(1)) counts[year - first] = (counts[year - first] as number) + 1;
  const chains: Float64Array[] = [];
  for (let d = 0; d < draws; d++) {
    signal?.throwIfAborted();
    chains.push(meanChain(drawers, { first, counts, base: base - first, most: Math.log(mostChange) }));
  }
  return { years, left, species: counts, ...summed(chains, years, options, mode) };
}

function check({ name, years, values, covariance }: SpeciesYears): void {
  const n = years.length;
  if (values.length !== n || covariance.length !== n * n)
    throw new RangeError(`${name}: ${n} years, ${values.length} values, a covariance of ${covariance.length} cells`);
  years.forEach((year, i) => {
    if (i > 0 && year !== (years[i - 1] as number) + 1)
      throw new RangeError(`${name}: year ${year} after ${years[i - 1]}; years go one by one`);
    if (!((values[i] as number) >= 0)) throw new RangeError(`${name}, ${year}: value ${values[i]}; 0 or more`);
    if (!((covariance[i * n + i] as number) >= -1e-9))
      throw new RangeError(`${name}, ${year}: variance ${covariance[i * n + i]}; 0 or more`);
  });
}

/** What a species is per cent of: its value in the base year, or in the first year that has one. */
function hundredOf({ years, values }: SpeciesYears, base: number): number {
  const at = years.indexOf(base);
  if (at >= 0 && (values[at] as number) > 0) return values[at] as number;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > 0) return values[i] as number;
  return 0;
}

function reasonToLeave(one: SpeciesYears, base: number, most: number): SpeciesIndex['left'][number]['because'] | null {
  const { years, values, covariance } = one;
  if (years.length < 2) return 'one-year';
  const hundred = hundredOf(one, base);
  if (hundred === 0) return 'no-base';
  let [sum, count] = [0, 0];
  for (let i = 0; i < years.length; i++) {
    const value = values[i] as number;
    const variance = covariance[i * years.length + i] as number;
    if ((100 * value) / hundred < VARIATION_FROM || !(variance > 0)) continue;
    sum += Math.sqrt(variance) / value;
    count += 1;
  }
  return count > 0 && sum / count >= most ? 'variation' : null;
}

/** The same name draws the same numbers, whatever species stand beside it. FNV-1a of the name, by 32 bits */
function seedOf(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ (seed >>> 0);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

interface Drawer {
  first: number;
  /** A line of logarithms; the same room in each draw. */
  draw: () => Float64Array;
}

/** Draws ln values: mean + V √λ z of the covariance of logarithms (delta method). */
function drawerOf(
  given: SpeciesYears,
  { base, least, keep, random }: { base: number; least: number; keep: boolean; random: Random },
): Drawer {
  const { years } = given;
  const n = years.length;
  const { values, covariance } = keep ? given : asIndex(given, base);
  const floor = (least / 100) * hundredOf({ ...given, values }, base);
  const cut = Array.from(values, (value) => value < floor);
  const mean = Float64Array.from(values, (value, i) => Math.log(cut[i] ? floor : value));
  const ofLogs = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (!cut[i] && !cut[j] && (keep || i === j))
        ofLogs[i * n + j] = (covariance[i * n + j] as number) / ((values[i] as number) * (values[j] as number));
  const { values: spread, vectors } = symmetricEigen(ofLogs, n);
  const root = vectors.map((value, c) => value * Math.sqrt(Math.max(0, spread[c % n] as number)));
  const lowest = Math.log(floor);
  const line = new Float64Array(n);
  const draw = (): Float64Array => {
    line.set(mean);
    for (let k = 0; k < n; k++) {
      const z = standardNormal(random);
      for (let i = 0; i < n; i++) line[i] = (line[i] as number) + (root[i * n + k] as number) * z;
    }
    for (let i = 0; i < n; i++) line[i] = Math.max(lowest, line[i] as number);
    return line;
  };
  return { first: years[0] as number, draw };
}

/** Totals as what msi_tool reads: an index whose base year has no error, that of the others holding it. */
function asIndex({ years, values, covariance }: SpeciesYears, base: number): Pick<SpeciesYears, 'values' | 'covariance'> {
  const at = years.indexOf(base);
  if (at < 0 || !((values[at] as number) > 0)) return { values, covariance };
  return populationIndex({ values: Float64Array.from(values), covariance: Float64Array.from(covariance) }, [at]);
}

/** One in 2^33 keeps 0 from being drawn. */
const standardNormal = (random: Random): number => normalQuantile(random() + 2 ** -33);

/** Mean over species of yearly change, cumulated to 0 in the base year. */
function meanChain(
  drawers: readonly Drawer[],
  { first, counts, base, most }: { first: number; counts: Uint32Array; base: number; most: number },
): Float64Array {
  const sums = new Float64Array(counts.length);
  for (const { first: from, draw } of drawers) {
    const line = draw();
    for (let i = 1; i < line.length; i++) {
      const change = Math.max(-most, Math.min(most, (line[i] as number) - (line[i - 1] as number)));
      sums[from - first + i] = (sums[from - first + i] as number) + change;
    }
  }
  const chain = new Float64Array(counts.length);
  for (let t = 1; t < chain.length; t++)
    chain[t] = (chain[t - 1] as number) + ((counts[t] as number) > 0 ? (sums[t] as number) / (counts[t] as number) : 0);
  const zero = chain[base] as number;
  return chain.map((value) => value - zero);
}

type Summed = Pick<SpeciesIndex, 'index' | 'errors' | 'low' | 'high' | 'trend' | 'smooth'>;

function summed(
  chains: readonly Float64Array[],
  years: readonly number[],
  options: SpeciesIndexOptions,
  mode: 'chains' | 'msi-tool',
): Summed {
  const { means, errors } = momentsOf(chains);
  const random = seededRandom(seedOf(options.seed, ''));
  const lines =
    mode === 'chains' ? chains : chains.map(() => means.map((mean, t) => mean + (errors[t] as number) * standardNormal(random)));
  const matrix = loessMatrix(years);
  const smoothed = matrix && momentsOf(lines.map((line) => matrix(line)));
  return {
    index: means.map(hundredTimes),
    errors,
    ...bounds(means, errors),
    trend: trendOf(lines, years, options.trendYears ?? [years[0] as number, years.at(-1) as number]),
    smooth: smoothed && { values: smoothed.means.map(hundredTimes), ...bounds(smoothed.means, smoothed.errors) },
  };
}

const hundredTimes = (logarithm: number): number => 100 * Math.exp(logarithm);
const bounds = (means: Float64Array, errors: Float64Array): { low: Float64Array; high: Float64Array } => ({
  low: means.map((mean, t) => hundredTimes(mean - Z * (errors[t] as number))),
  high: means.map((mean, t) => hundredTimes(mean + Z * (errors[t] as number))),
});

function momentsOf(lines: readonly Float64Array[]): { means: Float64Array; errors: Float64Array } {
  const length = lines[0]?.length ?? 0;
  const means = Float64Array.from({ length }, (_, t) => lines.reduce((sum, line) => sum + (line[t] as number), 0) / lines.length);
  const errors = means.map((mean, t) =>
    lines.length < 2
      ? 0
      : Math.sqrt(lines.reduce((sum, line) => sum + ((line[t] as number) - mean) ** 2, 0) / (lines.length - 1)),
  );
  return { means, errors };
}

/** Slopes of least squares of each line; their mean, and their spread as its error. */
function trendOf(lines: readonly Float64Array[], years: readonly number[], [from, to]: readonly [number, number]): SpeciesTrend {
  const [start, end] = [years.indexOf(from), years.indexOf(to)];
  if (start < 0 || end <= start) throw new RangeError(`trend of ${from} to ${to}; years are ${years[0]} to ${years.at(-1)}`);
  const middle = (start + end) / 2;
  let spread = 0;
  for (let t = start; t <= end; t++) spread += (t - middle) ** 2;
  const slopes = lines.map((line) => {
    let sum = 0;
    for (let t = start; t <= end; t++) sum += (t - middle) * (line[t] as number);
    return Float64Array.of(sum / spread);
  });
  const { means, errors } = momentsOf(slopes);
  const [mean, error] = [means[0] as number, errors[0] as number];
  const [low, high] = [Math.exp(mean - Z * error), Math.exp(mean + Z * error)];
  return { from, to, slope: Math.exp(mean), error, low, high, class: classOf(low, high) };
}

function classOf(low: number, high: number): SpeciesTrendClass {
  if (low > 1 + STRONG) return 'strong-increase';
  if (high < 1 - STRONG) return 'strong-decline';
  if (low > 1) return 'moderate-increase';
  if (high < 1) return 'moderate-decline';
  return low > 1 - STRONG && high < 1 + STRONG ? 'stable' : 'uncertain';
}
