/**
 * Carries an indicator of rasters out for zones and keeps how: which bytes, which zones, which parameters, which version.
 *
 *     const job = prepare(landCover, { zones, files, params });
 *     job.run.id                       // the same for the same work: whoever has its figures need not compute
 *     const { figures, pictures } = await job.compute({ onProgress });
 */

import { zlibSync } from 'fflate';
import { digestOfRaster } from '../formats/raster-digest.ts';
import { type DateTable, periodText } from '../formats/raster-stack.ts';
import { digestOf } from '../formats/source-node.ts';
import type { Picture } from '../indicators/kept-picture.ts';
import type { Figure, RasterIndicator } from '../indicators/raster-indicator.ts';
import { SITE } from '../indicators/source-indicator.ts';
import { Problem } from '../problems.ts';
import type { DrawnZone, Id, Observation, Run } from '../types.ts';
import { type BlockRequest, type BlockResult, computeWithPictures, type PlacedPicture } from './blocks.ts';
import { geometryDigest } from './compute.ts';
import { newRun } from './new-run.ts';
import { openRasters } from './zonal.ts';
import type { ZonalZone } from './zonal-place.ts';

export interface RasterWork {
  zones: readonly DrawnZone[];
  /** Areas that the indicator compares with, and the file they came from. */
  region?: { zones: readonly ZonalZone[]; name: string; digest: string };
  /** Paths or addresses of each input's rasters. */
  files: Record<string, readonly string[]>;
  dates?: DateTable & { digest?: string };
  /** Parameters that differ from the defaults. */
  params: Record<string, string>;
  crs?: string;
}

export interface RasterJob {
  /** As it will stand in the dossier, without its times. */
  run: Run;
  compute(options?: Pick<BlockRequest, 'jobs' | 'signal' | 'onProgress'>): Promise<BlockResult>;
  /** A figure as an observation of its zone. */
  observation(figure: Figure): Observation;
  /** A picture of the zones of a site: one that was made the same way from other bytes before has the same id. */
  picture(picture: PlacedPicture, site: Id): Picture;
  /** What the ids of all pictures begin with that this work may replace. */
  pictures(site: Id): string;
}

/** Reads every input once for its digest. @throws Problem `param-unknown`, `input-unknown`; those of reading. */
export async function prepare(indicator: RasterIndicator, work: RasterWork): Promise<RasterJob> {
  const params = paramsOf(indicator, work.params);
  for (const name of Object.keys(work.files)) {
    if (indicator.inputs.some((input) => input.name === name)) continue;
    throw new Problem('input-unknown', { found: name, expected: indicator.inputs.map((input) => input.name).join(', ') });
  }
  const rasters: Run['inputs'] = [];
  for (const [name, paths] of Object.entries(work.files)) {
    for (const path of paths)
      rasters.push({ dataset: null, href: `${name}: ${nameOf(path)}`, digest: await digestOfRaster(path) });
  }
  const zones = work.zones.map((zone) => ({ dataset: null, href: zoneHref(zone.id), digest: geometryDigest(zone) }));
  const { region, dates } = work;
  const inputs = [
    ...rasters,
    ...zones,
    ...(region === undefined ? [] : [{ dataset: null, href: `region: ${region.name}`, digest: region.digest }]),
    ...(dates?.digest === undefined ? [] : [{ dataset: null, href: `dates: ${dates.name}`, digest: dates.digest }]),
  ];
  const settings = { ...params, ...(work.crs === undefined ? {} : { crs: work.crs }) };
  const { id: name, method, version } = indicator;
  const run = newRun(
    { name, method, version },
    { decisive: [name, method, version, settings, inputs], inputs, params: settings },
  );
  const variant = Object.keys(work.params).length === 0 ? '' : `:${digestOf(JSON.stringify(settings)).slice(7, 15)}`;
  return {
    run,
    compute: (options = {}) => carriedOut(indicator, work, params, options),
    observation: (figure) => observationOf(figure, { work, indicator, run: run.id, variant }),
    picture: ({ codes, ...picture }, site) => ({
      ...picture,
      id: `${pictureIds(site, indicator, variant)}${picture.name}`,
      site,
      run: run.id,
      indicator: indicator.id,
      codes: zlibSync(codes, { level: 9 }),
    }),
    pictures: (site) => pictureIds(site, indicator, variant),
  };
}

/** Pictures of one site, indicator and choice of parameters: there is one of each name. */
function pictureIds(site: Id, { id }: RasterIndicator, variant: string): string {
  return `${site}:${id}${variant}:`;
}

/** How a run names a zone among its inputs. */
export function zoneHref(zone: string): string {
  return `zones/${zone}`;
}

async function carriedOut(
  indicator: RasterIndicator,
  { zones, region, files, dates, crs }: RasterWork,
  params: Record<string, string>,
  options: Pick<BlockRequest, 'jobs' | 'signal' | 'onProgress'>,
): Promise<BlockResult> {
  const inputs: Record<string, Awaited<ReturnType<typeof openRasters>>> = {};
  try {
    for (const [name, paths] of Object.entries(files)) inputs[name] = await openRasters(paths);
    return await computeWithPictures(indicator, {
      zones: zones.map(({ id, kind, geometry }) => ({ id, kind, geometry })),
      ...(region === undefined ? {} : { region: region.zones }),
      inputs,
      dates: dates ?? null,
      params,
      crs,
      ...options,
    });
  } finally {
    for (const { raster } of Object.values(inputs).flat()) raster.close();
  }
}

function observationOf(
  { zone, class: code, ...figure }: Figure,
  { work, indicator, run, variant }: { work: RasterWork; indicator: RasterIndicator; run: string; variant: string },
): Observation {
  const feature = zone === SITE ? (work.zones[0]?.site ?? '') : (work.zones[zone]?.id ?? '');
  const parts = [feature, figure.indicator, code ?? '', periodText(figure.period), `${indicator.method}@${indicator.version}`];
  return {
    id: parts.join(':') + variant,
    ...figure,
    feature,
    by: code === null ? {} : { class: code },
    role: 'computed',
    quality: qualityOf(figure.note),
    approximate: false,
    from: { run },
  };
}

/** Ground beside the rasters, or not seen, makes a figure a part of what it should be. */
function qualityOf(note: string | null): Observation['quality'] {
  const codes = (note ?? '').split('; ').map((part) => part.split('=')[0] ?? '');
  if (codes.includes('threshold-doubtful')) return 'doubtful';
  return codes.some((code) => PARTIAL.includes(code)) ? 'partial' : 'ok';
}

const PARTIAL: readonly string[] = ['outside', 'zones-outside', 'unseen', 'no-trend', 'years-missing'];

function paramsOf({ params }: RasterIndicator, given: Record<string, string>): Record<string, string> {
  const unknown = Object.keys(given).find((name) => !(name in params));
  if (unknown !== undefined)
    throw new Problem('param-unknown', { found: unknown, expected: Object.keys(params).join(', ') || '–' });
  return { ...params, ...given };
}

/** The last part of a path or address. */
function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}
