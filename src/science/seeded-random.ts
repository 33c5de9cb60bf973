/**
 * Random numbers that are the same in every run: for resampling and for algorithms that depend on an order.
 *
 *     const random = seededRandom(20261123);
 *     random()                               // a number from 0 up to, not including, 1
 *     shuffled([1, 2, 3], random)            // the same numbers in another order
 *
 * @see Blackman & Vigna 2021, Scrambled linear pseudorandom number generators, ACM Trans. Math. Softw. 47, 36, doi 10.1145/3460772:
 * xoshiro128**
 * @see Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators, ACM SIGPLAN Not. 49, 453-472,
 * doi 10.1145/2714064.2660195: how the state is filled from one number
 */

/** Gives numbers of [0, 1). */
export type Random = () => number;

/** A source of random numbers. @param seed any finite number; those with the same whole part below 2^32 give the same numbers */
export function seededRandom(seed: number): Random {
  if (!Number.isFinite(seed)) throw new RangeError(`a seed is a finite number, not ${seed}`);
  let mixed = seed >>> 0;
  const fill = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed ^ (mixed >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  const turn = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
  return () => {
    const result = Math.imul(turn(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = turn(d, 11);
    return result / 4294967296;
  };
}

/** The same things in another order, each order as likely. @see Durstenfeld 1964, Algorithm 235, Commun. ACM 7, 420, doi 10.1145/364520.364540 */
export function shuffled<T>(things: Iterable<T>, random: Random): T[] {
  const out = [...things];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}
