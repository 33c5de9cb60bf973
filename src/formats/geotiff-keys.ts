/**
 * The GeoKeys of a GeoTIFF (OGC 19-008r4, 7.1.2): a directory of numbers and texts within three tags.
 *
 *     const keys = await readGeoKeys(tiff, directory);
 *     keys.number(3072);   // ProjectedCRSGeoKey: 32642
 */
import { type Tiff, type TiffDirectory, tagNumbers, tagText } from './tiff-directory.ts';

export interface GeoKeys {
  /** The first number of a key; `null` where the file does not have it. */
  number: (key: number) => number | null;
  numbers: (key: number) => number[] | null;
  text: (key: number) => string | null;
  /** Whether there are any. */
  any: boolean;
}

const GEO_KEY_DIRECTORY = 34735;
const GEO_DOUBLE_PARAMS = 34736;
const GEO_ASCII_PARAMS = 34737;

export async function readGeoKeys(tiff: Tiff, directory: TiffDirectory): Promise<GeoKeys> {
  const shorts = (await tagNumbers(tiff, directory, GEO_KEY_DIRECTORY)) ?? new Float64Array(0);
  const doubles = (await tagNumbers(tiff, directory, GEO_DOUBLE_PARAMS)) ?? new Float64Array(0);
  const ascii = (await tagText(tiff, directory, GEO_ASCII_PARAMS)) ?? '';
  const numbers = new Map<number, number[]>();
  const texts = new Map<number, string>();
  const count = Math.min(shorts[3] ?? 0, Math.floor(shorts.length / 4) - 1);
  for (let i = 1; i <= count; i++) {
    const [key = 0, tag = 0, length = 0, value = 0] = shorts.subarray(4 * i, 4 * i + 4);
    if (tag === 0) numbers.set(key, [value]);
    else if (tag === GEO_DOUBLE_PARAMS) numbers.set(key, [...doubles.subarray(value, value + length)]);
    else if (tag === GEO_KEY_DIRECTORY) numbers.set(key, [...shorts.subarray(value, value + length)]);
    else if (tag === GEO_ASCII_PARAMS) texts.set(key, ascii.slice(value, value + length).replace(/\|$/, ''));
  }
  return {
    number: (key) => numbers.get(key)?.[0] ?? null,
    numbers: (key) => numbers.get(key) ?? null,
    text: (key) => texts.get(key) ?? null,
    any: count > 0,
  };
}
