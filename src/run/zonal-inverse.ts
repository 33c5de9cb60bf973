/**
 * From longitudes and latitudes back to the coordinates of any system that is known by its way to WGS 84.
 *
 *     const back = inverseOf(rasterCrs(raster), [500_000, 5_500_000]);
 *     back([69.1, 49.6], out);   // out holds x, y; false where the system does not reach
 *
 * Newton's method on that way itself, so that there and back agree to about a micrometre whatever the projection and datum
 * shift. Neighbouring positions begin from one another and share a Jacobian, which leaves two or three steps for each.
 */
import type { Crs } from '../formats/crs.ts';
import type { Position } from '../types.ts';

/** A result is taken when it leads back to within this [deg]: about a micrometre. */
const CLOSE = 1e-11;
/** The same where steps no longer become smaller: rounding of coordinates of ten million metres. */
const CLOSE_ENOUGH = 1e-9;
/** Farthest step from a known position to the next [deg]: projections bend. */
const STRIDE = 2;
/** Steps in which a position must be found. */
const MOST_STEPS = 40;

/** Writes x, y of a position on WGS 84 into `out`; `false`, and `out` unchanged, where the system has no such place. */
export type Inverse = (position: Position, out: Float64Array) => boolean;

/** @param start x, y of a place well inside the system, such as the middle of a raster. */
export function inverseOf(crs: Pick<Crs, 'toWgs84' | 'geographic'>, start: Position): Inverse {
  let [x, y] = start;
  let [lon, lat] = crs.toWgs84([x, y]);
  // inverse of the Jacobian d(lon, lat) / d(x, y)
  const jacobian = { a: 0, b: 0, c: 0, d: 0, known: false };

  function renew(): boolean {
    const step = crs.geographic ? 1e-6 : 1;
    const [lonX, latX] = crs.toWgs84([x + step, y]);
    const [lonY, latY] = crs.toWgs84([x, y + step]);
    const [a, c] = [turned(lonX - lon) / step, (latX - lat) / step];
    const [b, d] = [turned(lonY - lon) / step, (latY - lat) / step];
    const determinant = a * d - b * c;
    if (!Number.isFinite(1 / determinant)) return false;
    Object.assign(jacobian, { a: d / determinant, b: -b / determinant, c: -c / determinant, d: a / determinant, known: true });
    return true;
  }

  function walkTo(toLon: number, toLat: number): boolean {
    let before = Number.POSITIVE_INFINITY;
    for (let i = 0; i < MOST_STEPS; i++) {
      const [offLon, offLat] = [turned(toLon - lon), toLat - lat];
      const off = Math.max(Math.abs(offLon), Math.abs(offLat));
      if (off < CLOSE || (off < CLOSE_ENOUGH && off >= before / 2)) return true;
      if (!(off < before / 4 && jacobian.known) && !renew()) return false;
      before = off;
      x += jacobian.a * offLon + jacobian.b * offLat;
      y += jacobian.c * offLon + jacobian.d * offLat;
      [lon, lat] = crs.toWgs84([x, y]);
      if (!(Number.isFinite(lon) && Number.isFinite(lat))) return false;
    }
    return false;
  }

  return ([toLon, toLat], out) => {
    const kept = [x, y, lon, lat] as const;
    const [offLon, offLat] = [turned(toLon - lon), toLat - lat];
    const strides = Math.ceil(Math.max(Math.abs(offLon), Math.abs(offLat)) / STRIDE) || 1;
    for (let i = 1; i <= strides; i++) {
      if (walkTo(kept[2] + (offLon * i) / strides, kept[3] + (offLat * i) / strides)) continue;
      [x, y, lon, lat] = kept;
      jacobian.known = false;
      return false;
    }
    out[0] = x;
    out[1] = y;
    return true;
  };
}

/** An angle within half a turn. */
function turned(angle: number): number {
  return angle >= -180 && angle <= 180 ? angle : angle - 360 * Math.round(angle / 360);
}
