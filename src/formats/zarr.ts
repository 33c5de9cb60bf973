/**
 * Zarr stores of version 2 and 3 (https://zarr-specs.readthedocs.io) with the dimensions and attributes that xarray writes;
 * chunks are read by zarrita.
 *
 *     const raster = await openZarr(folderStore('climate.zarr', 'climate.zarr'), { variable: 'pr' });
 */
import type { DataType, Listable, Location, Readable, Array as ZarrArray } from 'zarrita';
import { Problem } from '../problems.ts';
import { type Cube, type CubeAttribute, type CubeVariable, exactNumbers, LARGEST_BLOCK, TYPE_BYTES } from './cf-cube.ts';
import { type CubeOptions, rasterOfCube } from './cf-raster.ts';
import { newArray, stridesOf } from './cf-tiles.ts';
import type { Raster, RasterType, RasterValues } from './raster.ts';
import { boundCodecs, type CodecRegistry } from './zarr-codecs.ts';
import type { ZarrStore } from './zarr-store.ts';

type Zarrita = typeof import('zarrita');
type Path = `/${string}`;
type AnyArray = ZarrArray<DataType, Readable>;

/** Variables in a store. */
const MOST_VARIABLES = 5_000;
/** Pieces that are fetched at the same time. */
const AT_ONCE = 8;

/**
 * One variable of a store as a raster; the store is closed with it.
 * @throws Problem `cube-…`, naming the store and what was found.
 */
export async function openZarr(place: ZarrStore, options: CubeOptions = {}): Promise<Raster> {
  const zarrita = await import('zarrita');
  boundCodecs(zarrita.registry as unknown as CodecRegistry);
  const cube = await openCube(zarrita, place, options.variable ?? null);
  return rasterOfCube(cube, options);
}

async function openCube(zarrita: Zarrita, place: ZarrStore, wanted: string | null): Promise<Cube> {
  const file = place.name;
  const plain = cleanStore(place);
  return told(file, '–', zarrita, async () => {
    const store = (await zarrita.withMaybeConsolidatedMetadata(plain)) as typeof plain | Listable<typeof plain>;
    const names = 'contents' in store ? arraysIn(store.contents()) : arraysOf(await place.list());
    if (names !== null && names.length > MOST_VARIABLES)
      throw new Problem('cube-too-many-objects', { file, found: names.length, limit: MOST_VARIABLES });
    if (names === null && wanted === null) throw new Problem('cube-not-listed', { file, example: `${file}#…` });
    const root: Location<Readable> = zarrita.root(store as Readable);
    const open = async (name: string): Promise<CubeVariable | null> => {
      const array = await openArray(zarrita, root.resolve(name === '' ? '/' : `/${encodeURI(name)}`));
      return array === null ? null : asVariable(zarrita, file, name, array);
    };
    const variables: CubeVariable[] = [];
    for (const name of names ?? [(wanted as string).replace(/^\//, '')]) {
      const variable = await open(name);
      if (variable !== null) variables.push(variable);
    }
    if (names === null) await addNamed(variables, open);
    if (names !== null && names.length === 0) throw new Problem('cube-no-grid', { file, found: '–' });
    const attributes = await groupAttributes(zarrita, root);
    return { name: file, netcdf: false, attributes, variables, close: () => place.close() };
  });
}

/** Without a list, what a variable needs is asked for by name: coordinates of its dimensions and what its attributes name. */
async function addNamed(variables: CubeVariable[], open: (name: string) => Promise<CubeVariable | null>): Promise<void> {
  const asked = new Set(variables.map(({ name }) => name));
  for (let i = 0; i < variables.length; i++) {
    const { name: own, dimensions, attributes } = variables[i] as CubeVariable;
    const folder = own.replace(/[^/]*$/, '');
    const words = ['coordinates', 'grid_mapping', 'bounds', 'climatology'].flatMap((attribute) =>
      (attributes.get(attribute)?.text ?? '').split(/[\s:]+/).filter((word) => word !== ''),
    );
    for (const name of [...dimensions, ...words.map((word) => `${folder}${word}`)]) {
      if (asked.has(name) || name.startsWith('#')) continue;
      asked.add(name);
      const found = await open(name);
      if (found !== null) variables.push(found);
    }
  }
}

async function openArray(zarrita: Zarrita, at: Location<Readable>): Promise<AnyArray | null> {
  try {
    return await zarrita.open(at, { kind: 'array' });
  } catch (error) {
    if (zarrita.isZarritaError(error, 'NotFoundError')) return null;
    throw error;
  }
}

async function groupAttributes(zarrita: Zarrita, root: Location<Readable>): Promise<Map<string, CubeAttribute>> {
  try {
    return attributesIn((await zarrita.open(root, { kind: 'group' })).attrs);
  } catch (error) {
    // an array alone has no group around it
    if (zarrita.isZarritaError(error, 'NotFoundError')) return new Map();
    throw error;
  }
}

/** What zarrita reports, as a problem of the file. */
async function told<T>(file: string, about: string, zarrita: Zarrita, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Problem || (error as Error).name === 'AbortError') throw error;
    if (zarrita.isZarritaError(error, 'UnknownCodecError'))
      throw new Problem('cube-filter', { file, variable: about, found: (error as Error).message }, { cause: error });
    const cause = (error as Error).cause;
    if (cause instanceof Problem) throw cause;
    const found = cause instanceof Error ? `${(error as Error).message}: ${cause.message}` : (error as Error).message;
    throw new Problem('cube-damaged', { file, variable: about, found: found.slice(0, 200) }, { cause: error });
  }
}

