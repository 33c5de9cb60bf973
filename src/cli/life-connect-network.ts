/** Patches and links for `saryarka life connect patches`, from maps and tables; distances by edges, tables or least costs. */
import { readCsv } from '../formats/csv.ts';
import { openMap } from '../formats/open.ts';
import { readMapFiles, readSource } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import { geodesicDistance } from '../science/distances.ts';
import { type PatchLink, patchLinks } from '../science/habitat-network.ts';
import { type PlacedLink, patchDistances } from '../science/habitat-network-distances.ts';
import { costDistances, costSurface } from '../science/least-cost.ts';
import { pointInPolygon } from '../science/point-in-polygon.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { MultiPolygon, Polygon, Position } from '../types.ts';
import { cellSizes, type GridFile, holdMemory, readGrid } from './life-connect-raster.ts';

export interface Patch {
  id: string;
  /** [ha], or the unit of the table. */
  area: number;
  geometry: Polygon | MultiPolygon | null;
  /** Of tables: in the plane [m], or lon, lat [deg]. */
  place: Position | null;
  degrees: boolean;
}

export interface ReadPatches {
  file: string;
  patches: Patch[];
  /** Features without a polygon. */
  skipped: number;
}

export interface NetworkOptions {
  id?: string;
  area?: string;
  links?: string;
  resistance?: string;
  limit?: number;
  crs?: string;
  memory?: string;
  onProgress?: (done: number, total: number) => void;
}

const M2_IN_HA = 10_000;
/** Shortest degree of latitude on the ellipsoid [m]. */
const DEGREE = 110_574;
const BYTES_A_CELL = 80;

/** Patches of a map with polygons, or of a table id, area, x, y (or lon, lat). @throws Problem `patches-none`, `patch-twice`; those of reading */
export async function readPatches(path: string, options: NetworkOptions): Promise<ReadPatches> {
  const found = /\.(csv|tsv)$/i.test(path) ? ofTable(path, options) : await ofMap(path, options);
  if (found.patches.length === 0) throw new Problem('patches-none', { file: path });
  const seen = new Set<string>();
  for (const { id } of found.patches) {
    if (seen.has(id)) throw new Problem('patch-twice', { file: found.file, found: id });
    seen.add(id);
  }
  return found;
}

async function ofMap(path: string, { id, area, crs, resistance }: NetworkOptions): Promise<ReadPatches> {
  // With a raster, it is the raster's system that is named.
  const layers = await openMap(readMapFiles(path), crs === undefined || resistance !== undefined ? {} : { crs });
  const patches: Patch[] = [];
  let skipped = 0;
  for (const { name, features } of layers)
    for (const { index, geometry, properties } of features) {
      if (geometry === null || (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon')) {
        skipped += 1;
        continue;
      }
      const own = properties[id ?? 'id'];
      const given = area === undefined ? undefined : properties[area];
      const size = area === undefined ? geodesicArea(geometry) / M2_IN_HA : Number(given ?? Number.NaN);
      if (!(size >= 0))
        throw new Problem('patch-field', {
          file: name,
          row: index,
          field: area ?? '',
          found: String(given ?? '–'),
          expected: '0 …',
        });
      if (id !== undefined && (own === undefined || own === null))
        throw new Problem('patch-field', { file: name, row: index, field: id, found: '–', expected: 'id' });
      patches.push({
        id: own === undefined || own === null ? String(patches.length + 1) : String(own),
        area: size,
        geometry,
        place: null,
        degrees: true,
      });
    }
  return { file: layers[0]?.name ?? path, patches, skipped };
}

function ofTable(path: string, { id = 'id', area }: NetworkOptions): ReadPatches {
  const file = readSource(path);
  const { header, rows } = readCsv(file);
  const column = (names: readonly string[], needed: boolean): string => {
    const name = header.find((one) => names.includes(one.toLowerCase()) || names.includes(one));
    if (name === undefined && needed)
      throw new Problem('columns-missing', {
        file: file.name,
        missing: names[0] ?? '',
        found: header.join(', '),
        expected: 'id, area, x, y',
      });
    return name ?? '';
  };
  const names = { id: column([id], true), area: column(area === undefined ? ['area', 'area_ha', 'quality'] : [area], true) };
  const degrees = column(['lon', 'longitude'], false) !== '';
  const [x, y] = degrees
    ? [column(['lon', 'longitude'], true), column(['lat', 'latitude'], true)]
    : [column(['x', 'easting'], false), column(['y', 'northing'], false)];
  const patches = rows.map(({ line, values }): Patch => {
    const number = (field: string, least: number): number => {
      const value = values[field] === '' ? Number.NaN : Number(values[field]);
      if (!(value >= least && value < Infinity))
        throw new Problem('cell-wrong', {
          file: file.name,
          line: String(line),
          field,
          found: values[field] ?? '',
          expected: least === 0 ? '0 …' : '0.0',
        });
      return value;
    };
    const name = values[names.id] ?? '';
    if (name === '') throw new Problem('cell-missing', { file: file.name, line: String(line), field: names.id });
    return {
      id: name,
      area: number(names.area, 0),
      geometry: null,
      place: x === '' ? null : [number(x, -Infinity), number(y, -Infinity)],
      degrees,
    };
  });
  return { file: file.name, patches, skipped: 0 };
}

/** Links of a table, by least costs, from edge to edge, or from point to point. */
export async function linksOf({ file, patches }: ReadPatches, options: NetworkOptions): Promise<PatchLink[]> {
  const { limit = Infinity } = options;
  if (options.links !== undefined) return linksOfTable(options.links, patches, limit);
  if (options.resistance !== undefined) return linksByCost(await readGrid(options.resistance, options), patches, options);
  if (patches.every(({ geometry }) => geometry !== null))
    return patchDistances(
      patches.map(({ geometry }) => geometry as Polygon | MultiPolygon),
      { limit, ...(options.onProgress ? { onProgress: options.onProgress } : {}) },
    );
  const places = patches.map(({ place }) => place);
  if (places.some((place) => place === null))
    throw new Problem('columns-missing', { file, missing: 'x, y', found: 'id, area', expected: 'id, area, x, y, --links' });
  return patches[0]?.degrees ? linksOnEarth(places as Position[], limit) : patchLinks(places as Position[], limit);
}

function linksOnEarth(places: readonly Position[], limit: number): PatchLink[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a]?.[1] as number) - (places[b]?.[1] as number));
  const links: PatchLink[] = [];
  order.forEach((one, k) => {
    for (const other of order.slice(k + 1)) {
      const [a, b] = [places[one] as Position, places[other] as Position];
      if ((b[1] - a[1]) * DEGREE >= limit) break;
      const distance = geodesicDistance(a, b);
      if (distance < limit) links.push({ from: Math.min(one, other), to: Math.max(one, other), distance });
    }
  });
  return links;
}

