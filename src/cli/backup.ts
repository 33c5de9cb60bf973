/** `saryarka backup`: a checked copy of a dossier, while others go on working. */
import { t } from '../i18n/index.ts';
import { backup } from '../store/backup.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import type { Lang } from '../types.ts';

export function backupDossier(dossier: string, { lang, output }: { lang: Lang; output: string }): number {
  const db = openDossier(dossier, { readOnly: true });
  try {
    backup(db, output);
  } finally {
    closeDossier(db);
  }
  console.log(t(lang, 'cli.backed-up', { file: output }));
  return 0;
}