/** The store as zarrita asks it; metadata with bare NaN, as Python writes it, becomes JSON. */
function cleanStore(place: ZarrStore) {
  return {
    async get(key: Path, options?: { signal?: AbortSignal }): Promise<Uint8Array | undefined> {
      const bytes = await place.get(key, options);
      if (bytes === undefined || !/(\.zarray|\.zgroup|\.zattrs|\.zmetadata|zarr\.json)$/.test(key)) return bytes;
      const text = new TextDecoder().decode(bytes);
      if (!/NaN|Infinity/.test(text)) return bytes;
      const clean = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) =>
        part.startsWith('"') ? part : `"${part}"`,
      );
      return new TextEncoder().encode(clean);
    },
    getRange: (
      key: Path,
      range: { offset: number; length: number } | { suffixLength: number },
      options?: { signal?: AbortSignal },
    ) => place.getRange(key, range, options),
  };
}

function arraysIn(contents: readonly { path: string; kind: string }[]): string[] {
  return [...new Set(contents.filter(({ kind }) => kind === 'array').map(({ path }) => path.replace(/^\/+/, '')))].sort();
}

/** Names of arrays and groups by the keys of their metadata; groups are left out when they are opened. */
function arraysOf(keys: string[] | null): string[] | null {
  if (keys === null) return null;
  const names = keys.flatMap((key) => /^\/(?:(.*)\/)?(?:\.zarray|zarr\.json)$/.exec(key)?.slice(1, 2) ?? []);
  return [...new Set(names.map((name) => name ?? ''))].sort();
}

/** Attributes in JSON: numbers have no types there. */
function attributesIn(attributes: Record<string, unknown>): Map<string, CubeAttribute> {
  const found = new Map<string, CubeAttribute>();
  for (const [name, value] of Object.entries(attributes)) {
    const values = Array.isArray(value) ? value : [value];
    if (typeof value === 'string') found.set(name, { text: value, numbers: specialNumber(value), type: null });
    else if (values.length > 0 && values.every((one) => typeof one === 'number' || specialNumber(one) !== null))
      found.set(name, {
        text: null,
        numbers: values.map((one) => (typeof one === 'number' ? one : (specialNumber(one)?.[0] ?? 0))),
        type: null,
      });
  }
  return found;
}

function specialNumber(value: unknown): number[] | null {
  if (value === 'NaN') return [Number.NaN];
  if (value === 'Infinity') return [Number.POSITIVE_INFINITY];
  return value === '-Infinity' ? [Number.NEGATIVE_INFINITY] : null;
}

/** Types as rasters have them; `null` for what is not read. */
const TYPES: Readonly<Record<string, RasterType>> = {
  bool: 'uint8',
  int8: 'int8',
  uint8: 'uint8',
  int16: 'int16',
  uint16: 'uint16',
  int32: 'int32',
  uint32: 'uint32',
  int64: 'float64',
  uint64: 'float64',
  float16: 'float32',
  float32: 'float32',
  float64: 'float64',
};

