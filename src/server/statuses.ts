/**
 * How each site stands today, reckoned once and kept until something of the site changes or the day does.
 */
import type { Db } from '../store/db.ts';
import { loadRuleFacts } from '../store/site-facts.ts';
import type { Id } from '../types.ts';
import { type SiteStatus, siteStatus } from '../zonation/site-status.ts';
import { FACTS, siteState } from './changes.ts';

/** With the day it was reckoned for, and what says that it holds no longer. */
export type DatedStatus = SiteStatus & { today: string; state: string };

export type StatusOf = (site: Id) => Promise<DatedStatus>;

export function statuses(db: Db, today: () => string): StatusOf {
  const kept = new Map<Id, { at: string; status: Promise<DatedStatus> }>();
  return (site) => {
    const day = today();
    const at = `${day} ${siteState(db, site, FACTS)}`;
    const known = kept.get(site);
    if (known?.at === at) return known.status;
    const status = reckon(db, site, { today: day, state: at });
    kept.set(site, { at, status });
    status.catch(() => kept.delete(site)); // a site that there is not, or not yet
    return status;
  };
}

async function reckon(db: Db, site: Id, of: Pick<DatedStatus, 'today' | 'state'>): Promise<DatedStatus> {
  return { ...(await siteStatus(loadRuleFacts(db, site), of.today)), ...of };
}
