/**
 * What is known of the indicators of a site: read once and kept until its figures change. Readings of gauges, of which there may be
 * tens of thousands, are counted, and read indicator by indicator when somebody asks for them.
 *
 *     const { known, figures } = indicatorFacts(db, 'almaty');
 *     figures.get('land-cover')      // its observations, in the order they were recorded
 */
import type { ReviewFacts } from '../review/content.ts';
import { featuresOfKind } from '../review/figures.ts';
import { outdatedAt } from '../store/computed.ts';
import type { Db } from '../store/db.ts';
import { countObserved, listObservationsOfFeatures } from '../store/observations.ts';
import { loadReviewFacts } from '../store/review-facts.ts';
import { loadRuleFacts } from '../store/site-facts.ts';
import { listStations } from '../store/stations.ts';
import type { Id, Indicator, Observation } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { type Bounded, bounded } from './bounded.ts';
import { FACTS, siteState } from './changes.ts';
import { figuresOf } from './process-descriptions.ts';
import { leadOf, processes } from './process-list.ts';

export interface Figures {
  /** In the order they were recorded. */
  get(indicator: Id): Observation[];
  count(indicator: Id): number;
}

export interface IndicatorFacts {
  /** Without the readings of gauges. */
  known: ReviewFacts;
  /** By indicator: of the site and of its zones that are valid now. */
  figures: Figures;
  /** How many figures of each are of ground redrawn since. */
  outdated: Map<Id, number>;
}

/** Sites whose facts are kept. */
const KEPT = 32;

/** Readings that are kept, of all sites and indicators together; one takes some 400 bytes. */
const KEPT_READINGS = 50_000;

/** What may be made of the facts of a site and kept with them. */
const KEPT_MADE = 500;

const kept = new WeakMap<Db, Map<Id, { at: string; facts: IndicatorFacts }>>();

/** @throws Problem `site-unknown`. */
export function indicatorFacts(db: Db, site: Id): IndicatorFacts {
  const sites = kept.get(db) ?? new Map<Id, { at: string; facts: IndicatorFacts }>();
  kept.set(db, sites);
  const at = siteState(db, site, [...FACTS, 'runs', 'pictures']);
  const known = sites.get(site);
  const facts = known?.at === at ? known.facts : read(db, site, at);
  sites.delete(site); // the one that was asked for last stands last
  sites.set(site, { at, facts });
  for (const oldest of sites.keys()) if (sites.size > KEPT) sites.delete(oldest);
  return facts;
}

const made = new WeakMap<IndicatorFacts, Bounded<{ value: unknown }>>();

/** What `make` gives, once for the same facts and key. */
export function madeOnce<Value>(facts: IndicatorFacts, key: string, make: () => Value): Value {
  const own = made.get(facts) ?? bounded<{ value: unknown }>({ most: KEPT_MADE, sizeOf: () => 1 });
  made.set(facts, own);
  const known = own.get(key) ?? { value: make() };
  own.set(key, known);
  return known.value as Value;
}

const readings = new WeakMap<Db, Bounded<Observation[]>>();

function read(db: Db, site: Id, at: string): IndicatorFacts {
  const known = loadReviewFacts(db, site, loadRuleFacts(db, site));
  const stations = listStations(db, site).map(({ id }) => id);
  const features = [...new Set([site, ...zoneKinds.flatMap((kind) => featuresOfKind(known.facts, kind)), ...stations])];
  const own = known.facts.observations.filter(({ feature, value }) => features.includes(feature) && value !== null);
  const told = Map.groupBy(
    own.filter(({ role }) => role !== 'observed'),
    ({ indicator }) => indicator,
  );
  const observed = countObserved(db, features);
  const kept = readings.get(db) ?? bounded<Observation[]>({ most: KEPT_READINGS, sizeOf: (list) => 1 + list.length });
  readings.set(db, kept);
  const get = (indicator: Id): Observation[] => {
    const apart = told.get(indicator) ?? [];
    if (!observed.has(indicator)) return apart;
    const isTold = new Set(apart.map(({ id }) => id)); // figures of ground that was redrawn since are not
    const key = JSON.stringify([site, at, indicator]);
    const all =
      kept.get(key) ??
      listObservationsOfFeatures(db, features, indicator).filter(
        ({ id, role, value }) => isTold.has(id) || (role === 'observed' && value !== null),
      );
    kept.set(key, all);
    return all;
  };
  const count = (indicator: Id): number => (told.get(indicator)?.length ?? 0) + (observed.get(indicator) ?? 0);
  return { known, figures: { get, count }, outdated: outdatedAt(db, site) };
}

/** What computes an indicator; `null` where nothing does. */
export function processOf(indicator: Pick<Indicator, 'id' | 'method'>): Id | null {
  const own = processes.find((one) => one.id === indicator.id || leadOf(one) === indicator.id);
  return (own ?? processes.find((one) => figuresOf(one).some(({ id }) => id === indicator.id)))?.id ?? null;
}
