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
import { eachZone, listZones } from './zones.ts';

/** The observations with the areas of `zones` as they are drawn now, without figures of other rasters for ground that was redrawn since. */
export function withFreshAreas(db: Db, observations: Observation[], zones: Zone[]): Observation[] {
  const digests = digestsOf(zones);
  const isOutdated = outdatedFinder(db, digests);
  const kept = observations.filter((o) => (o.indicator !== area.id || o.role !== 'computed') && !isOutdated(o));
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

/** The figures of a run, in the order they were added. */
export function observationsOfRun(db: Db, id: Id): Observation[] {
  return all<{ id: Id }>(db, 'select id from observations where from_run = ? order by fid', [id]).flatMap(
    (row) => getObservation(db, row.id) ?? [],
  );
}

/** The runs that figures or pictures of a site come from. */
export function runsOfSite(db: Db, site: Id): Run[] {
  const rows = all<{ id: Id }>(
    db,
    `select id from runs where id in (select from_run from observations where feature = ?1 or feature in
     (select id from zones where site = ?1)) or id in (select run from pictures where site = ?1) order by fid`,
    [site],
  );
  return rows.flatMap(({ id }) => getRun(db, id) ?? []);
}

/** Figures of a site that are of ground that was redrawn since, by indicator. */
export function outdatedAt(db: Db, site: Id): Map<Id, number> {
  const counts = new Map<Id, number>();
  const isOutdated = outdatedFinder(db, digestsOf(listZones(db, site)));
  const rows = all<{ indicator: Id; feature: Id; run: Id }>(
    db,
    `select indicator, feature, from_run as run from observations where from_run is not null
     and (feature = ?1 or feature in (select id from zones where site = ?1))`,
    [site],
  );
  for (const { indicator, feature, run } of rows) {
    if (isOutdated({ indicator, feature, from: { run } })) counts.set(indicator, (counts.get(indicator) ?? 0) + 1);
  }
  return counts;
}

/** Indicators whose figures are of ground that was redrawn since, with how many: they are left out until they are computed anew. */
export function outdated(db: Db): Map<Id, number> {
  const counts = new Map<Id, number>();
  const isOutdated = outdatedFinder(db, digestsOf(eachZone(db)));
  for (const o of listObservations(db)) {
    if (isOutdated(o)) counts.set(o.indicator, (counts.get(o.indicator) ?? 0) + 1);
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

/**
 * Finds figures that a run computed for another geometry than their zone has now; those of a whole site rest on all its zones.
 * Each run is read once.
 */
function outdatedFinder(
  db: Db,
  digests: Map<Id, string>,
): (observation: Pick<Observation, 'from' | 'feature' | 'indicator'>) => boolean {
  const runs = new Map<Id, { used: Set<string>; changed: Set<string> }>();
  const ofRun = (id: Id): { used: Set<string>; changed: Set<string> } => {
    const known = runs.get(id);
    if (known !== undefined) return known;
    const zones = (getRun(db, id)?.inputs ?? []).filter(({ href }) => href.startsWith(zoneHref('')));
    const changed = zones.filter(({ href, digest }) => digest !== digests.get(href.slice(zoneHref('').length)));
    const found = { used: new Set(zones.map(({ href }) => href)), changed: new Set(changed.map(({ href }) => href)) };
    runs.set(id, found);
    return found;
  };
  return ({ from, feature, indicator }) => {
    if (!('run' in from) || indicator === area.id) return false;
    const { used, changed } = ofRun(from.run);
    const zone = zoneHref(feature);
    return used.has(zone) ? changed.has(zone) : changed.size > 0;
  };
}
