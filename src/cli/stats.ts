/** `saryarka stats`: figures of rasters per zone, as a table. No dossier is needed. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { writeCsv } from '../formats/csv.ts';
import type { ReadingNote } from '../formats/layer.ts';
import { openMap } from '../formats/open.ts';
import { rasterCrs } from '../formats/raster.ts';
import { periodText } from '../formats/raster-stack.ts';
import { fileState, placeWhole, readMapFiles, readShipped, readSource, startsLikeSqlite } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { type OpenRaster, openRasters, valuesOf, type ZonalResult, zonalStatistics, zonalThreads } from '../run/zonal.ts';
import type { ZonalZone } from '../run/zonal-place.ts';
import { parseStats, type StatPlan } from '../run/zonal-stats.ts';
import { zonesOfMap } from '../run/zonal-zones.ts';
import type { Lang } from '../types.ts';
import type { ZoneNames } from '../zonation/zone-words.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  stat?: string;
  by: 'band' | 'date';
  weight?: string;
  class?: boolean;
  exact?: boolean;
  dates?: string;
  jobs?: string;
  site?: string;
  crs?: string;
  zonesCrs?: string;
  output?: string;
}

type Cell = string | number | null;

/** What stands in the table where only `--class` is asked for, and where nothing is. */
const DEFAULT_STATS = 'mean';
/** Rows that are written in one go. */
const ROWS_AT_ONCE = 10_000;
/** Zones that a message names; beyond, it counts them. */
const NAMED = 5;

export async function stats(zonesPath: string, rasterPaths: string[], options: Options): Promise<number> {
  const { lang, by, weight, class: byClass = false, exact = false, output } = options;
  const plan = parseStats(options.stat ?? (byClass ? '' : DEFAULT_STATS), '--stat', { exact, byClass });
  const jobs = options.jobs === undefined ? undefined : jobsOf(options.jobs);
  const rasters = await openRasters(rasterPaths);
  const ready = zonalThreads(rasters, { jobs });
  const bar = progress(t(lang, 'cli.stats.computing'), 1);
  let second: OpenRaster | 'area' | null = null;
  try {
    const { zones, notes } = await readZones(zonesPath, options);
    if (weight !== undefined) second = weight === 'area' ? weight : ((await openRasters([weight]))[0] ?? null);
    for (const { raster } of rasters) notes.push(...raster.notes, ...rasterCrs(raster, { crs: options.crs }).notes);
    const result = await zonalStatistics(zones, rasters, {
      stats: plan,
      by,
      weight: second,
      byClass,
      dates: options.dates === undefined ? null : await dateTable(options.dates),
      crs: options.crs,
      jobs,
      ready,
      onProgress: (done, total) => bar.step(done / total),
    });
    bar.end();
    for (const note of distinct(notes)) console.error(t(lang, `notes.${note.code}`, note.details));
    for (const line of toldOutside(result, zones, lang)) console.error(line);
    const crossed = result.crossed.map((zone) => zones[zone]?.id ?? '');
    if (crossed.length > 0) console.error(t(lang, 'cli.stats.crossed', { count: crossed.length, zones: listed(crossed) }));
    const table = csvOf(result, zones, plan, byClass);
    if (output === undefined) for (const piece of table) process.stdout.write(piece);
    else {
      writePieces(output, table);
      console.log(t(lang, 'cli.stats.written', { file: output, zones: zones.length, figures: result.targets.length }));
    }
    return 0;
  } finally {
    bar.end();
    ready.close();
    for (const { raster } of rasters) raster.close();
    if (second !== null && second !== 'area') second.raster.close();
  }
}

function jobsOf(text: string): number {
  const jobs = Number(text);
  if (!/^\d+$/.test(text) || jobs < 1 || jobs > 256)
    throw new Problem('choice-wrong', { field: '--jobs', found: text, expected: '1 – 256' });
  return jobs;
}

async function dateTable(path: string) {
  const { readDateTable } = await import('../formats/raster-stack-table.ts');
  return readDateTable(readSource(path));
}

/** Zones of a dossier as they stand now, or every polygon of a map. */
async function readZones(path: string, { lang, site, zonesCrs }: Options): Promise<{ zones: ZonalZone[]; notes: ReadingNote[] }> {
  const mayBe = !['missing', 'folder'].includes(fileState(path)) && startsLikeSqlite(path);
  if (mayBe && (await import('../store/dossier.ts')).isDossier(path))
    return { zones: await zonesOfDossier(path, site), notes: [] };
  const bar = progress(t(lang, 'cli.reading'), 1);
  const layers = await openMap(readMapFiles(path), {
    ...(zonesCrs === undefined ? {} : { crs: zonesCrs }),
    onProgress: (done, total) => bar.step(total === 0 ? 0 : done / total),
  })
    .catch((error) => {
      throw ofZones(error);
    })
    .finally(() => bar.end());
  const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
  const { zones, skipped } = zonesOfMap(layers, names);
  if (zones.length === 0) throw new Problem('zones-none', { file: layers.map(({ name }) => name).join(', ') });
  const left = skipped === 0 ? [] : [{ code: 'features-not-polygons', details: { count: skipped } }];
  return { zones, notes: [...layers.flatMap((layer) => layer.notes), ...left] };
}

