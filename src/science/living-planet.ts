/**
 * The Living Planet Index: how the abundance of many species changes together, from populations counted in unlike units.
 *
 *     const found = livingPlanetIndex([{ name: 'birds', species: [{ name: 'Otis tarda', populations: [{ id: '1', years: [2001, 2004], values: [12, 9] }] }] }], { from: 2001, to: 2010, seed: 1 });
 *     found.index      // [1, 0.91, …]; 1 in the first year
 *
 * Populations -> species -> group -> index, each a mean of logarithms of yearly change, so that a group counted in many places does not
 * outvote one counted in few.
 *
 * @see Loh et al. 2005, The Living Planet Index, Phil. Trans. R. Soc. B 360, 289-295, doi 10.1098/rstb.2004.1584
 * @see Collen et al. 2009, Monitoring change in vertebrate abundance, Conserv. Biol. 23, 317-327, doi 10.1111/j.1523-1739.2008.01117.x
 * @see McRae, Deinet & Freeman 2017, The diversity-weighted Living Planet Index, PLoS ONE 12, e0169156, doi 10.1371/journal.pone.0169156
 */
import { type SmoothLine, thinPlateSmoother, traceOfTrend } from './penalised-spline.ts';
import { sampleQuantile } from './sample-quantile.ts';
import { type Random, seededRandom } from './seeded-random.ts';

export interface PopulationSeries {
  id: string;
  /** Different and ascending. */
  years: readonly number[];
  /** Abundance in any unit, 0 or more, the same unit throughout. */
  values: readonly number[];
}

export interface SpeciesSeries {
  name: string;
  populations: readonly PopulationSeries[];
}

/** A taxon of a realm, or another set of species that counts as one. */
export interface SpeciesSet {
  name: string;
  species: readonly SpeciesSeries[];
  /** Sets of one group are averaged before groups are; one group where none is given. */
  group?: string;
  /** Share of the set in its group, of the group in the whole; equal where none is given. */
  weight?: number;
  groupWeight?: number;
}

export interface LivingPlanetOptions {
  /** First year, where the index is 1, and last. */
  from: number;
  to: number;
  bootstraps?: number;
  seed: number;
  level?: number;
  /**
   * `species`: whole species are drawn, so that what a species does in one year stays with what it does in the next. `years`: each
   * year on its own, as rlpi does; its intervals are too narrow. With it weights are taken as rlpi takes them, too: as they stand, so
   * that those of a set without data, and what all lack to 1, are lost, which draws the mean to no change.
   */
  resample?: 'species' | 'years';
  signal?: AbortSignal;
}

export type PopulationMethod = 'smooth' | 'chain' | 'too-short';

export interface LivingPlanetIndex {
  years: number[];
  index: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** Species with a change in each year; the first year has none. */
  species: Uint32Array;
  /** Mean logarithm (base 10) of yearly change, by set; `NaN` where no species of it says anything. */
  sets: { name: string; changes: Float64Array }[];
  /** How many populations were smoothed, chained, or left out for being counted once. */
  methods: Record<PopulationMethod, number>;
}

/** A change of more than tenfold in a year counts as tenfold. McRae et al. 2017 */
const MOST_CHANGE = 1;
/** Share of the mean that is added where a population has zeros: a logarithm needs more. Collen et al. 2009 */
const ADDED = 0.01;
/** For a population that was never found. */
const NOTHING = 1e-17;
/** A smooth line is taken where what it leaves holds no trace of a trend. Collen et al. 2009 */
const TRACE = 0.01;

/**
 * Yearly change of a population as log10(N_t / N_t-1), by year from its second to its last: by a smooth line, or between counts.
 * @returns the changes with the first year that has one; the way they were had
 */
export function populationChanges(
  { id, years, values }: PopulationSeries,
  smoothers: Smoothers = new Map(),
): { first: number; changes: Float64Array; method: PopulationMethod } {
  check(id, years, values);
  const n = years.length;
  if (n < 2) return { first: Number.NaN, changes: new Float64Array(0), method: 'too-short' };
  const logs = logarithms(values);
  const span = (years[n - 1] as number) - (years[0] as number);
  const smooth = smoothLogs(years, logs, smoothers);
  const at = smooth ?? chained(years, logs);
  const first = years[0] as number;
  const changes = Float64Array.from({ length: span }, (_, i) => (at(first + i + 1) - at(first + i)) / Math.LN10);
  return { first: first + 1, changes, method: smooth ? 'smooth' : 'chain' };
}

