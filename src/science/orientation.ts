/**
 * On which side of a line a point lies, decided without rounding error.
 *
 *     orientation([0, 0], [1, 0], 0, [0, 1], 0)     // 1: left turn
 *     orientation([0, 0], [1, 0], 0, [-179, 0], 1)  // 0: -179 + 360 is 181
 */
import type { Position } from './rings.ts';

/** Bound of the rounding error of a 2 x 2 determinant of differences. Shewchuk 1997, section 4.2. */
const ROUNDING = (3 + 16 * 2 ** -53) * 2 ** -53;

/** Doubles are whole multiples of 2 ** -1074. */
const SMALLEST_EXPONENT = 1074;

/**
 * 1 when the turn from `origin` over `a` to `b` is to the left in the plane of longitude and latitude, -1 when to the
 * right, 0 when the three lie on one line.
 *
 *     sign of (ax - ox) (by - oy) - (bx - ox) (ay - oy)
 *
 * In doubles where their error bound allows; otherwise, and across the antimeridian, in whole numbers, which are exact.
 * @param turnsA whole turns to add to the longitude of `a`, and `turnsB` to that of `b`
 * @see Shewchuk 1997, Adaptive precision floating-point arithmetic and fast robust geometric predicates, Discrete &
 * Computational Geometry 18, 305-363, doi 10.1007/PL00009321
 */
export function orientation(origin: Position, a: Position, turnsA: number, b: Position, turnsB: number): -1 | 0 | 1 {
  if (turnsA === 0 && turnsB === 0) {
    const left = (a[0] - origin[0]) * (b[1] - origin[1]);
    const right = (b[0] - origin[0]) * (a[1] - origin[1]);
    const bound = ROUNDING * (Math.abs(left) + Math.abs(right)) + Number.MIN_VALUE; // the latter for underflow
    if (left - right > bound) return 1;
    if (right - left > bound) return -1;
  }
  return exactOrientation(origin, a, turnsA, b, turnsB);
}

function exactOrientation(origin: Position, a: Position, turnsA: number, b: Position, turnsB: number): -1 | 0 | 1 {
  const turn = whole(360);
  const [ox, oy] = [whole(origin[0]), whole(origin[1])];
  const left = (whole(a[0]) + turn * BigInt(turnsA) - ox) * (whole(b[1]) - oy);
  const right = (whole(b[0]) + turn * BigInt(turnsB) - ox) * (whole(a[1]) - oy);
  return left > right ? 1 : left < right ? -1 : 0;
}

/** `x` times 2 ** 1074: a whole number for every double. */
function whole(x: number): bigint {
  let doublings = 0;
  while (!Number.isInteger(x)) {
    x *= 2;
    doublings++;
  }
  return BigInt(x) << BigInt(SMALLEST_EXPONENT - doublings);
}
