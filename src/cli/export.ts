/** `saryarka export`: a table of the dossier or of the form as CSV, zones as a map in the format asked for. */
import { writeFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { exportableNouns } from '../store/export-rows.ts';
import { listSites } from '../store/sites.ts';
import type { Lang } from '../types.ts';
import { type Exporter, formExporters, tableExporter } from './exporters.ts';

interface Options {
  lang: Lang;
  what: string;
  format: string;
  output: string;
  site?: string;
  shore?: string;
  shoreDate?: string;
  publisher?: string;
  host?: string;
  today?: string;
}

export async function exportTable(dossier: string, options: Options): Promise<number> {
  const { lang, what, format, output, site } = options;
  const exporter = exporterOf(what);
  if (!exporter.formats.includes(format)) {
    throw new Problem('choice-wrong', { field: '--format', found: format, expected: exporter.formats.join(', ') });
  }
  const db = openDossier(dossier, { readOnly: true });
  try {
    if (exporter.ofOneSite && site === undefined) {
      const known = listSites(db, 'biosphere-reserve').map(({ id }) => id);
      throw new Problem('choice-wrong', { field: `--site (--what ${what})`, found: '–', expected: known.join(', ') });
    }
    const { content, rows, notes = [] } = await exporter.write(db, options);
    writeFile(output, content);
    console.log(t(lang, 'cli.exported', { file: output, rows }));
    for (const note of notes) console.log(note);
  } finally {
    closeDossier(db);
  }
  return 0;
}

function exporterOf(what: string): Exporter {
  const noun = exportableNouns.find((name) => name === what);
  const exporter = noun === undefined ? formExporters[what] : tableExporter(noun);
  if (exporter !== undefined) return exporter;
  throw new Problem('choice-wrong', {
    field: '--what',
    found: what,
    expected: [...exportableNouns, ...Object.keys(formExporters)].join(', '),
  });
}
