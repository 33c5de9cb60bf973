/**
 * The attributes of a shapefile (dBASE III+ and IV).
 *
 *     const { rows, notes } = readDbf(file, cpg);   // rows: { ZONE: 'ядро', AREA: 12.5 }[]
 */
import { Problem } from '../problems.ts';
import type { MapFeature, ReadingNote } from './layer.ts';
import { decodeText, encodingNamed, guessEncoding, isAscii, isUtf8 } from './text.ts';
import type { Bytes } from './zip.ts';

type Value = MapFeature['properties'][string];

interface Field {
  name: string;
  type: string;
  at: number;
  length: number;
}

export interface DbfTable {
  /** `null` for a row marked as deleted. */
  rows: (MapFeature['properties'] | null)[];
  notes: ReadingNote[];
}

const HEADER = 32;
/** Texts looked at when guessing the encoding. */
const SAMPLES = 2_000;
/** Language drivers (byte 29) that say more than "the code page of my computer". */
const DRIVERS: Record<number, string> = {
  38: 'ibm866',
  101: 'ibm866',
  201: 'windows-1251',
  88: 'windows-1252',
  202: 'windows-1254',
};

/**
 * The rows of a dBASE table. The encoding is that of `cpg` where the bytes allow it, else UTF-8, else told by content.
 * @throws Problem `dbf-header`, `dbf-truncated`, `dbf-field`.
 */
export function readDbf(file: Bytes, cpg: string | null): DbfTable {
  const { bytes, name } = file;
  const count = rowsClaimed(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, width] = [view.getUint16(8, true), view.getUint16(10, true)];
  const layout = fieldsOf(file, start, width);
  const samples = textSamples(bytes, layout, start, width, count);
  const { encoding, notes } = chooseEncoding(name, samples, cpg, DRIVERS[bytes[29] ?? 0]);
  const fields = named(layout, encoding);
  const unreadable: ReadingNote[] = [];
  const rows = Array.from({ length: count }, (_, row) =>
    readRow(file, fields, start + row * width, row + 1, encoding, unreadable),
  );
  const first = unreadable[0];
  if (first !== undefined) notes.push({ code: first.code, details: { ...first.details, count: unreadable.length } });
  const memos = fields.filter(({ type }) => 'MGB'.includes(type)).map((field) => field.name);
  if (memos.length > 0) notes.push({ code: 'dbf-memo-left-out', details: { file: name, fields: memos.join(', ') } });
  return { rows, notes };
}

/**
 * The number of rows that a table's header claims, before memory is given to them.
 * @throws Problem `dbf-header` or `dbf-truncated` where the table is shorter.
 */
