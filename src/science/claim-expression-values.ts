/**
 * Arithmetic of figures that know their unit and how exact they are.
 *
 * A value carries the least and the greatest that it can be; every operation carries these along (interval arithmetic, Moore 1966).
 * They are bounds, not probabilities: figures that err together or not at all cannot leave them.
 *
 * A number with decimals is as exact as printed: 3.7 lies between 3.65 and 3.75. A whole number is exact, but where it is a term of a sum
 * its last zeros may be rounding. All terms of a sum are then taken as rounded to the finest place that one of them shows: of
 * 101 000 + 250 000 + 194 000 each is within 500, of 2 291 000 + 6 769 833 each is exact.
 *
 * @see Moore 1966, Interval analysis, Prentice-Hall
 */
import { type ClaimWorld, ExpressionError, type Fact, type Quantity, type Span } from './claim-expression-types.ts';

type Convert = ClaimWorld['convert'];

/** A number that stands in an expression. @param printed digits as they stand there */
export function literal(value: number, printed: string, unit: string | null): Quantity {
  const step = stepOf(printed);
  const half = Number.isInteger(value) && step >= 1 ? 0 : step / 2;
  return {
    kind: 'quantity',
    value,
    low: tidy(value - half),
    high: tidy(value + half),
    unit: unit ?? '1',
    spread: half > 0 ? 'printed' : 'none',
    step,
  };
}

/** The figure of a fact, with its interval, else as exact as its source prints it; `null` where it is missing. */
export function factQuantity({ value, unit, low, high, printed, at }: Fact): Quantity | null {
  if (value === null) return null;
  const when = at === undefined ? {} : { at };
  if (low !== undefined || high !== undefined)
    return { kind: 'quantity', value, low: low ?? value, high: high ?? value, unit, spread: 'interval', ...when };
  return { ...literal(value, printed ?? String(value), unit), ...when };
}

/** Place of the last digit that counts: 0.01 for 3.70, 1000 for 672000, 0.1 million for 1.1 million, 1 for 17195. */
export function stepOf(printed: string): number {
  const [digits = '', multiple] = printed.replace(/[_\u00a0\u202f]/gu, '').split(' ');
  const times = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 }[multiple ?? ''] ?? 1;
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  const zeros = decimals > 0 || Number(mantissa) === 0 ? 0 : (/0*$/.exec(mantissa)?.[0].length ?? 0);
  return Number(`${times}e${zeros - decimals + Number(exponent)}`);
}

/** The sum of terms in the unit of the first. @throws ExpressionError at a term of another dimension */
export function sumOf(terms: readonly { of: Quantity; span: Span; negative?: boolean }[], convert: Convert): Quantity {
  const unit = terms[0]?.of.unit ?? '1';
  const placed = terms.map(({ of, span, negative = false }) => ({ of: inUnit(of, unit, span, convert), negative }));
  const rounded = placed.flatMap(({ of }) => (of.step !== undefined && of.value !== 0 ? [of.step] : []));
  const finest = rounded.length === placed.length ? Math.min(...rounded) : 0;
  let [value, low, high] = [0, 0, 0];
  let spread: Quantity['spread'] = 'none';
  for (const { of, negative } of placed) {
    const half = of.spread === 'none' && finest > 1 ? finest / 2 : 0;
    const [least, most] = [of.low - half, of.high + half];
    value += negative ? -of.value : of.value;
    low += negative ? -most : least;
    high += negative ? -least : most;
    if (of.spread === 'interval') spread = 'interval';
    else if (spread === 'none' && (of.spread === 'printed' || half > 0)) spread = 'printed';
  }
  return { kind: 'quantity', value: tidy(value), low: tidy(low), high: tidy(high), unit, spread };
}

/** A product; a share or per cent leaves the unit of the other. */
export function product(a: Quantity, b: Quantity, convert: Convert): Quantity {
  const [x, y] = [plain(a, convert), plain(b, convert)];
  const ends = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high];
  const unit = x.unit === '1' ? y.unit : y.unit === '1' ? x.unit : `${x.unit}.${y.unit}`;
  return made(x.value * y.value, Math.min(...ends), Math.max(...ends), unit, [a, b]);
}

/** A quotient; of two of one dimension a pure number. @throws ExpressionError where the divisor may be zero */
export function quotient(a: Quantity, b: Quantity, span: Span, convert: Convert): Quantity {
  const [x, y] = [plain(a, convert), plain(b, convert)];
  if (y.low <= 0 && y.high >= 0) {
    throw new ExpressionError(
      'type',
      span,
      `a divisor of ${y.value}${y.value === 0 ? '' : ', which may be 0'}`,
      'another number than 0',
    );
  }
  const same = alike(y, x.unit, convert);
  const by = same ?? y;
  const ends = [x.low / by.low, x.low / by.high, x.high / by.low, x.high / by.high];
  const unit = same !== null ? '1' : y.unit === '1' ? x.unit : `${x.unit}/${y.unit}`;
  return made(x.value / by.value, Math.min(...ends), Math.max(...ends), unit, [a, b]);
}

/** The same in another unit. @throws ExpressionError where it measures something else */
export function inUnit(of: Quantity, unit: string, span: Span, convert: Convert): Quantity {
  const found = alike(of, unit, convert);
  if (found === null) throw new ExpressionError('unit', span, `a value in ${of.unit}`, `one that can be written in ${unit}`);
  return found;
}

/** Whether a quantity can be written in a unit, and how. */
export function alike(of: Quantity, unit: string, convert: Convert): Quantity | null {
  if (of.unit === unit) return of;
  try {
    const to = (value: number): number => convert(value, of.unit, unit);
    const scale = of.step === undefined ? {} : { step: to(of.step) };
    return { ...of, value: to(of.value), low: to(of.low), high: to(of.high), unit, ...scale };
  } catch (error) {
    if (error instanceof RangeError) return null; // the contract of `convert`: another dimension
    throw error;
  }
}

/** The opposite. */
export function negated(of: Quantity): Quantity {
  return { ...of, value: -of.value, low: -of.high, high: -of.low };
}

/** A computed number: no digits of its own, as exact as what it is made of. */
export function made(value: number, low: number, high: number, unit: string, from: readonly Quantity[]): Quantity {
  const spreads = from.map(({ spread }) => spread);
  const spread = spreads.includes('interval') ? 'interval' : spreads.includes('printed') ? 'printed' : 'none';
  return { kind: 'quantity', value: tidy(value), low: tidy(low), high: tidy(high), unit, spread };
}

/** Shares in per cent or per million as pure numbers, so that they can multiply. */
function plain(of: Quantity, convert: Convert): Quantity {
  return of.unit === '1' ? of : (alike(of, '1', convert) ?? of);
}

/** Without the rest that binary numbers leave: 15 digits. */
const tidy = (value: number): number => Number(value.toPrecision(15));
