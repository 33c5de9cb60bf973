/**
 * The normal distribution: tails and quantiles, to the accuracy of doubles.
 *
 *     twoSided(1.959963984540054)   // 0.05
 *     normalQuantile(0.975)         // 1.959963984540054
 *     twoSided(12)                  // 3.55e-33: tails are computed as such, not as one minus the rest
 */

/** Cody 1969, for erf up to 0.46875: numerator and denominator. */
const NEAR_P = [3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315] as const;
const NEAR_Q = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171] as const;
/** Cody 1969, for erfc from 0.46875 to 4. */
const MIDDLE_P = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707,
  2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
] as const;
const MIDDLE_Q = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247,
  3439.3676741437216, 1230.3393548037495,
] as const;
/** Cody 1969, for erfc beyond 4. */
const FAR_P = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378,
  0.016315387137302097,
] as const;
const FAR_Q = [2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918] as const;

/** Doubles end before erfc of it. */
const BEYOND = 30;

const ONE_BY_ROOT_PI = 0.5641895835477563;

/** Wichura 1988, PPND16: pairs of numerator and denominator, from the highest power down. */
const CENTRE = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.693765509461, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  [
    5226.495278852855, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
] as const;
const TAIL = [
  [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
    4.630337846156546, 1.4234371107496835,
  ],
  [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
    2.053191626637759, 1,
  ],
] as const;
const FAR_TAIL = [
  [
    2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
] as const;

/**
 * Complementary error function of `x`, relative error below 2e-15.
 * @see Cody 1969, Rational Chebyshev approximations for the error function, Math. Comp. 23, 631-637,
 * doi 10.1090/S0025-5718-1969-0247736-4
 */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) {
    const y2 = y * y;
    const [p0, p1, p2, p3, p4] = NEAR_P;
    const [q0, q1, q2, q3] = NEAR_Q;
    const above = (((p4 * y2 + p0) * y2 + p1) * y2 + p2) * y2 + p3;
    const below = (((y2 + q0) * y2 + q1) * y2 + q2) * y2 + q3;
    return 1 - (x * above) / below;
  }
  const tail = y <= 4 ? middle(y) : y > BEYOND ? 0 : far(y);
  return x < 0 ? 2 - tail : tail;
}

/** Probability that a standard normal value lies as far from zero as `z` or farther, either side. */
export function twoSided(z: number): number {
  return erfc(Math.abs(z) * Math.SQRT1_2);
}

/** Probability that a standard normal value lies above `z`. */
export function normalTail(z: number): number {
  return erfc(z * Math.SQRT1_2) / 2;
}

/**
 * Standard normal value below which lies the probability `p` (0-1), relative error about 1e-16.
 * @see Wichura 1988, Algorithm AS 241, The percentage points of the normal distribution, Appl. Stat. 37, 477-484, doi 10.2307/2347330
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, this is ${p}`);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  if (r === Number.POSITIVE_INFINITY) return q < 0 ? -r : r;
  const size = r <= 5 ? rational(TAIL, r - 1.6) : rational(FAR_TAIL, r - 5);
  return q < 0 ? -size : size;
}

function middle(y: number): number {
  let above = MIDDLE_P[8] * y;
  let below = y;
  for (let i = 0; i < 7; i++) {
    above = (above + (MIDDLE_P[i] as number)) * y;
    below = (below + (MIDDLE_Q[i] as number)) * y;
  }
  return ((above + MIDDLE_P[7]) / (below + MIDDLE_Q[7])) * bell(y);
}

function far(y: number): number {
  const r = 1 / (y * y);
  let above = FAR_P[5] * r;
  let below = r;
  for (let i = 0; i < 4; i++) {
    above = (above + (FAR_P[i] as number)) * r;
    below = (below + (FAR_Q[i] as number)) * r;
  }
  return ((ONE_BY_ROOT_PI - (r * (above + FAR_P[4])) / (below + FAR_Q[4])) / y) * bell(y);
}

/** exp(-y²) without the rounding of y². */
function bell(y: number): number {
  const rounded = Math.trunc(y * 16) / 16;
  return Math.exp(-rounded * rounded) * Math.exp(-(y - rounded) * (y + rounded));
}

function rational([above, below]: readonly [readonly number[], readonly number[]], r: number): number {
  return above.reduce((sum, c) => sum * r + c, 0) / below.reduce((sum, c) => sum * r + c, 0);
}
