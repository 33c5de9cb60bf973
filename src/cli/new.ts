/** `saryarka new`: an empty dossier that knows the indicators. */
import { readSource, shippedPath } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { closeDossier, createDossier } from '../store/dossier.ts';
import type { Lang } from '../types.ts';
import { importTableFile } from './import.ts';

export function newDossier(path: string, { lang }: { lang: Lang }): number {
  const db = createDossier(path);
  try {
    importTableFile(db, readSource(shippedPath('data', 'indicators.csv')), 'cli');
  } finally {
    closeDossier(db);
  }
  console.log(t(lang, 'cli.made', { file: path }));
  return 0;
}
