/**
 * How many species are found as sampling units are added, in the mean of all orders.
 *
 *     accumulateUnits([[1, 0, 3], [0, 0, 2], [1, 1, 0]])       // 1.67, 2.67, 3 species in 1, 2 and 3 units
 *
 * @see Ugland, Gray & Ellingsen 2003, J. Anim. Ecol. 72, 888-897, doi 10.1046/j.1365-2656.2003.00748.x (exact)
 * @see Coleman et al. 1982, Ecology 63, 1121-1133, doi 10.2307/1937249 (units as random parts of an area)
 * @see Hurlbert 1971, Ecology 52, 577-586, doi 10.2307/1934145 (individuals)
 */
import { type Estimated, rarefiedRichness } from './species-estimators.ts';

/** Species in 1, 2, … units. */
export interface AccumulationPoint extends Estimated {
  units: number;
  /** Individuals that were drawn; `null` where units are. */
  individuals: number | null;
}

/** Units that each species was found in. */
function unitsOf(units: readonly ArrayLike<number>[]): Float64Array {
  const width = units[0]?.length ?? 0;
  if (units.length === 0 || units.some((unit) => unit.length !== width))
    throw new RangeError('sampling units need counts of the same species');
  const found = new Float64Array(width);
  for (const unit of units) for (let i = 0; i < width; i++) if ((unit[i] as number) > 0) found[i] = (found[i] as number) + 1;
  return found;
}

/**
 * Species in the mean of all sets of 1, 2, … units: Σ 1 - C(N - f, n) / C(N, n). Ugland et al. 2003, eq. 3
 *
 * The deviation among sets holds that species come together: Σ_ij r_ij √(p_i (1 - p_i) p_j (1 - p_j)), where r is the correlation of
 * presences over units (Oksanen, in the description of vegan's specaccum). It is 0 where all units are taken.
 */
export function accumulateUnits(units: readonly ArrayLike<number>[]): AccumulationPoint[] {
  const found = unitsOf(units);
  const n = units.length;
  const species = [...found.keys()].filter((i) => (found[i] as number) > 0);
  // Presences less their mean, of unit length, so that Σ_ij r_ij v_i v_j is the squared length of Σ v_i z_i.
  const away = species.map((i) => {
    const mean = (found[i] as number) / n;
    const length = Math.sqrt(n * mean * (1 - mean));
    return units.map((unit) => (length === 0 ? 0 : (((unit[i] as number) > 0 ? 1 : 0) - mean) / length));
  });
  const missed = new Float64Array(species.length).fill(1);
  return units.map((_, drawn) => {
    const sums = new Float64Array(n);
    let value = 0;
    species.forEach((i, s) => {
      // C(N - f, n + 1) / C(N, n + 1) from n by a ratio.
      const chance = Math.max(0, ((missed[s] as number) * (n - (found[i] as number) - drawn)) / (n - drawn));
      missed[s] = chance;
      value += 1 - chance;
      const weight = Math.sqrt(chance * (1 - chance));
      if (weight > 0) for (let u = 0; u < n; u++) sums[u] = (sums[u] as number) + weight * ((away[s] as number[])[u] as number);
    });
    const error = Math.sqrt(sums.reduce((sum, one) => sum + one * one, 0));
    return { units: drawn + 1, individuals: null, value, error };
  });
}

/** Species where each unit is a share 1 / N of what was sampled, taken at random: 1 - (1 - n / N)^x of a species with x. Coleman et al. 1982, eq. 1 and 4 */
export function accumulateColeman(units: readonly ArrayLike<number>[]): AccumulationPoint[] {
  const found = unitsOf(units).filter((f) => f > 0);
  return units.map((_, i) => {
    let value = 0;
    let variance = 0;
    for (const f of found) {
      const missed = (1 - (i + 1) / units.length) ** f;
      value += 1 - missed;
      variance += missed * (1 - missed);
    }
    return { units: i + 1, individuals: null, value, error: Math.sqrt(variance) };
  });
}

/** Species among as many individuals as 1, 2, … units hold in the mean, rounded to whole ones. Hurlbert 1971; Heck et al. 1975 */
export function accumulateIndividuals(units: readonly ArrayLike<number>[]): AccumulationPoint[] {
  unitsOf(units);
  const pooled = Float64Array.from(units[0] as ArrayLike<number>, (_, i) =>
    units.reduce((sum, unit) => sum + (unit[i] as number), 0),
  );
  const total = pooled.reduce((sum, count) => sum + count, 0);
  const first = total / units.length;
  const step = units.length > 1 ? (total - first) / (units.length - 1) : 0; // as vegan goes: which way a half falls rests on the last digit
  return units.map((_, i) => {
    const individuals = halfToEven(first + step * i);
    return { units: i + 1, individuals, ...rarefiedRichness(pooled, individuals) };
  });
}

/** The nearest whole number; of two alike the even one (IEC 60559), so that halves lean neither way. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
