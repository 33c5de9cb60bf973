/**
 * From unpacked bytes to numbers: byte order, bits, half floats, and one band out of several that lie together.
 */
import { type Unsigned, undoDifferences, undoFloatDifferences } from './predictor.ts';
import { RASTER_ARRAYS, type RasterType, type RasterValues } from './raster.ts';
import { bytesOf, rowBytes, samplesInChunk, type TiffLayout } from './tiff-layout.ts';

/**
 * The numbers of `rows` rows of a chunk, all of its samples interleaved as they lie.
 * @param bytes unpacked, `rowBytes(layout) * rows` long
 * @param own whether `bytes` may be changed and given away
 * @param into where to put them; else they may stand on `bytes`, or in a new array
 */
export function numbersOf(
  bytes: Uint8Array,
  layout: TiffLayout,
  rows: number,
  { own, into }: { own: boolean; into: RasterValues | null },
): RasterValues {
  const { bits, float, predictor, type } = layout;
  const samples = samplesInChunk(layout);
  const shape = { width: layout.chunkWidth, rows, samples };
  const count = layout.chunkWidth * samples * rows;
  if (float && bits === 16) return widenHalves(bytes, layout, rows, into ?? newValues('float32', count));
  if (bits !== 8 * bytesOf(type)) return unpackBits(bytes, layout, rows, into ?? newValues(type, count));
  if (predictor === 3) {
    const out = into ?? newValues(type, count);
    undoFloatDifferences(own ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice(), bytesUnder(out, count), shape, bits / 8);
    return out;
  }
  if (predictor === 2 && layout.littleEndian && bytes.byteOffset % bytesOf(type) === 0) {
    const stored = new RASTER_ARRAYS[type](bytes.buffer as ArrayBuffer, bytes.byteOffset, count);
    const out = into ?? (own ? stored : newValues(type, count));
    undoDifferences(asUnsigned(stored, count), shape, asUnsigned(out, count));
    return out;
  }
  const values = placed(bytes, type, count, own, into);
  if (!layout.littleEndian) swapBytes(bytesUnder(values, count), bits / 8);
  if (predictor === 2) undoDifferences(asUnsigned(values, count), shape);
  return values;
}

/** A new array of a type. */
export function newValues(type: RasterType, length: number): RasterValues {
  return new RASTER_ARRAYS[type](new ArrayBuffer(length * bytesOf(type)));
}

/** `bytes` as numbers: in `into`, on themselves where they may be given away and are aligned, else copied. */
function placed(bytes: Uint8Array, type: RasterType, count: number, own: boolean, into: RasterValues | null): RasterValues {
  const size = bytesOf(type);
  if (into === null && own && bytes.byteOffset % size === 0)
    return new RASTER_ARRAYS[type](bytes.buffer as ArrayBuffer, bytes.byteOffset, count);
  const values = into ?? newValues(type, count);
  bytesUnder(values, count).set(bytes.subarray(0, count * size));
  return values;
}

function bytesUnder({ buffer, byteOffset, BYTES_PER_ELEMENT }: RasterValues, count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, count * BYTES_PER_ELEMENT);
}

function asUnsigned({ buffer, byteOffset, BYTES_PER_ELEMENT }: RasterValues, count: number): Unsigned {
  const Unsigned = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array }[BYTES_PER_ELEMENT as 1 | 2 | 4 | 8];
  return new Unsigned(buffer, byteOffset, count);
}

/** Turns the bytes of each value round. */
function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size)
    for (let i = start, j = start + size - 1; i < j; i++, j--) {
      const byte = bytes[i] as number;
      bytes[i] = bytes[j] as number;
      bytes[j] = byte;
    }
}

