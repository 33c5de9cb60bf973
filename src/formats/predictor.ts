/**
 * Undoing of the predictors that TIFF puts before packing: horizontal differences (2; TIFF 6.0, section 14) and those of
 * floating point numbers (3; Adobe Photoshop TIFF Technical Note 3, 2005), for rows of `samples` interleaved values.
 *
 * Values come out little-endian, as all machines have them that Node runs on. The loops stay in one piece for speed.
 */

/** How the values lie: `rows` rows of `width` pixels with `samples` values each. */
export interface PredictedRows {
  width: number;
  rows: number;
  samples: number;
}

/** Arrays without a sign, by which differences are added up whatever the type. */
export type Unsigned =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/**
 * Undoes predictor 2: each value is the difference to the one of its sample before it in the row, modulo the type.
 * @param to as long as `values` and of its type; by default `values` itself
 */
export function undoDifferences(values: Unsigned, { width, rows, samples }: PredictedRows, to: Unsigned = values): void {
  const length = width * samples;
  const words = (array: Unsigned): Int32Array => new Int32Array(array.buffer, array.byteOffset, array.byteLength >> 2);
  const whole = (length * values.BYTES_PER_ELEMENT) % 4 === 0 && values.byteOffset % 4 === 0 && to.byteOffset % 4 === 0;
  if (samples === 1 && whole && values.BYTES_PER_ELEMENT === 4) sumWords(words(values), words(to), length, rows);
  else if (samples === 1 && whole && values.BYTES_PER_ELEMENT === 2) sumHalves(words(values), words(to), length / 2, rows);
  else if (samples === 1 && whole && values.BYTES_PER_ELEMENT === 1) sumBytes(words(values), words(to), length / 4, rows);
  else {
    if (to !== values) (to as Uint8Array).set(values as Uint8Array);
    if (to instanceof BigUint64Array) sumLongs(to, length, rows, samples);
    else if (to instanceof Uint32Array) sumSamples32(to, length, rows, samples);
    else if (to instanceof Uint16Array) sumSamples16(to, length, rows, samples);
    else sumSamples8(to, length, rows, samples);
  }
}

/** Rows of `length` words, a value in each. */
function sumWords(from: Int32Array, to: Int32Array, length: number, rows: number): void {
  for (let start = 0; start < length * rows; start += length)
    for (let i = start, sum = 0, end = start + length; i < end; i++) {
      sum = (sum + (from[i] as number)) | 0;
      to[i] = sum;
    }
}

/** Two values in each word: the sum of both is added on its own, so that one word waits for the one before by one addition. */
function sumHalves(from: Int32Array, to: Int32Array, length: number, rows: number): void {
  for (let start = 0; start < length * rows; start += length)
    for (let i = start, sum = 0, end = start + length; i < end; i++) {
      const word = from[i] as number;
      const low = (sum + word) & 0xffff;
      sum = (sum + (word + (word >>> 16))) | 0;
      to[i] = (sum << 16) | low;
    }
}

/** Four values in each word. */
function sumBytes(from: Int32Array, to: Int32Array, length: number, rows: number): void {
  for (let start = 0; start < length * rows; start += length)
    for (let i = start, sum = 0, end = start + length; i < end; i++) {
      const word = from[i] as number;
      const first = sum + (word & 255);
      const second = first + ((word >>> 8) & 255);
      const third = second + ((word >>> 16) & 255);
      sum = (third + (word >>> 24)) & 255;
      to[i] = (first & 255) | ((second & 255) << 8) | ((third & 255) << 16) | (sum << 24);
    }
}

// one function for each type: a loop that sees several types of arrays is several times slower
function sumSamples8(values: Uint8Array, length: number, rows: number, samples: number): void {
  for (let row = 0; row < rows; row++)
    for (let i = row * length + samples, end = (row + 1) * length; i < end; i++)
      values[i] = (values[i] as number) + (values[i - samples] as number);
}

function sumSamples16(values: Uint16Array, length: number, rows: number, samples: number): void {
  for (let row = 0; row < rows; row++)
    for (let i = row * length + samples, end = (row + 1) * length; i < end; i++)
      values[i] = (values[i] as number) + (values[i - samples] as number);
}

function sumSamples32(values: Uint32Array, length: number, rows: number, samples: number): void {
  for (let row = 0; row < rows; row++)
    for (let i = row * length + samples, end = (row + 1) * length; i < end; i++)
      values[i] = (values[i] as number) + (values[i - samples] as number);
}

