/**
 * Statistics of rasters per zone: exact, on several threads, the same to the last bit however many there are.
 *
 *     const rasters = await openRasters(['ndvi.tif']);
 *     const result = await zonalStatistics(zones, rasters, { stats: parseStats('mean', '--stat') });
 *     valuesOf(result, zone, target);   // { count, nodataShare, stats: [mean] }
 */
import { openRaster } from '../formats/open-raster.ts';
import { type Raster, type RasterTiling, rasterCrs } from '../formats/raster.ts';
import type { DateTable } from '../formats/raster-stack.ts';
import { type StackLayer, stackLayers } from '../formats/raster-stack.ts';
import { Problem } from '../problems.ts';
import { type Accumulator, type AccumulatorSpec, classes, finish, type ValueWeight } from '../science/accumulate.ts';
import { type Grid, gridFrom, sameGrid } from '../science/grid.ts';
import { newMerger } from './merge.ts';
import { lastTasks, planTasks, workOf } from './plan.ts';
import { type ReadyThreads, readyThreads, runTasks, threads } from './pool.ts';

import { extentOf, placeZones, turnOf, type ZonalZone, zonesOff } from './zonal-place.ts';
import { areasOf } from './zonal-shapes.ts';
import type { StatPlan } from './zonal-stats.ts';
import { type Target, targetsOf } from './zonal-targets.ts';
import { openZonal, type ZonalGrid, type ZonalSetup } from './zonal-task.ts';
import { checkWeightGrid, type WeightSetup } from './zonal-weights.ts';

/** A raster that is open, and the path or address that other threads open it by. */
export interface OpenRaster {
  path: string;
  raster: Raster;
}

export interface ZonalOptions {
  stats: StatPlan;
  /** One figure per band of each raster, or one per date, with all rasters of a date together. */
  by?: 'band' | 'date';
  /** What a cell weighs beside the share of it in the zone: its area on the ellipsoid, or the first band of another raster. */
  weight?: 'area' | OpenRaster | null;
  /** Keep the weight of each value. */
  byClass?: boolean;
  dates?: DateTable | null;
  /** The system of rasters, whatever they say themselves. */
  crs?: string | undefined;
  /** Threads; as many as the machine can run at once where not given, one for little work. */
  jobs?: number | undefined;
  /** Threads that `zonalThreads` started before; closing those that were not needed is left to who started them. */
  ready?: ReadyThreads | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface ZonalResult {
  targets: Target[];
  /** Per zone and target (`zone * targets.length + target`): count, nodata share, then the figures; NaN for none. */
  figures: Float64Array;
  /** How many numbers there are per zone and target. */
  width: number;
  /** Per zone and target, where asked for. */
  classes: (ValueWeight[] | null)[];
  /** Share of each zone that lies beside the rasters of a target, by cells; laid out as zones and targets. */
  outside: Float64Array;
  /** Zones whose polygons overlap or cross themselves: what lies in them twice was counted once. */
  crossed: number[];
}

/** Under this much work other threads take longer to start than they save [pixels times layers]. */
const LITTLE_WORK = 4_000_000;
/** From this much on threads are started before it is known what the zones touch [pixels times bands]. */
const MUCH_TO_READ = 20_000_000;
/** A class raster has no more classes; numbers on a scale have. */
const MOST_CLASSES = 10_000;
/** A share of a zone beside the raster that is rounding and nothing else. */
const ROUNDING = 1e-9;

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './zonal-worker.ts' : './zonal-worker.js', import.meta.url);

/** Starts threads for `rasters` while zones are still being read, if there is so much to read that they will be of use. */
export function zonalThreads(
  rasters: readonly OpenRaster[],
  { jobs = threads() }: { jobs?: number | undefined } = {},
): ReadyThreads {
  const pixels = rasters.reduce((sum, { raster }) => sum + raster.width * raster.height * raster.bands.length, 0);
  return readyThreads(WORKER, pixels < MUCH_TO_READ ? 1 : jobs);
}

export async function openRasters(paths: readonly string[]): Promise<OpenRaster[]> {
  const open: OpenRaster[] = [];
  try {
    for (const path of paths) open.push({ path, raster: await openRaster(path) });
    return open;
  } catch (error) {
    for (const { raster } of open) raster.close();
    throw error;
  }
}

/**
 * @throws Problem `zones-off-raster`, `zone-beyond-crs`, `raster-crs-missing`, `stack-…`, `weight-other-grid`, those of reading,
 * or the reason of `signal`.
 */
export async function zonalStatistics(
  zones: readonly ZonalZone[],
  rasters: readonly OpenRaster[],
  options: ZonalOptions,
): Promise<ZonalResult> {
  const { stats, by = 'band', dates = null, byClass = false, signal } = options;
  const layers = stackLayers(
    rasters.map(({ raster }) => raster),
    { dates },
  );
  const { targets, targetOf, specs } = targetsOf(rasters, layers, by, stats.spec);
  const setup = zonalSetup(zones, rasters, layers, targetOf, specs, options);
  const width = 2 + stats.names.length;
  const result: ZonalResult = {
    targets,
    figures: new Float64Array(zones.length * targets.length * width).fill(Number.NaN),
    width,
    classes: byClass ? new Array(zones.length * targets.length).fill(null) : [],
    outside: new Float64Array(zones.length * targets.length).fill(1),
    crossed: [],
  };
  const areas = zoneAreas(setup, targetOf, targets.length);
  const covered = new Uint8Array(targets.length);
  const merger = newMerger({
    zones: zones.length,
    layers: layers.length,
    targets: targetOf,
    specs,
    last: lastTasks(setup.tasks, setup.grids),
    finished: (zone, target, total) => {
      const place = zone * targets.length + target;
      const cells = keep(result, place, total, stats);
      if (cells > 0) covered[target] = 1;
      const share = 1 - cells / (areas[place] as number);
      result.outside[place] = cells === 0 ? 1 : share > ROUNDING ? share : 0;
      if (byClass && total !== null) result.classes[place] = classesOf(total, targets[target] as Target);
    },
  });
  const work = workOf(setup.tasks, setup.grids);
  await runTasks({
    count: setup.tasks.length,
    jobs: options.jobs ?? (work < LITTLE_WORK ? 1 : threads()),
    worker: WORKER,
    ready: options.ready,
    setup,
    open: (own) => openZonal(own, { open: async (path) => lent(rasters, options.weight, path) }),
    onResult: (task, parcel) => merger.take(task, parcel),
    onProgress: options.onProgress,
    signal,
  });
  merger.end();
  result.crossed = [...setup.crossed.keys()].filter((zone) => setup.crossed[zone] === 1);
  for (const [target, { file, raster }] of targets.entries()) {
    if (covered[target] === 1) continue;
    const { grid, crs } = gridOf(raster, options.crs);
    throw zonesOff(zones, file, extentOf(grid, crs));
  }
  return result;
}

