/**
 * The geometry engine: GEOS (the library behind PostGIS and QGIS), compiled to WebAssembly, as plain functions on our rings.
 *
 *     const engine = await geometryEngine();
 *     const faces = engine.faces([ringA, ringB]);
 *
 * Why GEOS and not another: `docs/repair.md`. It is loaded when it is first asked for, and is planar: edges are straight
 * in the coordinates given. Nothing else in Saryarka knows which engine this is.
 */
import type { PolygonRings, Position, Ring } from '../types.ts';

export interface GeometryEngine {
  /** The bounded faces that `lines` enclose, each with its holes: crossings and touchings become positions that all have. */
  faces(lines: Position[][]): PolygonRings[];
  /** Polygons that meet along identical edges, as one: the edges between them go, every other position stays to the bit. Where they overlap, their union. */
  dissolve(polygons: PolygonRings[]): PolygonRings[];
  /** Whether a polygon is valid as OGC Simple Features say. */
  isValid(polygon: PolygonRings): boolean;
  /** Whether the parts together are a valid multipolygon: none overlaps another or shares an edge with it. */
  areValid(polygons: PolygonRings[]): boolean;
  /** What is left of a polygon when a band of `distance` is taken off inside its boundary is nothing. */
  vanishes(polygon: PolygonRings, distance: number): boolean;
  /** A test whether a position lies inside the polygon, made for many positions; `free` it when done. */
  locator(polygon: PolygonRings): { contains(at: Position): boolean; free(): void };
  /** Where both lie. */
  intersection(a: PolygonRings[], b: PolygonRings[]): PolygonRings[];
  /** Where `a` lies and `b` does not. */
  difference(a: PolygonRings[], b: PolygonRings[]): PolygonRings[];
}

type Pointer = number;

/** What is used of the C API: https://libgeos.org/doxygen/geos__c_8h.html. */
interface Geos {
  Module: { _malloc(size: number): Pointer; _free(at: Pointer): void; HEAPU8: Uint8Array };
  GEOSGeomFromWKB_buf(bytes: Pointer, size: number): Pointer;
  GEOSGeomToWKB_buf(geometry: Pointer, size: Pointer): Pointer;
  GEOSFree(at: Pointer): void;
  GEOSGeom_destroy(geometry: Pointer): void;
  GEOSUnaryUnion(geometry: Pointer): Pointer;
  GEOSPolygonize(geometries: Pointer, count: number): Pointer;
  GEOSCoverageUnion(geometry: Pointer): Pointer;
  GEOSIntersection(a: Pointer, b: Pointer): Pointer;
  GEOSDifference(a: Pointer, b: Pointer): Pointer;
  GEOSisValid(geometry: Pointer): number;
  GEOSisEmpty(geometry: Pointer): number;
  GEOSBuffer(geometry: Pointer, distance: number, segments: number): Pointer;
  GEOSPrepare(geometry: Pointer): Pointer;
  GEOSPreparedGeom_destroy(prepared: Pointer): void;
  GEOSPreparedContainsXY(prepared: Pointer, x: number, y: number): number;
}

const WKB = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
} as const;

let loading: Promise<GeometryEngine> | null = null;

/** The engine, loaded once (some 0.15 s). */
export function geometryEngine(): Promise<GeometryEngine> {
  loading ??= load();
  return loading;
}

