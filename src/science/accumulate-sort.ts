/**
 * Many values in increasing order, equal ones put together, each with the sum of its weights: by a radix sort of keys that
 * are ordered as the values are, with an index carried along that leads to the weight.
 */
import type { PixelType } from './accumulate.ts';
import { append, type Run } from './quantiles.ts';

/** Values to be sorted; grows, and is reused from tile to tile. */
export interface Unsorted {
  count: number;
  /** Whole numbers of 32 bits; of doubles the high half, the low half in `low`. */
  keys: Uint32Array;
  low: Uint32Array;
  /** Which of `weights` the value has: those of a stretch share one. */
  index: Uint32Array;
  weightCount: number;
  weights: Float64Array;
  otherKeys: Uint32Array;
  otherIndex: Uint32Array;
  /** Three times as many as a digit has values. */
  digits: Uint32Array;
}

/** A value seen as bits, and back. */
const float = new Float32Array(1);
const double = new Float64Array(1);
const floatBits = new Uint32Array(float.buffer);
const doubleBits = new Uint32Array(double.buffer);
const [LOW, HIGH] = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? [0, 1] : [1, 0];

const BITS = 11;
const DIGIT = 2 ** BITS;
const MASK = DIGIT - 1;
const SIGN = 0x80000000;

export function newUnsorted(): Unsorted {
  return { count: 0, weightCount: 0, weights: new Float64Array(1024), digits: new Uint32Array(3 * DIGIT), ...buffers(1024) };
}

function buffers(size: number): Omit<Unsorted, 'count' | 'weightCount' | 'weights' | 'digits'> {
  const make = (): Uint32Array => new Uint32Array(size);
  return { keys: make(), low: make(), index: make(), otherKeys: make(), otherIndex: make() };
}

/** Room for `more` values. */
function makeRoom(unsorted: Unsorted, more: number): void {
  const { count, keys, low, index } = unsorted;
  if (count + more <= keys.length) return;
  Object.assign(unsorted, buffers(2 * (count + more)));
  unsorted.keys.set(keys.subarray(0, count));
  unsorted.low.set(low.subarray(0, count));
  unsorted.index.set(index.subarray(0, count));
}

function addWeight(unsorted: Unsorted, weight: number): number {
  const { weightCount, weights } = unsorted;
  if (weightCount === weights.length) {
    unsorted.weights = new Float64Array(2 * weightCount);
    unsorted.weights.set(weights);
  }
  unsorted.weights[weightCount] = weight;
  return unsorted.weightCount++;
}

/** Adds the values of a stretch that are neither `nodata` nor NaN, all of one weight. */
export function gather(
  unsorted: Unsorted,
  type: PixelType,
  values: { readonly [at: number]: number },
  start: number,
  end: number,
  nodata: number,
  weight: number,
): void {
  makeRoom(unsorted, end - start);
  const own = addWeight(unsorted, weight);
  if (type === 'float32') gatherFloats(unsorted, values as Float32Array, start, end, nodata, own);
  else for (let i = start; i < end; i++) gatherOne(unsorted, type, values[i] as number, nodata, own);
}

/** Adds one value with a weight of its own. */
export function gatherWithWeight(unsorted: Unsorted, type: PixelType, value: number, weight: number): void {
  makeRoom(unsorted, 1);
  gatherOne(unsorted, type, value, Number.NaN, addWeight(unsorted, weight));
}

function gatherFloats(unsorted: Unsorted, values: Float32Array, start: number, end: number, nodata: number, own: number): void {
  const { keys, index } = unsorted;
  let count = unsorted.count;
  for (let i = start; i < end; i++) {
    const value = values[i] as number;
    // biome-ignore lint/suspicious/noSelfCompare: NaN is missing, and this is the fastest test
    if (value === nodata || value !== value) continue;
    keys[count] = floatKey(value);
    index[count++] = own;
  }
  unsorted.count = count;
}

function gatherOne(unsorted: Unsorted, type: PixelType, value: number, nodata: number, own: number): void {
  if (value === nodata || Number.isNaN(value)) return;
  const at = unsorted.count++;
  unsorted.index[at] = own;
  if (type === 'float32') unsorted.keys[at] = floatKey(value);
  else if (type === 'float64') {
    double[0] = value + 0;
    const high = doubleBits[HIGH] as number;
    const low = doubleBits[LOW] as number;
    unsorted.keys[at] = high >= SIGN ? ~high : high | SIGN;
    unsorted.low[at] = high >= SIGN ? ~low : low;
  } else unsorted.keys[at] = type === 'int32' ? value + 2 ** 31 : value;
}