function linksOfTable(path: string, patches: readonly Patch[], limit: number): PatchLink[] {
  const file = readSource(path);
  const { header, rows } = readCsv(file);
  const missing = ['from', 'to', 'distance'].filter((field) => !header.includes(field));
  if (missing.length > 0)
    throw new Problem('columns-missing', {
      file: file.name,
      missing: missing.join(', '),
      found: header.join(', '),
      expected: 'from, to, distance',
    });
  const known = new Map(patches.map(({ id }, i) => [id, i]));
  return rows.flatMap(({ line, values }) => {
    const [from, to] = ['from', 'to'].map((field) => {
      const place = known.get(values[field] ?? '');
      if (place === undefined)
        throw new Problem('patch-unknown', { file: file.name, line: String(line), found: values[field] ?? '' });
      return place;
    }) as [number, number];
    const distance = values.distance === '' ? Number.NaN : Number(values.distance);
    if (!(distance >= 0))
      throw new Problem('cell-wrong', {
        file: file.name,
        line: String(line),
        field: 'distance',
        found: values.distance ?? '',
        expected: '0 …',
      });
    return from === to || distance >= limit ? [] : [{ from, to, distance }];
  });
}

/** Least costs between any cells of two patches. @throws Problem `place-off-grid` where a patch has no cell */
function linksByCost(grid: GridFile, patches: readonly Patch[], { limit = Infinity, memory }: NetworkOptions): PatchLink[] {
  holdMemory(grid, BYTES_A_CELL, memory);
  const cells = cellsOfPatches(grid, patches);
  const surface = costSurface(grid.values, { width: grid.width, cells: cellSizes(grid) });
  const n = patches.length;
  const costs = costDistances(surface, cells, { ...(limit < Infinity ? { limit } : {}) });
  const links: PatchLink[] = [];
  for (let from = 0; from < n; from++)
    for (let to = from + 1; to < n; to++) {
      const distance = costs[from * n + to] as number;
      if (distance < limit) links.push({ from, to, distance });
    }
  return links;
}

/** Cells whose middle lies in each patch, or the one that its inside lies nearest to. */
function cellsOfPatches(
  { name, width, height, transform: [x0, dx, , y0, , dy], crs }: GridFile,
  patches: readonly Patch[],
): number[][] {
  const cells = patches.map((): number[] => []);
  const boxes = patches.map(({ geometry }) => {
    const rings = geometry === null ? [] : geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
    const all = rings.flat();
    return [0, 1].flatMap((axis) => [
      all.reduce((low, at) => Math.min(low, at[axis] as number), Infinity),
      all.reduce((high, at) => Math.max(high, at[axis] as number), -Infinity),
    ]);
  });
  const inside = patches.map(({ geometry, place }) => (geometry === null ? place : representativePoint(geometry)));
  const nearest = inside.map(() => ({ cell: -1, off: Infinity }));
  for (let cell = 0; cell < width * height; cell++) {
    const own: Position = [x0 + ((cell % width) + 0.5) * dx, y0 + (Math.floor(cell / width) + 0.5) * dy];
    const earth = crs === null ? own : crs.toWgs84(own);
    patches.forEach(({ geometry, degrees }, k) => {
      const at = degrees ? earth : own;
      const [west = 0, east = 0, south = 0, north = 0] = boxes[k] as number[];
      if (
        geometry !== null &&
        at[0] >= west &&
        at[0] <= east &&
        at[1] >= south &&
        at[1] <= north &&
        pointInPolygon(at, geometry) !== 'outside'
      )
        cells[k]?.push(cell);
      const target = inside[k];
      const best = nearest[k] as { cell: number; off: number };
      if (!target) return;
      const off = Math.hypot(at[0] - target[0], at[1] - target[1]);
      if (off < best.off) nearest[k] = { cell, off };
    });
  }
  return cells.map((own, k) => {
    if (own.length > 0) return own;
    const { cell, off } = nearest[k] as { cell: number; off: number };
    const one = Math.hypot(dx, dy) * (patches[k]?.degrees && !crs?.geographic && crs !== null ? 1 / 50_000 : 1);
    if (cell < 0 || off > one)
      throw new Problem('place-off-grid', {
        file: patches[k]?.id ?? '',
        line: String(k + 1),
        found: String(inside[k] ?? '–'),
        grid: name,
        expected: `${x0} … ${x0 + width * dx}, ${y0 + height * dy} … ${y0}`,
      });
    return [cell];
  });
}

/** Whether a link knows where it lies. */
export const isPlaced = (link: PatchLink): link is PlacedLink => 'ends' in link;
