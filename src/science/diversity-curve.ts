/**
 * Curves of rarefaction and extrapolation with intervals: diversity by size of sample and by its completeness.
 *
 *     const curve = diversityCurve(abundanceSample([88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 1, 1, 1]), { seed: 1 });
 *     curve[0]   // { order: 0, points: [{ size: 1, coverage: { value, low, high }, diversity: { value, low, high }, atCoverage: … }, …] }
 *
 * Intervals: communities are drawn again from the estimated one, kinds never seen included; the error at a coverage also holds
 * that of the size that reaches it. The same seed gives the same digits.
 *
 * @see Chao et al. 2014, Ecol. Monogr. 84, 45-67, doi 10.1890/13-0133.1, appendix G (bootstrap)
 * @see Hsieh, Ma & Chao 2016, iNEXT, Methods Ecol. Evol. 7, 1451-1456, doi 10.1111/2041-210X.12613 (knots)
 */
import { diversityBySize, sampleCoverage, sizeAtCoverage } from './diversity.ts';
import { unseen } from './diversity-asymptote.ts';
import { abundanceSample, type DiversitySample, incidenceSample } from './diversity-sample.ts';
import { normalQuantile } from './normal.ts';
import { type Random, seededRandom } from './seeded-random.ts';

/** An estimate with the bounds of its interval; bounds are `NaN` where no communities were drawn. */
export interface Bounded {
  value: number;
  low: number;
  high: number;
}

export interface CurvePoint {
  /** Individuals or sampling units. */
  size: number;
  method: 'rarefied' | 'observed' | 'extrapolated';
  coverage: Bounded;
  /** Where samples of this size are compared. */
  diversity: Bounded;
  /** The same diversity where samples of this coverage are compared. */
  atCoverage: Bounded;
}

export interface DiversityCurve {
  order: number;
  points: CurvePoint[];
}

export interface CurveOptions {
  /** Orders of diversity; 0, 1 and 2. */
  orders?: readonly number[];
  /** Sizes of samples; 40 up to twice what was sampled. */
  sizes?: readonly number[];
  /** Communities drawn; 0 for no intervals. */
  bootstraps?: number;
  /** Level of intervals. */
  level?: number;
  seed: number;
}

/** Sizes that curves are drawn through: from 1 to n and on to `end`. Hsieh, Ma & Chao 2016 */
export function curveSizes(size: number, { end = 2 * size, knots = 40 }: { end?: number; knots?: number } = {}): number[] {
  const steps = (from: number, to: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => Math.floor(from + i * ((to - from) / (count - 1))));
  const half = Math.floor(knots / 2);
  const below = size > 1 ? steps(1, size - 1, half - 1) : [];
  return [...new Set([...below, size, ...(end > size ? steps(size + 1, end, half) : [])])];
}

/** Diversity and coverage at sizes, with intervals. @throws RangeError where the number of communities is no whole number */
export function diversityCurve(
  sample: DiversitySample,
  { orders = [0, 1, 2], sizes = curveSizes(sample.size), bootstraps = 200, level = 0.95, seed }: CurveOptions,
): DiversityCurve[] {
  if (!Number.isInteger(bootstraps) || bootstraps < 0)
    throw new RangeError(`${bootstraps} bootstraps; 0 or a whole number is needed`);
  const coverages = sizes.map((size) => sampleCoverage(sample, size));
  const width = normalQuantile((1 + level) / 2);
  const spread = spreads(sample, { orders, sizes, coverages, bootstraps, seed });
  const bounded = (value: number, deviation: number, most = Number.POSITIVE_INFINITY): Bounded => ({
    value,
    low: Math.max(0, value - width * deviation),
    high: Math.min(most, value + width * deviation),
  });
  return orders.map((order, o) => {
    const diversity = diversityBySize(sample, order);
    const points = sizes.map((size, i): CurvePoint => {
      const value = diversity(size);
      return {
        size,
        method: size < sample.size ? 'rarefied' : size === sample.size ? 'observed' : 'extrapolated',
        coverage: bounded(coverages[i] as number, spread.coverage(i), 1),
        diversity: bounded(value, spread.diversity(o, i)),
        atCoverage: bounded(value, spread.atCoverage(o, i)),
      };
    });
    return { order, points };
  });
}

interface Spreads {
  coverage: (size: number) => number;
  diversity: (order: number, size: number) => number;
  atCoverage: (order: number, size: number) => number;
}

/** Standard deviations over communities drawn again, for each order and size. */
function spreads(
  sample: DiversitySample,
  {
    orders,
    sizes,
    coverages,
    bootstraps,
    seed,
  }: { orders: readonly number[]; sizes: readonly number[]; coverages: readonly number[]; bootstraps: number; seed: number },
): Spreads {
  const cells = sizes.length;
  const ofCoverage = moments(cells);
  const ofDiversity = moments(cells * orders.length);
  const ofAtCoverage = moments(cells * orders.length);
  const draw = communityDraws(sample, seededRandom(seed));
  for (let b = 0; b < bootstraps; b++) {
    const drawn = draw();
    const reached = sampleCoverage(drawn);
    sizes.forEach((size, i) => {
      ofCoverage.add(i, sampleCoverage(drawn, size));
    });
    const alike = coverages.map((coverage) => sizeReaching(drawn, coverage, reached));
    orders.forEach((order, o) => {
      const diversity = diversityBySize(drawn, order);
      sizes.forEach((size, i) => {
        ofDiversity.add(o * cells + i, diversity(size));
        ofAtCoverage.add(o * cells + i, diversity(alike[i] as number));
      });
    });
  }
  return {
    coverage: (i) => ofCoverage.deviation(i, bootstraps),
    diversity: (o, i) => ofDiversity.deviation(o * cells + i, bootstraps),
    atCoverage: (o, i) => ofAtCoverage.deviation(o * cells + i, bootstraps),
  };
}

