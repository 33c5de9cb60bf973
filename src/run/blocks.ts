/**
 * Indicators of rasters: the layers of all inputs on one grid, sorted tile by tile on several threads into tables of areas by
 * class, zone by zone; the same to the last bit however many threads there are.
 *
 *     const figures = await computeBlocks(landCover, { zones, inputs, params: {} });
 */

import { rasterCrs } from '../formats/raster.ts';
import { type DateTable, stackLayers } from '../formats/raster-stack.ts';
import type { CodeMap, Figure, IndicatorPicture, InputSpec, Pass, RasterIndicator } from '../indicators/raster-indicator.ts';
import { Problem } from '../problems.ts';
import { gridFrom, sameGrid } from '../science/grid.ts';
import { type AreaTable, newAreaTable } from '../science/land-cover-areas.ts';
import type { Period } from '../types.ts';
import { coarseGrid, mapMerger } from './blocks-maps.ts';
import { patchMerger } from './blocks-patches.ts';
import { type PlacedCells, placeCells } from './blocks-places.ts';
import { addCounts, type BlockSetup, kernelOf, mapShapes, openBlocks } from './blocks-task.ts';
import { planTasks, workOf } from './plan.ts';
import { runTasks, threads } from './pool.ts';
import type { OpenRaster } from './zonal.ts';
import { placeZones, turnOf, type ZonalZone } from './zonal-place.ts';
import { areasOf } from './zonal-shapes.ts';