/** Here `--crs` is for the rasters: what is asked of the map's system is said with the option for it. */
function ofZones(error: unknown): unknown {
  if (!(error instanceof Problem) || typeof error.details.choices !== 'string') return error;
  return new Problem(error.code, { ...error.details, choices: error.details.choices.replaceAll('--crs', '--zones-crs') });
}

async function zonesOfDossier(path: string, site: string | undefined): Promise<ZonalZone[]> {
  const [{ closeDossier, openDossier }, { eachZone }, { listSites }] = await Promise.all([
    import('../store/dossier.ts'),
    import('../store/zones.ts'),
    import('../store/sites.ts'),
  ]);
  const db = openDossier(path, { readOnly: true });
  try {
    const known = listSites(db).map(({ id }) => id);
    if (site !== undefined && !known.includes(site))
      throw new Problem('site-unknown', { found: site, known: known.join(', ') || '–' });
    const zones = [...eachZone(db)].filter((zone) => zone.valid.end === null && (site === undefined || zone.site === site));
    const drawn = zones.flatMap(({ id, kind, geometry }) => (geometry === null ? [] : [{ id, kind, geometry }]));
    if (drawn.length === 0) throw new Problem('zones-none', { file: path });
    return drawn;
  } finally {
    closeDossier(db);
  }
}

/** Zones that lie wholly or partly beside a raster: their figures are of what lies on it. Rasters that lie alike are told together. */
function toldOutside({ targets, outside }: ZonalResult, zones: readonly ZonalZone[], lang: Lang): string[] {
  const groups = new Map<string, { files: Set<string>; shares: number[] }>();
  for (const [target, { file }] of targets.entries()) {
    const shares = zones.map((_, zone) => outside[zone * targets.length + target] as number);
    if (!shares.some((share) => share > 0)) continue;
    const key = shares.map((share) => share.toPrecision(6)).join();
    const group = groups.get(key) ?? { files: new Set(), shares };
    group.files.add(file);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ files, shares }) => {
    const [first = '', ...more] = files;
    const file = more.length === 0 ? first : `${first} … ${more.at(-1)} (${files.size})`;
    const wholly = zones.flatMap(({ id }, zone) => (shares[zone] === 1 ? [id] : []));
    const partly = zones.flatMap(({ id }, zone) => {
      const share = shares[zone] as number;
      return share > 0 && share < 1 ? [`${id} (${t(lang, 'cli.stats.percent', { percent: Math.max(0.01, 100 * share) })})`] : [];
    });
    return [
      ...(wholly.length === 0 ? [] : [t(lang, 'cli.stats.outside', { file, count: wholly.length, zones: listed(wholly) })]),
      ...(partly.length === 0 ? [] : [t(lang, 'cli.stats.partly', { file, count: partly.length, zones: listed(partly) })]),
    ];
  });
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' …' : ''}`;
}

function distinct(notes: readonly ReadingNote[]): ReadingNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** The table, some thousand rows at a time. */
function* csvOf(result: ZonalResult, zones: readonly ZonalZone[], plan: StatPlan, byClass: boolean): Generator<string> {
  const header = [
    'zone',
    'kind',
    'raster',
    'band',
    'date',
    'count',
    'nodata_share',
    ...(byClass ? ['class', 'weight', 'share'] : []),
    ...plan.names,
  ];
  let rows: Cell[][] = [];
  let first = true;
  const flush = (): string => {
    const text = writeCsv(header, rows);
    const piece = first ? text : text.slice(text.indexOf('\r\n') + 2);
    first = false;
    rows = [];
    return piece;
  };
  for (let zone = 0; zone < zones.length; zone++) {
    for (let target = 0; target < result.targets.length; target++) {
      rows.push(...rowsOf(result, zones[zone] as ZonalZone, zone, target, byClass));
      if (rows.length >= ROWS_AT_ONCE) yield flush();
    }
  }
  yield flush();
}

function rowsOf(result: ZonalResult, { id, kind }: ZonalZone, zone: number, target: number, byClass: boolean): Cell[][] {
  const { file, band, date } = result.targets[target] as ZonalResult['targets'][number];
  const { count, nodataShare, stats: figures } = valuesOf(result, zone, target);
  const known = (value: number): Cell => (Number.isNaN(value) ? null : value);
  const head: Cell[] = [id, kind, file, band, date === null ? null : periodText(date), count, known(nodataShare)];
  const tail = Array.from(figures, known);
  if (!byClass) return [[...head, ...tail]];
  const classes = result.classes[zone * result.targets.length + target] ?? [];
  const whole = classes.reduce((sum, { weight }) => sum + weight, 0);
  if (classes.length === 0) return [[...head, null, null, null, ...tail]];
  return classes.map(({ value, weight }) => [...head, value, weight, weight / whole, ...tail]);
}

function writePieces(path: string, pieces: Iterable<string>): void {
  placeWhole(path, (draft) => {
    const file = openSync(draft, 'w');
    try {
      for (const piece of pieces) writeSync(file, piece);
    } finally {
      closeSync(file);
    }
  });
}
