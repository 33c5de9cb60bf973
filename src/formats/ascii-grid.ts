/**
 * ESRI ASCII grids in and out: six lines that place the grid, then its values row by row from the north. Packed by gzip, too.
 *
 *     const grid = readAsciiGrid(readSource('resistance.asc'));   // values: NaN where there are none
 *     writeFile('current.asc', asciiGridText({ ...grid, values: currents }));
 *
 * Programs write the head in many ways, which are read: names in any case and order, corner or centre of the lower left cell,
 * `cellsize` or `dx` and `dy`, no nodata value (then -9999), `nan` as one, commas or line breaks anywhere between values.
 *
 * @see Esri 2024, ArcGIS Pro: Esri ASCII raster format
 */
import { gunzipSync } from 'fflate';
import { Problem } from '../problems.ts';
import type { RasterTransform } from './raster.ts';
import type { Bytes } from './zip.ts';

export interface AsciiGrid {
  width: number;
  height: number;
  /** As a raster's: corner of the first cell, sizes of cells. */
  transform: RasterTransform;
  /** Row-major from the north; `NaN` where there is no value. */
  values: Float64Array;
}

/** Nodata where the head states none: what Esri and Circuitscape take. */
const NODATA = -9999;
/** Most that a packed file may unpack to [bytes]. */
const LARGEST = 2_000_000_000;
const FIELDS = ['ncols', 'nrows', 'xllcorner', 'yllcorner', 'xllcenter', 'yllcenter', 'cellsize', 'dx', 'dy', 'nodata_value'];
const [SPACE, COMMA, SEMICOLON, MINUS, PLUS, DOT, ZERO] = [32, 44, 59, 45, 43, 46, 48] as const;

/** Whether a file begins as such a grid does. */
export function isAsciiGrid({ bytes }: Pick<Bytes, 'bytes'>): boolean {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return true;
  return /^\s*(ncols|nrows|xllc|yllc|cellsize|dx|dy|nodata)/i.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}

/** @throws Problem `grid-head`, `grid-value`, `grid-cells` or `file-too-large`, with file, row and field */
export function readAsciiGrid(file: Bytes): AsciiGrid {
  const bytes = unpacked(file);
  const { head, at } = readHead(bytes, file.name);
  const whole = (field: string): number => {
    const value = head.get(field);
    if (value === undefined || !Number.isInteger(value) || value < 1 || value >= 2 ** 31)
      throw new Problem('grid-head', { file: file.name, field, found: String(value ?? '–'), expected: '1, 2, 3 …' });
    return value;
  };
  const [width, height] = [whole('ncols'), whole('nrows')];
  const [dx, dy] = ['dx', 'dy'].map((field) => {
    const size = head.get(field) ?? head.get('cellsize');
    if (size !== undefined && size > 0) return size;
    throw new Problem('grid-head', { file: file.name, field: 'cellsize', found: String(size ?? '–'), expected: '> 0' });
  }) as [number, number];
  const x0 = head.get('xllcorner') ?? (head.get('xllcenter') ?? dx / 2) - dx / 2;
  const y1 = head.get('yllcorner') ?? (head.get('yllcenter') ?? dy / 2) - dy / 2;
  if (width * height > bytes.length)
    throw new Problem('grid-cells', { file: file.name, found: 0, expected: width * height, width, height });
  const values = readValues(bytes, at, { name: file.name, width, height, nodata: head.get('nodata_value') ?? NODATA });
  return { width, height, transform: [x0, dx, 0, y1 + height * dy, 0, -dy], values };
}

function unpacked({ name, bytes }: Bytes): Uint8Array {
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return bytes;
  const stated = bytes.length < 18 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
  if (stated > LARGEST)
    throw new Problem('file-too-large', { file: name, megabytes: Math.ceil(stated / 1e6), limit: LARGEST / 1e6 });
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new Problem('grid-packed', { file: name, found: (error as Error).message }, { cause: error });
  }
}

