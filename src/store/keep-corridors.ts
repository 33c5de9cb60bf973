/**
 * Plans of corridors in the dossier: the cores that they are made of, and how one is kept with its run.
 *
 *     const made = corridorsMade(found, { site, patches, within, reserves: listCores(db) });
 *     keepCorridors(db, 'aigerim', made)      // 'added', 'changed', 'same'
 */
import type { CoresOfReserve, CorridorsMade } from '../run/compute-corridors.ts';
import { keepRun } from './computed.ts';
import { type Db, transaction } from './db.ts';
import { shippedIndicators } from './keep-computed.ts';
import { getRun } from './observations.ts';
import { putPlan } from './plans.ts';
import { coresNow } from './reserve-network.ts';
import { listSites } from './sites.ts';
import type { Change } from './write.ts';
import { listZones } from './zones.ts';

/** Every site with its core areas, which may be none. */
export function listCores(db: Db): CoresOfReserve[] {
  return listSites(db).map(({ id, name }) => ({ id, name, cores: coresNow(listZones(db, id)) }));
}

/** Keeps the plan in place of the one before, and its run where the dossier does not have it; the same plan changes nothing. */
export function keepCorridors(db: Db, by: string, { run, plan }: CorridorsMade): Change {
  return transaction(db, () => {
    if (getRun(db, run.id) === null) keepRun(db, by, { run, observations: [], catalogue: shippedIndicators() });
    return putPlan(db, by, plan);
  });
}