async function load(): Promise<GeometryEngine> {
  const { default: start } = await import('geos-wasm');
  let lastError = '';
  const errorHandler = (message: string): void => {
    lastError = message;
  };
  const geos = (await start({ errorHandler, noticeHandler: () => {} })) as unknown as Geos;

  const put = (bytes: Uint8Array): Pointer => {
    const at = geos.Module._malloc(bytes.length);
    geos.Module.HEAPU8.set(bytes, at);
    const geometry = geos.GEOSGeomFromWKB_buf(at, bytes.length);
    geos.Module._free(at);
    return checked(geometry, 'read', lastError);
  };
  const take = (geometry: Pointer): DataView => {
    const size = geos.Module._malloc(4);
    const at = checked(geos.GEOSGeomToWKB_buf(geometry, size), 'write', lastError);
    const heap = geos.Module.HEAPU8;
    const length = new DataView(heap.buffer).getUint32(size, true);
    const copy = heap.slice(at, at + length);
    geos.GEOSFree(at);
    geos.Module._free(size);
    return new DataView(copy.buffer);
  };
  /** Runs `use` on the geometry of `bytes`; frees it and what comes out. */
  const map = (bytes: Uint8Array, name: string, use: (geometry: Pointer) => Pointer): DataView => {
    const geometry = put(bytes);
    const result = use(geometry);
    geos.GEOSGeom_destroy(geometry);
    const view = take(checked(result, name, lastError));
    geos.GEOSGeom_destroy(result);
    return view;
  };
  const ask = <T>(bytes: Uint8Array, use: (geometry: Pointer) => T): T => {
    const geometry = put(bytes);
    const answer = use(geometry);
    geos.GEOSGeom_destroy(geometry);
    return answer;
  };

  return {
    faces: (lines) =>
      readPolygons(
        map(writeLines(lines), 'faces', (g) => {
          const noded = checked(geos.GEOSUnaryUnion(g), 'node', lastError);
          const list = geos.Module._malloc(4);
          new DataView(geos.Module.HEAPU8.buffer).setUint32(list, noded, true);
          const result = geos.GEOSPolygonize(list, 1);
          geos.Module._free(list);
          geos.GEOSGeom_destroy(noded);
          return result;
        }),
      ),
    dissolve: (polygons) =>
      polygons.length === 1
        ? polygons
        : readPolygons(map(writePolygons(polygons), 'dissolve', (g) => geos.GEOSCoverageUnion(g) || geos.GEOSUnaryUnion(g))),
    isValid: (polygon) => ask(writePolygons([polygon]), (g) => geos.GEOSisValid(g) === 1),
    areValid: (polygons) => ask(writePolygons(polygons), (g) => geos.GEOSisValid(g) === 1),
    vanishes: (polygon, distance) =>
      ask(writePolygons([polygon]), (g) => {
        const rest = checked(geos.GEOSBuffer(g, -distance, 4), 'buffer', lastError);
        const empty = geos.GEOSisEmpty(rest) === 1;
        geos.GEOSGeom_destroy(rest);
        return empty;
      }),
    locator: (polygon) => {
      const geometry = put(writePolygons([polygon]));
      const prepared = checked(geos.GEOSPrepare(geometry), 'prepare', lastError);
      return {
        contains: ([x, y]) => geos.GEOSPreparedContainsXY(prepared, x, y) === 1,
        free: () => {
          geos.GEOSPreparedGeom_destroy(prepared);
          geos.GEOSGeom_destroy(geometry);
        },
      };
    },
    intersection: (a, b) =>
      ask(writePolygons(a), (ga) => readPolygons(map(writePolygons(b), 'intersection', (gb) => geos.GEOSIntersection(ga, gb)))),
    difference: (a, b) =>
      ask(writePolygons(a), (ga) => readPolygons(map(writePolygons(b), 'difference', (gb) => geos.GEOSDifference(ga, gb)))),
  };
}

function checked(pointer: Pointer, name: string, lastError: string): Pointer {
  if (pointer === 0) throw new Error(`GEOS ${name}: ${lastError || 'no result'}`);
  return pointer;
}

function writeLines(lines: Position[][]): Uint8Array {
  return write(
    WKB.MultiLineString,
    WKB.LineString,
    lines.map((line) => [line]),
  );
}

function writePolygons(polygons: PolygonRings[]): Uint8Array {
  return write(WKB.MultiPolygon, WKB.Polygon, polygons);
}

/** Little-endian WKB of many parts; a single part is written by itself. */
function write(many: number, one: number, parts: Position[][][]): Uint8Array {
  const rings = one === WKB.Polygon;
  const single = rings && parts.length === 1;
  const points = parts.reduce((n, part) => n + part.reduce((m, ring) => m + ring.length, 0), 0);
  const counts = parts.reduce((n, part) => n + part.length, 0);
  const view = new DataView(new ArrayBuffer(9 + parts.length * 9 + counts * 4 + points * 16));
  let at = 0;
  const head = (type: number): void => {
    view.setUint8(at, 1);
    view.setUint32(at + 1, type, true);
    at += 5;
  };
  const count = (n: number): void => {
    view.setUint32(at, n, true);
    at += 4;
  };
  if (!single) {
    head(many);
    count(parts.length);
  }
  for (const part of parts) {
    head(one);
    if (rings) count(part.length);
    for (const ring of part) {
      count(ring.length);
      for (const position of ring) {
        view.setFloat64(at, position[0], true);
        view.setFloat64(at + 8, position[1], true);
        at += 16;
      }
    }
  }
  return new Uint8Array(view.buffer, 0, at);
}

interface Reader {
  view: DataView;
  at: number;
}

function readPolygons(view: DataView): PolygonRings[] {
  const polygons: PolygonRings[] = [];
  walk({ view, at: 0 }, (type, reader) => {
    if (type === WKB.Polygon) {
      const rings = Array.from({ length: readCount(reader) }, () => readRing(reader));
      if (rings.length > 0) polygons.push(rings);
    } else if (type === WKB.LineString) readRing(reader);
    else readPosition(reader);
  });
  return polygons;
}

/** Hands every single geometry of a WKB to `visit`, which reads it to its end. */
function walk(reader: Reader, visit: (type: number, reader: Reader) => void): void {
  const type = reader.view.getUint32(reader.at + 1, true);
  reader.at += 5;
  if (type < WKB.MultiPoint) visit(type, reader);
  else for (let n = readCount(reader); n > 0; n--) walk(reader, visit);
}

function readCount(reader: Reader): number {
  reader.at += 4;
  return reader.view.getUint32(reader.at - 4, true);
}

function readRing(reader: Reader): Ring {
  return Array.from({ length: readCount(reader) }, () => readPosition(reader));
}

function readPosition(reader: Reader): Position {
  reader.at += 16;
  return [reader.view.getFloat64(reader.at - 16, true), reader.view.getFloat64(reader.at - 8, true)];
}
