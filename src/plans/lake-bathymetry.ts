/**
 * The bed of a lake from a map that the user has: a raster of heights, or areas within contours. What comes of it is one file with the
 * curve, the outline of the water by level, and the distance of the shore to places.
 *
 *     const bed = await bedOfRaster(await openRaster('north-aral.tif'), { step: 0.5, places: [{ name: 'Aralsk', lon: 61.67, lat: 46.79 }] });
 *     bed.curve       // rows for lakeCurve; nothing beyond the level at which water would leave the map
 */
import { contours } from 'd3-contour';
import type { MapLayer } from '../formats/layer.ts';
import { type Raster, rasterCrs } from '../formats/raster.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import { distanceToBoundary } from '../science/distances.ts';
import { type BedPlace, bedRows, floodLevels, frustumRows } from '../science/lake-bed.ts';
import { type CurveRow, lakeCurve } from '../science/lake-curve.ts';
import { pointInPolygon } from '../science/point-in-polygon.ts';
import type { MultiPolygon, Position } from '../types.ts';

export interface BedOptions {
  /** Between levels [m]. */
  step?: number;
  places?: readonly { name: string; lon: number; lat: number }[];
  /** The values are depths below this level [m], not heights. */
  depthsBelow?: number;
  crs?: string;
  /** Only the bed within this outline (lon, lat) is a basin: the edge of it holds water back, as a dam there would. Needs `top`. */
  within?: MultiPolygon;
  /** Highest level that is told [m]. */
  top?: number;
}

export interface BedFile {
  format: 'saryarka-lake-bed';
  version: 1;
  /** What it was made of, and how. */
  source: string;
  method: 'priority-flood' | 'contour-areas';
  curve: CurveRow[];
  outlines: { level: number; geometry: MultiPolygon }[];
  places: BedPlace[];
}

/** Cells that are read at most, and levels. */
const MOST_CELLS = 40_000_000;
const MOST_LEVELS = 400;
const STEP = 0.5;
/** Cells of a projected map share the area of the middle one of so many by so many. */
const BLOCK = 32;

/** @throws Problem `choice-wrong` for a map too large, without heights, or whose lake would have fewer than two levels; those of `rasterCrs` */
export async function bedOfRaster(
  raster: Raster,
  { step = STEP, places = [], depthsBelow, crs: asked, within, top = Number.POSITIVE_INFINITY }: BedOptions = {},
): Promise<BedFile> {
  const { width, height, name } = raster;
  const crs = rasterCrs(raster, { crs: asked });
  if (width * height > MOST_CELLS)
    throw new Problem('choice-wrong', {
      field: `--bathymetry ${name}`,
      found: String(width * height),
      expected: `≤ ${MOST_CELLS}`,
    });
  const bed = await bedHeights(raster, depthsBelow);
  const toLonLat = placer(raster, crs.toWgs84);
  if (within !== undefined && !Number.isFinite(top)) throw wrong(`${name}: --top`, '–', '46.0');
  if (within !== undefined) wallOutside(bed, { width, height }, (x, y) => pointInPolygon(toLonLat(x, y), within) !== 'outside');
  if (!bed.some(Number.isFinite)) throw wrong(name, '0', '≥ 1');
  const { flood, deepest, spill } = floodLevels(bed, { width, height });
  const levels = levelsOf(deepest, Math.min(spill, top), step);
  if (top < spill && top > deepest) levels.push(top);
  if (levels.length < 2 || levels.length > MOST_LEVELS)
    throw wrong(`${name}: ${deepest} … ${spill} m`, String(levels.length), `2 – ${MOST_LEVELS}`);
  const curve = rising(bedRows(bed, flood, areaOfCells(raster, crs.geographic, toLonLat), levels));
  lakeCurve(curve); // refuses what does not grow
  const dry = (levels.at(-1) ?? 0) + 1e6;
  const surface = Array.from(flood, (level) => -(Number.isNaN(level) ? dry : level));
  const draw = contours().size([width, height]);
  const outlines = curve.slice(1).map(({ level }) => {
    const found = draw.contour(surface, -level);
    const geometry: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: found.coordinates.map((rings) => rings.map((ring) => ring.map(([x = 0, y = 0]) => rounded(toLonLat(x, y))))),
    };
    return { level, geometry };
  });
  return {
    format: 'saryarka-lake-bed',
    version: 1,
    source: name,
    method: 'priority-flood',
    curve,
    outlines,
    places: placed(outlines, places),
  };
}

/**
 * From polygons, each the water at the level that a field of it names.
 * @throws Problem `choice-wrong` for a feature without level or area (it names layer, feature and field)
 */