function sumLongs(values: BigUint64Array, length: number, rows: number, samples: number): void {
  for (let row = 0; row < rows; row++)
    for (let i = row * length + samples, end = (row + 1) * length; i < end; i++)
      values[i] = (values[i] as bigint) + (values[i - samples] as bigint);
}

/**
 * Undoes predictor 3: a row holds the first bytes of all its values, then the second ones and so on, the most significant
 * first, as differences of bytes.
 * @param bytes `rows * width * samples * size` bytes; they may be changed
 * @param out as long, aligned to four bytes; another array than `bytes`
 * @param size bytes of a value: 2, 4 or 8
 */
export function undoFloatDifferences(
  bytes: Uint8Array<ArrayBuffer>,
  out: Uint8Array<ArrayBuffer>,
  { width, rows, samples }: PredictedRows,
  size: number,
): void {
  if (size === 4 && samples === 1 && width % 4 === 0 && bytes.byteOffset % 4 === 0 && out.byteOffset % 4 === 0) {
    const words = (array: Uint8Array<ArrayBuffer>): Int32Array => new Int32Array(array.buffer, array.byteOffset, width * rows);
    joinFloats(words(bytes), words(out), width, rows);
    return;
  }
  const values = width * samples;
  const length = values * size;
  for (let row = 0; row < rows; row++) {
    const start = row * length;
    for (let i = start + samples; i < start + length; i++) bytes[i] = (bytes[i] as number) + (bytes[i - samples] as number);
    for (let k = 0; k < size; k++)
      for (let i = 0, from = start + k * values, to = start + size - 1 - k; i < values; i++, to += size)
        out[to] = bytes[from + i] as number;
  }
}

/**
 * Predictor 3 for float32, a sample alone: four bytes of each of the four planes at a time. What the running sum is where a
 * plane begins is added up first, so that the four planes run side by side; two sums share a word, the first and third byte
 * of a value in one, the second and fourth in the other.
 */
function joinFloats(words: Int32Array, out: Int32Array, width: number, rows: number): void {
  const quarter = width >> 2;
  let to = 0;
  for (let start = 0; start < width * rows; start += width) {
    const [second, third, fourth] = [start + quarter, start + 2 * quarter, start + 3 * quarter];
    const before2 = byteSum(words, start, second);
    const before3 = (before2 + byteSum(words, second, third)) & 255;
    const before4 = (before3 + byteSum(words, third, fourth)) & 255;
    let odd = before3; // bytes 1 and 3
    let even = (before2 << 16) | before4; // bytes 2 and 4
    for (let i = start; i < second; i++) {
      const a = words[i] as number;
      const b = words[i + quarter] as number;
      const c = words[i + 2 * quarter] as number;
      const d = words[i + 3 * quarter] as number;
      odd = (odd + (((a & 255) << 16) | (c & 255))) & 0xff00ff;
      even = (even + (((b & 255) << 16) | (d & 255))) & 0xff00ff;
      out[to] = (odd << 8) | even;
      odd = (odd + (((a << 8) & 0xff0000) | ((c >>> 8) & 255))) & 0xff00ff;
      even = (even + (((b << 8) & 0xff0000) | ((d >>> 8) & 255))) & 0xff00ff;
      out[to + 1] = (odd << 8) | even;
      odd = (odd + ((a & 0xff0000) | ((c >>> 16) & 255))) & 0xff00ff;
      even = (even + ((b & 0xff0000) | ((d >>> 16) & 255))) & 0xff00ff;
      out[to + 2] = (odd << 8) | even;
      odd = (odd + (((a >>> 8) & 0xff0000) | (c >>> 24))) & 0xff00ff;
      even = (even + (((b >>> 8) & 0xff0000) | (d >>> 24))) & 0xff00ff;
      out[to + 3] = (odd << 8) | even;
      to += 4;
    }
  }
}

/** Sum of the bytes in `words` from `from` to before `to`, modulo 256, two bytes beside each other in a word. */
function byteSum(words: Int32Array, from: number, to: number): number {
  let sums = 0;
  for (let i = from; i < to; i++) {
    const word = words[i] as number;
    sums = (sums + (word & 0xff00ff) + ((word >>> 8) & 0xff00ff)) & 0xff00ff;
  }
  return (sums + (sums >>> 16)) & 255;
}
