/**
 * Where the cells of a coarse map lie in longitude and latitude, in which pictures are kept.
 *
 *     const place = placeCells(coarse, grid, crs, zones);
 *     cells.map((cell) => (cell < 0 ? 0 : codes[cell]))        // place.cells: for each cell of the picture one of the map, or -1
 *
 * Longitudes and latitudes on WGS 84 stay as they are, cell by cell. From any other system each cell of the picture takes
 * what lies at its middle; it then is about half as large as those it takes from.
 */
import type { Crs } from '../formats/crs.ts';
import type { Grid } from '../science/grid.ts';
import type { Position } from '../types.ts';
import { type CoarseGrid, MOST_CELLS } from './blocks-maps.ts';
import { inverseOf } from './zonal-inverse.ts';
import { isWgs84, type ZonalZone } from './zonal-place.ts';

export interface PlacedCells {
  width: number;
  height: number;
  /** Outer edges [deg]; east beyond 180 across the antimeridian. */
  west: number;
  south: number;
  east: number;
  north: number;
  /** Row by row from the north-west: a cell of the map, or -1 beside it. */
  cells: Int32Array;
}

/** A picture from another system has at least so many cells along its longer side: the slant of its pixels is then seen. */
const LEAST_CELLS = 300;
/** The way into a system is taken at every so many cells, and is straight between. */
const LATTICE = 8;

const RADIANS = Math.PI / 180;

export function placeCells(coarse: CoarseGrid, grid: Grid, crs: Crs, zones: readonly Pick<ZonalZone, 'geometry'>[]): PlacedCells {
  return isWgs84(crs) ? straight(coarse, grid) : taken(coarse, grid, crs, zones);
}

function straight({ left, top, step, width, height }: CoarseGrid, { x0, y0, dx, dy }: Grid): PlacedCells {
  const [x, y] = [x0 + left * dx, y0 + top * dy];
  const [acrossX, downY] = [x + width * step * dx, y + height * step * dy];
  const turns = 360 * Math.floor((Math.min(x, acrossX) + 180) / 360);
  const cells = Int32Array.from({ length: width * height }, (_, i) => {
    const [column, row] = [i % width, Math.floor(i / width)];
    return (dy < 0 ? row : height - 1 - row) * width + (dx > 0 ? column : width - 1 - column);
  });
  return {
    width,
    height,
    west: Math.min(x, acrossX) - turns,
    south: Math.min(y, downY),
    east: Math.max(x, acrossX) - turns,
    north: Math.max(y, downY),
    cells,
  };
}

function taken(coarse: CoarseGrid, grid: Grid, crs: Crs, zones: readonly Pick<ZonalZone, 'geometry'>[]): PlacedCells {
  const [west, south, east, north] = boundsOf(zones);
  const ground = (east - west) * Math.cos(((south + north) / 2) * RADIANS);
  const longer = Math.min(MOST_CELLS, Math.max(LEAST_CELLS, 2 * Math.max(coarse.width, coarse.height)));
  const size = Math.max(ground, north - south) / longer;
  const width = Math.max(1, Math.round(ground / size));
  const height = Math.max(1, Math.round((north - south) / size));
  const { left, top, step } = coarse;
  const middle: Position = [grid.x0 + (grid.width * grid.dx) / 2, grid.y0 + (grid.height * grid.dy) / 2];
  const inverse = inverseOf(crs, middle);
  const out = new Float64Array(2);
  const lattice = { across: Math.ceil(width / LATTICE) + 1, down: Math.ceil(height / LATTICE) + 1 };
  const columns = new Float64Array(lattice.across * lattice.down).fill(Number.NaN);
  const rows = columns.slice();
  for (let i = 0; i < columns.length; i++) {
    const lon = west + ((i % lattice.across) * LATTICE * (east - west)) / width;
    const lat = north - (Math.floor(i / lattice.across) * LATTICE * (north - south)) / height;
    if (!inverse([lon, Math.max(-90, lat)], out)) continue;
    columns[i] = ((out[0] as number) - grid.x0) / grid.dx;
    rows[i] = ((out[1] as number) - grid.y0) / grid.dy;
  }
  const at = (of: Float64Array, x: number, y: number): number => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [a = 0, b = 0] = of.subarray(row * lattice.across + column);
    const [c = 0, d = 0] = of.subarray((row + 1) * lattice.across + column);
    const [u, v] = [x - column, y - row];
    return (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
  };
  const cells = Int32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [((i % width) + 0.5) / LATTICE, (Math.floor(i / width) + 0.5) / LATTICE];
    const column = Math.floor((Math.floor(at(columns, x, y)) - left) / step);
    const row = Math.floor((Math.floor(at(rows, x, y)) - top) / step);
    return column >= 0 && column < coarse.width && row >= 0 && row < coarse.height ? row * coarse.width + column : -1;
  });
  return { width, height, west, south, east, north, cells };
}

/** West, south, east, north of the zones; parts on both sides of the antimeridian are taken together. */
function boundsOf(zones: readonly Pick<ZonalZone, 'geometry'>[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  let before: number | null = null;
  for (const { geometry } of zones) {
    for (const [outer = []] of geometry.coordinates) {
      for (const [lon, lat] of outer) {
        before = before === null ? lon : lon - 360 * Math.round((lon - before) / 360);
        west = Math.min(west, before);
        east = Math.max(east, before);
        south = Math.min(south, lat);
        north = Math.max(north, lat);
      }
    }
  }
  const turns = 360 * Math.floor((west + 180) / 360);
  return [west - turns, south, east - turns, north];
}
