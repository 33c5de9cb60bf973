/**
 * Diversity of several assemblages made comparable, for `saryarka life diversity`: at one coverage or one size, with what each
 * tends to and how complete it is.
 *
 *     const { standard, assemblages } = compareAssemblages(samples, { orders: [0, 1, 2], bootstraps: 200, seed: 1 });
 */
import { asymptoticDiversity, observedDiversity, sampleCoverage, sizeAtCoverage } from '../science/diversity.ts';
import { type Bounded, type CurvePoint, curveSizes, diversityCurve } from '../science/diversity-curve.ts';
import { abundanceSample, type DiversitySample, incidenceSample } from '../science/diversity-sample.ts';
import type { CountedUnit, CountTable } from './life-diversity-table.ts';

export interface Assemblage {
  name: string;
  sample: DiversitySample;
  /** Counts, or units found in, of each species of the table. */
  counts: Float64Array;
}

/** Why figures of an assemblage are to be read with care. */
export type Caution = 'one-unit' | 'all-once' | 'coverage-low' | 'beyond-twice' | 'few-units';

export interface OrderFigures {
  order: number;
  observed: number;
  /** At the common coverage or size; `null` where the sample cannot be compared. */
  standard: Bounded | null;
  /** What it tends to; at order 0 at least. */
  asymptote: Bounded;
}

export interface AssemblageFigures {
  name: string;
  kind: DiversitySample['kind'];
  size: number;
  total: number;
  observed: number;
  once: number;
  twice: number;
  coverage: Bounded;
  /** Size at which it is compared. */
  standardSize: number | null;
  completeness: number;
  orders: OrderFigures[];
  cautions: Caution[];
}

export interface Standard {
  kind: 'coverage' | 'size';
  /** `null` where no sample can be compared. */
  value: number | null;
}

export interface CompareOptions {
  orders: readonly number[];
  /** Coverage, or `null` for the greatest that all samples reach at twice their size. Chao & Jost 2012; Hsieh et al. 2016 */
  coverage?: number | null;
  /** Compared at the size that is twice the smallest sample, in place of a coverage. */
  bySize?: boolean;
  bootstraps: number;
  seed: number;
}

/** Coverage below this: most individuals belong to species that were not seen. */
const LOW_COVERAGE = 0.5;
/** Fewer sampling units than this hold no information on how often species are found together. */
const FEW_UNITS = 5;
/** Of a sample that tells nothing of what was missed. */
const UNKNOWN: Bounded = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
/** So many times the sample is as good as all there is. */
const FAR = 1e9;

/** Assemblages of a table: each site, or each zone; without individuals, sets of sampling units. */
export function assemblagesOf(
  { units, species }: CountTable,
  { kind, byZone, all }: { kind: DiversitySample['kind']; byZone: boolean; all: string },
): { assemblages: Assemblage[]; empty: string[] } {
  const parted = units.some(({ unit }) => unit !== null);
  const key = (of: CountedUnit): string => (byZone ? (of.zone ?? '') : kind === 'incidence' && !parted ? all : of.site);
  const groups = Map.groupBy(units, key);
  const assemblages: Assemblage[] = [];
  const empty: string[] = [];
  for (const [name, own] of groups) {
    const counts = new Float64Array(species.length);
    for (const { counts: found } of own)
      for (let i = 0; i < counts.length; i++)
        counts[i] = (counts[i] as number) + (kind === 'abundance' ? (found[i] as number) : (found[i] as number) > 0 ? 1 : 0);
    if (counts.every((count) => count === 0)) empty.push(name);
    else
      assemblages.push({
        name,
        counts,
        sample: kind === 'abundance' ? abundanceSample(counts) : incidenceSample(own.length, counts),
      });
  }
  return { assemblages, empty };
}

/** Whether its coverage can be told at all: not where every individual is of another species, nor of one unit alone. */
const comparable = ({ size, once, total }: DiversitySample): boolean => size > 1 && once < total;

/** All assemblages at one coverage or size. */
export function compareAssemblages(
  all: readonly Assemblage[],
  { orders, coverage = null, bySize = false, bootstraps, seed }: CompareOptions,
): { standard: Standard; assemblages: AssemblageFigures[] } {
  const told = all.filter(({ sample }) => comparable(sample)).map(({ sample }) => sample);
  const least = (of: (sample: DiversitySample) => number): number | null =>
    told.length === 0 ? null : Math.min(...told.map(of));
  const standard: Standard = bySize
    ? { kind: 'size', value: least(({ size }) => 2 * size) }
    : { kind: 'coverage', value: coverage ?? least((sample) => sampleCoverage(sample, 2 * sample.size)) };
  return { standard, assemblages: all.map((one) => figuresOf(one, standard, { orders, bootstraps, seed })) };
}

function figuresOf(
  { name, sample }: Assemblage,
  standard: Standard,
  { orders, bootstraps, seed }: { orders: readonly number[]; bootstraps: number; seed: number },
): AssemblageFigures {
  const size = standardSize(sample, standard);
  const far = FAR * sample.size;
  const sizes = [sample.size, far, ...(size === null ? [] : [Math.min(size, far)])];
  const curves = diversityCurve(sample, { orders, sizes, bootstraps, seed });
  const told = comparable(sample);
  const coverage = (told ? curves[0]?.points[0]?.coverage : undefined) ?? UNKNOWN;
  return {
    name,
    ...{ kind: sample.kind, size: sample.size, total: sample.total, observed: sample.observed },
    ...{ once: sample.once, twice: sample.twice, coverage, standardSize: size },
    completeness: told ? sample.observed / asymptoticDiversity(sample, 0) : Number.NaN,
    orders: curves.map(({ order, points: [, limit, at] }): OrderFigures => {
      const value = asymptoticDiversity(sample, order);
      const spread = limit === undefined ? Number.NaN : limit.diversity.high - limit.diversity.value;
      const observed = observedDiversity(sample, order);
      return {
        order,
        observed,
        standard: at === undefined ? null : standard.kind === 'coverage' ? at.atCoverage : at.diversity,
        // never below what was seen
        asymptote: told ? { value, low: Math.max(order === 0 ? observed : 0, value - spread), high: value + spread } : UNKNOWN,
      };
    }),
    cautions: cautionsOf(sample, size),
  };
}

function standardSize(sample: DiversitySample, { kind, value }: Standard): number | null {
  if (value === null || !comparable(sample)) return null;
  return kind === 'size' ? value : sizeAtCoverage(sample, value);
}

function cautionsOf(sample: DiversitySample, size: number | null): Caution[] {
  if (sample.size === 1) return ['one-unit'];
  if (!comparable(sample)) return ['all-once'];
  return [
    ...(sample.kind === 'incidence' && sample.size < FEW_UNITS ? (['few-units'] as const) : []),
    ...(sampleCoverage(sample) < LOW_COVERAGE ? (['coverage-low'] as const) : []),
    ...(size !== null && size > 2 * sample.size * (1 + 1e-9) ? (['beyond-twice'] as const) : []),
  ];
}

/** Where a curve bends most. */
const FIRST_STEPS = [1, 2, 3, 5, 8, 13, 21, 34];

/** A curve for drawing: sizes up to twice the sample, without intervals where no communities are drawn. */
export function curveOf({ sample }: Assemblage, options: { order: number; bootstraps: number; seed: number }): CurvePoint[] {
  const small = FIRST_STEPS.filter((size) => size < sample.size);
  const sizes = [...new Set([...small, ...curveSizes(sample.size)])].sort((a, b) => a - b);
  return diversityCurve(sample, { ...options, sizes, orders: [options.order] })[0]?.points ?? [];
}
