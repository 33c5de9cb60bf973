/**
 * How often what a review is made of has changed: what was made at one revision holds until there is another.
 *
 *     if (kept.revision === revision(db, { without: ['answers'] })) return kept.made;
 */
import { type Db, get } from './db.ts';
import type { Noun } from './write.ts';

/** Nouns that stand in no document. */
const NEVER_PRINTED: readonly Noun[] = ['comments', 'users', 'roles', 'sessions', 'api_keys', 'invitations', 'sent'];

/** The same as long as no other connection has written anything, and this one nothing but `without` and what is never printed. */
export function revision(db: Db, { without = [] }: { without?: readonly Noun[] } = {}): string {
  const left = [...NEVER_PRINTED, ...without];
  const last = get<{ fid: number }>(
    db,
    `select fid from audit where noun not in (${left.map(() => '?').join(', ')}) order by fid desc limit 1`,
    [...left],
  );
  // what others commit: https://sqlite.org/pragma.html#pragma_data_version
  const others = get<{ data_version: number }>(db, 'pragma data_version');
  return `${others?.data_version ?? 0} ${last?.fid ?? 0}`;
}
