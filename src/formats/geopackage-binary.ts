/**
 * Geometries as GeoPackage stores them (OGC 12-128r19, clause 2.1.3): a header with the envelope, then ISO WKB.
 *
 *     decodeGeometry(encodeGeometry(polygon))   // the same polygon
 */
import type { Geometry, MultiPolygon, Position } from '../types.ts';

const HEADER = 8;
const ENVELOPE = 32; // min x, max x, min y, max y as float64
const WGS84 = 4326;
const WKB = { Point: 1, LineString: 2, Polygon: 3, MultiPolygon: 6 } as const;

/** West, south, east, north of the coordinates as they stand [deg]; NaN for an empty geometry. */
export type Envelope = [minX: number, minY: number, maxX: number, maxY: number];

/** GeoPackage binary of a multipolygon in WGS 84, little-endian, with its envelope. */
export function encodeGeometry(geometry: MultiPolygon): Uint8Array {
  const rings = geometry.coordinates.flat();
  const points = rings.reduce((n, ring) => n + ring.length, 0);
  const bytes = new Uint8Array(HEADER + ENVELOPE + 9 + geometry.coordinates.length * 9 + rings.length * 4 + points * 16);
  const view = new DataView(bytes.buffer);
  const empty = points === 0;
  bytes.set([0x47, 0x50, 0, empty ? 0b00010011 : 0b00000011]); // "GP", version 1, [x, y] envelope, little-endian
  view.setInt32(4, WGS84, true);
  const [minX, minY, maxX, maxY] = envelopeOf(geometry);
  [minX, maxX, minY, maxY].forEach((value, i) => {
    view.setFloat64(HEADER + i * 8, value, true);
  });
  let at = HEADER + ENVELOPE;
  const open = (type: number, count: number): void => {
    view.setUint8(at, 1);
    view.setUint32(at + 1, type, true);
    view.setUint32(at + 5, count, true);
    at += 9;
  };
  open(WKB.MultiPolygon, geometry.coordinates.length);
  for (const polygon of geometry.coordinates) {
    open(WKB.Polygon, polygon.length);
    for (const ring of polygon) {
      view.setUint32(at, ring.length, true);
      at += 4;
      for (const [x, y] of ring) {
        view.setFloat64(at, x, true);
        view.setFloat64(at + 8, y, true);
        at += 16;
      }
    }
  }
  return bytes;
}

/** GeoPackage binary of a point in WGS 84, little-endian; points have no envelope. */
export function encodePoint([lon, lat]: Position): Uint8Array {
  const bytes = new Uint8Array(HEADER + 21);
  const view = new DataView(bytes.buffer);
  bytes.set([0x47, 0x50, 0, 1]);
  view.setInt32(4, WGS84, true);
  view.setUint8(HEADER, 1);
  view.setUint32(HEADER + 1, WKB.Point, true);
  view.setFloat64(HEADER + 5, lon, true);
  view.setFloat64(HEADER + 13, lat, true);
  return bytes;
}

/**
 * The position of a GeoPackage binary that holds a point.
 * @throws RangeError when the bytes are none.
 */
export function decodePoint(bytes: Uint8Array): Position {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = headerLength(bytes);
  if (bytes.length < at + 21) throw new RangeError('GeoPackage geometry ends early');
  const little = view.getUint8(at) === 1;
  if (view.getUint32(at + 1, little) % 1000 !== WKB.Point) throw new RangeError('a geometry that is no point');
  return [view.getFloat64(at + 5, little), view.getFloat64(at + 13, little)];
}

/**
 * The geometry of a GeoPackage binary; a polygon comes back as a multipolygon of one part. Heights and measures are dropped.
 * @throws RangeError when the bytes are not one, end early, or hold another type of geometry.
 */
export function decodeGeometry(bytes: Uint8Array): MultiPolygon {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: headerLength(bytes), little: true };
  const { type, count, width } = readHead(reader);
  if (type === WKB.MultiPolygon) {
    return {
      type: 'MultiPolygon',
      coordinates: Array.from({ length: count }, () => {
        const head = readHead(reader);
        return readRings(reader, head.count, head.width);
      }),
    };
  }
  if (type !== WKB.Polygon) throw new RangeError(`geometry of WKB type ${type} where a polygon was expected`);
  return { type: 'MultiPolygon', coordinates: [readRings(reader, count, width)] };
}

/** The envelope written in the header, else that of the coordinates; what the R-tree's functions read. */
export function envelopeOfBinary(bytes: Uint8Array): Envelope | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  headerLength(bytes);
  const flags = view.getUint8(3);
  if ((flags & 0b00010000) !== 0) return null; // empty
  const little = (flags & 1) === 1;
  if (((flags >> 1) & 7) === 0) {
    if (view.getUint32(HEADER + 1, view.getUint8(HEADER) === 1) % 1000 !== WKB.Point) return envelopeOf(decodeGeometry(bytes));
    const [x, y] = decodePoint(bytes);
    return Number.isNaN(x) ? null : [x, y, x, y];
  }
  const [minX, maxX, minY, maxY] = [0, 1, 2, 3].map((i) => view.getFloat64(HEADER + i * 8, little));
  return [minX ?? Number.NaN, minY ?? Number.NaN, maxX ?? Number.NaN, maxY ?? Number.NaN];
}

/** West, south, east, north of the coordinates as numbers, blind to the antimeridian. */
export function envelopeOf(geometry: Geometry): Envelope {
  const box: Envelope = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (coordinates: unknown): void => {
    if (Array.isArray(coordinates) && typeof coordinates[0] === 'number') {
      const [x, y] = coordinates as Position;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    } else if (Array.isArray(coordinates)) coordinates.forEach(visit);
  };
  visit(geometry.coordinates);
  return box[0] > box[2] ? [Number.NaN, Number.NaN, Number.NaN, Number.NaN] : box;
}

interface Reader {
  view: DataView;
  at: number;
  little: boolean;
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < HEADER || bytes[0] !== 0x47 || bytes[1] !== 0x50) throw new RangeError('not a GeoPackage geometry');
  const length = [0, 32, 48, 48, 64][((bytes[3] ?? 0) >> 1) & 7];
  if (length === undefined || bytes.length < HEADER + length) throw new RangeError('GeoPackage geometry with a broken header');
  return HEADER + length;
}

/** Byte order, type and count; `width` is the number of coordinates of a position (ISO WKB: thousands tell Z and M). */
function readHead(reader: Reader): { type: number; count: number; width: number } {
  reader.little = reader.view.getUint8(reader.at) === 1;
  const code = reader.view.getUint32(reader.at + 1, reader.little);
  const count = reader.view.getUint32(reader.at + 5, reader.little);
  reader.at += 9;
  if (count * 4 > reader.view.byteLength - reader.at) throw new RangeError('GeoPackage geometry ends early');
  return { type: code % 1000, count, width: [2, 3, 3, 4][Math.floor(code / 1000)] ?? 2 };
}

function readRings(reader: Reader, count: number, width: number): Position[][] {
  return Array.from({ length: count }, () => {
    const points = reader.view.getUint32(reader.at, reader.little);
    reader.at += 4;
    if (points * width * 8 > reader.view.byteLength - reader.at) throw new RangeError('GeoPackage geometry ends early');
    return Array.from({ length: points }, (): Position => {
      const position: Position = [
        reader.view.getFloat64(reader.at, reader.little),
        reader.view.getFloat64(reader.at + 8, reader.little),
      ];
      reader.at += width * 8;
      return position;
    });
  });
}