export interface BlockRequest {
  zones: readonly ZonalZone[];
  /** Areas that an indicator compares with; the zones where none are given. */
  region?: readonly ZonalZone[];
  /** Open rasters of each input. */
  inputs: Record<string, readonly OpenRaster[]>;
  dates?: DateTable | null;
  /** All parameters of the indicator. */
  params: Record<string, string>;
  crs?: string | undefined;
  jobs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The time of a layer that is of none in particular. */
const UNDATED: Period = { start: '', end: '' };
/** Under this much work other threads take longer to start than they save [pixels times layers]. */
const LITTLE_WORK = 4_000_000;

/** A layer of an input with the time it is of. */
interface DatedLayer {
  file: number;
  band: number;
  date: Period;
}

/** A picture with the place of its cells. */
export type PlacedPicture = IndicatorPicture & Omit<PlacedCells, 'cells'> & { step: number };

/** All that a computation gives. */
export interface BlockResult {
  figures: Figure[];
  pictures: PlacedPicture[];
}

/** The figures alone: those of `computeWithPictures`. */
export async function computeBlocks(indicator: RasterIndicator, request: BlockRequest): Promise<Figure[]> {
  const { pictures: _, ...silent } = indicator;
  return (await computeWithPictures(silent, request)).figures;
}

/**
 * Figures, and what the indicator looks like on the ground, from one pass.
 * @throws Problem `input-missing`, `input-too-short`, `input-date-missing`, `input-other-grid`; those of reading and of zones that do
 * not lie on the rasters; the reason of `signal`.
 */
export async function computeWithPictures(indicator: RasterIndicator, request: BlockRequest): Promise<BlockResult> {
  const rasters = indicator.inputs.flatMap(({ name }) => request.inputs[name] ?? []);
  const layers = Object.fromEntries(indicator.inputs.map((input) => [input.name, layersOf(input, request, rasters)]));
  const [first] = rasters;
  if (first === undefined) throw new Problem('input-missing', { field: '--input', expected: inputNames(indicator) });
  const grid = gridFrom(first.raster.width, first.raster.height, first.raster.transform);
  for (const { raster } of rasters) {
    if (sameGrid(gridFrom(raster.width, raster.height, raster.transform), grid)) continue;
    throw new Problem('input-other-grid', { file: raster.name, other: first.raster.name });
  }
  const crs = rasterCrs(first.raster, { crs: request.crs });
  const { tile } = first.raster;
  const crsText = request.crs ?? first.raster.crs.proj ?? first.raster.crs.code ?? '';

  const turn = turnOf(grid, crs);
  const { shapes: ownShapes } = placeZones(request.zones, grid, crs, { file: first.raster.name });
  const coarse = coarseGrid(ownShapes, grid, turn);
  let drawn: { maps: CodeMap[]; tables: AreaTable[][] } | null = null;
  const pass: Pass = async (kernel, config, { over = 'zones', inputs = Object.keys(layers), onPatches } = {}) => {
    const zones = over === 'region' ? (request.region ?? request.zones) : request.zones;
    const shapes = zones === request.zones ? ownShapes : placeZones(zones, grid, crs, { file: first.raster.name }).shapes;
    const used = Object.fromEntries(Object.entries(layers).filter(([name]) => inputs.includes(name)));
    const count = Object.values(used).reduce((n, list) => n + list.length, 0);
    const planned = { grid, tile, layers: count, shapes, turn };
    const isDrawn = over === 'zones' && indicator.pictures?.kernel === kernel;
    const setup: BlockSetup = {
      files: rasters.map(({ path }) => path),
      grid: planned,
      weight: { kind: 'area', crs: crsText, tile },
      inputs: used,
      indicator: indicator.id,
      kernel,
      config,
      tasks: planTasks([planned]),
      coarse: isDrawn ? coarse : null,
    };
    const own = kernelOf(setup);
    const merger = isDrawn ? mapMerger(mapShapes(own), coarse) : null;
    const patches = patchMerger(own.patches ?? [], { zones: zones.length, width: grid.width, turn });
    const tables = zones.map(() => own.tables.map(({ rows, columns }) => newAreaTable(rows, columns)));
    const work = workOf(setup.tasks, [planned]);
    await runTasks({
      count: setup.tasks.length,
      jobs: request.jobs ?? (work < LITTLE_WORK ? 1 : threads()),
      worker: new URL(import.meta.url.endsWith('.ts') ? './blocks-worker.ts' : './blocks-worker.js', import.meta.url),
      setup,
      open: (own) => openBlocks(own, { open: async (path) => lent(rasters, path) }),
      onResult: (_, counts) => addCounts(tables, counts, { maps: merger, patches }),
      onProgress: request.onProgress,
      signal: request.signal,
    });
    onPatches?.(patches.sums());
    if (merger !== null) drawn = { maps: merger.maps(), tables };
    return tables;
  };
  const dates = Object.fromEntries(Object.entries(layers).map(([name, list]) => [name, list.map(({ date }) => date)]));
  const given = { dates, params: request.params, cells: areasOf(ownShapes), region: request.region !== undefined };
  const figures = await indicator.compute(given, pass);
  if (drawn === null || indicator.pictures === undefined) return { figures, pictures: [] };
  const { maps, tables } = drawn;
  const place = placeCells(coarse, grid, crs, request.zones);
  const pictures = indicator.pictures.of(given, maps, tables).map((picture) => placed(picture, place, coarse.step));
  return { figures, pictures };
}

/** A picture on the longitudes and latitudes of its place. */
function placed(picture: IndicatorPicture, { cells, ...place }: PlacedCells, step: number): PlacedPicture {
  const codes = Uint8Array.from(cells, (cell) => (cell < 0 ? 0 : (picture.codes[cell] as number)));
  return { ...picture, ...place, step, codes };
}

/** The layers of one input by date. */
function layersOf(input: InputSpec, { inputs, dates = null }: BlockRequest, rasters: readonly OpenRaster[]): DatedLayer[] {
  const own = inputs[input.name] ?? [];
  if (own.length === 0) {
    if (input.optional === true) return [];
    throw new Problem('input-missing', { field: '--input', expected: `${input.name}=FILE` });
  }
  if (input.undated === true) return undatedLayer(input, own, rasters);
  const layers = stackLayers(
    own.map(({ raster }) => raster),
    { dates },
  ).map(({ raster, band, date }): DatedLayer => {
    const open = own[raster];
    if (open === undefined) throw new RangeError(`no raster ${raster}`);
    if (date === null) throw new Problem('input-date-missing', { file: open.raster.name, band: band + 1, input: input.name });
    return { file: rasters.indexOf(open), band, date };
  });
  if (layers.length < input.least) {
    throw new Problem('input-too-short', { input: input.name, found: layers.length, expected: input.least });
  }
  const sorted = layers.toSorted((a, b) => compare(a.date.start, b.date.start) || compare(a.date.end, b.date.end));
  const twice = sorted.findIndex(({ date }, i) => i > 0 && date.start === sorted[i - 1]?.date.start);
  if (input.once === true && twice > 0) {
    const [other, file] = [sorted[twice - 1], sorted[twice]].map((layer) => rasters[layer?.file ?? 0]?.raster.name ?? '');
    throw new Problem('input-date-twice', {
      input: input.name,
      file: file ?? '',
      other: other ?? '',
      date: sorted[twice]?.date.start ?? '',
    });
  }
  return sorted;
}

/** One raster is all that an input without dates can have. */
function undatedLayer({ name }: InputSpec, [first, second]: readonly OpenRaster[], rasters: readonly OpenRaster[]): DatedLayer[] {
  if (first === undefined) return [];
  if (second !== undefined) {
    throw new Problem('input-date-twice', { input: name, file: second.raster.name, other: first.raster.name, date: '–' });
  }
  return [{ file: rasters.indexOf(first), band: 0, date: UNDATED }];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function inputNames({ inputs }: RasterIndicator): string {
  return inputs.map(({ name }) => `${name}=FILE`).join(' ');
}

/** A raster that is open already, for this thread: closing is left to who opened it. */
function lent(rasters: readonly OpenRaster[], path: string): OpenRaster['raster'] {
  const found = rasters.find((own) => own.path === path);
  if (found === undefined) throw new RangeError(`raster ${path} is not open`);
  return { ...found.raster, close: () => {} };
}