/** Values of 1 to 15 bits, the most significant bit first; each row begins at a whole byte. TIFF 6.0, p. 29. */
function unpackBits(bytes: Uint8Array, layout: TiffLayout, rows: number, out: RasterValues): RasterValues {
  const { bits } = layout;
  const values = layout.chunkWidth * samplesInChunk(layout);
  const stride = rowBytes(layout);
  const mask = (1 << bits) - 1;
  for (let row = 0; row < rows; row++) {
    let held = 0;
    let have = 0;
    let read = row * stride;
    for (let i = row * values; i < (row + 1) * values; i++) {
      while (have < bits) {
        held = ((held << 8) | (bytes[read++] as number)) & 0xffffff;
        have += 8;
      }
      have -= bits;
      out[i] = (held >>> have) & mask;
    }
  }
  return out;
}

/** float16 to float32, which holds every one of them. IEEE 754-2019, 3.4. */
function widenHalves(bytes: Uint8Array, layout: TiffLayout, rows: number, out: RasterValues): RasterValues {
  const count = layout.chunkWidth * samplesInChunk(layout) * rows;
  const halves = newValues('uint16', count);
  const under = bytesUnder(halves, count);
  const shape = { width: layout.chunkWidth, rows, samples: samplesInChunk(layout) };
  if (layout.predictor === 3) undoFloatDifferences(bytes.slice(), under, shape, 2);
  else {
    under.set(bytes.subarray(0, count * 2));
    if (!layout.littleEndian) swapBytes(under, 2);
    if (layout.predictor === 2) undoDifferences(asUnsigned(halves, count), shape);
  }
  for (let i = 0; i < count; i++) {
    const half = halves[i] as number;
    const sign = half >>> 15 === 1 ? -1 : 1;
    const exponent = (half >>> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) out[i] = fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    else out[i] = exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return out;
}

/** Which part of a chunk is wanted. */
export interface Pick {
  /** Values in a row of the chunk, all samples together. */
  stride: number;
  samples: number;
  sample: number;
  /** Pixels wanted of each row, and rows. */
  width: number;
  rows: number;
}

/** Copies one sample of the first `width` pixels of the first `rows` rows to `to`, whose rows are `width` long. */
export function pickSample(from: RasterValues, to: RasterValues, pick: Pick): void {
  const { stride, samples, width, rows } = pick;
  if (samples === 1) for (let row = 0; row < rows; row++) to.set(from.subarray(row * stride, row * stride + width), row * width);
  else {
    // by size: the loops then see one type of array each and not eight
    const size = from.BYTES_PER_ELEMENT;
    if (size === 8) pick64(from as Float64Array, to as Float64Array, pick);
    else if (size === 4) pick32(asUnsigned(from, from.length) as Uint32Array, asUnsigned(to, to.length) as Uint32Array, pick);
    else if (size === 2) pick16(asUnsigned(from, from.length) as Uint16Array, asUnsigned(to, to.length) as Uint16Array, pick);
    else pick8(asUnsigned(from, from.length) as Uint8Array, asUnsigned(to, to.length) as Uint8Array, pick);
  }
}

function pick64(from: Float64Array, to: Float64Array, { stride, samples, sample, width, rows }: Pick): void {
  for (let row = 0, put = 0; row < rows; row++)
    for (let i = 0, at = row * stride + sample; i < width; i++, at += samples) to[put++] = from[at] as number;
}

function pick32(from: Uint32Array, to: Uint32Array, { stride, samples, sample, width, rows }: Pick): void {
  for (let row = 0, put = 0; row < rows; row++)
    for (let i = 0, at = row * stride + sample; i < width; i++, at += samples) to[put++] = from[at] as number;
}

function pick16(from: Uint16Array, to: Uint16Array, { stride, samples, sample, width, rows }: Pick): void {
  for (let row = 0, put = 0; row < rows; row++)
    for (let i = 0, at = row * stride + sample; i < width; i++, at += samples) to[put++] = from[at] as number;
}

function pick8(from: Uint8Array, to: Uint8Array, { stride, samples, sample, width, rows }: Pick): void {
  for (let row = 0, put = 0; row < rows; row++)
    for (let i = 0, at = row * stride + sample; i < width; i++, at += samples) to[put++] = from[at] as number;
}
