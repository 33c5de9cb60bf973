/** `saryarka undo`: the zones of a site as they stood before its last map. */
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { undoZoneMap } from '../store/zonations.ts';
import type { Lang } from '../types.ts';

export function undo(dossier: string, { lang, site }: { lang: Lang; site: string }): number {
  const db = openDossier(dossier);
  try {
    loadSiteFacts(db, site); // an unknown site is told with those there are
    if (!undoZoneMap(db, 'cli', site, new Date().toISOString())) throw new Problem('undo-nothing', { site });
    console.log(t(lang, 'cli.undone', { site }));
  } finally {
    closeDossier(db);
  }
  return 0;
}
