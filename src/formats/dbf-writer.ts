/**
 * Attributes as a dBASE III table in UTF-8, as shapefiles carry them.
 *
 *     writeDbf([{ zone: 'core', area_ha: 12.5 }])   // bytes; the .cpg beside it says UTF-8
 */
import type { MapFeature } from './layer.ts';

type Value = MapFeature['properties'][string];

interface Column {
  key: string;
  name: Uint8Array;
  type: 'C' | 'N' | 'L';
  length: number;
  decimals: number;
}

/** Longest name of a field and longest text [bytes]: limits of dBASE III. */
const LONGEST_NAME = 10;
const LONGEST_TEXT = 254;
/** Widest number that programs read without loss, sign and point included [characters]. */
const WIDEST_NUMBER = 24;
const encoder = new TextEncoder();

/** The table of `rows`; fields are those of all rows, texts longer than 254 bytes are cut between letters. */
export function writeDbf(rows: MapFeature['properties'][]): Uint8Array {
  const columns = columnsOf(rows);
  const width = 1 + columns.reduce((sum, { length }) => sum + length, 0);
  const start = 33 + columns.length * 32;
  const bytes = new Uint8Array(start + rows.length * width + 1).fill(0x20, start);
  const view = new DataView(bytes.buffer);
  bytes.set([0x03, 126, 1, 1]); // dBASE III, 2026-01-01: no clock in output, the same zones give the same bytes
  view.setUint32(4, rows.length, true);
  view.setUint16(8, start, true);
  view.setUint16(10, width, true);
  columns.forEach(({ name, type, length, decimals }, i) => {
    bytes.set(name, 32 + i * 32);
    bytes.set([type.charCodeAt(0)], 32 + i * 32 + 11);
    bytes.set([length, decimals], 32 + i * 32 + 16);
  });
  bytes[start - 1] = 0x0d;
  rows.forEach((row, i) => {
    let at = start + i * width + 1;
    for (const column of columns) {
      bytes.set(cell(row[column.key] ?? null, column), at);
      at += column.length;
    }
  });
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}

function columnsOf(rows: MapFeature['properties'][]): Column[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const taken = new Set<string>();
  const columns = keys.map((key): Column => {
    const values = rows.map((row) => row[key] ?? null).filter((value): value is Exclude<Value, null> => value !== null);
    return { key, name: fieldName(key, taken), ...shapeOf(values) };
  });
  // a table needs a field, and every shape a row
  return columns.length > 0 ? columns : [{ key: 'id', name: encoder.encode('id'), type: 'N', length: 10, decimals: 0 }];
}

function shapeOf(values: Exclude<Value, null>[]): Pick<Column, 'type' | 'length' | 'decimals'> {
  if (values.length > 0 && values.every((value) => typeof value === 'boolean')) return { type: 'L', length: 1, decimals: 0 };
  const numbers = values.filter((value) => typeof value === 'number' && Math.abs(value) < 1e15);
  if (values.length > 0 && numbers.length === values.length) {
    const texts = numbers.map((value) => plain(value as number));
    const decimals = Math.max(...texts.map((text) => (text.split('.')[1] ?? '').length));
    const whole = Math.max(...texts.map((text) => (text.split('.')[0] ?? '').length));
    return {
      type: 'N',
      length: Math.min(WIDEST_NUMBER, whole + (decimals > 0 ? decimals + 1 : 0)),
      decimals: Math.min(decimals, 15),
    };
  }
  const longest = values.reduce<number>((most, value) => Math.max(most, encoder.encode(String(value)).length), 1);
  return { type: 'C', length: Math.min(LONGEST_TEXT, longest), decimals: 0 };
}

/** A number without exponent, at most 9 decimals: areas to 0.1 mm². */
function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(9).replace(/0+$/, '').replace(/\.$/, '');
}

function cell(value: Value, { type, length, decimals }: Column): Uint8Array {
  if (value === null) return encoder.encode(type === 'L' ? '?' : ' '.repeat(length));
  if (type === 'L') return encoder.encode(value === true ? 'T' : 'F');
  if (type === 'N') return encoder.encode((value as number).toFixed(decimals).padStart(length).slice(0, length));
  return cut(String(value), length);
}

/** At most `length` bytes of UTF-8, no letter cut through. */
function cut(text: string, length: number): Uint8Array {
  const bytes = encoder.encode(text);
  let end = Math.min(length, bytes.length);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

/** At most ten bytes; a name taken already ends in a number. */
function fieldName(key: string, taken: Set<string>): Uint8Array {
  let name = new TextDecoder().decode(cut(key, LONGEST_NAME));
  for (let n = 1; taken.has(name.toLowerCase()); n++)
    name = `${new TextDecoder().decode(cut(key, LONGEST_NAME - 1 - String(n).length))}_${n}`;
  taken.add(name.toLowerCase());
  return encoder.encode(name);
}
