/**
 * Computed figures: kept with the run they came from, and in step with the geometries they were computed from, whoever changed
 * those.
 */
import { area } from '../indicators/area.ts';
import { compute, geometryDigest, runId } from '../run/compute.ts';
import { zoneHref } from '../run/compute-rasters.ts';
import type { DrawnZone, Id, Indicator, Observation, Run, Zone } from '../types.ts';
import { listIndicators, putIndicator } from './catalogue.ts';
import { all, type Db, transaction } from './db.ts';
import { getObservation, getRun, listObservations, putObservation, putRun } from './observations.ts';
import { remove } from './write.ts';
import { eachZone } from './zones.ts';

/** The observations with the areas of `zones` as they are drawn now, without figures of other rasters for ground that was redrawn since. */
export function withFreshAreas(db: Db, observations: Observation[], zones: Zone[]): Observation[] {
  const digests = digestsOf(zones);
  const kept = observations.filter((o) => (o.indicator !== area.id || o.role !== 'computed') && !isOutdated(db, o, digests));
  const fresh = zones.flatMap((zone) => {
    if (zone.geometry === null) return [];
    const mapped: DrawnZone = { ...zone, geometry: zone.geometry };
    const id = runId(area, mapped);
    const stored = observations.find((o) => 'run' in o.from && o.from.run === id);
    return [stored ?? compute(area, mapped, '').observation];
  });
  return [...kept, ...fresh];
}

/** Computes the areas of zones that are new or were changed, here or in another program. Returns how many. */
export function refreshAreas(db: Db, by: string, now: string): number {
  return transaction(db, () => {
    let computed = 0;
    for (const zone of eachZone(db)) {
      if (zone.geometry === null) {
        remove(db, 'observations', by, `${zone.id}:${area.id}:${area.method}`);
        continue;
      }
      const mapped: DrawnZone = { ...zone, geometry: zone.geometry };
      const id = runId(area, mapped);
      const current = getObservation(db, `${zone.id}:${area.id}:${area.method}`);
      if (getRun(db, id) !== null && current !== null && 'run' in current.from && current.from.run === id) continue;
      const { run, observation } = compute(area, mapped, now);
      putRun(db, by, run);
      putObservation(db, by, observation);
      computed += 1;
    }
    return computed;
  });
}

/** Keeps a run with all its figures, or nothing of it; indicators of `catalogue` that the dossier does not know yet come along. */
export function keepRun(
  db: Db,
  by: string,
  { run, observations, catalogue }: { run: Run; observations: readonly Observation[]; catalogue: readonly Indicator[] },
): void {
  transaction(db, () => {
    const used = new Set([run.indicator, ...observations.map(({ indicator }) => indicator)]);
    const known = new Set(listIndicators(db).map(({ id }) => id));
    for (const indicator of catalogue) if (used.has(indicator.id) && !known.has(indicator.id)) putIndicator(db, by, indicator);
    putRun(db, by, run);
    for (const observation of observations) putObservation(db, by, observation);
  });
}

/** How many figures of a run the dossier holds; `null` where it was never carried out. */
export function figuresOfRun(db: Db, id: Id): number | null {
  if (getRun(db, id) === null) return null;
  return all<{ id: string }>(db, 'select id from observations where from_run = ?', [id]).length;
}

/** Indicators whose figures are of ground that was redrawn since, with how many: they are left out until they are computed anew. */
export function outdated(db: Db): Map<Id, number> {
  const counts = new Map<Id, number>();
  const digests = digestsOf(eachZone(db));
  for (const o of listObservations(db)) {
    if (isOutdated(db, o, digests)) counts.set(o.indicator, (counts.get(o.indicator) ?? 0) + 1);
  }
  return counts;
}

function digestsOf(zones: Iterable<Zone>): Map<Id, string> {
  const digests = new Map<Id, string>();
  for (const zone of zones) {
    if (zone.geometry !== null) digests.set(zone.id, geometryDigest({ ...zone, geometry: zone.geometry }));
  }
  return digests;
}

/** Whether a run computed the figure for another geometry than its zone has now. */
function isOutdated(db: Db, { from, feature, indicator }: Observation, digests: Map<Id, string>): boolean {
  if (!('run' in from) || indicator === area.id) return false;
  const used = getRun(db, from.run)?.inputs.find(({ href }) => href === zoneHref(feature));
  return used !== undefined && used.digest !== digests.get(feature);
}
