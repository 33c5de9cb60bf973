/** `saryarka review`: a first draft of a reserve's periodic review. */
import { writeFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { draftReview } from '../review/draft.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import type { Lang } from '../types.ts';

export function review(dossier: string, { lang, site, output }: { lang: Lang; site: string; output: string }): number {
  if (!/\.html?$/i.test(output)) throw new Problem('choice-wrong', { field: '--output', found: output, expected: '*.html' });
  const db = openDossier(dossier, { readOnly: true });
  try {
    const facts = loadSiteFacts(db, site);
    const { html, completeness } = draftReview(facts, lang);
    writeFile(output, html);
    console.log(
      t(lang, 'cli.reviewed', {
        file: output,
        site: pick(facts.site.name, lang),
        filled: completeness.filled,
        gaps: completeness.gaps,
      }),
    );
  } finally {
    closeDossier(db);
  }
  return 0;
}