export function bedOfContours(
  layers: readonly MapLayer[],
  { field, places = [] }: { field: string } & Pick<BedOptions, 'places'>,
): BedFile {
  const parts = layers.flatMap(({ name, features }) =>
    features.map(({ index, geometry, properties }) => {
      const found = properties[field];
      const level = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
      if (typeof level !== 'number' || !Number.isFinite(level))
        throw wrong(`${name}:${index} ${field}`, String(found ?? ''), '42.0');
      if (geometry === null || (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon'))
        throw wrong(`${name}:${index}`, geometry?.type ?? '–', 'Polygon, MultiPolygon');
      return { level, polygons: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates };
    }),
  );
  const outlines = [...Map.groupBy(parts, ({ level }) => level)]
    .sort(([a], [b]) => a - b)
    .map(([level, some]) => ({
      level,
      geometry: { type: 'MultiPolygon', coordinates: some.flatMap(({ polygons }) => polygons) } satisfies MultiPolygon,
    }));
  if (outlines.length < 2) throw wrong(field, String(outlines.length), '≥ 2');
  const curve = frustumRows(outlines.map(({ level, geometry }) => ({ level, area: geodesicArea(geometry) / 1e6 })));
  try {
    lakeCurve(curve);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw wrong(field, error.message, 'A₁ < A₂');
  }
  const source = layers.map(({ name }) => name).join(', ');
  return {
    format: 'saryarka-lake-bed',
    version: 1,
    source,
    method: 'contour-areas',
    curve,
    outlines,
    places: placed(outlines, places),
  };
}

/** Cells whose middle lies outside become walls that no level reaches. */
function wallOutside(
  bed: Float64Array,
  { width, height }: { width: number; height: number },
  inside: (x: number, y: number) => boolean,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (!inside(x + 0.5, y + 0.5)) bed[y * width + x] = Number.POSITIVE_INFINITY;
}

const wrong = (field: string, found: string, expected: string): Problem =>
  new Problem('choice-wrong', { field: `--bathymetry ${field}`, found, expected });

/** All values of the first band as heights [m]; `NaN` where there is none. */
export async function bedHeights(raster: Raster, depthsBelow?: number): Promise<Float64Array> {
  const { width, tile, bands } = raster;
  const [band] = bands;
  const bed = new Float64Array(width * raster.height).fill(Number.NaN);
  for (let row = 0; row < tile.down; row++)
    for (let column = 0; column < tile.across; column++) {
      const part = await raster.readTile(0, column, row);
      if (part.empty) continue;
      for (let y = 0; y < part.height; y++)
        for (let x = 0; x < part.width; x++) {
          const i = y * part.width + x;
          const raw = part.values[i] as number;
          if (Number.isNaN(raw) || raw === band?.nodata || part.valid?.[i] === 0) continue;
          const value = raw * (band?.scale ?? 1) + (band?.offset ?? 0);
          bed[(row * tile.height + y) * width + column * tile.width + x] =
            depthsBelow === undefined ? value : depthsBelow - value;
        }
    }
  return bed;
}

/** Where a place of the grid, counted in cells, lies (lon, lat). */
export function placer({ transform: [x0, dx, , y0, , dy] }: Raster, toWgs84: (position: Position) => Position) {
  return (x: number, y: number): Position => toWgs84([x0 + x * dx, y0 + y * dy]);
}

/** The area of each cell of a raster [m2]: of a map in degrees exactly by row, of others by the cell in the middle of a block. */
export function areaOfCells(
  { width, height }: Raster,
  geographic: boolean,
  at: (x: number, y: number) => Position,
): (cell: number) => number {
  const square = (x: number, y: number): number =>
    geodesicArea({ type: 'Polygon', coordinates: [[at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x, y)]] });
  if (geographic) {
    const rows = Float64Array.from({ length: height }, (_, y) => square(0, y));
    return (cell) => rows[Math.floor(cell / width)] as number;
  }
  const across = Math.ceil(width / BLOCK);
  const blocks = Float64Array.from({ length: across * Math.ceil(height / BLOCK) }, (_, i) =>
    square(
      Math.min(width - 1, (i % across) * BLOCK + BLOCK / 2),
      Math.min(height - 1, Math.floor(i / across) * BLOCK + BLOCK / 2),
    ),
  );
  return (cell) => blocks[Math.floor(Math.floor(cell / width) / BLOCK) * across + Math.floor((cell % width) / BLOCK)] as number;
}

/** The deepest place, then whole steps below the level at which water leaves the map. */
function levelsOf(deepest: number, spill: number, step: number): number[] {
  const levels = [deepest];
  const first = Math.floor(deepest / step) + 1;
  for (let i = first; i * step < spill && levels.length <= MOST_LEVELS; i++) levels.push(Number((i * step).toFixed(6)));
  return levels;
}

/** Rows whose volume grows: the lowest have next to none. */
function rising(rows: readonly CurveRow[]): CurveRow[] {
  return rows.filter((row, i) => i === 0 || row.volume > (rows[i - 1] as CurveRow).volume);
}

const rounded = ([lon, lat]: Position): Position => [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];

function placed(outlines: BedFile['outlines'], places: NonNullable<BedOptions['places']>): BedPlace[] {
  return places.map(({ name, lon, lat }) => ({
    name,
    lon,
    lat,
    distances: outlines.flatMap(({ level, geometry }) => {
      if (geometry.coordinates.length === 0) return [];
      const inWater = pointInPolygon([lon, lat], geometry) !== 'outside';
      return [{ level, km: inWater ? 0 : distanceToBoundary([lon, lat], geometry).distance / 1000 }];
    }),
  }));
}
