/**
 * Where a GeoTIFF lies: the transformation from pixels to the coordinates of its CRS (OGC 19-008r4, B.6), or a world file.
 *
 *     await readPlace(tiff, directory, keys, { worldFile: null });   // [75, 0.00025, 0, 47.5, 0, -0.00025]
 */
import { Problem } from '../problems.ts';
import type { GeoKeys } from './geotiff-keys.ts';
import type { RasterTransform } from './raster.ts';
import { type Tiff, type TiffDirectory, tagNumbers } from './tiff-directory.ts';

const MODEL_PIXEL_SCALE = 33550;
const MODEL_TIEPOINT = 33922;
const MODEL_TRANSFORMATION = 34264;
const GT_RASTER_TYPE = 1025;
const PIXEL_IS_POINT = 2;

/** A rotation below this part of a pixel's size moves no pixel of any raster by a whole one. */
const NO_ROTATION = 1e-9;

/** Coefficients of x = a * column + b * row + c, y = d * column + e * row + f. */
interface Affine {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

/**
 * The transformation to the outer corner of the first pixel, and whether it is a world file's.
 * @param worldFile text of the .tfw beside the file, used where the file itself says nothing
 * @throws Problem `raster-unplaced`, `raster-control-points` or `raster-rotated`.
 */
export async function readPlace(
  tiff: Tiff,
  directory: TiffDirectory,
  keys: GeoKeys,
  { worldFile }: { worldFile: string | null },
): Promise<{ transform: RasterTransform; byWorldFile: boolean }> {
  const file = tiff.source.name;
  const own = await ownAffine(tiff, directory);
  const affine = own ?? (worldFile === null ? null : worldFileAffine(worldFile));
  if (affine === null || ![affine.a, affine.c, affine.e, affine.f].every(Number.isFinite) || affine.e === 0 || affine.a === 0)
    throw new Problem('raster-unplaced', { file });
  const { a, b, d, e } = affine;
  if (Math.abs(b) > NO_ROTATION * Math.abs(a) || Math.abs(d) > NO_ROTATION * Math.abs(e) || a < 0)
    throw new Problem('raster-rotated', { file, found: `${a}, ${b}, ${d}, ${e}` });
  // tie points of PixelIsPoint are centres, and so are those of world files
  const half = own === null || keys.number(GT_RASTER_TYPE) === PIXEL_IS_POINT ? 0.5 : 0;
  return { transform: [affine.c - half * a, a, 0, affine.f - half * e, 0, e], byWorldFile: own === null };
}

async function ownAffine(tiff: Tiff, directory: TiffDirectory): Promise<Affine | null> {
  const matrix = await tagNumbers(tiff, directory, MODEL_TRANSFORMATION);
  if (matrix !== null && matrix.length >= 8) {
    const [a = 0, b = 0, , c = 0, d = 0, e = 0, , f = 0] = matrix;
    return { a, b, c, d, e, f };
  }
  const scale = await tagNumbers(tiff, directory, MODEL_PIXEL_SCALE);
  const ties = await tagNumbers(tiff, directory, MODEL_TIEPOINT);
  if (ties === null || ties.length < 6) return null;
  if (scale === null || scale.length < 2) {
    if (ties.length >= 12)
      throw new Problem('raster-control-points', { file: tiff.source.name, count: Math.floor(ties.length / 6) });
    return null;
  }
  const [width = 0, height = 0] = scale;
  const [column = 0, row = 0, , x = 0, y = 0] = ties;
  const [a, e] = [width, -Math.abs(height)]; // writers that give a negative height mean north up, too
  return { a, b: 0, c: x - column * a, d: 0, e, f: y - row * e };
}

/** Six lines: width of a pixel, rotations in y and x, height, centre of the first pixel. */
function worldFileAffine(text: string): Affine | null {
  const values = text
    .trim()
    .split(/\s+/)
    .map((word) => Number(word.replace(',', '.')));
  const [a = Number.NaN, d = 0, b = 0, e = Number.NaN, c = Number.NaN, f = Number.NaN] = values;
  return values.length >= 6 && values.slice(0, 6).every(Number.isFinite) ? { a, b, c, d, e, f } : null;
}
