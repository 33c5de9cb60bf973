/** Lines between points, as scipy's interp1d draws them, and their integral. */

import { Problem } from '../problems.ts';
import { type Fields, isJson } from './river-fields.ts';
import { splineThrough } from './river-spline.ts';

export interface Curve {
  at(x: number): number;
  /** Integral from `a` to `b`, for straight lines between the points. */
  between(a: number, b: number): number;
}

const KINDS = ['linear', 'slinear', 'nearest', 'previous', 'next', 'zero', 'quadratic', 'cubic'];

/** The curve through `x` and `y` with the options `interp_kwargs`. Outside it is an error, unless these tell otherwise. */
export function curveOf(given: readonly number[], heights: readonly number[], fields: Fields): Curve {
  if (given.length !== heights.length || given.length < 2) throw fields.fail('values', `${given.length} × 0.0`);
  const order = given.map((_, i) => i).sort((a, b) => (given[a] as number) - (given[b] as number));
  const x = order.map((i) => given[i] as number);
  const y = order.map((i) => heights[i] as number);
  const options = fields.raw('interp_kwargs') ?? {};
  if (!isJson(options)) throw fields.fail('interp_kwargs', '{…}');
  const kind = String(options.kind ?? 'linear');
  if (!KINDS.includes(kind)) throw fields.fail('interp_kwargs', KINDS.join(', '));
  const fill = options.fill_value;
  const extended = fill === 'extrapolate';
  const [below, above] = Array.isArray(fill)
    ? [Number(fill[0]), Number(fill[1])]
    : [Number(fill ?? Number.NaN), Number(fill ?? Number.NaN)];
  const strict = extended ? false : options.bounds_error !== false;
  const last = x.length - 1;
  const degree = kind === 'cubic' ? 3 : kind === 'quadratic' ? 2 : null;
  if (degree !== null && x.length <= degree) throw fields.fail('values', `> ${degree} × 0.0`);
  const spline = degree === null ? null : splineThrough(x, y, degree);
  /** The point on the right of `value`. */
  const rightOf = (value: number): number => {
    let low = 1;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((x[middle] as number) >= value) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const outside = (value: number): Problem =>
    new Problem('river-field', {
      file: fields.where.file,
      place: fields.where.place,
      found: String(value),
      expected: `${x[0]} … ${x[last]}`,
    });
  const at = (value: number): number => {
    if (!extended && (value < (x[0] as number) || value > (x[last] as number))) {
      if (strict) throw outside(value);
      return value < (x[0] as number) ? below : above;
    }
    if (spline !== null) return spline(value);
    const right = rightOf(value);
    const [x0, x1, y0, y1] = [x[right - 1] as number, x[right] as number, y[right - 1] as number, y[right] as number];
    if (kind === 'nearest') return value - x0 <= x1 - value ? y0 : y1;
    if (kind === 'next') return value <= x0 ? y0 : y1;
    if (kind === 'previous' || kind === 'zero') return value >= x1 ? y1 : y0;
    return ((y1 - y0) / (x1 - x0)) * (value - x0) + y0;
  };
  return {
    at,
    between(a, b) {
      if (b < a) return -this.between(b, a);
      if (kind !== 'linear' && kind !== 'slinear') throw fields.fail('interp_kwargs', 'linear');
      const stops = [a, ...x.filter((value) => value > a && value < b), b];
      let sum = 0;
      for (let i = 1; i < stops.length; i++) {
        const [from, to] = [stops[i - 1] as number, stops[i] as number];
        sum += ((at(from) + at(to)) / 2) * (to - from);
      }
      return sum;
    },
  };
}
