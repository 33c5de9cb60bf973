/**
 * Puts what a reader found in its place: from the coordinates of the file to longitudes and latitudes on WGS 84.
 *
 *     const layer = placeLayer(found, { crs: 'EPSG:28413' });   // a MapLayer
 */
import { Problem } from '../problems.ts';
import type { Extent, Position } from '../types.ts';
import { unwrapLayer } from './antimeridian.ts';
import { type Crs, likelyCodes, readCrs } from './crs.ts';
import type { MapFeature, MapLayer, ReadingNote } from './layer.ts';
import { type Bounds, boundsOf, type FoundLayer, geometriesOf, runsOf, type Shape } from './shape.ts';

export interface PlaceOptions {
  /** The coordinate reference system to read the file in, whatever it says itself (`EPSG:28413`, WKT, a PROJ string). */
  crs?: string;
  /** Where the site is known to be: what tells swapped axes apart when both readings lie on Earth. */
  near?: Extent;
}

/** How far from its site's known extent a map may begin [deg]. */
const NEAR = 2;

/**
 * The layer on WGS 84: coordinates transformed, swapped axes put right, rings made continuous across the antimeridian.
 * The positions of `found` are changed in place.
 * @throws Problem `map-coordinate`, `crs-missing`, `crs-contradicted`, `crs-outside` and those of `readCrs`.
 */
export function placeLayer(
  found: FoundLayer,
  { crs: chosen, near }: PlaceOptions = {},
  onProgress?: (done: number, total: number) => void,
): MapLayer {
  const notes = [...found.notes];
  const bounds = boundsOf(found);
  const crs = bounds === null ? null : chooseCrs(found, bounds, chosen, near, notes);
  if (crs !== null && bounds !== null) {
    if (swapped(found, crs, bounds, near, notes)) for (const position of positionsOf(found)) position.reverse();
    transform(found, crs, onProgress);
    const shapes = found.features.map(({ shape }) => shape).filter((shape): shape is Shape => shape !== null);
    const { crossed, pole } = unwrapLayer(shapes);
    if (crossed) notes.push({ code: pole ? 'map-around-pole' : 'map-across-antimeridian', details: { file: found.name } });
    if (near !== undefined) farNote(found, near, notes);
  }
  const { features, skipped } = toFeatures(found, notes);
  return { name: found.name, features, crs: crs?.name ?? found.crs ?? 'OGC:CRS84', notes, skipped };
}

function chooseCrs(
  found: FoundLayer,
  bounds: Bounds,
  chosen: string | undefined,
  near: Extent | undefined,
  notes: ReadingNote[],
): Crs {
  const stated = chosen ?? found.crs;
  const degrees =
    Math.max(Math.abs(bounds.minX), Math.abs(bounds.maxX)) <= 360 &&
    Math.max(Math.abs(bounds.minY), Math.abs(bounds.maxY)) <= 180;
  const choices = (): string =>
    likelyCodes(bounds.maxX, bounds.maxY, near === undefined ? null : [near[0], near[1]])
      .map((code) => `--crs ${code}`)
      .join(', ');
  const example = `${short(bounds.minX)} ${short(bounds.minY)}`;
  if (stated === null) {
    if (!degrees) throw new Problem('crs-missing', { file: found.name, found: example, choices: choices() });
    notes.push({ code: 'crs-assumed-degrees', details: { file: found.name } });
    return readCrs('EPSG:4326', found.name);
  }
  const crs = readCrs(stated, found.name);
  if (chosen !== undefined && found.crs !== null && readable(found) !== crs.name)
    notes.push({ code: 'crs-chosen', details: { file: found.name, crs: crs.name, found: readable(found) } });
  const contradicts = crs.geographic ? !degrees : degrees && Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) > 0;
  if (contradicts) {
    throw new Problem('crs-contradicted', {
      file: found.name,
      crs: crs.name,
      found: example,
      choices: crs.geographic ? choices() : '--crs EPSG:4326',
    });
  }
  notes.push(...crs.notes);
  return crs;
}

/** The file's own system as it would be shown, also where it cannot be read. */
function readable(found: FoundLayer): string {
  try {
    return readCrs(found.crs ?? '', found.name).name;
  } catch {
    return (found.crs ?? '').slice(0, 80);
  }
}

