/**
 * Areas of the cells of a raster in degrees, on the ellipsoid of WGS 84.
 *
 *     rowAreas({ width: 1, height: 1, x0: 0, y0: 1, dx: 1, dy: -1 })   // [12308463893.98] m2
 */
import { boxArea } from './areas.ts';
import { checkGrid, type Grid } from './grid.ts';

/** Grids whose corner was rounded reach beyond a pole by less than this part of a cell [1]. */
const ROUNDED = 1e-3;

/**
 * Area of one cell of each row [m2]: what lies between its two parallels and two meridians, exactly (`boxArea`).
 *
 *     |dx| a2/2 (q(top) - q(bottom))
 *
 * @param grid x is longitude, y latitude [deg]
 * @throws RangeError when a row reaches beyond a pole by more than a thousandth of its height, or a cell is wider than a turn.
 * @see Snyder 1987, Map Projections: A Working Manual, USGS Professional Paper 1395, eq. 3-12, doi 10.3133/pp1395
 */
export function rowAreas(grid: Grid): Float64Array {
  checkGrid(grid);
  const { height, y0, dx, dy } = grid;
  const width = Math.abs(dx);
  return Float64Array.from({ length: height }, (_, row) => {
    const [a, b] = [latitude(y0 + row * dy, dy), latitude(y0 + (row + 1) * dy, dy)];
    return boxArea([0, Math.min(a, b), width, Math.max(a, b)]);
  });
}

/** A latitude, at the pole where it was meant to be. */
function latitude(lat: number, dy: number): number {
  return Math.abs(lat) > 90 && Math.abs(lat) < 90 + ROUNDED * Math.abs(dy) ? Math.sign(lat) * 90 : lat;
}
