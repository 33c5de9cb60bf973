/** `saryarka water aral`: the shipped tables of the Aral into a dossier. */
import { fileState } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { closeDossier, createDossier, openDossier } from '../store/dossier.ts';
import { importAral } from '../store/series-aral.ts';
import type { Lang } from '../types.ts';

/** A dossier that is not there is made. */
export function waterAral(dossier: string, { lang }: { lang: Lang }): number {
  const db = fileState(dossier) === 'missing' ? createDossier(dossier) : openDossier(dossier);
  try {
    const { added, changed, same } = importAral(db, 'shipped');
    console.log(t(lang, 'cli.water.aral.done', { file: dossier, added, changed, same }));
    return 0;
  } finally {
    closeDossier(db);
  }
}
