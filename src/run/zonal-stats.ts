/**
 * Which figures are wanted of a zone, by their names.
 *
 *     const plan = parseStats('mean,p10,max', '--stat');
 *     plan.spec;                  // { extremes: true, distribution: 'sketch' }: what to gather
 *     plan.read(total, summary);  // [0.31, 0.12, 0.84]
 */
import { Problem } from '../problems.ts';
import {
  type Accumulator,
  type AccumulatorSpec,
  classes,
  quantile,
  type Summary,
  type ValueWeight,
} from '../science/accumulate.ts';

export interface StatPlan {
  names: string[];
  spec: Pick<AccumulatorSpec, 'extremes' | 'spread' | 'distribution'>;
  /** The figures in the order of `names`, NaN for none. */
  read(total: Accumulator, summary: Summary): number[];
}

interface Stat {
  needs: StatPlan['spec'];
  read(total: Accumulator, summary: Summary): number | null;
}

const STATS: Readonly<Record<string, Stat>> = {
  mean: { needs: {}, read: (_, { mean }) => mean },
  sum: { needs: {}, read: (_, { sum }) => sum },
  weight: { needs: {}, read: (_, { weight }) => weight },
  cells: { needs: {}, read: (_, { cells }) => cells },
  unweighted: { needs: {}, read: (_, { unweighted }) => unweighted },
  min: { needs: { extremes: true }, read: (_, { min }) => min },
  max: { needs: { extremes: true }, read: (_, { max }) => max },
  variance: { needs: { spread: true }, read: (_, { variance }) => variance },
  stdev: { needs: { spread: true }, read: (_, { standardDeviation }) => standardDeviation },
  median: { needs: { distribution: 'sketch' }, read: (total) => quantile(total, 0.5) },
  majority: { needs: { distribution: 'exact' }, read: (total) => heaviest(classes(total)) },
  variety: { needs: { distribution: 'exact' }, read: (total) => classes(total).length },
};

/** As messages list them. */
export const STAT_NAMES: readonly string[] = [...Object.keys(STATS), 'p0 – p100'];

const RANK = { none: 0, sketch: 1, exact: 2 } as const;

/**
 * The plan for names with commas between them; `p5`, `p97.5` are percentiles.
 * @param exact keep every value of a float raster for percentiles, however many there are
 * @throws Problem `choice-wrong` naming the field.
 */
export function parseStats(text: string, field: string, { exact = false, byClass = false } = {}): StatPlan {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'count');
  const stats = [...new Set(names)].map((name) => statNamed(name, field));
  const distributions = [...stats.map(({ needs }) => needs.distribution ?? 'none'), byClass ? 'exact' : 'none'] as const;
  const widest = distributions.reduce((a, b) => (RANK[b] > RANK[a] ? b : a));
  return {
    names: [...new Set(names)],
    spec: {
      extremes: stats.some(({ needs }) => needs.extremes === true),
      spread: stats.some(({ needs }) => needs.spread === true),
      distribution: widest === 'sketch' && exact ? 'exact' : widest,
    },
    read: (total, summary) => stats.map(({ read }) => read(total, summary) ?? Number.NaN),
  };
}

function statNamed(name: string, field: string): Stat {
  const known = STATS[name];
  if (known !== undefined) return known;
  const percent = /^p(\d{1,3}(?:\.\d+)?)$/.exec(name)?.[1];
  if (percent === undefined || Number(percent) > 100)
    throw new Problem('choice-wrong', { field, found: name, expected: STAT_NAMES.join(', ') });
  const share = Number(percent) / 100;
  return { needs: { distribution: 'sketch' }, read: (total) => quantile(total, share) };
}

/** The value with the greatest weight; the least of several. */
function heaviest(all: readonly ValueWeight[]): number | null {
  return (
    all.reduce<ValueWeight | null>((best, own) => (best === null || own.weight > best.weight ? own : best), null)?.value ?? null
  );
}
