/**
 * Diversity of a sample at any size or completeness: rarefied, observed, extrapolated, and what it tends to.
 *
 *     const spiders = abundanceSample([46, 22, 17, 15, 15, 9, 8, 6, 6, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
 *     sampleCoverage(spiders)                       // 0.929: this share of all individuals belongs to kinds that were seen
 *     diversityAt(spiders, 10, 0)                   // 6.48: kinds expected among 10 individuals
 *     asymptoticDiversity(spiders, 0)               // 43.9: Chao1, at least as many kinds are there
 *     diversityAtCoverage(spiders, 0.9, 0)          // { size: 101.5, diversity: 20.1 }
 *
 * @see Chao & Jost 2012, Coverage-based rarefaction and extrapolation, Ecology 93, 2533-2547, doi 10.1890/11-1952.1
 * @see Chao et al. 2014, Rarefaction and extrapolation with Hill numbers, Ecol. Monogr. 84, 45-67, doi 10.1890/13-0133.1
 * @see Chao & Jost 2015, Estimating diversity and entropy profiles via discovery rates of new species, Methods Ecol. Evol. 6,
 * 873-882, doi 10.1111/2041-210X.12349
 */
import { asymptoticSum, unseen } from './diversity-asymptote.ts';
import type { DiversitySample } from './diversity-sample.ts';
import { hillOfSum, isOrderOne, shareTerm } from './hill.ts';
import { rarefiedCoverage, rarefiedDiversity } from './rarefaction.ts';

/** Kinds not seen that a further draw brings, relative to f1 / n. Chao & Jost 2012, eq. 4a */
function deficitRatio(sample: DiversitySample): number {
  const f0 = unseen(sample);
  return sample.once === 0 || f0 === 0 ? 0 : (sample.size * f0) / (sample.size * f0 + sample.once);
}

/**
 * Sample coverage: the share of all individuals (incidences) there that belongs to kinds in a sample of `size`.
 * Chao & Jost 2012, eq. 4a (as sampled), 4b (fewer) and 9 (more); between two whole sizes on the line between them.
 * @param size individuals or sampling units, 0 or more
 */
export function sampleCoverage(sample: DiversitySample, size: number = sample.size): number {
  if (!(size >= 0)) throw new RangeError(`a sample has 0 or more units, not ${size}`);
  if (size >= sample.size) return 1 - (sample.once / sample.total) * deficitRatio(sample) ** (size - sample.size + 1);
  return between(size, (whole) => (whole === sample.size ? sampleCoverage(sample) : rarefiedCoverage(sample, whole)));
}

/** On the line between the values of the whole numbers around `size`. */
function between(size: number, at: (whole: number) => number): number {
  const below = Math.floor(size);
  const low = at(below);
  return below === size ? low : low + (size - below) * (at(below + 1) - low);
}

/**
 * Diversity of `order` expected in a sample of `size`: rarefied below the size that was sampled, extrapolated above.
 * @param size individuals or sampling units, more than 0
 */
export const diversityAt = (sample: DiversitySample, size: number, order: number): number => diversityBySize(sample, order)(size);

/** The same for many sizes: what does not depend on the size is computed once, when it is first needed. */
export function diversityBySize(sample: DiversitySample, order: number): (size: number) => number {
  let beyond: ((size: number) => number) | undefined;
  return (size) => {
    if (!(size > 0)) throw new RangeError(`diversity needs a sample of more than 0 units, not ${size}`);
    if (size <= sample.size) return between(Math.max(1, size), (whole) => rarefiedDiversity(sample, whole, order));
    beyond ??= extrapolation(sample, order);
    return beyond(size);
  };
}

/** Chao et al. 2014, eq. 11-13. */
function extrapolation(sample: DiversitySample, order: number): (size: number) => number {
  if (order === 2) return (size) => extrapolatedSimpson(sample, size);
  const seen = rarefiedDiversity(sample, sample.size, order);
  const limit = asymptoticDiversity(sample, order);
  if (limit === seen || sample.size < 2) return () => seen;
  const before = rarefiedDiversity(sample, sample.size - 1, order);
  const beta = limit === before ? 0 : (seen - before) / (limit - before);
  return (size) => seen + (limit - seen) * (1 - (1 - beta) ** (size - sample.size)); // eq. 12
}

/** Exact for every size. Chao et al. 2014, eq. 13, and its form for incidence */
function extrapolatedSimpson(sample: DiversitySample, size: number): number {
  const units = sample.size / sample.total;
  return 1 / (units / size + (1 - 1 / size) * units * units * asymptoticSum(sample, 2));
}

/**
 * What diversity tends to as the sample grows: Chao1 or Chao2 at order 0, which is a lower bound; never below what was seen.
 * Chao & Jost 2015, eq. 7 and 10.
 */
export function asymptoticDiversity(sample: DiversitySample, order: number): number {
  const limit = order === 0 ? sample.observed + unseen(sample) : ofUnits(sample, asymptoticSum(sample, order), order);
  return Math.max(observedDiversity(sample, order), limit);
}

/** From the sum over chances of detection in one unit to the Hill number of shares, π_i / Σ π. */
function ofUnits({ size, total }: DiversitySample, sum: number, order: number): number {
  const units = size / total;
  return isOrderOne(order) ? Math.exp(units * sum - Math.log(units)) : (units ** order * sum) ** (1 / (1 - order));
}

/** Hill number of the sample as it is. */
export function observedDiversity(sample: DiversitySample, order: number): number {
  let sum = 0;
  for (let i = 0; i < sample.counts.length; i++)
    sum += (sample.kinds[i] as number) * shareTerm((sample.counts[i] as number) / sample.total, order);
  return hillOfSum(sum, order);
}

/**
 * Size of a sample with this coverage: exact, on the line between whole sizes, below what was sampled; by Chao & Jost 2012,
 * eq. 9, above.
 * @param coverage share of individuals, more than 0, at most 1
 * @returns individuals or sampling units, 1 or more; Infinity where no sample is so complete
 */
export function sizeAtCoverage(sample: DiversitySample, coverage: number): number {
  if (!(coverage > 0 && coverage <= 1)) throw new RangeError(`coverage is more than 0 and at most 1, not ${coverage}`);
  const full = sampleCoverage(sample);
  if (coverage === full) return sample.size;
  if (coverage > full) {
    const more = (Math.log(sample.total / sample.once) + Math.log(1 - coverage)) / Math.log(deficitRatio(sample)) - 1;
    return sample.size + more;
  }
  let [low, high] = [0, sample.size];
  let [below, above] = [0, full];
  while (high - low > 1) {
    const guess = Math.round(low + ((coverage - below) / (above - below)) * (high - low));
    // A step of the chord, kept off the ends and halved now and then, so that a bent curve cannot hold it up.
    const middle = Math.min(high - 1, Math.max(low + 1, high - low > 64 ? Math.round((guess + (low + high) / 2) / 2) : guess));
    const there = sampleCoverage(sample, middle);
    if (there < coverage) [low, below] = [middle, there];
    else [high, above] = [middle, there];
  }
  return Math.max(1, low + (coverage - below) / (above - below));
}

/** Diversity of `order` at a coverage, by which samples of unlike effort are compared. */
export function diversityAtCoverage(
  sample: DiversitySample,
  coverage: number,
  order: number,
): { size: number; diversity: number } {
  const size = sizeAtCoverage(sample, coverage);
  return {
    size,
    diversity: size === Number.POSITIVE_INFINITY ? asymptoticDiversity(sample, order) : diversityAt(sample, size, order),
  };
}
