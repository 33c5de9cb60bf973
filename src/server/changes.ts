/**
 * Whether anything of a site, or of some tables, was written since: what was reckoned from them may be kept as long as this is the
 * same. Told by the audit, of which only what is new is read; writes of other programs leave none and are taken for all.
 *
 *     siteState(db, 'almaty', ['zones', 'observations'])   // '3 1207'; after a zone of Almaty was redrawn '3 1244'
 */
import { all, type Db, get } from '../store/db.ts';
import { getSite } from '../store/sites.ts';
import type { Noun } from '../store/write.ts';
import type { Id } from '../types.ts';

/** What the rules of zonation, the map and the figures of a site are made of. */
export const FACTS: readonly Noun[] = [
  'sites',
  'designations',
  'zones',
  'observations',
  'overlaps',
  'sources',
  'datasets',
  'indicators',
];

/** What stands in a review besides: the answers stand apart, since they are what is written most. */
export const REVIEWED: readonly Noun[] = [
  ...FACTS,
  'pictures',
  'plans',
  'organisations',
  'activities',
  'participations',
  'headcounts',
  'money',
  'entries',
  'claims',
];

/** A new row of these tells nothing until another one points to it, which is written after it and is told of itself. */
const POINTED_TO: readonly Noun[] = ['datasets', 'sources', 'organisations', 'runs'];

/** Rows about no site in particular are about every one. */
const EVERYWHERE = '';

interface Watch {
  /** Changes whenever nothing can be said of what changed. */
  era: number;
  version: number;
  own: number;
  /** The last entry of the audit that was read. */
  last: number;
  /** The last entry of each table and site. */
  written: Map<Noun, Map<Id, number>>;
}

const watches = new WeakMap<Db, Watch>();

/** The state of what `nouns` hold of a site: the same until some of it is written. */
export function siteState(db: Db, site: Id, nouns: readonly Noun[]): string {
  const { era, written } = watched(db);
  const lasts = nouns.map((noun) => Math.max(written.get(noun)?.get(EVERYWHERE) ?? 0, written.get(noun)?.get(site) ?? 0));
  return `${era} ${Math.max(0, ...lasts)}`;
}

/** The state of whole tables. */
export function nounState(db: Db, nouns: readonly Noun[]): string {
  const { era, written } = watched(db);
  return `${era} ${Math.max(0, ...nouns.flatMap((noun) => [...(written.get(noun)?.values() ?? [])]))}`;
}

function watched(db: Db): Watch {
  const watch = watches.get(db) ?? { era: 0, version: -1, own: -1, last: 0, written: new Map() };
  watches.set(db, watch);
  // the version is changed by commits of other connections: https://sqlite.org/pragma.html#pragma_data_version
  const { version, own } = get<{ version: number; own: number }>(
    db,
    'select data_version as version, total_changes() as own from pragma_data_version',
  ) ?? { version: 0, own: 0 };
  if (version === watch.version && own === watch.own) return watch;
  const last = get<{ last: number | null }>(db, 'select max(fid) as last from audit')?.last ?? 0;
  if (version !== watch.version || last < watch.last) {
    watch.era += 1;
    watch.written.clear();
  } else if (last > watch.last) {
    const rows = all<{ noun: Noun; sites: string | null; fid: number }>(
      db,
      `select noun, sites, max(fid) as fid from audit where fid > ?
       and not (action = 'added' and noun in (${POINTED_TO.map(() => '?').join(', ')})) group by noun, sites`,
      [watch.last, ...POINTED_TO],
    );
    for (const { noun, sites, fid } of rows) {
      const lasts = watch.written.get(noun) ?? new Map<Id, number>();
      watch.written.set(noun, lasts);
      for (const site of sitesOf(db, noun, sites)) lasts.set(site, Math.max(lasts.get(site) ?? 0, fid));
    }
  }
  Object.assign(watch, { version, own, last });
  return watch;
}

/** The sites that are judged by a row: a whole with its parts; and all, where another place than a reserve is meant. */
function sitesOf(db: Db, noun: Noun, named: string | null): Id[] {
  const ids = (named ?? '').split(' ').filter((id) => id !== '');
  if (ids.length === 0 || noun === 'sites') return [EVERYWHERE];
  return ids.flatMap((id) => {
    const site = getSite(db, id);
    if (site === null || site.kind !== 'biosphere-reserve') return [EVERYWHERE];
    return site.parent === null ? [id] : [id, site.parent];
  });
}
