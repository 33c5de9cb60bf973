/**
 * A zipped shapefile on WGS 84: .shp, .shx, .dbf, .prj and .cpg (UTF-8), as UNESCO's guidance of June 2025 asks for.
 *
 *     const zip = writeShapefile(partsOfZones(zones, areaOf), 'korgalzhyn-zones');
 *
 * Reference: ESRI Shapefile Technical Description, July 1998.
 */
import { zipSync } from 'fflate';
import type { Position, Ring } from '../types.ts';
import { writeDbf } from './dbf-writer.ts';
import { type AreaFeature, turn } from './zone-parts.ts';

const HEADER = 100;
const POLYGON = 5;
/** WKT 1 as ESRI writes it: what every program that reads shapefiles understands. */
export const WGS84_PRJ =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
/** The time of every entry: the same zones give the same bytes. */
const mtime = (): Date => new Date(2026, 0, 1); // zip keeps local time: midnight wherever it is written

/** The bytes of `<name>.zip` with a shapefile of that name; outer rings run clockwise, holes the other way. */
export function writeShapefile(features: AreaFeature[], name: string): Uint8Array {
  const { shp, shx } = writeShapes(features);
  const text = new TextEncoder();
  const files = {
    [`${name}.shp`]: shp,
    [`${name}.shx`]: shx,
    [`${name}.dbf`]: writeDbf(features.map(({ properties }) => properties)),
    [`${name}.prj`]: text.encode(WGS84_PRJ),
    [`${name}.cpg`]: text.encode('UTF-8'),
  };
  return zipSync(files, { level: 6, mtime: mtime() });
}

function writeShapes(features: AreaFeature[]): { shp: Uint8Array; shx: Uint8Array } {
  const rings = features.map((feature) => feature.rings.flatMap((polygon) => polygon.map((ring, i) => directed(ring, i === 0))));
  const lengths = rings.map((list) =>
    list.length === 0 ? 4 : 44 + list.length * 4 + list.reduce((n, ring) => n + ring.length * 16, 0),
  );
  const shp = new Uint8Array(HEADER + lengths.reduce((sum, length) => sum + 8 + length, 0));
  const shx = new Uint8Array(HEADER + features.length * 8);
  const [view, index] = [new DataView(shp.buffer), new DataView(shx.buffer)];
  writeHeader(view, rings.flat());
  writeHeader(index, rings.flat());
  let at = HEADER;
  rings.forEach((list, i) => {
    const length = lengths[i] ?? 4;
    index.setInt32(HEADER + i * 8, at / 2);
    index.setInt32(HEADER + i * 8 + 4, length / 2);
    view.setInt32(at, i + 1);
    view.setInt32(at + 4, length / 2);
    if (list.length > 0) writePolygon(view, at + 8, list);
    at += 8 + length;
  });
  return { shp, shx };
}

/** Clockwise for an outer ring, counter-clockwise for a hole. */
function directed(ring: Ring, outer: boolean): Ring {
  return turn(ring) > 0 === outer ? [...ring].reverse() : ring;
}

function writeHeader(view: DataView, rings: Ring[]): void {
  view.setInt32(0, 9994);
  view.setInt32(24, view.byteLength / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, POLYGON, true);
  writeBox(view, 36, rings.flat());
}

function writePolygon(view: DataView, start: number, rings: Ring[]): void {
  const points = rings.flat();
  view.setInt32(start, POLYGON, true);
  writeBox(view, start + 4, points);
  view.setInt32(start + 36, rings.length, true);
  view.setInt32(start + 40, points.length, true);
  let first = 0;
  rings.forEach((ring, i) => {
    view.setInt32(start + 44 + i * 4, first, true);
    first += ring.length;
  });
  points.forEach(([x, y], i) => {
    view.setFloat64(start + 44 + rings.length * 4 + i * 16, x, true);
    view.setFloat64(start + 44 + rings.length * 4 + i * 16 + 8, y, true);
  });
}

function writeBox(view: DataView, at: number, points: Position[]): void {
  const box: [number, number, number, number] = points.length === 0 ? [0, 0, 0, 0] : [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  box.forEach((value, i) => {
    view.setFloat64(at + i * 8, value, true);
  });
}
