/**
 * All indicators that can be computed, whatever they are computed of, and what a computation needs beside its rasters.
 *
 *     const job = await prepareWork(computable('land-cover'), { zones, files: { 'land-cover': ['lc_2020.tif'] }, params: {} });
 *     const { figures, pictures } = await job.compute({ signal, onProgress });
 */
import { openMap } from '../formats/open.ts';
import { digestOf, readMapFiles, readShipped, readSource } from '../formats/source-node.ts';
import type { RasterIndicator } from '../indicators/raster-indicator.ts';
import { rasterIndicators } from '../indicators/raster-indicators.ts';
import type { SourceIndicator } from '../indicators/source-indicator.ts';
import { sourceIndicators } from '../indicators/source-indicators.ts';
import { Problem } from '../problems.ts';
import type { Id } from '../types.ts';
import type { ZoneNames } from '../zonation/zone-words.ts';
import { prepare, type RasterJob, type RasterWork } from './compute-rasters.ts';
import { prepareSources } from './compute-sources.ts';
import { zonesOfMap } from './zonal-zones.ts';

export type Computable = RasterIndicator | SourceIndicator;

/** Every indicator that can be computed of data, by its name. */
export const computables: readonly Computable[] = [...rasterIndicators, ...sourceIndicators].toSorted((a, b) =>
  a.id < b.id ? -1 : 1,
);

/** The indicator `id`, or `null`. */
export function computable(id: Id): Computable | null {
  return computables.find((indicator) => indicator.id === id) ?? null;
}

/** Whether all its rasters lie on one grid, and a reference region and dates mean something to it. */
export function isOfRasters(indicator: Computable): indicator is RasterIndicator {
  return 'kernels' in indicator;
}

/** Reads every input once for its digest; nothing is computed yet. @throws as `prepare` and `prepareSources`. */
export function prepareWork(indicator: Computable, work: RasterWork): Promise<RasterJob> {
  return isOfRasters(indicator) ? prepare(indicator, work) : prepareSources(indicator, work);
}

/** Areas that an indicator compares with, from a map. @throws Problem `zones-none`; those of reading. */
export async function regionOf(path: string): Promise<NonNullable<RasterWork['region']>> {
  const files = readMapFiles(path);
  const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
  const { zones } = zonesOfMap(await openMap(files), names);
  if (zones.length === 0) throw new Problem('zones-none', { file: path });
  const [first] = files;
  return { zones, name: first?.name ?? path, digest: digestOf(files.map(({ digest }) => digest).join()) };
}

/** Dates of layers, from a table. @throws those of reading. */
export async function datesOf(path: string): Promise<NonNullable<RasterWork['dates']>> {
  const { readDateTable } = await import('../formats/raster-stack-table.ts');
  const file = readSource(path);
  return { ...readDateTable(file), digest: file.digest };
}
