/**
 * Layers of rasters over zones: means and sums, and the distributions that gradients are made of. Each raster on its own grid.
 *
 *     const layers = await meansOfLayers(zones, rasters, options);
 *     const bins = await pressureOfLayers(zones, rasters, reading, options);
 */
import { rasterCrs } from '../formats/raster.ts';
import { type DateTable, stackLayers } from '../formats/raster-stack.ts';
import type { MeansOfLayer, PressureOfLayer, PressureReading, SourceLayer } from '../indicators/source-indicator.ts';
import { gridFrom } from '../science/grid.ts';
import { mergePressureZones, newPressureZone } from '../science/pressure.ts';
import { type PlannedGrid, planTasks, workOf } from './plan.ts';
import { runTasks, threads } from './pool.ts';
import { openPressure, type PressureSetup, unpackPressure } from './pressure-task.ts';
import { type OpenRaster, valuesOf, zonalStatistics } from './zonal.ts';
import { placeZones, turnOf, type ZonalZone } from './zonal-place.ts';
import { parseStats } from './zonal-stats.ts';

export interface SourceOptions {
  dates?: DateTable | null;
  crs?: string | undefined;
  jobs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

interface PlacedLayer {
  layer: SourceLayer;
  /** Place among all layers as the files have them. */
  target: number;
  /** Places of raster and band. */
  raster: number;
  band: number;
}

/** Under this much work other threads take longer to start than they save [pixels times layers]. */
const LITTLE_WORK = 4_000_000;

/** Layers by date; those without one first, in the order of the files. */
function layersOf(rasters: readonly OpenRaster[], dates: DateTable | null): PlacedLayer[] {
  return stackLayers(
    rasters.map(({ raster }) => raster),
    { dates },
  )
    .map(({ raster: place, band, date }, target): PlacedLayer => {
      const { raster } = rasters[place] as OpenRaster;
      const unit = raster.bands[band]?.unit ?? null;
      return { layer: { file: raster.name, band: band + 1, unit, date }, target, raster: place, band };
    })
    .toSorted((a, b) => compare(a.layer.date?.start ?? '', b.layer.date?.start ?? ''));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Means by area of each layer and zone and, where asked for, sums by cells in a second pass. */
export async function meansOfLayers(
  zones: readonly ZonalZone[],
  rasters: readonly OpenRaster[],
  { sums: wanted = false, dates = null, ...options }: SourceOptions & { sums?: boolean | undefined },
): Promise<MeansOfLayer[]> {
  const layers = layersOf(rasters, dates);
  const passes = wanted ? 2 : 1;
  const part = (from: number) => (done: number, total: number) => options.onProgress?.((from + done / total) / passes, 1);
  const weighed = { ...options, dates, weight: 'area', onProgress: part(0) } as const;
  const means = await zonalStatistics(zones, rasters, { ...weighed, stats: parseStats('mean,weight', '--stat') });
  const plain = { ...options, dates, stats: parseStats('sum', '--stat'), onProgress: part(1) };
  const sums = wanted ? await zonalStatistics(zones, rasters, plain) : null;
  return layers.map(({ layer, target }) => ({
    layer,
    zones: zones.map((_, zone) => {
      const { nodataShare, stats } = valuesOf(means, zone, target);
      const [mean = Number.NaN, area = Number.NaN] = stats;
      const [sum = Number.NaN] = sums === null ? [] : valuesOf(sums, zone, target).stats;
      const outside = means.outside[zone * means.targets.length + target] ?? 1;
      const seen = Number.isNaN(nodataShare) ? 0 : 1 - nodataShare;
      return { mean: orNull(mean), sum: orNull(sum), area: Number.isNaN(area) ? 0 : area, known: (1 - outside) * seen };
    }),
  }));
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Distributions of each layer and zone. */
export async function pressureOfLayers(
  zones: readonly ZonalZone[],
  rasters: readonly OpenRaster[],
  reading: (layer: SourceLayer) => PressureReading,
  { dates = null, crs, jobs, signal, onProgress }: SourceOptions,
): Promise<PressureOfLayer[]> {
  const layers = layersOf(rasters, dates).map((own) => ({ ...own, reading: reading(own.layer) }));
  const found = layers.map(({ layer, reading: { edges } }) => ({ layer, zones: zones.map(() => newPressureZone(edges)) }));
  for (const [place, { raster, path }] of rasters.entries()) {
    const own = layers.flatMap((layer, i) => (layer.raster === place ? [{ ...layer, into: i }] : []));
    const grid = gridFrom(raster.width, raster.height, raster.transform);
    const system = rasterCrs(raster, { crs });
    const { shapes } = placeZones(zones, grid, system, { file: raster.name });
    const planned: PlannedGrid = { grid, tile: raster.tile, layers: own.length, shapes, turn: turnOf(grid, system) };
    const setup: PressureSetup = {
      file: path,
      grid: planned,
      crs: crs ?? raster.crs.proj ?? raster.crs.code ?? '',
      layers: own.map(({ band, reading: { codes, edges } }) => ({ band, codes: codes === null ? null : [...codes], edges })),
      tasks: planTasks([planned]),
    };
    await runTasks({
      count: setup.tasks.length,
      jobs: jobs ?? (workOf(setup.tasks, [planned]) < LITTLE_WORK ? 1 : threads()),
      worker: new URL(import.meta.url.endsWith('.ts') ? './pressure-worker.ts' : './pressure-worker.js', import.meta.url),
      setup,
      open: (it) => openPressure(it, { open: async () => ({ ...raster, close: () => {} }) }),
      onResult: (_, numbers) =>
        unpackPressure(numbers, setup, (zone, layer, part) => {
          const into = found[own[layer]?.into ?? -1]?.zones[zone];
          if (into !== undefined) mergePressureZones(into, part);
        }),
      onProgress: (done, total) => onProgress?.((place + done / total) / rasters.length, 1),
      signal,
    });
  }
  return found;
}
