/**
 * Tiles packed as JPEG (TIFF Technical Note 2, 1995): 8 bits, grey or three colours; libjpeg-turbo does the work, as in GDAL,
 * and gives the same values. It is loaded with the first such tile.
 */
import type { JpegDecoder } from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import { samplesInChunk, type TiffLayout } from './tiff-layout.ts';

const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;

/** What the frame header of a JPEG stream states. */
interface Frame {
  bits: number;
  width: number;
  height: number;
  components: number;
}

let library: Promise<{ JPEGDecoder: new () => JpegDecoder }> | null = null;

/**
 * The pixels of one tile or strip, samples interleaved, in RGB where it has three.
 * @param rows pixels wanted of each column; the stream may have more
 * @throws RangeError or Error with what was found, where the stream is damaged or another than the directory says
 */
export async function unpackJpeg(bytes: Uint8Array, layout: TiffLayout, rows: number): Promise<Uint8Array> {
  const stream = withTables(bytes, layout.jpegTables);
  const frame = frameOf(stream);
  const samples = samplesInChunk(layout);
  const { chunkWidth, chunkHeight } = layout;
  const fits = frame?.bits === 8 && frame.width === chunkWidth && frame.height >= rows && frame.height <= chunkHeight;
  if (frame === null || !fits || frame.components !== samples)
    throw new RangeError(
      frame === null ? 'JPEG' : `JPEG ${frame.width} x ${frame.height} x ${frame.components}, ${frame.bits} bit`,
    );
  library ??= import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs').then(({ default: load }) => load());
  const { JPEGDecoder } = await library;
  const decoder = new JPEGDecoder();
  try {
    decoder.getEncodedBuffer(stream.length).set(stream);
    decoder.decode();
    return decoder.getDecodedBuffer().slice();
  } finally {
    decoder.delete();
  }
}

/** The stream with the tables that all tiles share put behind its start: both begin with SOI, the tables end with EOI. */
function withTables(bytes: Uint8Array, tables: Uint8Array | null): Uint8Array {
  if (tables === null || tables.length < 4 || bytes.length < 2) return bytes;
  const shared = tables.subarray(0, tables.length - 2);
  const whole = new Uint8Array(shared.length + bytes.length - 2);
  whole.set(shared);
  whole.set(bytes.subarray(2), shared.length);
  return whole;
}

/** The frame header (SOF0 to SOF2) before the first scan; `null` where there is none. ITU-T T.81, B.2.2. */
function frameOf(stream: Uint8Array): Frame | null {
  const byte = (at: number): number => stream[at] ?? 0;
  const word = (at: number): number => (byte(at) << 8) | byte(at + 1);
  if (byte(0) !== 0xff || byte(1) !== START_OF_IMAGE) return null;
  for (let at = 2; at + 9 < stream.length; ) {
    if (byte(at) !== 0xff) return null;
    const marker = byte(at + 1);
    if (marker >= 0xc0 && marker <= 0xc2)
      return { bits: byte(at + 4), height: word(at + 5), width: word(at + 7), components: byte(at + 9) };
    if (marker === START_OF_SCAN) return null;
    at += marker === 0xff ? 1 : 2 + word(at + 2);
  }
  return null;
}