function asVariable(zarrita: Zarrita, file: string, name: string, array: AnyArray): CubeVariable {
  const { shape, dtype } = array;
  const chunk = array.chunks;
  const type = TYPES[dtype] ?? null;
  const folder = name.replace(/[^/]*$/, '');
  const sound = shape.length === chunk.length && [...shape, ...chunk].every((side) => Number.isSafeInteger(side) && side >= 0);
  if (!sound || chunk.includes(0))
    throw new Problem('cube-damaged', { file, variable: name, found: `${shape.join(' × ')}, ${chunk.join(' × ')}` });
  const dimensions = shape.map((size, i) => {
    const own = array.dimensionNames?.[i];
    return own == null ? `#${i}-${size}` : `${folder}${own}`;
  });
  const attributes = attributesIn(array.attrs);
  addFill(attributes, array, type);

  async function read(start: readonly number[], count: readonly number[], signal?: AbortSignal): Promise<RasterValues> {
    const own = type as RasterType;
    const bytes = chunk.reduce((product, side) => product * side, TYPE_BYTES[own]);
    if (bytes > LARGEST_BLOCK)
      throw new Problem('cube-block-too-large', {
        file,
        variable: name,
        found: chunk.join(' × '),
        megabytes: Math.ceil(bytes / 1e6),
        limit: Math.floor(LARGEST_BLOCK / 1e6),
      });
    const into = newArray(
      own,
      count.reduce((product, side) => product * side, 1),
    );
    const pieces = piecesOf(start, count, chunk);
    for (let i = 0; i < pieces.length; i += AT_ONCE)
      await Promise.all(
        pieces.slice(i, i + AT_ONCE).map((piece) =>
          told(file, `${name} [${piece.join(', ')}]`, zarrita, async () => {
            const { data, stride } = await array.getChunk(piece, signal === undefined ? {} : { signal });
            const values = numbersOf(data, { file, variable: name });
            const expected = chunk.reduce((product, side) => product * side, 1);
            if (values.length < expected) throw new RangeError(`${values.length} < ${expected}`);
            copyPiece(
              { values, stride, at: piece.map((place, d) => place * (chunk[d] as number)), shape: chunk },
              { into, start, count },
            );
          }),
        ),
      );
    return into;
  }
  return { name, dimensions, shape, type, attributes, chunk, read };
}

type Values = Exclude<RasterValues, never> | Float64Array;

/** The values of a piece as plain numbers. */
function numbersOf(data: unknown, where: { file: string; variable: string }): Values | ArrayLike<number> {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return exactNumbers(data, where);
  if (ArrayBuffer.isView(data)) return data as Values;
  return Array.from(data as Iterable<unknown>, Number);
}

/** In version 2 the fill value also stands for "missing", as xarray has it; in version 3 only an attribute does. */
function addFill(attributes: Map<string, CubeAttribute>, array: AnyArray, type: RasterType | null): void {
  const stated = attributes.get('_FillValue');
  if (stated?.text != null && type?.startsWith('float')) {
    const number = encodedNumber(stated.text);
    if (number !== null) attributes.set('_FillValue', { text: null, numbers: [number], type });
  }
  const version2 = attributes.size > 0 && '_ARRAY_DIMENSIONS' in array.attrs;
  if (stated !== undefined || !version2 || type === null || array.dtype === 'bool') return;
  const fill: unknown = array.fillValue;
  const number = typeof fill === 'number' ? fill : typeof fill === 'bigint' ? Number(fill) : specialNumber(fill)?.[0];
  if (number !== undefined) attributes.set('_FillValue', { text: null, numbers: [number], type });
}

/** A float64 as xarray writes fill values into version 3: eight bytes in base 64. */
function encodedNumber(text: string): number | null {
  if (!/^[A-Za-z0-9+/]{11}=$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new DataView(bytes.buffer).getFloat64(0, true);
}

/** Places of the pieces that a block touches. */
function piecesOf(start: readonly number[], count: readonly number[], chunk: readonly number[]): number[][] {
  let pieces: number[][] = [[]];
  for (const [d, first] of start.entries()) {
    const side = chunk[d] as number;
    const [from, to] = [Math.floor(first / side), Math.floor((first + (count[d] as number) - 1) / side)];
    pieces = pieces.flatMap((piece) => Array.from({ length: to - from + 1 }, (_, i) => [...piece, from + i]));
  }
  return count.includes(0) ? [] : pieces;
}

/** Copies what a piece and a block have in common. */
function copyPiece(
  piece: { values: ArrayLike<number>; stride: readonly number[]; at: readonly number[]; shape: readonly number[] },
  { into, start, count }: { into: RasterValues; start: readonly number[]; count: readonly number[] },
): void {
  const strides = stridesOf(count);
  const low = start.map((first, d) => Math.max(first, piece.at[d] as number));
  const high = start.map((first, d) =>
    Math.min(first + (count[d] as number), (piece.at[d] as number) + (piece.shape[d] as number)),
  );
  const copy = (d: number, from: number, to: number): void => {
    if (d === start.length) {
      into[to] = piece.values[from] as number;
      return;
    }
    const [ownStep, step] = [piece.stride[d] as number, strides[d] as number];
    const length = (high[d] as number) - (low[d] as number);
    let source = from + ((low[d] as number) - (piece.at[d] as number)) * ownStep;
    let target = to + ((low[d] as number) - (start[d] as number)) * step;
    if (d === start.length - 1)
      for (let i = 0; i < length; i++, source += ownStep, target += step) into[target] = piece.values[source] as number;
    else for (let i = 0; i < length; i++, source += ownStep, target += step) copy(d + 1, source, target);
  };
  copy(0, 0, 0);
}
