/**
 * What the readers of NetCDF and Zarr give: variables on named dimensions with attributes, their values read block by block.
 * What the attributes mean (CF conventions, https://cfconventions.org) is read in the other files that begin with `cf-`.
 *
 *     const pr = cube.variables.find(({ name }) => name === 'pr');
 *     await pr.read([0, 0, 0], [1, 180, 360]);   // the first step, row-major
 */
import { Problem } from '../problems.ts';
import type { RasterType, RasterValues } from './raster.ts';

/** An attribute: words, or numbers with the type that they are stored in (`null` where the format does not say). */
export interface CubeAttribute {
  text: string | null;
  numbers: readonly number[] | null;
  type: RasterType | null;
}

export interface CubeVariable {
  /** Path in the file without a leading stroke: `pr`, `forecast/pr`. */
  name: string;
  /** Names of its dimensions, the slowest first; paths as names of variables are. */
  dimensions: readonly string[];
  shape: readonly number[];
  /** Type of what `read` gives: 64-bit integers come as float64; `null` for words and what is not read. */
  type: RasterType | null;
  attributes: ReadonlyMap<string, CubeAttribute>;
  /** How it is stored in pieces; `null` where row by row. */
  chunk: readonly number[] | null;
  /**
   * Values of a block, row-major, in an array that is the caller's own.
   * @throws Problem `cube-…` naming file, variable and place.
   */
  read(start: readonly number[], count: readonly number[], signal?: AbortSignal): Promise<RasterValues>;
}

export interface Cube {
  /** As messages show it. */
  name: string;
  /** Whether values that were never written have the value that the NetCDF library gives them. */
  netcdf: boolean;
  attributes: ReadonlyMap<string, CubeAttribute>;
  variables: readonly CubeVariable[];
  close(): void;
}

/** The largest piece that is unpacked at once [bytes]. */
export const LARGEST_BLOCK = 268_435_456;
/** The longest coordinate that is read [values]: one-second steps of four months, columns of 4 m around the equator. */
const LONGEST_COORDINATE = 10_000_000;

/** Bytes of a value of each type. */
export const TYPE_BYTES: Readonly<Record<RasterType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
};

/** The text of an attribute, trimmed; `null` where there is none or it is empty. */
export function attributeText({ attributes }: Pick<CubeVariable, 'attributes'>, name: string): string | null {
  return attributes.get(name)?.text?.trim() || null;
}

/** The first number of an attribute, also where it is written as words (`"0.1"`); `null` where there is none. */
export function attributeNumber(variable: Pick<CubeVariable, 'attributes'>, name: string): number | null {
  return attributeNumbers(variable, name)[0] ?? null;
}

/** All numbers of an attribute; none where there is no such attribute or it holds none. */
export function attributeNumbers({ attributes }: Pick<CubeVariable, 'attributes'>, name: string): readonly number[] {
  const found = attributes.get(name);
  if (found?.numbers != null) return found.numbers;
  const words = found?.text?.trim().split(/[\s,]+/) ?? [];
  const numbers = words.map((word) => (/^nan$/i.test(word) ? Number.NaN : word === '' ? null : Number(word)));
  return numbers.every((value) => value !== null && (!Number.isNaN(value) || words.some((word) => /^nan$/i.test(word))))
    ? (numbers as number[])
    : [];
}

/** The variable that `name`, written in an attribute of `from`, means: in its own group, then upwards (CF 1.11, 2.7). */
export function variableNamed(cube: Cube, from: Pick<CubeVariable, 'name'>, name: string): CubeVariable | null {
  if (name.startsWith('/')) return cube.variables.find((variable) => variable.name === name.slice(1)) ?? null;
  const groups = from.name.split('/').slice(0, -1);
  for (let depth = groups.length; depth >= 0; depth--) {
    const path = [...groups.slice(0, depth), name].join('/');
    const found = cube.variables.find((variable) => variable.name === path);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * All values of a coordinate, as numbers.
 * @throws Problem `cube-too-long`, or those of reading.
 */
export async function readAll(cube: Cube, variable: CubeVariable): Promise<Float64Array> {
  const length = variable.shape.reduce((product, size) => product * size, 1);
  if (length > LONGEST_COORDINATE)
    throw new Problem('cube-too-long', { file: cube.name, variable: variable.name, found: length, limit: LONGEST_COORDINATE });
  const values = await variable.read(
    variable.shape.map(() => 0),
    variable.shape,
  );
  return Float64Array.from(values);
}

/**
 * 64-bit integers as float64.
 * @throws Problem `cube-integer-large` where one of them is beyond 2 to the 53rd, which float64 cannot hold exactly.
 */
export function exactNumbers(
  values: BigInt64Array | BigUint64Array,
  { file, variable }: { file: string; variable: string },
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as bigint;
    if (NO_VALUE.has(value)) out[i] = Number.NaN;
    else {
      out[i] = Number(value);
      if (!Number.isSafeInteger(out[i])) throw new Problem('cube-integer-large', { file, variable, found: String(value) });
    }
  }
  return out;
}

/** 64-bit integers that stand for none: "not a time" of NumPy, what the NetCDF library puts where nothing was written, and the highest of all. */
const NO_VALUE: ReadonlySet<bigint> = new Set([-(2n ** 63n), -(2n ** 63n) + 2n, 2n ** 64n - 2n, 2n ** 64n - 1n]);
