/**
 * What the stored numbers of a variable mean: packing, missing values and the range of valid ones (CF 1.11, 2.5 and 8.1;
 * NetCDF Users Guide, appendix A).
 *
 *     const meaning = meaningOf(cube, pr, notes);   // { scale: 0.1, offset: 0, nodata: -32768, isMissing: null, … }
 */
import { attributeNumber, attributeNumbers, attributeText, type Cube, type CubeVariable } from './cf-cube.ts';
import type { ReadingNote } from './layer.ts';
import { RASTER_ARRAYS, type RasterBand, type RasterType, type RasterValues } from './raster.ts';

/** `type` is the one that the stored bytes stand for (`_Unsigned`). */
export interface Meaning extends Pick<RasterBand, 'type' | 'nodata' | 'scale' | 'offset' | 'unit'> {
  /** Marks with 0 what is missing beside `nodata`: further values and what is out of the valid range; `null` where there is no such. */
  mask: ((values: RasterValues, valid: Uint8Array) => void) | null;
}

/** What the NetCDF library puts where nothing was written; bytes have none. netcdf.h, NC_FILL_…. */
const NEVER_WRITTEN: Readonly<Partial<Record<RasterType, number>>> = {
  int16: -32_767,
  int32: -2_147_483_647,
  uint16: 65_535,
  uint32: 4_294_967_295,
  float32: 9.969209968386869e36,
  float64: 9.969209968386869e36,
};

const UNSIGNED: Readonly<Partial<Record<RasterType, RasterType>>> = { int8: 'uint8', int16: 'uint16', int32: 'uint32' };
const SIGNED: Readonly<Partial<Record<RasterType, RasterType>>> = { uint8: 'int8', uint16: 'int16', uint32: 'int32' };

/** Reads the attributes of a variable that change what its values mean; those that cannot be are noted. */
export function meaningOf(cube: Cube, variable: CubeVariable, notes: ReadingNote[]): Meaning {
  const stored = variable.type as RasterType;
  const unsigned = attributeText(variable, '_Unsigned')?.toLowerCase();
  const type = (unsigned === 'true' ? UNSIGNED[stored] : unsigned === 'false' ? SIGNED[stored] : undefined) ?? stored;
  const ignore = (attribute: string, found: string): void => {
    notes.push({ code: 'cube-attribute-ignored', details: { file: cube.name, variable: variable.name, attribute, found } });
  };
  const factor = (attribute: string, otherwise: number): number => {
    if (!variable.attributes.has(attribute)) return otherwise;
    const value = attributeNumber(variable, attribute);
    if (value !== null && Number.isFinite(value) && (attribute !== 'scale_factor' || value !== 0)) return value;
    ignore(attribute, shown(variable, attribute));
    return otherwise;
  };
  const missing = ['_FillValue', 'missing_value'].flatMap((attribute) => {
    if (!variable.attributes.has(attribute)) return [];
    const values = attributeNumbers(variable, attribute);
    const held = values.map((value) => heldBy(value, type)).filter((value) => value !== null);
    if (held.length < values.length || values.length === 0) ignore(attribute, shown(variable, attribute));
    return held.filter((value) => !Number.isNaN(value));
  });
  if (cube.netcdf && !variable.attributes.has('_FillValue') && NEVER_WRITTEN[type] !== undefined)
    missing.push(heldBy(NEVER_WRITTEN[type], type) as number);
  const [nodata = null, ...further] = new Set(missing);
  if (!cube.netcdf && nodata === 0)
    notes.push({ code: 'cube-zero-missing', details: { file: cube.name, variable: variable.name } });
  const scale = factor('scale_factor', 1);
  const offset = factor('add_offset', 0);
  const range = validRange(variable, { stored, type, scale, offset }, ignore);
  return {
    type,
    nodata,
    scale,
    offset,
    unit: attributeText(variable, 'units'),
    mask: maskOf(further, range),
  };
}

/** A value as `type` holds it; `null` where it cannot be one. Negative numbers of unsigned bytes are their bit patterns. */
function heldBy(value: number, type: RasterType): number | null {
  if (type === 'float64' || Number.isNaN(value)) return type.startsWith('float') ? value : null;
  const held = new RASTER_ARRAYS[type](new ArrayBuffer(8), 0, 1);
  held[0] = value;
  const kept = held[0] as number;
  if (type === 'float32') return Number.isFinite(kept) || !Number.isFinite(value) ? kept : null;
  const turn = type.startsWith('uint') && value < 0 ? 256 ** held.BYTES_PER_ELEMENT : 0;
  return kept === value + turn ? kept : null;
}

/** Lowest and highest stored value that counts. */
type Range = readonly [low: number, high: number];

function validRange(
  variable: CubeVariable,
  { stored, type, scale, offset }: { stored: RasterType; type: RasterType; scale: number; offset: number },
  ignore: (attribute: string, found: string) => void,
): Range | null {
  const bound = (attribute: string, place: number): number | null => {
    if (!variable.attributes.has(attribute)) return null;
    const value = attributeNumbers(variable, attribute)[place];
    if (value === undefined || Number.isNaN(value)) {
      ignore(attribute, shown(variable, attribute));
      return null;
    }
    return isMeasured(variable, attribute, stored) ? rounded((value - offset) / scale) : bits(value, stored, type);
  };
  const low = bound('valid_range', 0) ?? bound('valid_min', 0);
  const high = bound('valid_range', 1) ?? bound('valid_max', 0);
  if (low === null && high === null) return null;
  const ends: Range = [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY];
  const turned = scale < 0 && (isMeasured(variable, 'valid_range', stored) || isMeasured(variable, 'valid_min', stored));
  return turned ? [high ?? Number.NEGATIVE_INFINITY, low ?? Number.POSITIVE_INFINITY] : ends;
}

/** Whether a range is of measured values: its type is that of the factors, and wider than the stored one (NetCDF-Java; CF 8.1). */
function isMeasured(variable: CubeVariable, attribute: string, stored: RasterType): boolean {
  const own = variable.attributes.get(attribute);
  const factor = variable.attributes.get('scale_factor') ?? variable.attributes.get('add_offset');
  if (own === undefined || factor === undefined || stored.startsWith('float')) return false;
  if (own.type !== null) return own.type === factor.type && own.type.startsWith('float');
  return (own.numbers ?? []).some((value) => !Number.isInteger(value));
}

/** A limit that division left a little beside the whole number that it is. */
function rounded(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-6 * Math.max(1, Math.abs(whole)) ? whole : value;
}

/** A limit of signed bytes that stand for unsigned ones. */
function bits(value: number, stored: RasterType, type: RasterType): number {
  return type !== stored && type.startsWith('uint') && value < 0 ? (heldBy(value, type) ?? value) : value;
}

function maskOf(further: readonly number[], range: Range | null): Meaning['mask'] {
  if (further.length === 0 && range === null) return null;
  const [low, high] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return (values, valid) => {
    for (let i = 0; i < valid.length; i++) {
      const value = values[i] as number;
      valid[i] = value < low || value > high || further.includes(value) ? 0 : 1; // NaN stays: it never counts
    }
  };
}

function shown({ attributes }: CubeVariable, name: string): string {
  const found = attributes.get(name);
  return (found?.text ?? found?.numbers?.join(', ') ?? '').slice(0, 60) || '–';
}
