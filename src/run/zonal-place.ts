/**
 * Zones onto the grid of a raster: from longitudes and latitudes to columns and rows, with edges densified where the
 * raster's system bends them.
 *
 *     const { shapes, off } = placeZones(zones, grid, rasterCrs(raster), { file: raster.name });
 */
import type { Crs } from '../formats/crs.ts';
import { Problem } from '../problems.ts';
import { columnOf, type Grid, rowOf } from '../science/grid.ts';
import type { Extent, MultiPolygon, Position } from '../types.ts';
import { type Inverse, inverseOf } from './zonal-inverse.ts';
import {
  addPosition,
  beginPolygon,
  beginRing,
  endZone,
  newShapes,
  type ShapesDraft,
  seal,
  type ZoneShapes,
} from './zonal-shapes.ts';

/** An area that figures are wanted for; lon, lat on WGS 84, edges straight in these. */
export interface ZonalZone {
  /** As the result names it. */
  id: string;
  /** Core, buffer, transition, or empty. */
  kind: string;
  geometry: MultiPolygon;
}

export interface PlacedZones {
  shapes: ZoneShapes;
  /** Zones that lie wholly outside the raster, by their places in the list. */
  off: number[];
}

/** A straight edge may lie so far from the true one [cells]: the area of a zone is then right to this times its perimeter. */
const STRAIGHT = 1e-4;
/** Edges are looked at in pieces no longer than this [deg], so that an edge that bends both ways is not taken for straight. */
const LONGEST_PIECE = 1;
/** An edge that is still bent in a piece of its length over 2 to this power jumps: the system has a seam there. */
const DEEPEST = 24;
/** Places along each side of a raster at which its extent is taken. */
const SAMPLES = 33;
/** Part of its size by which an extent taken there is widened. */
const MARGIN = 0.01;

/**
 * @throws Problem `zones-off-raster` when no zone lies on the raster, naming both extents; `zone-beyond-crs` when the raster's
 * system does not reach a zone that it should.
 */
export function placeZones(zones: readonly ZonalZone[], grid: Grid, crs: Crs, { file }: { file: string }): PlacedZones {
  const draft = newShapes(positionsOf(zones));
  const off: number[] = [];
  const extent = extentOf(grid, crs);
  const put = isWgs84(crs) ? straightPut(draft, grid) : bentPut(draft, grid, crs, file);
  for (const [i, { id, geometry }] of zones.entries()) {
    const near = extent === null || meets(boundsOf(geometry), extent);
    if (near) for (const rings of geometry.coordinates) putPolygon(draft, rings, (ring) => put(ring, id));
    else off.push(i);
    endZone(draft);
  }
  if (off.length === zones.length) throw zonesOff(zones, file, extent);
  return { shapes: seal(draft), off };
}

/** The problem of zones that do not lie on a raster at all. */
export function zonesOff(zones: readonly ZonalZone[], file: string, extent: Extent | null): Problem {
  const all = zones.map(({ geometry }) => boundsOf(geometry)).reduce(united);
  return new Problem('zones-off-raster', { file, zones: shown(all), raster: extent === null ? '–' : shown(extent) });
}

/** Whether coordinates of `crs` are longitudes and latitudes on WGS 84 as they stand. */
export function isWgs84(crs: Crs): boolean {
  const position: Position = [10, 20];
  return crs.geographic && crs.toWgs84(position) === position;
}

/** Columns in a whole turn of longitude; `null` where columns are no longitudes. */
export function turnOf(grid: Grid, crs: Crs): number | null {
  return crs.geographic ? 360 / Math.abs(grid.dx) : null;
}

/**
 * West, south, east, north of a raster on WGS 84 [deg], east beyond 180 where it crosses the antimeridian; `null` where it
 * reaches around the earth or to places that are not on it.
 */
export function extentOf(grid: Grid, crs: Crs): Extent | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  let before: number | null = null;
  for (const [column, row] of outline(grid)) {
    let [lon, lat] = crs.toWgs84([grid.x0 + column * grid.dx, grid.y0 + row * grid.dy]);
    if (!(Number.isFinite(lon) && Number.isFinite(lat))) return null;
    if (before !== null && !isWgs84(crs)) lon -= 360 * Math.round((lon - before) / 360);
    before = lon;
    lat = Math.max(-90, Math.min(90, lat));
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  if (isWgs84(crs)) return [west, south, east, north];
  if (east - west > 180) return null; // around a pole the outline turns once round
  const wider = MARGIN * Math.max(east - west, north - south); // sides bend outwards between the samples
  return [west - wider, Math.max(-90, south - wider), east + wider, Math.min(90, north + wider)];
}

