/**
 * NetCDF 4, which is HDF5 with dimensions as "dimension scales" (NetCDF-4 format,
 * https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html#netcdf_4_spec). Other HDF5 files are read
 * where their datasets have such scales.
 *
 *     const cube = await openNetcdf4(fileBytes('precipitation.nc'));
 */
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { type Cube, type CubeAttribute, type CubeVariable, exactNumbers, LARGEST_BLOCK } from './cf-cube.ts';
import { type Hdf5, type Hdf5File, type Hdf5Shape, openHdf5 } from './netcdf-hdf5-library.ts';
import type { RasterType, RasterValues } from './raster.ts';

/** Objects in a file: model output has hundreds of variables. */
const MOST_OBJECTS = 20_000;
/** The longest attribute that is read [bytes]. */
const LONGEST_ATTRIBUTE = 16_777_216;
/** Attributes that hold the bookkeeping of the format. */
const INNER = new Set(['CLASS', 'NAME', '_Netcdf4Coordinates', '_Netcdf4Dimid', '_NCProperties', '_nc3_strict']);
/** The attribute that refers to the scales along each dimension, and what it is made of: rows of any length of references. */
const SCALES = 'DIMENSION_LIST';
const [ROWS, REFERENCE_BYTES] = [9, 8];
/** What the library writes as the name of a dimension without a variable. netCDF-C, nc4internal.h. */
const NO_VARIABLE = 'This is a netCDF dimension but not a netCDF variable';
/** Filters that the library has: deflate, shuffle, Fletcher 32, N-bit, scale-offset. */
const FILTERS = new Set([1, 2, 3, 5, 6]);
const [INTEGER, FLOAT, WORDS, ENUMERATION] = [0, 1, 3, 8];