/** The fields before the first value, and where that stands. */
function readHead(bytes: Uint8Array, file: string): { head: Map<string, number>; at: number } {
  const head = new Map<string, number>();
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2000)).replace(/^ï»¿/, '   ');
  const line = /^\s*([a-z][a-z_]*)[ \t:=]+(\S+)[ \t]*\r?(?:\n|$)/i;
  let at = 0;
  for (;;) {
    const found = line.exec(start.slice(at));
    if (found === null || /^(nan|inf)/i.test(found[1] as string)) break;
    const [text, name = '', value = ''] = found;
    const field = name.toLowerCase() === 'nodata' ? 'nodata_value' : name.toLowerCase();
    if (!FIELDS.includes(field))
      throw new Problem('grid-head', { file, field: name, found: `${name} ${value}`, expected: FIELDS.join(', ') });
    const number = /^[-+]?nan$/i.test(value) ? Number.NaN : Number(value.replace(',', '.'));
    if (Number.isNaN(number) && !/nan/i.test(value))
      throw new Problem('grid-head', { file, field, found: value, expected: '0.0' });
    head.set(field, number);
    at += text.length;
  }
  for (const field of ['ncols', 'nrows'])
    if (!head.has(field))
      throw new Problem('grid-head', {
        file,
        field,
        found: start.slice(at, at + 30).trim() || '–',
        expected: 'ncols, nrows, cellsize',
      });
  return { head, at };
}

/** Powers of ten that a double holds exactly: a mantissa below 2^53 times or by one of them is rounded once. */
const TENS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** One loop of many lines, for speed: digits are read without making text of them. */
function readValues(
  bytes: Uint8Array,
  from: number,
  { name, width, height, nodata }: { name: string; width: number; height: number; nodata: number },
): Float64Array {
  const values = new Float64Array(width * height);
  let cell = 0;
  let at = from;
  const { length } = bytes;
  while (at < length) {
    const first = bytes[at] as number;
    if (first <= SPACE || first === COMMA || first === SEMICOLON) {
      at += 1;
      continue;
    }
    const start = at;
    let sign = 1;
    if (first === MINUS || first === PLUS) {
      if (first === MINUS) sign = -1;
      at += 1;
    }
    let [mantissa, decimals, digits, pointed] = [0, 0, 0, false];
    for (; at < length; at++) {
      const byte = bytes[at] as number;
      if (byte >= ZERO && byte <= ZERO + 9) {
        mantissa = mantissa * 10 + byte - ZERO;
        if (mantissa > 0) digits += 1;
        if (pointed) decimals += 1;
      } else if (byte === DOT && !pointed) pointed = true;
      else break;
    }
    const ended = at >= length || (bytes[at] as number) <= SPACE || bytes[at] === COMMA || bytes[at] === SEMICOLON;
    let value: number;
    if (ended && digits <= 15 && decimals <= 22 && at > start + (pointed ? 1 : 0))
      value = (sign * mantissa) / (TENS[decimals] as number);
    else {
      while (at < length && (bytes[at] as number) > SPACE && bytes[at] !== COMMA && bytes[at] !== SEMICOLON) at++;
      value = slowly(new TextDecoder('latin1').decode(bytes.subarray(start, at)), { name, cell, width });
    }
    if (cell < values.length) values[cell] = value === nodata ? Number.NaN : value;
    cell += 1;
  }
  if (cell !== values.length)
    throw new Problem('grid-cells', { file: name, found: cell, expected: values.length, width, height });
  return values;
}

function slowly(text: string, { name, cell, width }: { name: string; cell: number; width: number }): number {
  if (/^[-+]?(nan|1\.#\w+|null|na|\*+)$/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  throw new Problem('grid-value', {
    file: name,
    row: Math.floor(cell / width) + 1,
    column: (cell % width) + 1,
    found: text.slice(0, 40),
  });
}

/** A grid as text: ten digits at least, no more than tell a value from its neighbours. @throws RangeError where cells are not square and `dx` must be */
export function asciiGridText(
  { width, height, transform, values }: AsciiGrid,
  { digits = 10 }: { digits?: number } = {},
): string {
  const [x0, dx, , y0, , dy] = transform;
  const size = Math.abs(dx - Math.abs(dy)) <= 1e-9 * Math.abs(dx) ? `cellsize ${dx}` : `dx ${dx}\ndy ${Math.abs(dy)}`;
  const south = tidy(y0 + height * dy);
  const lines = [`ncols ${width}`, `nrows ${height}`, `xllcorner ${x0}`, `yllcorner ${south}`, size, `NODATA_value ${NODATA}`];
  for (let row = 0; row < height; row++) {
    const cells: (number | string)[] = [];
    for (let k = row * width; k < (row + 1) * width; k++) {
      const value = values[k] as number;
      cells.push(Number.isFinite(value) ? Number(value.toPrecision(digits)) : NODATA);
    }
    lines.push(cells.join(' '));
  }
  return `${lines.join('\n')}\n`;
}

/** Without the last digit's rounding: 0.30000000000000004 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(15));