function* outline({ width, height }: Grid): Generator<[number, number]> {
  for (let i = 0; i < SAMPLES; i++) yield [(width * i) / SAMPLES, 0];
  for (let i = 0; i < SAMPLES; i++) yield [width, (height * i) / SAMPLES];
  for (let i = 0; i < SAMPLES; i++) yield [width - (width * i) / SAMPLES, height];
  for (let i = 0; i < SAMPLES; i++) yield [0, height - (height * i) / SAMPLES];
}

function putPolygon(draft: ShapesDraft, rings: readonly (readonly Position[])[], put: (ring: readonly Position[]) => void): void {
  beginPolygon(draft);
  for (const ring of rings) {
    beginRing(draft);
    put(ring);
  }
}

function straightPut(draft: ShapesDraft, grid: Grid) {
  return (ring: readonly Position[]): void => {
    let before = ring[0]?.[0] ?? 0;
    for (let i = 0; i < ring.length; i++) {
      const position = ring[i] as Position;
      const lon = position[0];
      const step = Math.abs(lon - before);
      if (step > 180 && step < 360)
        before = lon - 360 * Math.round((lon - before) / 360); // the short way, across the antimeridian
      else before = lon;
      addPosition(draft, columnOf(grid, before), rowOf(grid, position[1]));
    }
  };
}

function bentPut(draft: ShapesDraft, grid: Grid, crs: Crs, file: string) {
  const middle: Position = [grid.x0 + (grid.width * grid.dx) / 2, grid.y0 + (grid.height * grid.dy) / 2];
  const inverse: Inverse = inverseOf(crs, middle);
  const out = new Float64Array(2);

  return (ring: readonly Position[], zone: string): void => {
    const beyond = ([lon, lat]: Position): Problem =>
      new Problem('zone-beyond-crs', { file, zone, found: `${short(lon)} ${short(lat)}`, crs: crs.name });
    const cell = (position: Position): Position => {
      if (!inverse(position, out)) throw beyond(position);
      return [columnOf(grid, out[0] as number), rowOf(grid, out[1] as number)];
    };
    // adds what lies between two positions, and the latter
    const edge = (from: Position, to: Position, fromCell: Position, toCell: Position, depth: number): void => {
      const half: Position = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const long = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) > LONGEST_PIECE;
      const halfCell = cell(half);
      const bent = Math.hypot(halfCell[0] - (fromCell[0] + toCell[0]) / 2, halfCell[1] - (fromCell[1] + toCell[1]) / 2);
      if (!long && bent <= STRAIGHT) addPosition(draft, toCell[0], toCell[1]);
      else if (depth === DEEPEST) throw beyond(half);
      else {
        edge(from, half, fromCell, halfCell, depth + 1);
        edge(half, to, halfCell, toCell, depth + 1);
      }
    };
    let before: Position | null = null;
    let beforeCell: Position = [0, 0];
    for (const position of ring) {
      const own = cell(position);
      if (before === null) addPosition(draft, own[0], own[1]);
      else if (before[0] !== position[0] || before[1] !== position[1]) edge(before, position, beforeCell, own, 0);
      [before, beforeCell] = [position, own];
    }
  };
}

function positionsOf(zones: readonly ZonalZone[]): number {
  let count = 0;
  for (const { geometry } of zones) for (const rings of geometry.coordinates) for (const ring of rings) count += ring.length;
  return count;
}

function boundsOf({ coordinates }: MultiPolygon): Extent {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer = []] of coordinates)
    for (let i = 0; i < outer.length; i++) {
      const position = outer[i] as Position;
      const lon = position[0];
      const lat = position[1];
      if (lon < west) west = lon;
      if (lon > east) east = lon;
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    }
  return [west, south, east, north];
}

function united(a: Extent, b: Extent): Extent {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Whether two boxes meet, whole turns of longitude aside. */
function meets([west, south, east, north]: Extent, [left, bottom, right, top]: Extent): boolean {
  if (!(south < top && north > bottom)) return false;
  return west + 360 * Math.ceil((left - east) / 360) <= right;
}

function shown([west, south, east, north]: Extent): string {
  return Number.isFinite(west) ? `${short(west)} ${short(south)} – ${short(east)} ${short(north)}` : '–';
}

function short(value: number): string {
  return String(Math.round(value * 1e4) / 1e4);
}
