/** `saryarka water import`: hydrological series into a dossier, each with its station, the rows it came from and what the rules found. */
import { readSource } from '../formats/source-node.ts';
import { readWaterSeries } from '../formats/water-open.ts';
import { t } from '../i18n/index.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { importSeries } from '../store/series-import.ts';
import type { Lang } from '../types.ts';
import { seriesOptions, type TypedOptions, toldSeries } from './water-series.ts';

interface Options extends TypedOptions {
  lang: Lang;
  site: string;
  licence?: string;
  attribution?: string;
  preview?: boolean;
}

/** Every file is read before one is stored, so that a question about the last does not leave half of them behind. */
export async function waterImport(dossier: string, paths: readonly string[], options: Options): Promise<number> {
  const { lang, site, preview = false } = options;
  const reading = seriesOptions(options);
  const db = openDossier(dossier, preview ? { readOnly: true } : {});
  try {
    const files = [];
    for (const path of paths) {
      const file = readSource(path);
      files.push({ file, read: await readWaterSeries(file, reading) });
    }
    const how = {
      site,
      preview,
      ...(options.licence === undefined ? {} : { licence: options.licence }),
      ...(options.attribution === undefined ? {} : { attribution: options.attribution }),
      ...(reading.zero === undefined ? {} : { zero: reading.zero }),
    };
    for (const { file, read } of files) {
      const { changes, series, dataset, changeset } = importSeries(db, 'cli', file, read, how);
      for (const { series: one, report, feature, kept } of series) {
        for (const line of toldSeries(one, report, lang)) console.log(line);
        console.log(`  ${t(lang, 'cli.water.import.kept', { feature, count: kept })}`);
      }
      const key = preview ? 'cli.water.import.previewed' : 'cli.water.import.done';
      console.log(t(lang, key, { file: file.name, dataset, added: changes.added, changed: changes.changed, same: changes.same }));
      if (changeset !== null)
        console.log(t(lang, 'cli.water.import.undo', { command: `saryarka organisations undo ${dossier} ${changeset}` }));
    }
    return 0;
  } finally {
    closeDossier(db);
  }
}
