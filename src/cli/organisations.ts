/** `saryarka organisations`: who they are; two rows of one made one, and parted again. */
import { pick, t } from '../i18n/index.ts';
import { listChangesets, undoChangeset } from '../store/changesets.ts';
import { listActivities, listOrganisations, listParticipations } from '../store/cooperation.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { mergeOrganisations } from '../store/merge-organisations.ts';
import type { Lang } from '../types.ts';

interface Options {
  lang: Lang;
}

export function showOrganisations(dossier: string, { lang }: Options): number {
  const db = openDossier(dossier, { readOnly: true });
  try {
    const taken = listParticipations(db, new Set(listActivities(db).map(({ id }) => id)));
    const list = listOrganisations(db).map(({ id, name, aliases, parent }) => {
      const activities = new Set(taken.filter(({ organisation }) => organisation === id).map(({ activity }) => activity)).size;
      return { id, parent: parent ?? '', activities: String(activities), name: [pick(name, lang), ...aliases].join('; ') };
    });
    const width = (key: 'id' | 'parent' | 'activities'): number => Math.max(0, ...list.map((one) => one[key].length));
    for (const one of list.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      const cells = (['id', 'parent', 'activities'] as const).map((key) => one[key].padEnd(width(key)));
      console.log([...cells, one.name].join('  '));
    }
  } finally {
    closeDossier(db);
  }
  return 0;
}

export function merge(dossier: string, from: string, into: string, { lang }: Options): number {
  const db = openDossier(dossier);
  try {
    const merged = mergeOrganisations(db, 'cli', from, into);
    console.log(t(lang, 'cli.organisations.merged', { from, into, dossier, ...merged }));
  } finally {
    closeDossier(db);
  }
  return 0;
}

/** Takes a set of changes back; without one, those there are. */
export function undoChanges(dossier: string, changes: string | undefined, { lang }: Options): number {
  const db = openDossier(dossier, changes === undefined ? { readOnly: true } : {});
  try {
    if (changes !== undefined) {
      console.log(t(lang, 'cli.organisations.undone', { changeset: changes, rows: undoChangeset(db, 'cli', changes) }));
      return 0;
    }
    const sets = listChangesets(db).filter(({ undone }) => undone === null);
    console.log(t(lang, sets.length === 0 ? 'cli.organisations.no-sets' : 'cli.organisations.sets'));
    for (const { id, at, title } of sets) console.log(`  ${id}  ${at.slice(0, 10)}  ${title}`);
  } finally {
    closeDossier(db);
  }
  return 0;
}