/** Floats as whole numbers in the same order: -0 is 0. */
function floatKey(value: number): number {
  float[0] = value + 0;
  const bits = floatBits[0] as number;
  return bits >= SIGN ? ~bits : bits | SIGN;
}

function numberOf(type: PixelType, high: number, low: number): number {
  if (type === 'float32') {
    floatBits[0] = high >= SIGN ? high ^ SIGN : ~high;
    return float[0] as number;
  }
  if (type === 'float64') {
    doubleBits[HIGH] = high >= SIGN ? high ^ SIGN : ~high;
    doubleBits[LOW] = high >= SIGN ? low : ~low;
    return double[0] as number;
  }
  return type === 'int32' ? high - 2 ** 31 : high;
}

/**
 * Appends the values in order to `run`, which is empty; `unsorted` is empty afterwards. Equal values keep the order in
 * which they came, so that their weights are always summed the same way.
 */
export function sortInto(unsorted: Unsorted, type: PixelType, run: Run): void {
  const { count, weights } = unsorted;
  if (type === 'float64') sortDoubles(unsorted, run);
  else {
    sortByKeys(unsorted);
    const { keys, index } = unsorted;
    for (let i = 0; i < count; ) {
      const key = keys[i] as number;
      let weight = 0;
      do weight += weights[index[i] as number] as number;
      while (++i < count && keys[i] === key);
      append(run, numberOf(type, key, 0), weight);
    }
  }
  unsorted.count = 0;
  unsorted.weightCount = 0;
}

/** Doubles: by the low half, then by the high half, which leaves those of the same high half in order. */
function sortDoubles(unsorted: Unsorted, run: Run): void {
  const { count, weights } = unsorted;
  const high = unsorted.keys.slice(0, count);
  const low = unsorted.low.slice(0, count);
  const owns = unsorted.index.slice(0, count);
  unsorted.keys.set(low);
  for (let i = 0; i < count; i++) unsorted.index[i] = i;
  sortByKeys(unsorted);
  for (let i = 0; i < count; i++) unsorted.keys[i] = high[unsorted.index[i] as number] as number;
  sortByKeys(unsorted);
  for (let i = 0; i < count; i++) {
    const at = unsorted.index[i] as number;
    append(run, numberOf('float64', high[at] as number, low[at] as number), weights[owns[at] as number] as number);
  }
}

/** Sorts keys, and indices with them, by three digits of 11 bits, the least first; a digit that all share is passed over. */
function sortByKeys(unsorted: Unsorted): void {
  const { count, digits } = unsorted;
  countDigits(unsorted);
  for (let pass = 0; pass < 3; pass++) {
    const { keys, index, otherKeys, otherIndex } = unsorted;
    const base = pass * DIGIT;
    const shift = pass * BITS;
    if (digits[base + (((keys[0] as number) >>> shift) & MASK)] === count) continue;
    let sum = 0;
    for (let slot = base; slot < base + DIGIT; slot++) {
      const here = digits[slot] as number;
      digits[slot] = sum;
      sum += here;
    }
    for (let i = 0; i < count; i++) {
      const key = keys[i] as number;
      const slot = base + ((key >>> shift) & MASK);
      const at = digits[slot] as number;
      digits[slot] = at + 1;
      otherKeys[at] = key;
      otherIndex[at] = index[i] as number;
    }
    Object.assign(unsorted, { keys: otherKeys, index: otherIndex, otherKeys: keys, otherIndex: index });
  }
}

function countDigits({ count, keys, digits }: Unsorted): void {
  digits.fill(0);
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number;
    const low = key & MASK;
    const middle = DIGIT + ((key >>> BITS) & MASK);
    const high = 2 * DIGIT + (key >>> (2 * BITS));
    digits[low] = (digits[low] as number) + 1;
    digits[middle] = (digits[middle] as number) + 1;
    digits[high] = (digits[high] as number) + 1;
  }
}
