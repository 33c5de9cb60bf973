/**
 * How each site stands today, reckoned once and kept until the dossier changes or the day does.
 */
import { type Db, get } from '../store/db.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import type { Id } from '../types.ts';
import { type SiteStatus, siteStatus } from '../zonation/site-status.ts';

/** With the day it was reckoned for. */
export type DatedStatus = SiteStatus & { today: string };

export type StatusOf = (site: Id) => Promise<DatedStatus>;

export function statuses(db: Db, today: () => string): StatusOf {
  const kept = new Map<Id, Promise<DatedStatus>>();
  let state = '';
  return (site) => {
    const day = today();
    // changed by commits of other connections, and by our own: https://sqlite.org/pragma.html#pragma_data_version
    const version = get<{ data_version: number }>(db, 'pragma data_version')?.data_version;
    const changes = get<{ changes: number }>(db, 'select total_changes() as changes')?.changes;
    const now = `${day} ${version} ${changes}`;
    if (now !== state) kept.clear();
    state = now;
    const known = kept.get(site) ?? reckon(db, site, day);
    kept.set(site, known);
    return known;
  };
}

async function reckon(db: Db, site: Id, today: string): Promise<DatedStatus> {
  return { ...(await siteStatus(loadSiteFacts(db, site), today)), today };
}
