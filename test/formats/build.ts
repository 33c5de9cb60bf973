/**
 * Small map files built byte by byte, so that each test says what is in them and can damage it.
 */
import { crc32 } from '../../src/formats/zip.ts';

export type Ring = [number, number][];

/** A square, clockwise as the outer ring of a shapefile runs. */
export function square(x: number, y: number, size: number): Ring {
  return [
    [x, y],
    [x, y + size],
    [x + size, y + size],
    [x + size, y],
    [x, y],
  ];
}

export interface Field {
  name: string | Uint8Array;
  type: string;
  length: number;
  decimals?: number;
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** Text in Windows-1251 or CP866, letters of Russian and ASCII only. */
export function cyrillic(text: string, encoding: 'windows-1251' | 'ibm866' | 'koi8-r'): Uint8Array {
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from([...text], (letter) => table.get(letter) ?? 0x3f);
}

/** A .shp of polygons, one record per list of rings; `type` 5 is polygon, 15 polygon with heights. */
export function shp(records: Ring[][], type = 5): Uint8Array {
  const bodies = records.map((rings) => polygonBody(rings, type));
  const bytes = new Uint8Array(100 + bodies.reduce((n, body) => n + 8 + body.length, 0));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, bytes.length / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, type, true);
  let at = 100;
  bodies.forEach((body, i) => {
    view.setInt32(at, i + 1);
    view.setInt32(at + 4, body.length / 2);
    bytes.set(body, at + 8);
    at += 8 + body.length;
  });
  return bytes;
}

/** The .shx that belongs to a .shp whose records follow one another. */
export function shx(shpBytes: Uint8Array): Uint8Array {
  const view = new DataView(shpBytes.buffer, shpBytes.byteOffset);
  const entries: [number, number][] = [];
  for (let at = 100; at < shpBytes.length; at += 8 + view.getInt32(at + 4) * 2) entries.push([at / 2, view.getInt32(at + 4)]);
  const bytes = new Uint8Array(100 + entries.length * 8);
  bytes.set(shpBytes.subarray(0, 100));
  const out = new DataView(bytes.buffer);
  out.setInt32(24, bytes.length / 2);
  entries.forEach(([offset, length], i) => {
    out.setInt32(100 + i * 8, offset);
    out.setInt32(104 + i * 8, length);
  });
  return bytes;
}

function polygonBody(rings: Ring[], type: number): Uint8Array {
  const points = rings.flat();
  if (points.length === 0) return new Uint8Array(4);
  const heights = type > 10 ? 16 + points.length * 8 : 0;
  const bytes = new Uint8Array(44 + rings.length * 4 + points.length * 16 + heights);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, type, true);
  view.setInt32(36, rings.length, true);
  view.setInt32(40, points.length, true);
  let first = 0;
  rings.forEach((ring, i) => {
    view.setInt32(44 + i * 4, first, true);
    first += ring.length;
  });
  points.forEach(([x, y], i) => {
    view.setFloat64(44 + rings.length * 4 + i * 16, x, true);
    view.setFloat64(52 + rings.length * 4 + i * 16, y, true);
  });
  return bytes;
}

/** A .dbf whose cells are bytes as given, padded with blanks. */
export function dbf(fields: Field[], rows: (Uint8Array | string)[][], { driver = 0, deleted = [] as number[] } = {}): Uint8Array {
  const start = 33 + fields.length * 32;
  const width = 1 + fields.reduce((n, { length }) => n + length, 0);
  const bytes = new Uint8Array(start + rows.length * width + 1).fill(0x20, start);
  const view = new DataView(bytes.buffer);
  bytes.set([3, 124, 5, 1]);
  view.setUint32(4, rows.length, true);
  view.setUint16(8, start, true);
  view.setUint16(10, width, true);
  bytes[29] = driver;
  fields.forEach(({ name, type, length, decimals = 0 }, i) => {
    bytes.set(typeof name === 'string' ? ascii(name) : name, 32 + i * 32);
    bytes[32 + i * 32 + 11] = type.charCodeAt(0);
    bytes.set([length, decimals], 32 + i * 32 + 16);
  });
  bytes[start - 1] = 0x0d;
  rows.forEach((row, r) => {
    let at = start + r * width;
    if (deleted.includes(r)) bytes[at] = 0x2a;
    at += 1;
    row.forEach((cell, c) => {
      bytes.set(typeof cell === 'string' ? ascii(cell) : cell, at);
      at += fields[c]?.length ?? 0;
    });
  });
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}

export interface Entry {
  name: string | Uint8Array;
  bytes: Uint8Array;
  /** Overrides of what the headers claim. */
  size?: number;
  method?: number;
  flags?: number;
  crc?: number;
}

/** A zip archive of stored entries, headers as given. */
export function zip(entries: Entry[], { count = entries.length } = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = typeof entry.name === 'string' ? new TextEncoder().encode(entry.name) : entry.name;
    const { bytes, size = bytes.length, method = 0, flags = 0, crc = crc32(bytes) } = entry;
    const local = new Uint8Array(30 + name.length + bytes.length);
    const head = new Uint8Array(46 + name.length);
    const [l, c] = [new DataView(local.buffer), new DataView(head.buffer)];
    l.setUint32(0, 0x04034b50, true);
    l.setUint16(26, name.length, true);
    c.setUint32(0, 0x02014b50, true);
    c.setUint16(8, flags, true);
    c.setUint16(10, method, true);
    c.setUint32(16, crc, true);
    c.setUint32(20, bytes.length, true);
    c.setUint32(24, size, true);
    c.setUint16(28, name.length, true);
    c.setUint32(42, at, true);
    local.set(name, 30);
    local.set(bytes, 30 + name.length);
    head.set(name, 46);
    parts.push(local);
    central.push(head);
    at += local.length;
  }
  const end = new Uint8Array(22);
  const e = new DataView(end.buffer);
  e.setUint32(0, 0x06054b50, true);
  e.setUint16(10, count, true);
  e.setUint32(16, at, true);
  return concat([...parts, ...central, end]);
}

export function concat(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