/** A drawn community without singletons is complete at its own size: larger coverage has no larger sample. */
function sizeReaching(drawn: DiversitySample, coverage: number, reached: number): number {
  if (coverage <= 0) return 1;
  if (coverage >= reached && reached === 1) return drawn.size;
  const size = sizeAtCoverage(drawn, Math.min(coverage, 1));
  return Number.isFinite(size) ? size : 1e6 * drawn.size;
}

/** Running mean and sum of squares of many cells. Welford 1962, Technometrics 4, 419, doi 10.1080/00401706.1962.10490022 */
function moments(cells: number): {
  add: (cell: number, value: number) => void;
  deviation: (cell: number, count: number) => number;
} {
  const seen = new Uint32Array(cells);
  const mean = new Float64Array(cells);
  const squares = new Float64Array(cells);
  return {
    add(cell, value) {
      seen[cell] = (seen[cell] as number) + 1;
      const step = value - (mean[cell] as number);
      mean[cell] = (mean[cell] as number) + step / (seen[cell] as number);
      squares[cell] = (squares[cell] as number) + step * (value - (mean[cell] as number));
    },
    deviation: (cell, count) => (count < 2 ? Number.NaN : Math.sqrt((squares[cell] as number) / (count - 1))),
  };
}

/**
 * Draws samples like the one that was taken from the community that it speaks for: shares of kinds seen are lowered by what was
 * missed, and those never seen share that alike. Chao et al. 2014, appendix G
 */
function communityDraws(sample: DiversitySample, random: Random): () => DiversitySample {
  const { size, kind } = sample;
  const units = kind === 'abundance' ? 1 : sample.total / size;
  const deficit = units * (1 - sampleCoverage(sample));
  const count = Math.ceil(unseen(sample));
  const shrunk = expectedMissing(sample);
  const weight = count === 0 || shrunk === 0 ? 0 : deficit / shrunk;
  const chances: number[] = [];
  for (let i = 0; i < sample.counts.length; i++) {
    const share = (sample.counts[i] as number) / size;
    for (let k = 0; k < (sample.kinds[i] as number); k++) chances.push(share * (1 - weight * (1 - share) ** size));
  }
  for (let k = 0; k < count; k++) chances.push(deficit / count);
  const drawn = new Float64Array(chances.length);
  const next = kind === 'abundance' ? aliasTable(chances) : null;
  return () => {
    drawn.fill(0);
    if (next) drawIndividuals(drawn, size, () => next(random));
    else drawUnits(drawn, size, chances, random);
    if (next) return abundanceSample(drawn);
    return drawn.some((found) => found > 0) ? incidenceSample(size, drawn) : sample;
  };
}

function drawIndividuals(drawn: Float64Array, size: number, next: () => number): void {
  for (let i = 0; i < size; i++) {
    const kind = next();
    drawn[kind] = (drawn[kind] as number) + 1;
  }
}

function drawUnits(drawn: Float64Array, units: number, chances: readonly number[], random: Random): void {
  for (const [kind, chance] of chances.entries())
    for (let unit = 0; unit < units; unit++) if (random() < chance) drawn[kind] = (drawn[kind] as number) + 1;
}

/** Σ x/n (1 - x/n)^n: what kinds seen are expected to miss of coverage. */
function expectedMissing({ counts, kinds, size }: DiversitySample): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const share = (counts[i] as number) / size;
    sum += (kinds[i] as number) * share * (1 - share) ** size;
  }
  return sum;
}

/** Draws the index of a chance in constant time. Vose 1991, IEEE Trans. Softw. Eng. 17, 972-975, doi 10.1109/32.92917 */
function aliasTable(chances: readonly number[]): (random: Random) => number {
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  const scaled = Float64Array.from(chances, (chance) => (chance * chances.length) / total);
  const alias = new Uint32Array(chances.length);
  const [small, large]: [number[], number[]] = [[], []];
  scaled.forEach((chance, i) => {
    (chance < 1 ? small : large).push(i);
  });
  for (let least = small.pop(), most = large.pop(); least !== undefined && most !== undefined; least = small.pop()) {
    alias[least] = most;
    scaled[most] = (scaled[most] as number) + (scaled[least] as number) - 1;
    if ((scaled[most] as number) < 1) {
      small.push(most);
      most = large.pop();
    }
  }
  for (const rest of [...small, ...large]) scaled[rest] = 1;
  return (random) => {
    const place = random() * chances.length;
    const cell = Math.floor(place);
    return place - cell < (scaled[cell] as number) ? cell : (alias[cell] as number);
  };
}
