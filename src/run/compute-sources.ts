/**
 * Carries an indicator of sources of several kinds out for the zones of a site and keeps how, as `compute-rasters.ts` does for
 * rasters on one grid.
 *
 *     const job = await prepareSources(pressure, { zones, files, params });
 *     const { figures } = await job.compute({ onProgress });
 */
import { digestOfRaster } from '../formats/raster-digest.ts';
import { periodText } from '../formats/raster-stack.ts';
import { digestOf, readMapFiles } from '../formats/source-node.ts';
import type { Figure } from '../indicators/raster-indicator.ts';
import { SITE, type SourceGiven, type SourceIndicator, type SourceZone } from '../indicators/source-indicator.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import type { DrawnZone, Observation, Run } from '../types.ts';
import { geometryDigest } from './compute.ts';
import { type RasterJob, type RasterWork, zoneHref } from './compute-rasters.ts';
import { newRun } from './new-run.ts';
import { linesOf } from './source-lines.ts';
import { placesOf } from './source-places.ts';
import { meansOfLayers, pressureOfLayers, type SourceOptions } from './source-rasters.ts';
import { openRasters } from './zonal.ts';

type SourceWork = RasterWork;

/** Reads every input once for its digest. @throws Problem `param-unknown`, `input-unknown`; those of reading. */
export async function prepareSources(indicator: SourceIndicator, work: SourceWork): Promise<RasterJob> {
  const params = paramsOf(indicator, work.params);
  const known = indicator.inputs.map(({ name }) => name);
  for (const found of Object.keys(work.files))
    if (!known.includes(found)) throw new Problem('input-unknown', { found, expected: known.join(', ') });
  if (work.region !== undefined) throw new Problem('input-unknown', { found: '--region', expected: known.join(', ') });
  const inputs = await inputsOf(indicator, work);
  const settings = { ...params, ...(work.crs === undefined ? {} : { crs: work.crs }) };
  const { id: name, leads, method, version } = indicator;
  const decisive = [name, method, version, settings, inputs];
  const run = newRun({ name, indicator: leads, method, version }, { decisive, inputs, params: settings });
  const variant = Object.keys(work.params).length === 0 ? '' : `:${digestOf(JSON.stringify(settings)).slice(7, 15)}`;
  return {
    run,
    async compute({ jobs, signal, onProgress } = {}) {
      const steps = Object.keys(work.files).length;
      let step = 0;
      const options: SourceOptions = {
        dates: work.dates ?? null,
        crs: work.crs,
        jobs,
        signal,
        onProgress: (done, total) => onProgress?.((step + done / total) / steps, 1),
      };
      const figures = await indicator.compute(
        given(indicator, work, params, options, {
          skipped: (count) => {
            run.skipped += count;
          },
          ended: () => {
            step += 1;
            onProgress?.(Math.min(steps, step) / steps, 1);
          },
        }),
      );
      signal?.throwIfAborted();
      return { figures, pictures: [] };
    },
    observation: (figure) => observationOf(figure, { work, indicator, run: run.id, variant }),
    picture() {
      throw new RangeError(`"${indicator.id}" makes no pictures`);
    },
    pictures: (site) => `${site}:${indicator.id}${variant}:`,
  };
}

async function inputsOf(indicator: SourceIndicator, { files, zones, dates }: SourceWork): Promise<Run['inputs']> {
  const inputs: Run['inputs'] = [];
  for (const { name, kind } of indicator.inputs) {
    for (const path of files[name] ?? []) {
      const href = `${name}: ${path.split(/[\\/]/).at(-1) || path}`;
      const digest =
        kind === 'raster'
          ? await digestOfRaster(path)
          : digestOf(
              readMapFiles(path)
                .map((file) => file.digest)
                .join(),
            );
      inputs.push({ dataset: null, href, digest });
    }
  }
  inputs.push(...zones.map((zone) => ({ dataset: null, href: zoneHref(zone.id), digest: geometryDigest(zone) })));
  if (dates?.digest !== undefined) inputs.push({ dataset: null, href: `dates: ${dates.name}`, digest: dates.digest });
  return inputs;
}

function given(
  indicator: SourceIndicator,
  { zones, files }: SourceWork,
  params: Record<string, string>,
  options: SourceOptions,
  told: { skipped(count: number): void; ended(): void },
): SourceGiven {
  const filesOf = (input: string): readonly string[] => {
    const own = files[input] ?? [];
    if (own.length > 0 && indicator.inputs.some(({ name }) => name === input)) return own;
    throw new Problem('input-missing', { field: '--input', expected: `${input}=FILE` });
  };
  const shapes = zones.map(({ id, kind, geometry }) => ({ id, kind, geometry }));
  async function withRasters<T>(
    input: string,
    use: (rasters: Awaited<ReturnType<typeof openRasters>>) => Promise<T>,
  ): Promise<T> {
    const rasters = await openRasters(filesOf(input));
    try {
      return await use(rasters);
    } finally {
      for (const { raster } of rasters) raster.close();
      told.ended();
    }
  }
  return {
    zones: zones.map(zoneOf),
    params,
    has: (input) => (files[input] ?? []).length > 0,
    means: (input, { sums } = {}) => withRasters(input, (rasters) => meansOfLayers(shapes, rasters, { ...options, sums })),
    pressure: (input, reading) => withRasters(input, (rasters) => pressureOfLayers(shapes, rasters, reading, options)),
    async lines(input, asked) {
      const lines = await linesOf(filesOf(input), shapes, asked);
      told.ended();
      return lines;
    },
    async places(input, fields) {
      const places = await placesOf(filesOf(input), shapes, fields);
      told.skipped(places.skipped);
      told.ended();
      return places;
    },
  };
}

function zoneOf({ id, kind, geometry }: DrawnZone): SourceZone {
  const latitudes = geometry.coordinates.flat(2).map(([, lat]) => lat);
  let [south, north] = [90, -90];
  for (const lat of latitudes) [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  return { id, kind, area: geodesicArea(geometry), latitude: (south + north) / 2 };
}

function observationOf(
  { zone, class: code, period, ...figure }: Figure,
  { work, indicator, run, variant }: { work: SourceWork; indicator: SourceIndicator; run: string; variant: string },
): Observation {
  const feature = zone === SITE ? (work.zones[0]?.site ?? '') : (work.zones[zone]?.id ?? '');
  const dated = period.start === '' ? null : period;
  const when = dated === null ? '' : periodText(dated);
  const parts = [feature, figure.indicator, code ?? '', when, `${indicator.method}@${indicator.version}`];
  return {
    id: parts.join(':') + variant,
    ...figure,
    period: dated,
    feature,
    by: code === null ? {} : { class: code },
    role: 'computed',
    quality: /(^|; )(unseen|people-unknown|drought-months-known)=/.test(figure.note ?? '') ? 'partial' : 'ok',
    approximate: false,
    from: { run },
  };
}

function paramsOf({ params }: SourceIndicator, given: Record<string, string>): Record<string, string> {
  const unknown = Object.keys(given).find((name) => !(name in params));
  if (unknown !== undefined)
    throw new Problem('param-unknown', { found: unknown, expected: Object.keys(params).join(', ') || '–' });
  return { ...params, ...given };
}
