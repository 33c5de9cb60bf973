/**
 * How far a printed figure may lie from the true one, read from its digits.
 *
 *     halfPlace(500_000)     // 50 000: "about 500,000" is anything from 450,000 to 550,000
 *     halfPlace(46_306.34)   // 0.005
 */
import type { Observation } from '../types.ts';
import { convert } from '../units.ts';

/** Figures that are not called approximate keep this many digits at least: 200 000 means 195 000 to 205 000. */
const DIGITS_OF_A_PLAIN_FIGURE = 2;

/** Half of the place of the last digit of `value` that is not zero, in the unit of `value`. */
export function halfPlace(value: number): number {
  const { digits, exponent } = decimal(value);
  return digits === '' ? 0 : place(exponent - digits.length + 1) / 2;
}

/** How far "about" may carry a declared figure, in `unit`: as far as its own bounds, else half of its last place; 0 for a plain figure. */
export function aboutOf(observation: Observation, unit: string): number {
  const { value, low, high, approximate } = observation;
  if (value === null) return 0;
  const half =
    low !== null || high !== null
      ? Math.max((high ?? value) - value, value - (low ?? value))
      : approximate
        ? halfPlace(value)
        : 0;
  return convert(half, observation.unit, unit);
}

/** How far rounding as printed may have carried a declared figure, in `unit`. */
export function roundingOf(observation: Observation, unit: string): number {
  const { value, approximate } = observation;
  if (value === null) return 0;
  const { exponent } = decimal(value);
  const half = approximate ? halfPlace(value) : Math.min(halfPlace(value), place(exponent - DIGITS_OF_A_PLAIN_FIGURE + 1) / 2);
  return Math.max(convert(half, observation.unit, unit), aboutOf(observation, unit));
}

/**
 * How far rounding as printed may have carried an angle [deg]: half a minute where the figure is a whole number
 * of minutes, half a second where it is one of seconds, else half of its last place.
 */
export function roundingOfAngle(degrees: number): number {
  const last = halfPlace(degrees);
  const slack = last < 1e-3 ? last + 1e-9 : 1e-9; // 42.33333 is 42°20'
  for (const parts of [60, 3600]) {
    if (Math.abs(degrees - Math.round(degrees * parts) / parts) <= slack) return 0.5 / parts;
  }
  return last;
}

/** `10 ** exponent` without the noise of binary fractions. */
function place(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** The digits of `value` from the first to the last that is not zero, and the power of ten of the first. */
function decimal(value: number): { digits: string; exponent: number } {
  const [mantissa = '', exponent = '0'] = Math.abs(Number(value.toPrecision(12)))
    .toExponential()
    .split('e');
  return { digits: mantissa.replace('.', '').replace(/0+$/, ''), exponent: Number(exponent) };
}
