/**
 * Salt of a lake as a mixed tank: rivers bring it, what leaves on the surface takes it along, evaporation leaves it behind.
 *
 *     const { salinity } = saltBalance({ start: 17.2, volume, inflow, release, river: 1.5 });
 *
 * 1 g/L over 1 km3 is 1 Mt: masses are in Mt. Gypsum and the like fall out above a limit, if one is given.
 * @see Langbein 1961, Salinity and hydrology of closed lakes, USGS Professional Paper 412, doi 10.3133/pp412: the tank and its losses of salt
 */

export interface SaltOptions {
  /** Salinity before the first step [g/L]. */
  start: number;
  /** Volume before the first step and after every step: one more value than steps [km3]. */
  volume: ArrayLike<number>;
  /** Water of rivers by step [km3]. */
  inflow: ArrayLike<number>;
  /** Water that leaves on the surface, by gates and over the dike [km3]. */
  release: ArrayLike<number>;
  /** Salinity of the rivers, one value or one by step [g/L]. */
  river: number | ArrayLike<number>;
  /** Water that comes from below, and its salinity [km3, g/L]. Where it is negative it leaves with the salinity of the lake. */
  groundwater?: { water: ArrayLike<number>; salinity: number };
  /** What leaves has the salinity of the lake before the step, or once the rivers of the step are mixed in. */
  leaves?: 'before' | 'mixed';
  /** Salinity above which salts fall out of the water [g/L]. */
  limit?: number;
}

export interface SaltBalance {
  /** After every step [g/L]. */
  salinity: Float64Array;
  /** In the water, after every step [Mt]. */
  mass: Float64Array;
  /** By step [Mt]: brought in, carried out, fallen out. */
  brought: Float64Array;
  carried: Float64Array;
  fallen: Float64Array;
  /** The largest part of the mass by which a step does not close. */
  closure: number;
}

/**
 * Salt step by step.
 * @throws RangeError for lengths that do not fit, for a negative salinity, and where the lake has no water.
 */
export function saltBalance({
  start,
  volume,
  inflow,
  release,
  river,
  groundwater,
  leaves = 'before',
  limit = Infinity,
}: SaltOptions): SaltBalance {
  const n = inflow.length;
  if (volume.length !== n + 1 || release.length !== n)
    throw new RangeError(
      `salt of ${n} steps needs ${n + 1} volumes and ${n} releases; found ${volume.length} and ${release.length}`,
    );
  if (!(start >= 0)) throw new RangeError(`the salinity at the start is a number from 0 up, not ${start}`);
  const room = (): Float64Array => new Float64Array(n);
  const [salinity, mass, brought, carried, fallen] = [room(), room(), room(), room(), room()];
  let salt = start * (volume[0] as number);
  let closure = 0;
  for (let i = 0; i < n; i++) {
    const [before, after] = [volume[i] as number, volume[i + 1] as number];
    if (!(before > 0 && after > 0))
      throw new RangeError(`step ${i + 1}: a lake without water has no salinity (${before}, ${after} km3)`);
    const under = groundwater === undefined ? 0 : (groundwater.water[i] as number);
    const held = salt;
    brought[i] =
      (inflow[i] as number) * (typeof river === 'number' ? river : (river[i] as number)) +
      Math.max(0, under) * (groundwater?.salinity ?? 0);
    const gone = (release[i] as number) + Math.max(0, -under);
    const mixed = before + (inflow[i] as number) + Math.max(0, under);
    const concentration = leaves === 'before' ? salt / before : (salt + (brought[i] as number)) / mixed;
    carried[i] = Math.min(salt + (brought[i] as number), gone * concentration);
    salt += (brought[i] as number) - (carried[i] as number);
    fallen[i] = Math.max(0, salt - limit * after) || 0;
    salt -= fallen[i] as number;
    salinity[i] = salt / after;
    mass[i] = salt;
    const off = Math.abs(salt - held - (brought[i] as number) + (carried[i] as number) + (fallen[i] as number));
    closure = Math.max(closure, off / Math.max(salt, held, Number.MIN_VALUE));
  }
  return { salinity, mass, brought, carried, fallen, closure };
}

/**
 * Part of the vapour pressure of fresh water that salty water has: it evaporates that much less from the air above.
 * e/e0 = 1 - 0.000537 S (Witting 1908, after Sverdrup, Johnson & Fleming 1942, The Oceans, p. 66), measured up to about 40 g/L.
 * @throws RangeError beyond 40 g/L, where the straight line does not hold.
 */
export function vapourPressurePart(salinity: number): number {
  if (!(salinity >= 0 && salinity <= 40)) throw new RangeError(`Witting's line holds from 0 to 40 g/L, not at ${salinity}`);
  return 1 - 0.000537 * salinity;
}

/** Classes of the Venice System by salinity [g/L, taken for per mille]. @see The Venice System 1958, Limnol. Oceanogr. 3, 346-347, doi 10.4319/lo.1958.3.3.0346 */
export const VENICE: readonly { id: SalinityClass; from: number }[] = [
  { id: 'limnetic', from: 0 },
  { id: 'oligohaline', from: 0.5 },
  { id: 'mesohaline', from: 5 },
  { id: 'polyhaline', from: 18 },
  { id: 'euhaline', from: 30 },
  { id: 'hyperhaline', from: 40 },
];

export type SalinityClass = 'limnetic' | 'oligohaline' | 'mesohaline' | 'polyhaline' | 'euhaline' | 'hyperhaline';

/** The class of a salinity [g/L]. @throws RangeError for a salinity below 0. */
export function salinityClass(salinity: number): SalinityClass {
  const found = VENICE.findLast(({ from }) => salinity >= from);
  if (found === undefined) throw new RangeError(`a salinity is a number from 0 up, not ${salinity}`);
  return found.id;
}
