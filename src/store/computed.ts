/**
 * Keeps computed figures in step with the geometries they were computed from, whoever changed those.
 */
import { area } from '../indicators/area.ts';
import { compute, runId } from '../run/compute.ts';
import type { DrawnZone, Observation, Zone } from '../types.ts';
import { type Db, transaction } from './db.ts';
import { getObservation, getRun, putObservation, putRun } from './observations.ts';
import { remove } from './write.ts';
import { eachZone } from './zones.ts';

/** The observations with the areas of `zones` as they are drawn now, even where another program drew them since. */
export function withFreshAreas(observations: Observation[], zones: Zone[]): Observation[] {
  const kept = observations.filter((o) => o.indicator !== area.id || o.role !== 'computed');
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
