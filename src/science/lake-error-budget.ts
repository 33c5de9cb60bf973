/**
 * Where the error of a forecast comes from: what goes in, what was observed, and the rest, which is the model's own.
 *
 *     errorBudget(record, split, { inflow: 0.07, evaporation: 0.05, observation: 0.33, seed: 7 })
 *     // { total: 1.03, input: 0.2, observation: 0.11, structure: 0.72, shift: 0.6 } km6
 *
 * Parts of the mean squared error add up where they are independent (Renard et al. 2010, Water Resour. Res. 46, W05521,
 * doi 10.1029/2009WR008328, say what that hides). Input: the spread that errors of the given size in the inflow of a year and in its
 * evaporation make in the same run. Observation: as given. Structure: the rest; of it, `shift` is the squared mean error of each
 * half, which is what a rule of the gates that changed between the halves leaves behind.
 */
import { fitOf } from './lake-calibration.ts';
import { type LakeRecord, type RegulatedOptions, simulateRegulated, type splitSample } from './lake-regulated.ts';
import { seededRandom } from './seeded-random.ts';

export interface ErrorSizes {
  /**
   * Standard error of a year's inflow and evaporation, as a part of it: half its square is the same in all years of a run (a gauge that reads
   * high), half is new every year.
   */
  inflow: number;
  evaporation: number;
  /** Of an observed volume [km3]. */
  observation: number;
  seed: number;
  runs?: number;
}

/** Means of squares [km6]. */
export interface ErrorBudget {
  total: number;
  input: number;
  observation: number;
  structure: number;
  /** Part of `structure`. */
  shift: number;
}

const YEAR = 12;

/** The budget of the months that a split sample predicted. */
export function errorBudget(
  record: LakeRecord,
  { halves, pooled }: ReturnType<typeof splitSample>,
  { inflow, evaporation, observation, seed, runs = 200, ...options }: ErrorSizes & RegulatedOptions,
): ErrorBudget {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let [spread, shift] = [0, 0];
  for (const { set, tried } of halves) {
    const [from, to] = tried;
    const plain = simulateRegulated(record, set, { from, to }, options);
    const years = Math.ceil(record.inflow.length / YEAR) + 1;
    for (let run = 0; run < runs; run++) {
      const drawn = (size: number): number[] => {
        const same = normal();
        return Array.from({ length: years }, () => size * Math.SQRT1_2 * (same + normal()));
      };
      const errors = [drawn(inflow), drawn(evaporation)] as const;
      const of = (which: 0 | 1) => (step: number) => errors[which][Math.floor(step / YEAR)] ?? 0;
      const other = simulateRegulated(record, set, { from, to }, { ...options, inflowError: of(0), evaporationError: of(1) });
      for (let i = 0; i < plain.length; i++) spread += ((other[i] as number) - (plain[i] as number)) ** 2 / runs;
    }
    const observed: number[] = Array.prototype.slice.call(record.volume, from, to);
    shift += fitOf(plain, observed).bias ** 2 * observed.length;
  }
  const total = pooled.rmse ** 2;
  const input = spread / pooled.n;
  const seen = observation ** 2;
  const structure = Math.max(0, total - input - seen);
  return { total, input, observation: seen, structure, shift: Math.min(structure, shift / pooled.n) };
}
