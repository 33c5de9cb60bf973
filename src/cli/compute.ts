/** `saryarka compute`: an indicator for the zones of a reserve, kept in its dossier. */
import { readSource } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { RasterWork } from '../run/compute-rasters.ts';
import { type Computable, computable, computables, datesOf, prepareWork, regionOf } from '../run/computing.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepComputed, keptFigures, zonesToCompute } from '../store/keep-computed.ts';
import type { DrawnZone, Lang } from '../types.ts';
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
  const indicator = computable(options.indicator);
  if (indicator === null) {
    const expected = computables.map(({ id }) => id).join(', ');
    throw new Problem('choice-wrong', { field: '--indicator', found: options.indicator, expected });
  }
  const db = openDossier(dossier);
  try {
    const work = await workOf(indicator, zonesToCompute(db, site), options);
    const job = await prepareWork(indicator, work);
    const known = keptFigures(db, job.run.id, { pictures: 'pictures' in indicator });
    if (known !== null) {
      console.log(t(lang, 'cli.compute.known', { indicator: indicator.id, run: job.run.id, figures: known }));
      return 0;
    }
    const bar = progress(t(lang, 'cli.compute.computing', { indicator: indicator.id }), 1);
    const started = new Date().toISOString();
    const stop = new AbortController();
    const interrupt = (): void => stop.abort(new Problem('interrupted'));
    process.once('SIGINT', interrupt);
    const { figures, pictures } = await job
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
    keepComputed(db, 'cli', {
      run,
      observations: figures.map(job.observation),
      pictures: pictures.map((picture) => job.picture(picture, site)),
      prefix: job.pictures(site),
    });
    console.log(
      t(lang, 'cli.compute.done', {
        indicator: indicator.id,
        run: job.run.id,
        figures: figures.length,
        zones: work.zones.length,
      }),
    );
    if (pictures.length > 0) console.log(t(lang, 'picture.kept', { indicator: indicator.id, count: pictures.length }));
    return 0;
  } finally {
    closeDossier(db);
  }
}

async function workOf(indicator: Computable, zones: DrawnZone[], options: Options): Promise<RasterWork> {
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

/**
 * `ndvi a.tif b.tif land-cover=c.tif`: the names of inputs, each followed by its files or, with an equals sign, one of them; a
 * name may be left out where there is one input.
 */
function filesOf({ inputs }: Computable, words: readonly string[]): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  let name = inputs.length === 1 ? inputs[0]?.name : undefined;
  for (const word of words) {
    const said = inputs.find((input) => word.startsWith(`${input.name}=`));
    if (said !== undefined) {
      name = said.name;
      files[name] = [...(files[name] ?? []), word.slice(name.length + 1)];
    } else if (inputs.some((input) => input.name === word)) {
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
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  return [name, value.startsWith('@') ? tableText(value.slice(1)) : value];
}

/** A table of the user's own as the parameter that it stands for, without its line breaks. @throws Problem `param-wrong`. */
function tableText(path: string): string {
  const file = readSource(path);
  try {
    return JSON.stringify(JSON.parse(new TextDecoder().decode(file.bytes)));
  } catch (cause) {
    throw new Problem('param-wrong', { field: '--param', found: file.name, expected: 'JSON' }, { cause });
  }
}

function jobsOf(text: string): number {
  const jobs = Number(text);
  if (!/^\d+$/.test(text) || jobs < 1 || jobs > 256) {
    throw new Problem('choice-wrong', { field: '--jobs', found: text, expected: '1 – 256' });
  }
  return jobs;
}
