/**
 * The header of a NetCDF 3 file: dimensions, attributes and where each variable lies.
 *
 *     const { dimensions, variables, records } = await readHeader(source);
 */
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import type { CubeAttribute } from './cf-cube.ts';
import type { RasterType } from './raster.ts';

export interface ClassicDimension {
  name: string;
  /** 0 for the one that grows record by record. */
  length: number;
}

export interface ClassicVariable {
  name: string;
  /** Places among the dimensions. */
  dimensions: number[];
  attributes: Map<string, CubeAttribute>;
  /** Number of its type in the format. */
  type: number;
  /** Where its values begin [bytes]. */
  begin: number;
}

export interface ClassicHeader {
  dimensions: ClassicDimension[];
  attributes: Map<string, CubeAttribute>;
  variables: ClassicVariable[];
  /** `null` where the file was written as a stream and does not say. */
  records: number | null;
}

/** Headers are read in pieces of this size [bytes], growing. */
const PIECE = 65_536;
/** The longest header: histories of thousands of commands stay below [bytes]. */
const LONGEST = 67_108_864;

const [DIMENSIONS, VARIABLES, ATTRIBUTES] = [10, 11, 12];
const CHAR = 2;

/** Bytes and array type of each type in the format. */
const BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8 };
const NAMES: Readonly<Record<number, RasterType>> = {
  1: 'int8',
  3: 'int16',
  4: 'int32',
  5: 'float32',
  6: 'float64',
  7: 'uint8',
  8: 'uint16',
  9: 'uint32',
};

/** Thrown when the part of the header that is there ends; the next piece is read then. */
class HeaderEnds extends Error {}

/** @throws Problem `cube-header`, `cube-truncated`. */
export async function readHeader(source: ByteSource): Promise<ClassicHeader> {
  for (let length = PIECE; ; length *= 4) {
    const bytes = await source.read(0, Math.min(length, source.size));
    try {
      return parse(bytes, source.name);
    } catch (error) {
      if (!(error instanceof HeaderEnds)) throw error;
      if (bytes.length >= source.size)
        throw new Problem('cube-truncated', {
          file: source.name,
          variable: '–',
          size: bytes.length,
          expected: `> ${bytes.length}`,
        });
      if (length >= LONGEST)
        throw new Problem('cube-header', { file: source.name, offset: bytes.length, found: `> ${LONGEST} B` });
    }
  }
}

function parse(bytes: Uint8Array, file: string): ClassicHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 4;
  const damaged = (found: string | number): Problem => new Problem('cube-header', { file, offset: at, found: String(found) });
  const need = (length: number): number => {
    if (at + length > bytes.length) throw new HeaderEnds();
    at += length;
    return at - length;
  };
  const version = bytes[3] as number;
  const int32 = (): number => view.getUint32(need(4));
  const int64 = (): number => {
    const value = view.getBigUint64(need(8));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(String(value));
    return Number(value);
  };
  /** Counts and lengths are longer in the 64-bit data format (CDF-5). */
  const size = version === 5 ? int64 : int32;
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  /** A count of things of which each takes at least `each` bytes. */
  const counted = (each: number): number => {
    const count = size();
    if (count * each > LONGEST) throw damaged(count);
    return count;
  };
  const name = (): string => {
    const length = counted(1);
    const from = need(padded(length));
    return new TextDecoder().decode(bytes.subarray(from, from + length));
  };
  /** The number of things in a list with its tag; none where it is absent. */
  const list = (tag: number, each: number): number => {
    const found = int32();
    const count = counted(each);
    if (found !== tag && !(found === 0 && count === 0)) throw damaged(found);
    return count;
  };
  const values = (type: number, count: number): CubeAttribute => {
    const each = BYTES[type];
    if (each === undefined || count * each > LONGEST) throw damaged(type);
    const from = need(padded(count * each));
    if (type === CHAR) return { text: textIn(bytes.subarray(from, from + count)), numbers: null, type: null };
    const numbers = Array.from({ length: count }, (_, i) => numberAt(view, from + i * each, type));
    return { text: null, numbers, type: NAMES[type] ?? null };
  };
  const attributes = (): Map<string, CubeAttribute> => {
    const found = new Map<string, CubeAttribute>();
    for (let left = list(ATTRIBUTES, 12); left > 0; left--) {
      const own = name();
      const type = int32();
      found.set(own, values(type, counted(BYTES[type] ?? 1)));
    }
    return found;
  };

  const streamed = version === 5 ? 0xffff_ffff_ffff_ffffn : 0xffff_ffffn;
  const stated = version === 5 ? view.getBigUint64(need(8)) : BigInt(int32());
  if (stated !== streamed && stated > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(String(stated));
  const dimensions = Array.from({ length: list(DIMENSIONS, 8) }, () => ({ name: name(), length: size() }));
  const global = attributes();
  const variables = Array.from({ length: list(VARIABLES, 24) }, (): ClassicVariable => {
    const own = name();
    const places = Array.from({ length: counted(4) }, () => size());
    const wrong = places.find((place, i) => place >= dimensions.length || (i > 0 && dimensions[place]?.length === 0));
    if (wrong !== undefined) throw damaged(`${own}: ${wrong}`);
    const described = attributes();
    const type = int32();
    if (BYTES[type] === undefined) throw damaged(`${own}: ${type}`);
    size(); // the stated size is capped for large variables: it follows from the dimensions
    const begin = version === 1 ? int32() : int64();
    return { name: own, dimensions: places, attributes: described, type, begin };
  });
  if (dimensions.filter(({ length }) => length === 0).length > 1 && stated !== 0n) throw damaged('0, 0');
  return { dimensions, attributes: global, variables, records: stated === streamed ? null : Number(stated) };
}

function numberAt(view: DataView, at: number, type: number): number {
  switch (type) {
    case 1:
      return view.getInt8(at);
    case 3:
      return view.getInt16(at);
    case 4:
      return view.getInt32(at);
    case 5:
      return view.getFloat32(at);
    case 6:
      return view.getFloat64(at);
    case 7:
      return view.getUint8(at);
    case 8:
      return view.getUint16(at);
    case 9:
      return view.getUint32(at);
    case 10:
      return Number(view.getBigInt64(at));
    default:
      return Number(view.getBigUint64(at));
  }
}

/** UTF-8, as the format has it since 2008; older words are Latin-1 where they are no UTF-8. */
function textIn(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\0+$/, '');
  } catch {
    return new TextDecoder('windows-1252').decode(bytes).replace(/\0+$/, '');
  }
}
