/**
 * NetCDF 3: classic, 64-bit offset and 64-bit data, by ranges (NetCDF Users Guide, appendix B, "File Format Specification",
 * https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html).
 *
 *     const cube = await openClassic(fileBytes('precipitation.nc'));
 */
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { type Cube, type CubeAttribute, type CubeVariable, exactNumbers } from './cf-cube.ts';
import { newArray } from './cf-tiles.ts';
import { type ClassicDimension, type ClassicHeader, type ClassicVariable, readHeader } from './netcdf-header.ts';
import { RASTER_ARRAYS, type RasterType, type RasterValues } from './raster.ts';

/** Gaps between rows up to this size are read along [bytes]. */
const GAP = 4_096;
/** Read at once [bytes]. */
const PIECE = 8_388_608;

/** Types of the format by number; words and 64-bit integers are told apart by `reads`. */
const TYPES: Readonly<Record<number, { type: RasterType | null; bytes: number }>> = {
  1: { type: 'int8', bytes: 1 },
  2: { type: null, bytes: 1 },
  3: { type: 'int16', bytes: 2 },
  4: { type: 'int32', bytes: 4 },
  5: { type: 'float32', bytes: 4 },
  6: { type: 'float64', bytes: 8 },
  7: { type: 'uint8', bytes: 1 },
  8: { type: 'uint16', bytes: 2 },
  9: { type: 'uint32', bytes: 4 },
  10: { type: 'float64', bytes: 8 },
  11: { type: 'float64', bytes: 8 },
};
const [INT64, UINT64] = [10, 11];

/** @throws Problem `cube-header`, later `cube-truncated`. */
export async function openClassic(source: ByteSource): Promise<Cube> {
  const header = await readHeader(source);
  const records = recordsOf(source, header);
  return {
    name: source.name,
    netcdf: true,
    attributes: header.attributes,
    variables: header.variables.map((variable) => asVariable(source, header, variable, records)),
    close: () => source.close(),
  };
}

/** How many records there are, and how far they lie apart [bytes]. */
interface Records {
  count: number;
  size: number;
}

const isRecord = ({ dimensions }: ClassicVariable, all: readonly ClassicDimension[]): boolean =>
  dimensions.length > 0 && all[dimensions[0] as number]?.length === 0;

/** Bytes of one record of a variable, or of all of it, without the padding. */
function bytesOf(variable: ClassicVariable, dimensions: readonly ClassicDimension[]): number {
  const sides = variable.dimensions.map((place) => dimensions[place]?.length ?? 0);
  const fixed = isRecord(variable, dimensions) ? sides.slice(1) : sides;
  return fixed.reduce((product, side) => product * side, TYPES[variable.type]?.bytes ?? 1);
}

function recordsOf(source: ByteSource, { dimensions, variables, records }: ClassicHeader): Records {
  const varying = variables.filter((variable) => isRecord(variable, dimensions));
  const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;
  const [only] = varying;
  // records of a single variable are not padded
  const size =
    varying.length === 1 && only !== undefined
      ? bytesOf(only, dimensions)
      : varying.reduce((sum, variable) => sum + padded(bytesOf(variable, dimensions)), 0);
  if (records !== null) return { count: records, size };
  // written as a stream: what is there, counts
  const first = Math.min(...varying.map(({ begin }) => begin));
  return { count: size === 0 ? 0 : Math.max(0, Math.floor((source.size - first) / size)), size };
}