export function rowsClaimed({ name, bytes }: Bytes): number {
  if (bytes.length < HEADER + 1) throw new Problem('dbf-header', { file: name, found: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [count, start, width] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  if (start < HEADER + 1 || width < 1 || start > bytes.length) throw new Problem('dbf-header', { file: name, found: start });
  const there = Math.floor((bytes.length - start) / width);
  // blanks at the end of the last row may be missing
  if (count > there && (count - 1) * width + 1 > bytes.length - start)
    throw new Problem('dbf-truncated', { file: name, found: there, expected: count });
  return count;
}

interface Layout {
  name: Uint8Array;
  type: string;
  at: number;
  length: number;
}

function fieldsOf(file: Bytes, start: number, width: number): Layout[] {
  const fields: Layout[] = [];
  let at = 1; // the first byte of a row says whether it is deleted
  for (let offset = HEADER; offset + 32 <= start && file.bytes[offset] !== 0x0d; offset += 32) {
    const field = file.bytes.subarray(offset, offset + 32);
    const end = field.subarray(0, 11).indexOf(0);
    const type = String.fromCharCode(field[11] ?? 0);
    const length = type === 'C' ? (field[16] ?? 0) + (field[17] ?? 0) * 256 : (field[16] ?? 0); // long texts of Clipper and GDAL
    if (at + length > width || !/[A-Z@+0]/.test(type))
      throw new Problem('dbf-field', { file: file.name, field: String(fields.length + 1), found: `${type} ${length}` });
    fields.push({ name: field.subarray(0, end === -1 ? 11 : end), type, at, length });
    at += length;
  }
  return fields;
}

/** Names of the fields; a name that stands twice gets a number, as in GDAL. */
function named(layout: Layout[], encoding: string): Field[] {
  const taken = new Set<string>();
  return layout.map(({ name, type, at, length }) => {
    const base =
      decodeText(name, encoding)
        .replace(/\uFFFD$/, '')
        .trim() || 'FIELD';
    let unique = base;
    for (let n = 1; taken.has(unique); n++) unique = `${base}_${n}`;
    taken.add(unique);
    return { name: unique, type, at, length };
  });
}

function textSamples(bytes: Uint8Array, layout: Layout[], start: number, width: number, count: number): Uint8Array[] {
  const samples = layout.map((field) => field.name).filter((name) => !isAscii(name));
  const texts = layout.filter(({ type }) => type === 'C');
  for (let row = 0; row < count && samples.length < SAMPLES; row++) {
    for (const { at, length } of texts) {
      const value = trimmed(bytes.subarray(start + row * width + at, start + row * width + at + length));
      if (!isAscii(value)) samples.push(value);
    }
  }
  return samples;
}

/** The encoding, with a note where it was guessed or the `.cpg` file contradicted. */
function chooseEncoding(
  file: string,
  samples: Uint8Array[],
  cpg: string | null,
  driver: string | undefined,
): { encoding: string; notes: ReadingNote[] } {
  const stated = cpg === null ? null : encodingNamed(cpg);
  const guess = guessEncoding(samples, stated ?? driver);
  if (guess === 'ascii') return { encoding: stated ?? 'utf-8', notes: [] };
  if (stated === null)
    return { encoding: guess, notes: guess === 'utf-8' ? [] : [{ code: 'text-guessed', details: { file, encoding: guess } }] };
  const lies = stated === 'utf-8' ? !samples.every(isUtf8) : guess === 'utf-8' && stated !== 'utf-8';
  if (!lies) return { encoding: stated, notes: [] };
  return {
    encoding: guess,
    notes: [{ code: 'text-cpg-contradicted', details: { file, found: (cpg ?? '').trim().slice(0, 40), encoding: guess } }],
  };
}

function readRow(
  file: Bytes,
  fields: Field[],
  at: number,
  row: number,
  encoding: string,
  unreadable: ReadingNote[],
): DbfTable['rows'][number] {
  if (file.bytes[at] === 0x2a) return null;
  const properties: MapFeature['properties'] = {};
  for (const field of fields) {
    const bytes = file.bytes.subarray(at + field.at, at + field.at + field.length);
    const value = readValue(field.type, bytes, encoding);
    if (value === undefined) {
      unreadable.push({
        code: 'dbf-number-unreadable',
        details: { file: file.name, row, field: field.name, found: decodeText(trimmed(bytes), encoding).slice(0, 40) },
      });
    }
    properties[field.name] = value ?? null;
  }
  return properties;
}

/** A value by its field's type; `undefined` where a number cannot be read. */
function readValue(type: string, bytes: Uint8Array, encoding: string): Value | undefined {
  if ('MGB'.includes(type)) return null;
  if (type === 'I' || type === '+')
    return bytes.length < 4 ? undefined : new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
  if (type === 'O' || type === '@') return null;
  const text = decodeText(trimmed(bytes), encoding);
  if (type === 'N' || type === 'F') return readNumber(text);
  if (type === 'L') return /^[YyTt]/.test(text) ? true : /^[NnFf]/.test(text) ? false : null;
  if (type === 'D') return /^\d{8}$/.test(text) && text !== '00000000' ? text.replace(/(....)(..)(..)/, '$1-$2-$3') : null;
  return text === '' ? null : text.replace(/\uFFFD$/, ''); // a last letter that the width cut through
}

function readNumber(text: string): number | null | undefined {
  const number = text.replace(',', '.').trim();
  if (number === '' || /^\*+$/.test(number)) return null; // stars: too wide for the field when written
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number)) return undefined;
  return Number(number);
}

/** Without the blanks and zero bytes that fill a field. */
function trimmed(bytes: Uint8Array): Uint8Array {
  const zero = bytes.indexOf(0);
  let end = zero === -1 ? bytes.length : zero;
  let start = 0;
  while (end > 0 && bytes[end - 1] === 0x20) end--;
  while (start < end && bytes[start] === 0x20) start++;
  return bytes.subarray(start, end);
}
