/** `saryarka export`: a table of the dossier as CSV, zones as a map in the format asked for. */
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { writeFile } from '../formats/source-node.ts';
import { partsOfZones } from '../formats/zone-parts.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { exportableNouns, exportPlaces, exportRows } from '../store/export-rows.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Noun } from '../store/write.ts';
import { eachZone } from '../store/zones.ts';
import type { Id, Lang } from '../types.ts';
import { changes, type FormTable, formTables, readShoreline } from './form-tables.ts';

interface Options {
  lang: Lang;
  what: string;
  format: string;
  output: string;
  site?: string;
  shore?: string;
  shoreDate?: string;
}

/** What each table can be written as. */
const FORMATS: Partial<Record<Noun, string[]>> = {
  zones: ['csv', 'geojson', 'shapefile', 'gpkg', 'kml'],
  sites: ['csv', 'geojson'],
};

export async function exportTable(dossier: string, options: Options): Promise<number> {
  const { lang, what, format, output, site } = options;
  const formTable = formTables[what];
  if (formTable !== undefined) return exportFormTable(dossier, formTable, options);
  const noun = exportableNouns.find((name) => name === what);
  if (noun === undefined)
    throw new Problem('choice-wrong', {
      field: '--what',
      found: what,
      expected: [...exportableNouns, ...Object.keys(formTables)].join(', '),
    });
  const formats = FORMATS[noun] ?? ['csv'];
  if (!formats.includes(format))
    throw new Problem('choice-wrong', { field: '--format', found: format, expected: formats.join(', ') });
  const db = openDossier(dossier, { readOnly: true });
  try {
    const { content, rows } = await written(db, noun, format, site, output, lang);
    writeFile(output, content);
    console.log(t(lang, 'cli.exported', { file: output, rows }));
  } finally {
    closeDossier(db);
  }
  return 0;
}

/** One of the form's own tables for one site. */
async function exportFormTable(
  dossier: string,
  table: FormTable,
  { lang, what, format, output, site, shore, shoreDate }: Options,
): Promise<number> {
  const formats = what === 'changes' ? ['csv', 'geojson'] : ['csv'];
  if (!formats.includes(format))
    throw new Problem('choice-wrong', { field: '--format', found: format, expected: formats.join(', ') });
  const db = openDossier(dossier, { readOnly: true });
  try {
    if (site === undefined) {
      const known = listSites(db, 'biosphere-reserve').map(({ id }) => id);
      throw new Problem('choice-wrong', { field: `--site (--what ${what})`, found: '–', expected: known.join(', ') });
    }
    if (format === 'geojson') {
      const { features } = await changes(loadSiteFacts(db, site));
      writeFile(output, writeGeojson(features));
      console.log(t(lang, 'cli.exported', { file: output, rows: features.length }));
      return 0;
    }
    const { header, rows } = await table(loadSiteFacts(db, site), await readShoreline(shore, shoreDate));
    writeFile(output, writeCsv(header, rows));
    console.log(t(lang, 'cli.exported', { file: output, rows: rows.length }));
  } finally {
    closeDossier(db);
  }
  return 0;
}

async function written(
  db: Db,
  noun: Noun,
  format: string,
  site: Id | undefined,
  output: string,
  lang: Lang,
): Promise<{ content: string | Uint8Array; rows: number }> {
  if (format === 'csv') {
    const { header, rows } = exportRows(db, noun, site);
    return { content: writeCsv(header, rows), rows: rows.length };
  }
  if (format === 'geojson') {
    const features = exportPlaces(db, noun === 'sites' ? 'sites' : 'zones', site);
    return { content: writeGeojson(features), rows: features.length };
  }
  const zones = [...eachZone(db)].filter((zone) => zone.valid.end === null && (site === undefined || zone.site === site));
  const features = partsOfZones(zones, (rings) => geodesicArea({ type: 'Polygon', coordinates: rings }));
  if (features.length === 0) throw new Problem('export-no-geometry', { site: site ?? '*' });
  const name = output.replace(/^.*[\\/](?=.)/, '').replace(/\.[^.]+$/, '');
  const title = site === undefined ? name : pick(getSite(db, site)?.name ?? {}, lang);
  return { content: await writeMap(features, format, name, title), rows: features.length };
}

async function writeMap(
  features: ReturnType<typeof partsOfZones>,
  format: string,
  name: string,
  title: string,
): Promise<string | Uint8Array> {
  if (format === 'shapefile') return (await import('../formats/shapefile-writer.ts')).writeShapefile(features, name);
  if (format === 'gpkg') return (await import('../formats/geopackage-writer.ts')).writeGeopackage(features, name);
  return (await import('../formats/kml-writer.ts')).writeKml(features, title);
}
