/**
 * What a pixel weighs beside the share of it that lies in a zone: nothing more, its area on the ellipsoid, or a second raster.
 *
 *     const weights = await tileWeights(setup, grid, rasterOf);
 *     const { rows, cells } = await weights(column, row);   // of one tile
 */
import { type Crs, readCrs } from '../formats/crs.ts';
import type { Raster, RasterTiling } from '../formats/raster.ts';
import { Problem } from '../problems.ts';
import { type Grid, sameGrid } from '../science/grid.ts';
import { rowAreas } from '../science/pixel-area.ts';
import { readWindow } from './zonal-window.ts';

/** As threads are told it. */
export type WeightSetup =
  | { kind: 'none' }
  /** `crs` as `readCrs` takes it. */
  | { kind: 'area'; crs: string; tile: RasterTiling }
  /** Place of the second raster among the files, and its band. */
  | { kind: 'raster'; file: number; band: number; tile: RasterTiling };

/** Weights of one tile: by row of the grid, or by cell of the tile; both `null` where nothing more is to be weighed. */
export interface WeightsOfTile {
  rows: Float64Array | null;
  cells: Float64Array | null;
}

export type TileWeights = (column: number, row: number) => Promise<WeightsOfTile>;

/** Radii of WGS 84 [m]. */
const A = 6_378_137;
const B = 6_356_752.314245179;
const RADIANS = Math.PI / 180;
/** Distance between the places at which the area of a cell is computed [m]: between them it is interpolated, to better than 1e-6. */
const LATTICE = 8_000;
/** Distance over which the projection is taken for straight at such a place [m]. */
const STEP = 100;

/** @throws Problem `weight-other-grid` when the second raster does not have the same cells. */
export async function tileWeights(
  setup: WeightSetup,
  grid: Grid,
  rasterOf: (file: number) => Promise<Raster>,
): Promise<TileWeights> {
  if (setup.kind === 'none') return async () => ({ rows: null, cells: null });
  const { tile } = setup;
  const buffer = (): Float64Array => new Float64Array(tile.width * tile.height);
  const sizeOf = (column: number, row: number) => ({
    width: Math.min(tile.width, grid.width - column * tile.width),
    height: Math.min(tile.height, grid.height - row * tile.height),
  });
  if (setup.kind === 'raster') {
    const raster = await rasterOf(setup.file);
    const cells = buffer();
    return async (column, row) => {
      const window = { column: column * tile.width, row: row * tile.height, ...sizeOf(column, row) };
      await readWindow(raster, setup.band, window, cells);
      return { rows: null, cells };
    };
  }
  const crs = readCrs(setup.crs, '');
  if (crs.geographic) {
    const rows = rowAreas(grid);
    return async () => ({ rows, cells: null });
  }
  const cells = buffer();
  return async (column, row) => {
    projectedAreas(grid, crs, { column: column * tile.width, row: row * tile.height, ...sizeOf(column, row) }, cells);
    return { rows: null, cells };
  };
}

/** @throws Problem `weight-other-grid`. */
export function checkWeightGrid(own: Grid, file: string, weight: Grid, weightFile: string): void {
  if (sameGrid(own, weight)) return;
  const shown = ({ width, height, x0, y0, dx, dy }: Grid): string => `${width} x ${height}, ${x0} ${y0}, ${dx} ${dy}`;
  throw new Problem('weight-other-grid', { file, grid: shown(own), weight: weightFile, found: shown(weight) });
}

/**
 * Areas of the cells of a window on the ellipsoid [m2], row by row, for a projected grid: at a lattice of places the area that
 * the projection gives a cell (its Jacobian times the radii of curvature), between them bilinear.
 * @see Snyder 1987, Map Projections: A Working Manual, USGS Professional Paper 1395, eqs. 4-18, 4-20, 4-21, doi 10.3133/pp1395
 */
export function projectedAreas(
  grid: Grid,
  crs: Crs,
  { column, row, width, height }: { column: number; row: number; width: number; height: number },
  into: Float64Array,
): void {
  const cell = Math.max(Math.abs(grid.dx), Math.abs(grid.dy));
  const spacing = Math.max(1, Math.floor(LATTICE / cell));
  const across = Math.max(1, Math.ceil(width / spacing));
  const down = Math.max(1, Math.ceil(height / spacing));
  // nodes at the centres of cells column + i * spacing
  const node = (i: number, j: number): number =>
    areaAt(grid, crs, grid.x0 + (column + i * spacing + 0.5) * grid.dx, grid.y0 + (row + j * spacing + 0.5) * grid.dy);
  let upper = Float64Array.from({ length: across + 1 }, (_, i) => node(i, 0));
  for (let j = 0; j < down; j++) {
    const lower = Float64Array.from({ length: across + 1 }, (_, i) => node(i, j + 1));
    for (let y = j * spacing; y < Math.min(height, (j + 1) * spacing); y++) {
      const v = (y - j * spacing) / spacing;
      for (let i = 0; i < across; i++) {
        const left = (upper[i] as number) * (1 - v) + (lower[i] as number) * v;
        const right = (upper[i + 1] as number) * (1 - v) + (lower[i + 1] as number) * v;
        const end = Math.min(width, (i + 1) * spacing);
        for (let x = i * spacing; x < end; x++) into[y * width + x] = left + ((right - left) * (x - i * spacing)) / spacing;
      }
    }
    upper = lower;
  }
}

/** Area of a cell around x, y [m2]; NaN where the system has no such place. */
function areaAt({ dx, dy }: Grid, crs: Crs, x: number, y: number): number {
  const [lonWest, latWest] = crs.toWgs84([x - STEP, y]);
  const [lonEast, latEast] = crs.toWgs84([x + STEP, y]);
  const [lonSouth, latSouth] = crs.toWgs84([x, y - STEP]);
  const [lonNorth, latNorth] = crs.toWgs84([x, y + STEP]);
  const [, lat] = crs.toWgs84([x, y]);
  const determinant = turned(lonEast - lonWest) * (latNorth - latSouth) - turned(lonNorth - lonSouth) * (latEast - latWest); // [deg2]
  const e2 = 1 - (B / A) ** 2;
  const w = 1 - e2 * Math.sin(lat * RADIANS) ** 2;
  const meridian = (A * (1 - e2)) / w ** 1.5; // Snyder 1987, eq. 4-18
  const parallel = (A / Math.sqrt(w)) * Math.cos(lat * RADIANS); // eqs. 4-20, 4-21
  return (Math.abs(determinant) * RADIANS ** 2 * meridian * parallel * Math.abs(dx * dy)) / (2 * STEP) ** 2;
}

function turned(angle: number): number {
  return angle >= -180 && angle <= 180 ? angle : angle - 360 * Math.round(angle / 360);
}