/** The figures of one zone and target. */
export function valuesOf(
  { figures, width, targets }: ZonalResult,
  zone: number,
  target: number,
): { count: number; nodataShare: number; stats: Float64Array } {
  const at = (zone * targets.length + target) * width;
  return { count: figures[at] as number, nodataShare: figures[at + 1] as number, stats: figures.subarray(at + 2, at + width) };
}

/** A raster that is open already, for this thread: closing is left to who opened it. */
function lent(rasters: readonly OpenRaster[], weight: ZonalOptions['weight'], path: string): Raster {
  const all = typeof weight === 'object' && weight !== null ? [...rasters, weight] : rasters;
  const found = all.find((own) => own.path === path);
  if (found === undefined) throw new RangeError(`raster ${path} is not open`);
  return { ...found.raster, close: () => {} };
}

function keep({ figures, width }: ZonalResult, place: number, total: Accumulator | null, stats: StatPlan): number {
  const at = place * width;
  if (total === null) {
    figures[at] = 0;
    return 0;
  }
  const summary = finish(total);
  figures[at] = summary.count;
  figures[at + 1] = summary.nodataShare ?? Number.NaN;
  figures.set(stats.read(total, summary), at + 2);
  return summary.cells;
}

function classesOf(total: Accumulator, target: Target): ValueWeight[] {
  const all = classes(total);
  if (all.length > MOST_CLASSES)
    throw new Problem('stats-too-many-classes', { file: target.file, band: target.band, count: all.length, limit: MOST_CLASSES });
  return all;
}

function gridOf(raster: Raster, crs: string | undefined) {
  return { grid: gridFrom(raster.width, raster.height, raster.transform), crs: rasterCrs(raster, { crs }) };
}

/** Layers on the same grid, cut into the same tiles, share coverage. */
function zonalSetup(
  zones: readonly ZonalZone[],
  rasters: readonly OpenRaster[],
  layers: readonly StackLayer[],
  targetOf: Int32Array,
  specs: readonly AccumulatorSpec[],
  { weight = null, crs }: ZonalOptions,
): ZonalSetup {
  const files = [...rasters.map(({ path }) => path), ...(typeof weight === 'object' && weight !== null ? [weight.path] : [])];
  const grids: (ZonalGrid & { crsText: string })[] = [];
  for (const [l, { raster: file, band }] of layers.entries()) {
    const { raster } = rasters[file] as OpenRaster;
    const { grid, crs: system } = gridOf(raster, crs);
    const crsText = crs ?? raster.crs.proj ?? raster.crs.code ?? '';
    let own = grids.find(
      (known) => known.crsText === crsText && sameGrid(known.grid, grid) && sameTiling(known.tile, raster.tile),
    );
    if (own === undefined) {
      const { shapes } = placeZones(zones, grid, system, { file: raster.name });
      const weighed = weightOf(weight, grid, raster, crsText, files.length - 1);
      own = { grid, tile: raster.tile, layers: 0, shapes, turn: turnOf(grid, system), members: [], weight: weighed, crsText };
      grids.push(own);
    }
    own.members.push({ layer: l, file, band, spec: specs[targetOf[l] as number] as AccumulatorSpec });
    own.layers = own.members.length;
  }
  return {
    files,
    grids,
    tasks: planTasks(grids),
    layers: layers.length,
    crossed: new Uint8Array(new SharedArrayBuffer(zones.length)),
  };
}

function weightOf(weight: ZonalOptions['weight'], grid: Grid, raster: Raster, crs: string, file: number): WeightSetup {
  if (weight === null || weight === undefined) return { kind: 'none' };
  if (weight === 'area') return { kind: 'area', crs, tile: raster.tile };
  const second = weight.raster;
  checkWeightGrid(grid, raster.name, gridFrom(second.width, second.height, second.transform), second.name);
  return { kind: 'raster', file, band: 0, tile: raster.tile };
}

function sameTiling(a: RasterTiling, b: RasterTiling): boolean {
  return a.width === b.width && a.height === b.height;
}

/** Areas of the zones [cells of the grid], per zone and target; those of the first grid of a target. */
function zoneAreas({ grids }: ZonalSetup, targetOf: Int32Array, targets: number): Float64Array {
  const zones = grids[0]?.shapes.zones ?? 0;
  const areas = new Float64Array(zones * targets);
  for (const { shapes, members } of grids) {
    const own = areasOf(shapes);
    for (const target of new Set(members.map(({ layer }) => targetOf[layer] as number)))
      for (let zone = 0; zone < zones; zone++) areas[zone * targets + target] ||= own[zone] as number;
  }
  return areas;
}