/** Whether x and y stand the wrong way round: certain where only the other way lies on Earth, else told by where the site is. */
function swapped(found: FoundLayer, crs: Crs, bounds: Bounds, near: Extent | undefined, notes: ReadingNote[]): boolean {
  const [x, y] = [(bounds.minX + bounds.maxX) / 2, (bounds.minY + bounds.maxY) / 2];
  const corners = [bounds.minX, bounds.maxX].flatMap((cx) => [bounds.minY, bounds.maxY].map((cy): Position => [cx, cy]));
  const telling: Position[] = crs.geographic ? corners : [[x, y]]; // a wide map may leave its projection's usual reach at the edges
  const straight = telling.every(([px, py]) => crs.reaches(px, py));
  const turned = telling.every(([px, py]) => crs.reaches(py, px));
  const details = { file: found.name };
  if (!straight && turned) {
    notes.push({ code: 'crs-axes-swapped', details });
    return true;
  }
  if (!straight) {
    const choices = likelyCodes(x, y, near === undefined ? null : [near[0], near[1]])
      .map((code) => `--crs ${code}`)
      .join(', ');
    throw new Problem('crs-contradicted', { file: found.name, crs: crs.name, found: `${short(x)} ${short(y)}`, choices });
  }
  if (!turned || near === undefined) return false;
  if (isNear(crs.toWgs84([x, y]), near) || !isNear(crs.toWgs84([y, x]), near)) return false;
  notes.push({ code: 'crs-axes-swapped-near', details });
  return true;
}

function isNear([lon, lat]: Position, [west, south, east, north]: Extent): boolean {
  const width = (east - west + 360) % 360;
  const fromWest = (((lon - west + NEAR) % 360) + 360) % 360;
  return fromWest <= width + 2 * NEAR && lat >= south - NEAR && lat <= north + NEAR;
}

function farNote(found: FoundLayer, near: Extent, notes: ReadingNote[]): void {
  const bounds = boundsOf(found);
  if (bounds === null) return;
  const centre: Position = [(bounds.minX + bounds.maxX) / 2, (bounds.minY + bounds.maxY) / 2];
  if (!isNear(centre, near))
    notes.push({ code: 'map-far-from-site', details: { file: found.name, found: `${short(centre[0])} ${short(centre[1])}` } });
}

function transform(found: FoundLayer, crs: Crs, onProgress?: (done: number, total: number) => void): void {
  let done = 0;
  for (const { index, shape } of found.features) {
    onProgress?.(++done, found.features.length);
    if (shape === null) continue;
    for (const run of runsOf(shape)) {
      const outside = transformRun(run, crs);
      if (outside === null) continue;
      const [x, y] = outside;
      throw new Problem('crs-outside', {
        file: found.name,
        feature: String(index),
        found: `${short(x)} ${short(y)}`,
        crs: crs.name,
      });
    }
  }
}

/** Transforms positions in place; returns the first that is not on Earth. */
function transformRun(run: readonly Position[], { toWgs84 }: Crs): Position | null {
  for (let i = 0; i < run.length; i++) {
    const position = run[i] as Position;
    const placed = toWgs84(position);
    const lon = placed[0];
    const lat = placed[1];
    if (!(Math.abs(lon) <= 540 && Math.abs(lat) <= 90.0000001)) return position;
    position[0] = lon;
    position[1] = Math.max(-90, Math.min(90, lat));
  }
  return null;
}

function* positionsOf(found: FoundLayer): Generator<Position> {
  for (const { shape } of found.features) if (shape !== null) for (const run of runsOf(shape)) yield* run;
}

function toFeatures(found: FoundLayer, notes: ReadingNote[]): { features: MapFeature[]; skipped: number } {
  const features: MapFeature[] = [];
  let without = 0;
  let split = 0;
  for (const { index, shape, properties } of found.features) {
    const geometries = shape === null ? [] : geometriesOf(shape);
    if (geometries.length === 0) without += 1;
    if (geometries.length > 1) split += 1;
    for (const geometry of geometries) features.push({ index, geometry, properties });
  }
  if (without > 0) notes.push({ code: 'features-without-geometry', details: { count: without } });
  if (split > 0) notes.push({ code: 'map-parts-split', details: { file: found.name, count: split } });
  return { features, skipped: found.skipped + without };
}

function short(value: number): string {
  return String(Math.round(value * 1e4) / 1e4);
}
