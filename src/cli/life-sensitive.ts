/** `saryarka life sensitive`: species whose places only those who may know them are shown. */
import { openContainer } from '../formats/darwin-core-container.ts';
import { issueLists } from '../formats/import-issue.ts';
import { number, t } from '../i18n/index.ts';
import type { Taxon } from '../life-types.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { listTaxa } from '../store/occurrences.ts';
import { markSensitive, readSensitive } from '../store/sensitive-taxa.ts';
import type { Lang } from '../types.ts';
import { toldIssues } from './life-read-file.ts';

/** Exit status: a part of the table could not be taken. */
const REFUSED = 1;

/** Marks the species of a table; without one those that are marked are listed. */
export async function lifeSensitive(dossier: string, table: string | undefined, { lang }: { lang: Lang }): Promise<number> {
  const db = openDossier(dossier, table === undefined ? { readOnly: true } : {});
  try {
    if (table === undefined) {
      const marked = listTaxa(db).filter(({ sensitivity }) => sensitivity !== null);
      for (const taxon of marked) console.log(told(taxon, lang));
      if (marked.length === 0) console.log(t(lang, 'life.sensitive.none'));
      return 0;
    }
    const issues = issueLists();
    const container = await openContainer(table);
    try {
      const rows = await readSensitive(container, issues);
      const marked = markSensitive(db, 'cli', rows);
      for (const { taxon, change, of } of marked) {
        const also = taxon.name.startsWith(of) ? '' : ` (${t(lang, 'life.sensitive.meant', { name: of })})`;
        console.log(`${t(lang, `life.sensitive.${change}`)} ${told(taxon, lang)}${also}`);
      }
      const unknown = rows.filter(({ name }) => !marked.some(({ of }) => of === name));
      for (const { name } of unknown) console.log(t(lang, 'life.sensitive.unknown', { name }));
    } finally {
      container.close();
    }
    for (const line of toldIssues(issues, lang)) console.log(line);
    return issues.counts.critical > 0 ? REFUSED : 0;
  } finally {
    closeDossier(db);
  }
}

/** Sides of the cells in which places are shown, by category [deg]. */
const GRIDS = { 2: 0.1, 3: 0.01, 4: 0.001 };

function told({ name, sensitivity, sensitivityReason }: Taxon, lang: Lang): string {
  if (sensitivity === null) return t(lang, 'life.sensitive.open', { name });
  const reason = sensitivityReason ?? '';
  if (sensitivity === 1) return t(lang, 'life.sensitive.withheld', { name, reason });
  return t(lang, 'life.sensitive.grid', { name, reason, degrees: number(lang, GRIDS[sensitivity], 3) });
}
