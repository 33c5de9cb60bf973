/**
 * A dossier as a research object crate: its open tables, its zones, and how its figures came about.
 * Confidential lines, places of sensitive species, names without consent, files of others and accounts stay out.
 */
import { strToU8, zipSync } from 'fflate';
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { type CrateFile, writeRoCrate } from '../formats/ro-crate.ts';
import { digestOf, softwareVersion } from '../formats/source-node.ts';
import { pick } from '../i18n/index.ts';
import type { Lang, Run, Source } from '../types.ts';
import { listDatasets, listIndicators } from './catalogue.ts';
import { all, type Db } from './db.ts';
import { exportPlaces, exportRows } from './export-rows.ts';
import { listSites } from './sites.ts';
import type { Noun } from './write.ts';

/** Tables that may be shown to anybody. */
const OPEN: readonly Noun[] = [
  'sites',
  'designations',
  'overlaps',
  'indicators',
  'datasets',
  'sources',
  'runs',
  'observations',
  'organisations',
  'activities',
  'participations',
  'claims',
  'plans',
];

/** Zip knows no time before: the same dossier gives the same bytes. */
const ZIP_DAY = new Date(1980, 0, 1, 12);

const LICENCE = 'Not stated for the whole: every dataset and source names its own terms.';

export function roCrate(
  db: Db,
  { lang, name, date }: { lang: Lang; name: string; date: string },
): { bytes: Uint8Array; files: number } {
  const contents = new Map<string, Uint8Array>();
  for (const noun of OPEN) {
    const { header, rows: whole } = exportRows(db, noun, { secrets: false });
    const person = noun === 'participations' ? header.indexOf('person') : -1;
    const rows = person === -1 ? whole : whole.filter((row) => row[person] === null); // ids of persons may tell who they are
    if (rows.length > 0) contents.set(`tables/${noun}.csv`, strToU8(writeCsv(header, rows)));
  }
  const zones = exportPlaces(db, 'zones').filter(({ geometry }) => geometry !== null);
  if (zones.length > 0) contents.set('zones.geojson', strToU8(writeGeojson(zones)));
  const files = [...contents].map(
    ([path, bytes]): CrateFile => ({
      path,
      name: path.replace(/^tables\/|\.\w+$/g, ''),
      mediaType: path.endsWith('.csv') ? 'text/csv' : 'application/geo+json',
      bytes: bytes.length,
      sha256: digestOf(bytes).replace('sha256:', ''),
    }),
  );
  const sites = listSites(db, 'biosphere-reserve').map((site) => pick(site.name, lang));
  const titles = new Map(listIndicators(db).map(({ id, title }) => [id, pick(title, lang)]));
  const metadata = writeRoCrate({
    name,
    description: `Open tables of a dossier of biosphere reserves: ${sites.join(', ') || '–'}.`,
    date,
    licence: LICENCE,
    software: { name: 'Saryarka', version: softwareVersion() },
    files,
    runs: listRuns(db).map((run) => ({ ...run, title: titles.get(run.indicator) ?? run.indicator })),
    datasets: listDatasets(db).map((one) => ({ ...one, name: pick(one.title, lang) || one.href })),
    sources: all<Source>(db, "select id, title, href, lang, kind, licence, note from sources where id <> 'by-hand' order by fid"),
    results: 'tables/observations.csv',
  });
  const parts = [['ro-crate-metadata.json', strToU8(metadata)] as const, ...contents];
  const entries = parts.map(([path, bytes]) => [path, [bytes, { mtime: ZIP_DAY }]] as const);
  return { bytes: zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0]), files: files.length };
}

/** Every run of the dossier, in the order they were kept. */
export function listRuns(db: Db): Run[] {
  type Row = Omit<Run, 'software' | 'inputs' | 'params'> & Record<'software' | 'inputs' | 'params', string>;
  return all<Row>(
    db,
    'select id, indicator, method, version, software, inputs, params, started, ended, status, skipped from runs order by fid',
  ).map(({ software, inputs, params, ...rest }) => ({
    ...rest,
    software: JSON.parse(software),
    inputs: JSON.parse(inputs),
    params: JSON.parse(params),
  }));
}