function check(id: string, years: readonly number[], values: readonly number[]): void {
  if (years.length !== values.length) throw new RangeError(`population ${id}: ${years.length} years and ${values.length} values`);
  years.forEach((year, i) => {
    if (!Number.isInteger(year) || (i > 0 && year <= (years[i - 1] as number)))
      throw new RangeError(`population ${id}: year ${year}; years ascend, each once`);
    if (!((values[i] as number) >= 0 && (values[i] as number) < Number.POSITIVE_INFINITY))
      throw new RangeError(`population ${id}, year ${year}: value ${values[i]}; 0 or more`);
  });
}

function logarithms(values: readonly number[]): number[] {
  if (values.every((value) => value > 0)) return values.map(Math.log);
  const found = values.filter((value) => value > 0);
  const added = found.length === 0 ? NOTHING : (ADDED * found.reduce((sum, value) => sum + value, 0)) / found.length;
  return values.map((value) => Math.log(value + added));
}

/** What the years of a population decide by themselves; populations counted in the same years share it. */
type Smoothers = Map<string, { line: (y: readonly number[]) => SmoothLine; trace: (y: readonly number[]) => number }>;

/** Half as many functions as counts, rounded to even; six counts are the fewest. */
function smoothLogs(years: readonly number[], logs: readonly number[], smoothers: Smoothers): ((year: number) => number) | null {
  const size = roundToEven(logs.length / 2);
  if (size < 3 || logs.every((value) => value === logs[0])) return null;
  const first = years[0] as number;
  const gone = years.map((year) => year - first);
  const key = gone.join();
  const smoother = smoothers.get(key) ?? { line: thinPlateSmoother(gone, size), trace: traceOfTrend(gone) };
  smoothers.set(key, smoother);
  const line = smoother.line(logs);
  const left = logs.map((value, i) => value - (line.fitted[i] as number));
  return Math.abs(smoother.trace(left) - 1) < TRACE ? (year) => line.at(year - first) : null;
}

/** Halves go to the even neighbour. IEEE 754, as R rounds */
function roundToEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

function chained(years: readonly number[], logs: readonly number[]): (year: number) => number {
  return (year) => {
    const next = years.findIndex((one) => one >= year);
    const end = years[next] as number;
    if (end === year) return logs[next] as number;
    const start = years[next - 1] as number;
    const from = logs[next - 1] as number;
    return from + (((logs[next] as number) - from) * (year - start)) / (end - start);
  };
}

/** Changes of a species by year from `from` + 1: the mean of its populations, `NaN` where none says anything. */
export function speciesChanges(
  changes: readonly { first: number; changes: Float64Array }[],
  from: number,
  to: number,
): Float64Array {
  const sums = new Float64Array(to - from);
  const counts = new Uint32Array(to - from);
  for (const { first, changes: own } of changes)
    for (let i = 0; i < own.length; i++) {
      const place = first + i - from - 1;
      if (place < 0 || place >= sums.length) continue;
      sums[place] = (sums[place] as number) + Math.min(MOST_CHANGE, Math.max(-MOST_CHANGE, own[i] as number));
      counts[place] = (counts[place] as number) + 1;
    }
  return sums.map((sum, i) => sum / (counts[i] as number));
}

