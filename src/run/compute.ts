/**
 * Carries an indicator out for a zone and keeps how: which bytes, which method, which version.
 *
 *     const { run, observation } = compute(area, zone, now);
 */
import { encodeGeometry } from '../formats/geopackage-binary.ts';
import { digestOf, softwareVersion } from '../formats/source-node.ts';
import type { ZoneIndicator } from '../indicators/zone-indicator.ts';
import type { DrawnZone, Id, Observation, Run } from '../types.ts';

/** The id of the run that an indicator on this very geometry is: made of all that decides the result, so the same work is the same run. */
export function runId(indicator: ZoneIndicator, zone: DrawnZone): Id {
  const decisive = JSON.stringify([indicator.id, indicator.method, indicator.version, zone.id, geometryDigest(zone)]);
  return `run-${indicator.id}-${digestOf(decisive).slice(7, 23)}`;
}

/** The value of `indicator` for `zone` with the run it came from; `now` is an ISO 8601 time. */
export function compute(indicator: ZoneIndicator, zone: DrawnZone, now: string): { run: Run; observation: Observation } {
  const id = runId(indicator, zone);
  const run: Run = {
    id,
    indicator: indicator.id,
    method: indicator.method,
    version: indicator.version,
    software: { name: 'saryarka', version: softwareVersion() },
    inputs: [{ dataset: null, href: `zones/${zone.id}`, digest: geometryDigest(zone) }],
    params: {},
    started: now,
    ended: now,
    status: 'done',
    skipped: 0,
  };
  const observation: Observation = {
    id: `${zone.id}:${indicator.id}:${indicator.method}`,
    indicator: indicator.id,
    feature: zone.id,
    period: null,
    value: indicator.compute(zone.geometry),
    unit: indicator.unit,
    low: null,
    high: null,
    level: null,
    n: null,
    by: {},
    role: 'computed',
    quality: 'ok',
    approximate: false,
    note: null,
    from: { run: id },
  };
  return { run, observation };
}

/** Digest of the geometry as the dossier keeps it. */
export function geometryDigest(zone: DrawnZone): string {
  return digestOf(encodeGeometry(zone.geometry));
}
