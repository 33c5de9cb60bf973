/** `saryarka restore`: a dossier from a backup. */
import { t } from '../i18n/index.ts';
import { restoreFile } from '../store/backup.ts';
import type { Lang } from '../types.ts';

export function restoreDossier(
  file: string,
  { lang, output, force = false }: { lang: Lang; output: string; force?: boolean },
): number {
  const { kept } = restoreFile(file, output, { force });
  console.log(t(lang, 'cli.restored', { file: output }));
  if (kept !== null) console.log(t(lang, 'cli.restored-kept', { file: kept }));
  return 0;
}