function asVariable(
  source: ByteSource,
  { dimensions }: ClassicHeader,
  variable: ClassicVariable,
  records: Records,
): CubeVariable {
  const varying = isRecord(variable, dimensions);
  const shape = variable.dimensions.map((place, i) => (i === 0 && varying ? records.count : (dimensions[place]?.length ?? 0)));
  const { type, bytes } = TYPES[variable.type] as { type: RasterType | null; bytes: number };
  const one = bytesOf(variable, dimensions);
  const end = varying ? variable.begin + (records.count - 1) * records.size + one : variable.begin + one;
  return {
    name: variable.name,
    dimensions: variable.dimensions.map((place) => dimensions[place]?.name ?? ''),
    shape,
    type,
    attributes: variable.attributes as ReadonlyMap<string, CubeAttribute>,
    chunk: null,
    async read(start, count) {
      const total = count.reduce((product, side) => product * side, 1);
      const where = { file: source.name, variable: variable.name };
      if (end > source.size && total > 0) throw new Problem('cube-truncated', { ...where, size: source.size, expected: end });
      const raw = new Uint8Array(new ArrayBuffer(total * bytes));
      const runs = runsOf(shape, start, count, { bytes, begin: variable.begin, record: varying ? records.size : null });
      await readRuns(source, runs, raw, where);
      return decoded(raw, variable.type, type as RasterType, where);
    },
  };
}

/** Bytes that lie together in the file, in the order in which they are wanted. */
interface Run {
  offset: number;
  length: number;
}

/** Where the values of a block lie: as few runs as there can be. */
function runsOf(
  shape: readonly number[],
  start: readonly number[],
  count: readonly number[],
  { bytes, begin, record }: { bytes: number; begin: number; record: number | null },
): Run[] {
  const strides = shape.map(() => bytes);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = (strides[d + 1] as number) * (shape[d + 1] as number);
  if (record !== null) strides[0] = record;
  let runs: Run[] = [{ offset: begin, length: bytes }];
  for (let d = 0; d < shape.length; d++) {
    const [first, many, stride] = [start[d] as number, count[d] as number, strides[d] as number];
    const rest = count.slice(d + 1).reduce((product, side) => product * side, bytes);
    // all that is faster is wanted whole: one run for all
    if (rest === stride) return runs.map(({ offset }) => ({ offset: offset + first * stride, length: many * stride }));
    runs = runs.flatMap(({ offset }) =>
      Array.from({ length: many }, (_, i) => ({ offset: offset + (first + i) * stride, length: bytes })),
    );
  }
  return runs;
}

async function readRuns(source: ByteSource, runs: readonly Run[], into: Uint8Array, where: { file: string; variable: string }) {
  await source.prefetch?.(runs);
  let to = 0;
  for (let i = 0; i < runs.length; ) {
    const { offset, length } = runs[i] as Run;
    let [next, end] = [i + 1, offset + length];
    while (next < runs.length) {
      const run = runs[next] as Run;
      if (run.offset < end || run.offset - end > GAP || run.offset + run.length - offset > PIECE) break;
      end = run.offset + run.length;
      next += 1;
    }
    const piece = await readPiece(source, offset, end - offset, where);
    for (; i < next; i++) {
      const run = runs[i] as Run;
      into.set(piece.subarray(run.offset - offset, run.offset - offset + run.length), to);
      to += run.length;
    }
  }
}

async function readPiece(source: ByteSource, offset: number, length: number, where: { file: string; variable: string }) {
  const bytes = await source.read(offset, length);
  if (bytes.length < length)
    throw new Problem('cube-truncated', { ...where, size: offset + bytes.length, expected: offset + length });
  return bytes;
}

/** Big-endian bytes as values of this machine. */
function decoded(
  raw: Uint8Array<ArrayBuffer>,
  number: number,
  type: RasterType,
  where: { file: string; variable: string },
): RasterValues {
  const { bytes } = TYPES[number] as { bytes: number };
  if (bytes > 1 && LITTLE_ENDIAN) swap(raw, bytes);
  if (number === INT64) return exactNumbers(new BigInt64Array(raw.buffer), where);
  if (number === UINT64) return exactNumbers(new BigUint64Array(raw.buffer), where);
  return raw.length === 0 ? newArray(type, 0) : new RASTER_ARRAYS[type](raw.buffer, 0, raw.length / bytes);
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function swap(raw: Uint8Array, bytes: number): void {
  for (let i = 0; i + bytes <= raw.length; i += bytes)
    for (let a = i, b = i + bytes - 1; a < b; a++, b--) {
      const held = raw[a] as number;
      raw[a] = raw[b] as number;
      raw[b] = held;
    }
}
