/**
 * `saryarka water exposed-bed`: the bed that a water of the dossier has left, kept as figures of it or of a place at its shore; with a map of
 * the bed, zone by zone of that place.
 */
import { writeCsv } from '../formats/csv.ts';
import { digestOfRaster } from '../formats/raster-digest.ts';
import { writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { exposedOfWater, isUsable } from '../run/compute-exposed-bed.ts';
import { lakeBedFigures } from '../run/compute-lake-bed.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { keepComputed, zonesToCompute } from '../store/keep-computed.ts';
import { listObservationsOf } from '../store/observations.ts';
import { listSites } from '../store/sites.ts';
import type { Lang, Observation, Run } from '../types.ts';
import { openBed } from './water-lake-bed.ts';

interface Options {
  lang: Lang;
  water: string;
  feature?: string;
  reference?: string;
  bathymetry?: string;
  depthsBelow?: string;
  crs?: string;
  referenceLevel?: string;
  from?: string;
  json?: boolean;
  output?: string;
}

const AREA = 'lake-area';
const LEVEL = 'lake-level';

/** Years whose area some source states; targets and figures without a year count nowhere and are told. @throws Problem */
export async function waterExposedBed(dossier: string, options: Options): Promise<number> {
  const { lang, water, feature, reference, bathymetry } = options;
  const db = openDossier(dossier);
  try {
    const sites = listSites(db);
    const waters = bathymetry === undefined ? [water] : water.split(',');
    for (const [field, id] of [
      ...waters.map((one) => ['--water', one] as const),
      ['--feature', feature ?? waters[0] ?? ''],
    ] as const)
      if (!sites.some((site) => site.id === id))
        throw new Problem('choice-wrong', {
          field,
          found: id,
          expected: sites
            .slice(0, 12)
            .map((site) => site.id)
            .join(', '),
        });
    if (bathymetry !== undefined) return await bedByZone(db, { ...options, bathymetry, waters });
    const stated = listObservationsOf(db, water, [AREA]);
    const of = feature ?? water;
    const { run, observations, used } = exposedOfWater(water, stated, {
      feature: of,
      ...(reference === undefined ? {} : { reference }),
    });
    const now = new Date().toISOString();
    keepComputed(db, 'cli', { run: { ...run, started: now, ended: now }, observations, pictures: [], prefix: `${run.id}:` });
    const last = observations.at(-1);
    tell({ run, observations, left: stated.length - used }, options, [
      t(lang, 'plans.lake.exposed', {
        water,
        feature: of,
        figures: observations.length,
        left: stated.length - used,
        year: last?.period?.start.slice(0, 4) ?? '–',
        value: last?.value === null || last === undefined ? '–' : number(lang, last.value, 0),
      }),
    ]);
  } finally {
    closeDossier(db);
  }
  return 0;
}

/** The figures of each zone at the levels of each year. */
async function bedByZone(db: Db, asked: Options & { bathymetry: string; waters: readonly string[] }): Promise<number> {
  const { lang, waters, bathymetry, depthsBelow, crs, referenceLevel, from, feature } = asked;
  if (feature === undefined) throw new Problem('option-needed', { field: '--feature', expected: 'barsakelmes' });
  const zones = zonesToCompute(db, feature);
  const stated = waters.flatMap((one) => listObservationsOf(db, one, [LEVEL]));
  const used = stated.filter(isUsable).filter(({ unit }) => unit === 'm');
  const levels = used.map((o) => ({ year: Number(yearOf(o)), level: o.value as number }));
  if (levels.length === 0)
    throw new Problem('choice-wrong', { field: `--water ${waters.join(',')}: ${LEVEL}`, found: '0', expected: '≥ 1' });
  const highest = Math.max(...levels.map(({ level }) => level));
  const reference = referenceLevel === undefined ? highest : numberIn('--reference-level', referenceLevel);
  if (reference < highest)
    throw new Problem('choice-wrong', { field: '--reference-level', found: String(reference), expected: `≥ ${highest}` });
  const raster = await openBed(bathymetry);
  try {
    const { run, observations } = await lakeBedFigures({
      ...{ site: feature, zones, raster, digest: await digestOfRaster(bathymetry), levels, reference, water: waters.join(',') },
      ...(depthsBelow === undefined ? {} : { depthsBelow: numberIn('--depths-below', depthsBelow) }),
      ...(crs === undefined ? {} : { crs }),
      ...(from === undefined ? {} : { from: placeIn(from) }),
    });
    const now = new Date().toISOString();
    keepComputed(db, 'cli', { run: { ...run, started: now, ended: now }, observations, pictures: [], prefix: `${run.id}:` });
    const years = new Set(levels.map(({ year }) => year));
    const last = String(Math.max(...years));
    const hectares = (id: string, indicator: string): string => {
      const found = observations.find((o) => o.feature === id && o.indicator === indicator && yearOf(o) === last);
      return found === undefined || found.value === null ? '–' : number(lang, found.value / 1e4, 0);
    };
    const left = stated.length - used.length;
    tell({ run, observations, left }, asked, [
      t(lang, 'cli.water.lake.exposed.kept', { feature, figures: observations.length, years: years.size, left }),
      ...[...zones, { id: feature }].map(({ id }) =>
        t(lang, 'cli.water.lake.exposed.row', {
          ...{ zone: id, year: last, exposed: hectares(id, 'exposed-bed'), water: hectares(id, AREA) },
        }),
      ),
    ]);
  } finally {
    raster.close();
  }
  return 0;
}

/** What was kept: in words, or as JSON; every figure as a row of a table where one is asked for. */
function tell(
  { run, observations, left }: { run: Run; observations: readonly Observation[]; left: number },
  { lang, json, output }: Options,
  lines: readonly string[],
): void {
  const rows = observations.map((o) => ({
    ...{
      feature: o.feature,
      indicator: o.indicator,
      year: Number(yearOf(o)),
      value: o.value,
      low: o.low,
      high: o.high,
      unit: o.unit,
    },
  }));
  if (output !== undefined) {
    const header = ['feature', 'indicator', 'year', 'value', 'low', 'high', 'unit'] as const;
    writeFile(
      output,
      writeCsv(
        [...header],
        rows.map((row) => header.map((name) => row[name])),
      ),
    );
  }
  if (json) console.log(JSON.stringify({ run: run.id, left, figures: rows }, null, 2));
  else {
    for (const line of lines) console.log(line);
    if (output !== undefined) console.log(t(lang, 'cli.water.written', { file: output }));
  }
}

function numberIn(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new Problem('choice-wrong', { field, found: text, expected: '53.4' });
  return value;
}

/** `59.9,45.7` */
function placeIn(text: string): [number, number] {
  const [lon = Number.NaN, lat = Number.NaN, more] = text.split(',').map(Number);
  if (more !== undefined || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90))
    throw new Problem('choice-wrong', { field: '--from', found: text, expected: '59.9,45.7' });
  return [lon, lat];
}

const yearOf = ({ period }: Observation): string => period?.start.slice(0, 4) ?? '';
