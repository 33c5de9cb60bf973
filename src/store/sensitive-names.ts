/**
 * Species whose places are a secret, by any name that a table may call them: those marked so among the taxa, and those of the
 * reserve's own list of species.
 *
 *     const names = sensitiveNames(db, 'korgalzhyn');
 *     isSensitiveName(names, 'Falco cherrug Gray, 1834')      // true
 */
import type { Id } from '../types.ts';
import type { Db } from './db.ts';
import { listTaxa } from './occurrences.ts';
import { listEntries } from './records.ts';

const NAMES = ['scientific_name', 'name_kk', 'name_ru', 'name_en'];

/** In small letters, scientific ones without their author. */
export function sensitiveNames(db: Db, site: Id): Set<string> {
  const taxa = listTaxa(db).filter(({ sensitivity }) => sensitivity !== null);
  const listed = listEntries(db, site, ['species']).filter(({ fields }) => fields.sensitive === true);
  const own = taxa.flatMap(({ name, vernacular }) => [
    bare(name),
    ...Object.values(vernacular).map((word) => word.toLowerCase()),
  ]);
  const lines = listed.flatMap(({ fields }) =>
    NAMES.flatMap((field) => {
      const name = fields[field];
      return typeof name !== 'string' ? [] : [field === 'scientific_name' ? bare(name) : name.toLowerCase()];
    }),
  );
  return new Set([...own, ...lines]);
}

/** A subspecies is as sensitive as its species. */
export function isSensitiveName(names: ReadonlySet<string>, name: string): boolean {
  return names.has(bare(name)) || names.has(name.trim().toLowerCase());
}

/** Genus and epithet: as two lists may share them. */
const bare = (name: string): string => name.trim().toLowerCase().split(/\s+/).slice(0, 2).join(' ');