/** @throws Problem `cube-damaged`, `cube-too-many-objects`, later `cube-filter`. */
export async function openNetcdf4(source: ByteSource): Promise<Cube> {
  const file = await openHdf5(source);
  try {
    const names = await file.ask((h5, id) => h5.get_names(id, '/', true));
    if (names.length > MOST_OBJECTS)
      throw new Problem('cube-too-many-objects', { file: source.name, found: names.length, limit: MOST_OBJECTS });
    const attributes = await attributesOf(file, '/');
    const objects: Hdf5Object[] = [];
    for (const name of names) {
      const object = await readObject(file, name);
      if (object !== null) objects.push(object);
    }
    const places = await placesOf(file, objects);
    return {
      name: source.name,
      netcdf: true,
      attributes,
      variables: objects.filter(({ isVariable }) => isVariable).map((object) => asVariable(source, file, object, places)),
      close: () => {
        file.close();
        source.close();
      },
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

interface Hdf5Object {
  name: string;
  about: Hdf5Shape & { shape: number[] };
  attributes: Map<string, CubeAttribute>;
  /** The scale along each dimension, as a reference; `null` where there is none. */
  scales: (string | null)[];
  isScale: boolean;
  /** Its number, where it is a dimension, and those of its dimensions, where it is a coordinate with several. */
  number: number | null;
  numbers: readonly number[];
  isVariable: boolean;
}

/** Names of dimensions by their references and numbers. */
interface Places {
  byReference: ReadonlyMap<string, string>;
  byNumber: ReadonlyMap<number, string>;
}

async function placesOf(file: Hdf5File, objects: readonly Hdf5Object[]): Promise<Places> {
  const byReference = new Map<string, string>();
  const byNumber = new Map<number, string>();
  for (const { name, isScale, number } of objects) {
    if (number !== null) byNumber.set(number, name);
    if (isScale) byReference.set((await file.ask((h5, id) => h5.create_object_reference(id, `/${name}`), name)).join(), name);
  }
  return { byReference, byNumber };
}

/** A dataset with what describes it; `null` for groups, links and empty datasets. */
async function readObject(file: Hdf5File, name: string): Promise<Hdf5Object | null> {
  const path = `/${name}`;
  const about = await file.ask(
    (h5, id) => (h5.get_type(id, path) === h5.H5G_DATASET ? h5.get_dataset_metadata(id, path) : null),
    name,
  );
  if (about === null || about.shape === null) return null;
  const { shape } = about;
  const attributes = await attributesOf(file, path);
  const scales = await file.ask((h5, id) => readScales(h5, id, path, shape.length), name);
  const number = attributes.get('_Netcdf4Dimid')?.numbers?.[0] ?? null;
  const numbers = attributes.get('_Netcdf4Coordinates')?.numbers ?? [];
  const isScale = attributes.get('CLASS')?.text === 'DIMENSION_SCALE';
  const isVariable = !(isScale && attributes.get('NAME')?.text?.startsWith(NO_VARIABLE));
  for (const inner of INNER) attributes.delete(inner);
  return { name, about: { ...about, shape }, attributes, scales, isScale, number, numbers, isVariable };
}

/** The first scale along each dimension. The library's own function for it goes on for ever where a length is damaged. */
function readScales(h5: Hdf5, id: bigint, path: string, rank: number): (string | null)[] {
  const none = new Array<null>(rank).fill(null);
  if (!h5.get_attribute_names(id, path).includes(SCALES)) return none;
  const about = h5.get_attribute_metadata(id, path, SCALES);
  const bytes = about.size * about.total_size;
  if (about.type !== ROWS || about.size !== 8 || about.total_size !== rank) return none;
  const at = h5._malloc(bytes);
  let read = false;
  try {
    read = h5.get_attribute_data(id, path, SCALES, BigInt(at)) >= 0;
    if (!read) throw new Error(SCALES);
    const rows = new Uint32Array(h5.HEAPU8.slice(at, at + bytes).buffer);
    return none.map((_, i) => {
      const [count = 0, place = 0] = [rows[2 * i], rows[2 * i + 1]];
      return count === 0 ? null : h5.HEAPU8.slice(place, place + REFERENCE_BYTES).join();
    });
  } finally {
    if (read) h5.reclaim_vlen_memory(id, path, SCALES, BigInt(at));
    h5._free(at);
  }
}

async function attributesOf(file: Hdf5File, path: string): Promise<Map<string, CubeAttribute>> {
  const found = await file.ask((h5, id) => {
    const names = h5.get_attribute_names(id, path);
    return names.flatMap((name) => {
      const attribute = readAttribute(h5, id, path, name);
      return attribute === null ? [] : [[name, attribute] as const];
    });
  }, path);
  return new Map(found);
}

/** An attribute of numbers or words; `null` for others. */
function readAttribute(h5: Hdf5, id: bigint, path: string, name: string): CubeAttribute | null {
  const about = h5.get_attribute_metadata(id, path, name);
  const type = typeOf(about);
  const length = about.size * about.total_size;
  if (about.shape === null || !(length > 0) || length > LONGEST_ATTRIBUTE) return null;
  if (about.type !== WORDS && type === null) return null;
  const at = h5._malloc(length);
  let read = false;
  try {
    read = h5.get_attribute_data(id, path, name, BigInt(at)) >= 0;
    if (!read) throw new Error(name);
    const bytes = h5.HEAPU8.slice(at, at + length);
    if (about.type !== WORDS) {
      const numbers = Array.from(numbersIn(bytes, about) as ArrayLike<number | bigint>, Number);
      return { text: null, numbers, type };
    }
    return { text: wordsIn(h5, bytes, about), numbers: null, type: null };
  } finally {
    if (about.vlen && read) h5.reclaim_vlen_memory(id, path, name, BigInt(at));
    h5._free(at);
  }
}

/** Words of fixed or any length; several with a blank between. */
function wordsIn(h5: Hdf5, bytes: Uint8Array, { vlen, size }: Hdf5Shape): string {
  if (vlen)
    return Array.from(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), (place) =>
      place === 0 ? '' : h5.UTF8ToString(place),
    ).join(' ');
  const words: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const own = bytes.subarray(at, at + size);
    const end = own.indexOf(0);
    words.push(new TextDecoder().decode(end === -1 ? own : own.subarray(0, end)));
  }
  return words.join(' ');
}

type Numbers = RasterValues | BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

/** Bytes as the numbers that they are; their copy begins at an even place. */
function numbersIn(bytes: Uint8Array, { type, size, signed }: Hdf5Shape): Numbers {
  const { buffer } = bytes.slice() as Uint8Array<ArrayBuffer>;
  if (type === FLOAT) return size === 8 ? new Float64Array(buffer) : new Float32Array(buffer);
  if (size === 8) return signed ? new BigInt64Array(buffer) : new BigUint64Array(buffer);
  if (size === 4) return signed ? new Int32Array(buffer) : new Uint32Array(buffer);
  if (size === 2) return signed ? new Int16Array(buffer) : new Uint16Array(buffer);
  return signed ? new Int8Array(buffer) : new Uint8Array(buffer);
}

/** The type of values; `null` for what is not read. */
function typeOf({ type, size, signed }: Hdf5Shape): RasterType | null {
  if (type === FLOAT) return size === 8 ? 'float64' : size === 4 ? 'float32' : null;
  if (type !== INTEGER && type !== ENUMERATION) return null;
  if (size === 8) return 'float64';
  if (size !== 1 && size !== 2 && size !== 4) return null;
  return `${signed ? '' : 'u'}int${(size * 8) as 8 | 16 | 32}`;
}

function asVariable(
  source: ByteSource,
  file: Hdf5File,
  { name, about, attributes, scales, isScale, numbers }: Hdf5Object,
  { byReference, byNumber }: Places,
): CubeVariable {
  const { shape } = about;
  const dimensions = shape.map((size, i) => {
    const scale = byReference.get(scales[i] ?? '');
    if (scale !== undefined) return scale;
    if (isScale && shape.length === 1) return name;
    return byNumber.get(numbers[i] ?? -1) ?? `#${i}-${size}`;
  });
  const type = typeOf(about);
  let checked = false;

  async function read(start: readonly number[], count: readonly number[]): Promise<RasterValues> {
    const where = { file: source.name, variable: name };
    if (!checked) {
      const filters = await file.ask((h5, id) => h5.get_dataset_filters(id, `/${name}`), name);
      const other = filters.find((filter) => !FILTERS.has(filter.id));
      if (other !== undefined) throw new Problem('cube-filter', { ...where, found: `${other.name || '–'}, ${other.id}` });
      checked = true;
    }
    const length = count.reduce((product, side) => product * side, about.size);
    if (length > LARGEST_BLOCK)
      throw new Problem('cube-block-too-large', {
        ...where,
        found: count.join(' × '),
        megabytes: Math.ceil(length / 1e6),
        limit: Math.floor(LARGEST_BLOCK / 1e6),
      });
    const values = await file.ask(
      (h5, id) => {
        const at = h5._malloc(Math.max(8, length));
        if (at === 0) throw new Error(`malloc ${length}`);
        try {
          const [many, from] = [count.map(BigInt), start.map(BigInt)];
          const status = h5.get_dataset_data(
            id,
            `/${name}`,
            many,
            from,
            many.map(() => 1n),
            BigInt(at),
          );
          if (status < 0) throw new Error('H5Dread');
          return numbersIn(h5.HEAPU8.subarray(at, at + length), about);
        } finally {
          h5._free(at);
        }
      },
      `${name} [${start.join(', ')}]`,
    );
    return values instanceof BigInt64Array || values instanceof BigUint64Array ? exactNumbers(values, where) : values;
  }
  return { name, dimensions, shape, type, attributes, chunk: about.chunks, read };
}