/** The index with its interval, `NaN` where no set has two species. @throws RangeError naming population and year; where years do not ascend */
export function livingPlanetIndex(
  sets: readonly SpeciesSet[],
  { from, to, bootstraps = 100, seed, level = 0.95, resample = 'species', signal }: LivingPlanetOptions,
): LivingPlanetIndex {
  if (!(Number.isInteger(from) && Number.isInteger(to) && to > from))
    throw new RangeError(`years ${from} to ${to}; the last comes after the first`);
  const methods: Record<PopulationMethod, number> = { smooth: 0, chain: 0, 'too-short': 0 };
  const smoothers: Smoothers = new Map();
  const rows = sets.map(({ species }) =>
    species.map(({ populations }) => {
      signal?.throwIfAborted();
      const own = populations.map((population) => populationChanges(population, smoothers));
      for (const { method } of own) methods[method] += 1;
      return speciesChanges(own, from, to);
    }),
  );
  const length = to - from;
  const means = rows.map((species) => meanRows(species, length));
  const lost = resample === 'years';
  const index = indexOf(combined(sets, means, { length, lost }));
  const random = seededRandom(seed);
  const runs: Float64Array[] = [];
  for (let b = 0; b < bootstraps; b++) {
    signal?.throwIfAborted();
    const drawn = rows.map((species) =>
      resample === 'species' ? meanRows(draw(species, random), length) : meanByYear(species, length, random),
    );
    runs.push(indexOf(combined(sets, drawn, { length, lost })));
  }
  // Where no set has two species there is nothing to draw from: no interval, rather than one without width.
  const drawable = rows.some((species) => species.length > 1);
  const bounds = (p: number): Float64Array =>
    index.map((_, t) => (drawable ? sampleQuantile(Float64Array.from(runs, (run) => run[t] as number).sort(), p) : Number.NaN));
  const species = new Uint32Array(length + 1);
  for (const row of rows.flat())
    for (let t = 0; t < length; t++) if (!Number.isNaN(row[t])) species[t + 1] = (species[t + 1] as number) + 1;
  return {
    years: Array.from({ length: length + 1 }, (_, t) => from + t),
    index,
    low: bounds((1 - level) / 2),
    high: bounds((1 + level) / 2),
    species,
    sets: sets.map(({ name }, s) => ({ name, changes: means[s] as Float64Array })),
    methods,
  };
}

function meanRows(rows: readonly Float64Array[], length: number): Float64Array {
  return Float64Array.from({ length }, (_, t) => {
    let [sum, count] = [0, 0];
    for (const row of rows) {
      if (Number.isNaN(row[t])) continue;
      sum += row[t] as number;
      count += 1;
    }
    return sum / count;
  });
}

const draw = (rows: readonly Float64Array[], random: Random): Float64Array[] =>
  rows.map(() => rows[Math.floor(random() * rows.length)] as Float64Array);

function meanByYear(rows: readonly Float64Array[], length: number, random: Random): Float64Array {
  return Float64Array.from({ length }, (_, t) => {
    const known = rows.map((row) => row[t] as number).filter((value) => !Number.isNaN(value));
    let sum = 0;
    for (let i = 0; i < known.length; i++) sum += known[Math.floor(random() * known.length)] as number;
    return sum / known.length;
  });
}

/**
 * Weighted means of sets in groups, and of groups. @param lost weights are taken as they are, as in rlpi: those of sets without data are
 * lost, and so is what all together lack to 1; else they are shared among those with data
 */
function combined(
  sets: readonly SpeciesSet[],
  changes: readonly Float64Array[],
  { length, lost }: { length: number; lost: boolean },
): Float64Array {
  const groups = [
    ...Map.groupBy(
      sets.map((_, s) => s),
      (s) => sets[s]?.group ?? '',
    ).values(),
  ];
  const grouped = sets.some(({ groupWeight }) => groupWeight !== undefined);
  const weighted = sets.some(({ weight }) => weight !== undefined);
  return Float64Array.from({ length }, (_, t) =>
    weightedMean(
      groups.map((members) => ({
        weight: sets[members[0] as number]?.groupWeight ?? 1,
        value: weightedMean(
          members.map((s) => ({ weight: sets[s]?.weight ?? 1, value: changes[s]?.[t] as number })),
          lost && weighted,
        ),
      })),
      lost && grouped,
    ),
  );
}

function weightedMean(parts: readonly { weight: number; value: number }[], lost: boolean): number {
  let [sum, total] = [0, 0];
  for (const { weight, value } of parts) {
    if (Number.isNaN(value)) continue;
    sum += weight * value;
    total += weight;
  }
  return total === 0 ? Number.NaN : sum / (lost ? 1 : total);
}

/** From yearly changes to the index; a year without data keeps what there was. */
function indexOf(changes: Float64Array): Float64Array {
  const index = new Float64Array(changes.length + 1).fill(1);
  for (let t = 0; t < changes.length; t++) index[t + 1] = (index[t] as number) * 10 ** (changes[t] || 0);
  return index;
}
