/** `saryarka compute`: an indicator of rasters for the zones of a reserve, kept in its dossier. */
import { openMap } from '../formats/open.ts';
import { digestOf, readMapFiles, readShipped, readSource, shippedPath } from '../formats/source-node.ts';
import { readTable } from '../formats/tables.ts';
import { t } from '../i18n/index.ts';
import type { RasterIndicator } from '../indicators/raster-indicator.ts';
import { rasterIndicator, rasterIndicators } from '../indicators/raster-indicators.ts';
import { Problem } from '../problems.ts';
import { prepare, type RasterWork } from '../run/compute-rasters.ts';
import { zonesOfMap } from '../run/zonal-zones.ts';
import { figuresOfRun, keepRun } from '../store/computed.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import type { DrawnZone, Indicator, Lang } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import type { ZoneNames } from '../zonation/zone-words.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  indicator: string;
  site: string;
  input: string[];
  param?: string[];
  region?: string;
  dates?: string;
  crs?: string;
  jobs?: string;
}

export async function compute(dossier: string, options: Options): Promise<number> {
  const { lang, site } = options;
  const indicator = rasterIndicator(options.indicator);
  if (indicator === null) {
    const expected = rasterIndicators.map(({ id }) => id).join(', ');
    throw new Problem('choice-wrong', { field: '--indicator', found: options.indicator, expected });
  }
  const db = openDossier(dossier);
  try {
    const work = await workOf(indicator, zonesOf(db, site), options);
    const job = await prepare(indicator, work);
    const known = figuresOfRun(db, job.run.id);
    if (known !== null && known > 0) {
      console.log(t(lang, 'cli.compute.known', { indicator: indicator.id, run: job.run.id, figures: known }));
      return 0;
    }
    const bar = progress(t(lang, 'cli.compute.computing', { indicator: indicator.id }), 1);
    const started = new Date().toISOString();
    const stop = new AbortController();
    const interrupt = (): void => stop.abort(new Problem('interrupted'));
    process.once('SIGINT', interrupt);
    const figures = await job
      .compute({
        ...(options.jobs === undefined ? {} : { jobs: jobsOf(options.jobs) }),
        signal: stop.signal,
        onProgress: (done, total) => bar.step(done / total),
      })
      .finally(() => {
        bar.end();
        process.off('SIGINT', interrupt);
      });
    const run = { ...job.run, started, ended: new Date().toISOString() };
    keepRun(db, 'cli', { run, observations: figures.map(job.observation), catalogue: shippedIndicators() });
    console.log(
      t(lang, 'cli.compute.done', {
        indicator: indicator.id,
        run: job.run.id,
        figures: figures.length,
        zones: work.zones.length,
      }),
    );
    return 0;
  } finally {
    closeDossier(db);
  }
}

/** The indicators that ship with Saryarka. */
function shippedIndicators(): Indicator[] {
  const table = readTable(readSource(shippedPath('data', 'indicators.csv')), '');
  return table.noun === 'indicators' ? table.rows.map(({ row }) => row) : [];
}

/** The zones of the site that are drawn now. */
function zonesOf(db: Db, site: string): DrawnZone[] {
  const zones = ownDrawnZones(loadSiteFacts(db, site));
  if (zones.length === 0) throw new Problem('export-no-geometry', { site });
  return zones;
}

async function workOf(indicator: RasterIndicator, zones: DrawnZone[], options: Options): Promise<RasterWork> {
  const { input, param = [], region, dates, crs } = options;
  return {
    zones,
    files: filesOf(indicator, input),
    params: Object.fromEntries(param.map(pairOf)),
    ...(region === undefined ? {} : { region: await regionOf(region) }),
    ...(dates === undefined ? {} : { dates: await datesOf(dates) }),
    ...(crs === undefined ? {} : { crs }),
  };
}

/** `ndvi a.tif b.tif land-cover c.tif`: the names of inputs, each followed by its files; a name may be left out where there is one input. */
function filesOf({ inputs }: RasterIndicator, words: readonly string[]): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  let name = inputs.length === 1 ? inputs[0]?.name : undefined;
  for (const word of words) {
    if (inputs.some((input) => input.name === word)) {
      name = word;
    } else if (name === undefined) {
      throw new Problem('input-unknown', { found: word, expected: inputs.map((one) => one.name).join(', ') });
    } else {
      files[name] = [...(files[name] ?? []), word];
    }
  }
  return files;
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Problem('choice-wrong', { field: '--param', found: text, expected: 'name=value' });
  return [text.slice(0, at), text.slice(at + 1)];
}

async function regionOf(path: string): Promise<NonNullable<RasterWork['region']>> {
  const files = readMapFiles(path);
  const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
  const { zones } = zonesOfMap(await openMap(files), names);
  if (zones.length === 0) throw new Problem('zones-none', { file: path });
  const [first] = files;
  return { zones, name: first?.name ?? path, digest: digestOf(files.map(({ digest }) => digest).join()) };
}

async function datesOf(path: string): Promise<NonNullable<RasterWork['dates']>> {
  const { readDateTable } = await import('../formats/raster-stack-table.ts');
  const file = readSource(path);
  return { ...readDateTable(file), digest: file.digest };
}

function jobsOf(text: string): number {
  const jobs = Number(text);
  if (!/^\d+$/.test(text) || jobs < 1 || jobs > 256) {
    throw new Problem('choice-wrong', { field: '--jobs', found: text, expected: '1 – 256' });
  }
  return jobs;
}
