/**
 * Unpacking of LZW as TIFF has it (TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit first, widths that change
 * one code early) and of PackBits (section 9).
 *
 * Every entry of LZW's table is a text that stands in the output already: the table keeps where, and how long.
 */

const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const WIDEST = 12;

/** A code of 12 bits stands for at most 4096 - 258 + 1 bytes. */
export const LZW_RATIO = 2560;

const starts = new Int32Array(1 << WIDEST);
const lengths = new Int32Array(1 << WIDEST);

/**
 * The bytes in LZW codes, at most `most`; what follows them is left aside.
 * @throws RangeError where a code is unknown
 */
export function unpackLzw(source: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  if (source[0] === 0 && ((source[1] ?? 0) & 1) === 1) throw new RangeError('LZW, bit order of TIFF 5');
  const out = new Uint8Array(most);
  let width = 9;
  let free = FIRST_FREE;
  let bits = 0;
  let held = 0;
  let read = 0;
  let at = 0;
  let before = 0; // length of the text before; 0 after a clear code
  while (at < most) {
    while (held < width) {
      if (read >= source.length) return out.subarray(0, at);
      bits = (bits << 8) | (source[read++] as number);
      held += 8;
    }
    held -= width;
    const code = bits >>> held;
    bits &= (1 << held) - 1;
    if (code === END) break;
    if (code === CLEAR) {
      width = 9;
      free = FIRST_FREE;
      before = 0;
      continue;
    }
    if (before > 0 && free < 1 << WIDEST) {
      // the text before, and the byte after it, which is about to be written
      starts[free] = at - before;
      lengths[free] = before + 1;
      free += 1;
      if (free + 1 >= 1 << width && width < WIDEST) width += 1;
    }
    if (code < CLEAR) {
      out[at++] = code;
      before = 1;
      continue;
    }
    if (code >= free || before === 0) throw new RangeError(`LZW code ${code}`);
    let from = starts[code] as number;
    const length = lengths[code] as number;
    const end = Math.min(at + length, most);
    while (at < end) out[at++] = out[from++] as number;
    before = length;
  }
  return out.subarray(0, at);
}

/** PackBits cannot pack better: 128 bytes in two. */
export const PACKBITS_RATIO = 64;

/** The bytes in PackBits runs, at most `most`; what follows them is left aside. */
export function unpackPackBits(source: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(most);
  let at = 0;
  let read = 0;
  while (at < most && read < source.length) {
    const head = source[read++] as number;
    if (head < 128) {
      const run = source.subarray(read, Math.min(read + head + 1, read + most - at));
      out.set(run, at);
      at += run.length;
      read += head + 1;
    } else if (head > 128) {
      const end = Math.min(at + 257 - head, most);
      if (read >= source.length) break;
      out.fill(source[read++] as number, at, end);
      at = end;
    }
  }
  return out.subarray(0, at);
}
