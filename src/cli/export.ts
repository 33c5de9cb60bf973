/** `saryarka export`: a table of the dossier as CSV, or places as GeoJSON. */
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson.ts';
import { writeFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { type ExportedTable, exportableNouns, exportPlaces, exportRows } from '../store/export-rows.ts';
import type { Lang } from '../types.ts';

interface Options {
  lang: Lang;
  what: string;
  format: string;
  output: string;
  site?: string;
}

export function exportTable(dossier: string, { lang, what, format, output, site = undefined }: Options): number {
  const noun = exportableNouns.find((name) => name === what);
  if (noun === undefined)
    throw new Problem('choice-wrong', { field: '--what', found: what, expected: exportableNouns.join(', ') });
  const db = openDossier(dossier, { readOnly: true });
  try {
    if (format === 'csv') {
      const { header, rows }: ExportedTable = exportRows(db, noun, site);
      writeFile(output, writeCsv(header, rows));
      console.log(t(lang, 'cli.exported', { file: output, rows: rows.length }));
    } else if (format === 'geojson' && (noun === 'zones' || noun === 'sites')) {
      const features = exportPlaces(db, noun, site);
      writeFile(output, writeGeojson(features));
      console.log(t(lang, 'cli.exported', { file: output, rows: features.length }));
    } else {
      throw new Problem('choice-wrong', {
        field: '--format',
        found: format,
        expected: noun === 'zones' || noun === 'sites' ? 'csv, geojson' : 'csv',
      });
    }
  } finally {
    closeDossier(db);
  }
  return 0;
}
