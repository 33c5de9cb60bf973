/**
 * Intactness of ecosystems that a dossier holds, by kind of zone and date: what rules Z21 and Z22 look at, and the review tells.
 *
 *     intactness(facts)     // { name: 'unccd:natural', dates: [{ period, kinds: [{ kind: 'core', value: 96, … }] }] }
 */
import type { Observation, Period, ZoneKind } from '../types.ts';
import { computedArea, zoneKinds } from './figures.ts';
import { currentZones, type SiteFacts } from './site-facts.ts';

/** A kind of zone at one time. */
export interface KindIntactness {
  kind: ZoneKind;
  /** [%], of several zones by their areas. */
  value: number;
  observations: Observation[];
}

/** What one computation says. */
export interface Intactness {
  /** Class of its figures: legend, and `natural` or `intact`. */
  name: string;
  /** In the order of time; kinds from the inside out, as far as every zone of a kind that is drawn has a value. */
  dates: { period: Period; kinds: KindIntactness[] }[];
}

/** The computation for the latest time, of several the last; natural ground under little pressure where that was told, else natural ground. */
export function intactness(facts: SiteFacts): Intactness | null {
  const own = facts.observations.filter(
    (o) =>
      o.indicator === 'ecosystem-intactness' &&
      o.role === 'computed' &&
      o.value !== null &&
      o.quality !== 'doubtful' &&
      o.feature !== facts.site.id,
  );
  const last = own.reduce<Observation | null>((late, o) => (late === null || startOf(o) >= startOf(late) ? o : late), null);
  if (last === null) return null;
  const run = own.filter(({ from }) => JSON.stringify(from) === JSON.stringify(last.from));
  const names = [...new Set(run.flatMap(({ by }) => by.class ?? []))];
  const name = names.find((one) => one.endsWith(':intact')) ?? names[0];
  if (name === undefined) return null;
  const of = run.filter(({ by }) => by.class === name);
  const dates = [...Map.groupBy(of, startOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => {
      const period = same[0]?.period ?? null;
      const kinds = zoneKinds.flatMap((kind) => ofKind(facts, kind, same));
      return period === null || kinds.length === 0 ? [] : [{ period, kinds }];
    });
  return dates.length === 0 ? null : { name, dates };
}

function ofKind(facts: SiteFacts, kind: ZoneKind, same: readonly Observation[]): KindIntactness[] {
  const drawn = currentZones(facts, kind).filter(({ geometry }) => geometry !== null);
  const observations = drawn.flatMap(({ id }) => same.filter(({ feature }) => feature === id).slice(-1));
  if (drawn.length === 0 || observations.length < drawn.length) return [];
  const areas = observations.map(({ feature }) => computedArea(facts, feature)?.value ?? null);
  const weights = areas.map((area) => (areas.includes(null) ? 1 : (area as number)));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const value = observations.reduce((sum, o, i) => sum + (o.value ?? 0) * (weights[i] ?? 0), 0) / all;
  return [{ kind, value, observations }];
}

function startOf({ period }: Observation): string {
  return period?.start ?? '';
}
