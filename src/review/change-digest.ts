/**
 * The ten-year change digest: for each indicator and zone the value of the time of the report before, the value of now, and
 * what lies between, with its interval. docs/methods/change.md
 *
 *     const { changes, apart, missing } = changeDigest(content);
 *     changes[0]   // { indicator: 'population', place: 'transition', before, now, difference, percent, certain: true, … }
 *
 * Only like is subtracted from like: same indicator, place, class, role and, for computed values, method and version. What
 * is not alike is listed as such; what is known for one time only, or not at all, is listed too.
 */
import { difference, type Effect, excludes, logResponseRatio, ratio } from '../science/change.ts';
import type { Id, Observation, ZoneKind } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { sameShape } from '../zonation/same-shape.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { nearest, zonesBefore, zonesNow } from './before-and-now.ts';
import type { Content } from './content.ts';
import { type Figure, figureOf, isConvertible, methodOf } from './figures.ts';

/** What is compared: an indicator, narrowed by class, at a place. */
export interface Subject {
  indicator: Id;
  by: Observation['by'];
  place: ZoneKind | 'whole';
  /** One of several zones of the kind. */
  zone: Id | null;
}

export interface Change extends Subject {
  before: Figure;
  now: Figure;
  /** `now` less `before`, in the unit of both. */
  difference: Effect;
  /** The same in parts of `before` [%]; `null` where that means nothing. */
  percent: Effect | null;
  /** Logarithm of the ratio, by which changes are put in order; `null` where a value is not above zero. */
  effect: Effect | null;
  /** Whether the interval leaves out that nothing changed; `null` where there is no interval. */
  certain: boolean | null;
  /** Of a computed value. */
  method: { method: string; version: number } | null;
  /** Both are of the same ground: of one feature, or of zones of the same shape. */
  sameGround: boolean;
  /** Other values that were given for the same times. */
  others: Observation[];
}

/** Two values that are not of one kind, and must not be subtracted. */
export interface Apart extends Subject {
  reason: 'role' | 'method' | 'method-unknown' | 'unit';
  before: Observation;
  now: Observation;
}

/** A change that cannot be told for want of a value. */
export interface Missing extends Subject {
  reason: 'none' | 'no-date' | 'only-before' | 'only-now' | 'neither';
  known: Observation[];
}

export interface ChangeDigest {
  /** Those whose interval leaves out "nothing changed" first; the largest first. */
  changes: Change[];
  apart: Apart[];
  missing: Missing[];
}

/** Features whose values speak for a place, before and now. */
interface Features {
  place: ZoneKind | 'whole';
  zone: Id | null;
  before: Id[];
  now: Id[];
}

const MEASURED: readonly Observation['role'][] = ['observed', 'declared', 'computed'];

/**
 * What has changed between `dates.previous` and `dates.current`, for the indicators that the section takes (all by default,
 * but not those that only say where a place is). Nothing where it is not known when the report before was.
 */
export function changeDigest(content: Content): ChangeDigest {
  const digest: ChangeDigest = { changes: [], apart: [], missing: [] };
  const { previous } = content.dates;
  if (previous === null) return digest;
  const taken = content.facts.observations.filter((o) => isTaken(content, o.indicator));
  for (const features of placesOf(content)) {
    const here = taken.filter((o) => features.before.includes(o.feature) || features.now.includes(o.feature));
    for (const [, same] of Map.groupBy(here, ({ indicator, by }) => JSON.stringify([indicator, by.class, by.sex, by.age]))) {
      compare(content, previous, features, same, digest);
    }
  }
  const seen = new Set(taken.map(({ indicator }) => indicator));
  for (const indicator of content.section.only?.ids ?? []) {
    if (!seen.has(indicator) && content.indicators.has(indicator))
      digest.missing.push({ indicator, by: {}, place: 'whole', zone: null, reason: 'none', known: [] });
  }
  digest.changes.sort((a, b) => Number(b.certain === true) - Number(a.certain === true) || size(b) - size(a));
  return digest;
}

/** What has tables and charts of its own: series by month, effects between zones, bed that water left, trends of species (`drought.ts`, `pressure.ts`, `water.ts`, `trends.ts`). */
const SHOWN_APART: ReadonlySet<Id> = new Set([
  ...['spi', 'spei', 'drought-months', 'pressure-gradient', 'exposed-bed'],
  ...['population-index', 'population-trend', 'species-index', 'species-trend', 'living-planet-index'],
  ...['occupancy', 'occupancy-trend', 'before-after-effect'],
]);

/** Whether a section takes an indicator: it may name ids or functions; what only says where a place is stays out. */
export function isTaken({ indicators, section }: Content, id: Id): boolean {
  if (SHOWN_APART.has(id)) return section.only?.ids?.includes(id) ?? false;
  const role = indicators.get(id)?.function ?? null;
  const { functions, ids } = section.only ?? {};
  if (role === null) return ids?.includes(id) ?? functions === undefined;
  if (role === 'zonation') return false;
  return (ids === undefined && functions === undefined) || (ids?.includes(id) ?? false) || (functions?.includes(role) ?? false);
}

/** The whole reserve, and each kind of zone: as one where it is one zone then and now, else zone by zone. */
function placesOf({ facts, dates }: Content): Features[] {
  const { site } = facts;
  const ofZones = zoneKinds.flatMap((place): Features[] => {
    const now = zonesNow(facts, place, dates).map(({ id }) => id);
    const before = zonesBefore(facts, place, dates).map(({ id }) => id);
    const whole = `${site.id}/${place}`; // figures may be declared for the kind, whatever zones a map draws
    if (now.length <= 1 && before.length <= 1) {
      const features = [...new Set([...now, whole])];
      return [{ place, zone: null, before: [...new Set([...features, ...before])], now: features }];
    }
    const each = [...new Set([...now, ...before])].filter((id) => id !== whole);
    return [
      { place, zone: null, before: [whole], now: [whole] },
      ...each.map((zone) => ({ place, zone, before: [zone], now: [zone] })),
    ];
  });
  return [{ place: 'whole', zone: null, before: [site.id], now: [site.id] }, ...ofZones];
}

/** Adds to `digest` what the observations of one indicator and class tell of a place. */
function compare(content: Content, previous: string, features: Features, all: Observation[], digest: ChangeDigest): void {
  const [first] = all;
  if (first === undefined) return;
  const subject: Subject = { indicator: first.indicator, by: first.by, place: features.place, zone: features.zone };
  const usable = all.filter((o) => o.value !== null && o.quality !== 'doubtful' && MEASURED.includes(o.role));
  const pick = (list: Observation[]): Pair | null => pairOf(list, features, previous, content.dates.current);
  const pairs = [...Map.groupBy(usable, (o) => likeness(content, o)).values()].flatMap((series) => {
    const pair = pick(series);
    return pair === null ? [] : [{ series, pair }];
  });
  for (const { series, pair } of pairs) {
    if (isConvertible(pair.before.unit, pair.now.unit)) digest.changes.push(changeOf(content, subject, pair, series));
    else digest.apart.push({ ...subject, reason: 'unit', ...pair });
  }
  if (pairs.length > 0) return;
  const mixed = pick(usable);
  if (mixed !== null) digest.apart.push({ ...subject, reason: unlikeness(content, mixed), before: mixed.before, now: mixed.now });
  else digest.missing.push({ ...subject, reason: want(usable, previous, content.dates.current), known: usable });
}

interface Pair {
  before: Observation;
  now: Observation;
}

/** The values nearest to the two days, first of one feature, else of the zones of then and of now; never of the same time. */
function pairOf(list: Observation[], features: Features, previous: string, current: string): Pair | null {
  const of = (ids: Id[]): Observation[] => list.filter((o) => ids.includes(o.feature));
  const between = (olds: Observation[], news: Observation[]): Pair | null => {
    const now = nearest(news, current);
    const earlier = olds.filter((o) => o.period !== null && now?.period != null && o.period.end <= now.period.start);
    const before = nearest(earlier, previous);
    return now === null || before === null ? null : { before, now };
  };
  for (const id of features.now) {
    const pair = between(of([id]), of([id]));
    if (pair !== null) return pair;
  }
  return between(of(features.before), of(features.now));
}

/** Values are alike when this is equal. */
function likeness(content: Content, o: Observation): string {
  if (o.role !== 'computed') return o.role;
  const method = methodOf(content, o);
  return method === null ? `computed ${'run' in o.from ? o.from.run : ''}` : `computed ${method.method} ${method.version}`;
}

function unlikeness(content: Content, { before, now }: Pair): Apart['reason'] {
  if (before.role !== now.role) return 'role';
  return methodOf(content, before) === null || methodOf(content, now) === null ? 'method-unknown' : 'method';
}

function changeOf(content: Content, subject: Subject, pair: Pair, series: Observation[]): Change {
  const now = figureOf(pair.now) as Figure;
  const before = figureOf(pair.before, now.unit) as Figure;
  const by = ratio(now, before);
  const between = difference(now, before);
  const isSameTime = (o: Observation, one: Observation): boolean =>
    o !== one && o.feature === one.feature && o.period?.start === one.period?.start && o.period?.end === one.period?.end;
  return {
    ...subject,
    before,
    now,
    difference: between,
    percent: by === null ? null : percentOf(by),
    effect: logResponseRatio(now, before),
    certain: excludes(between, 0),
    method: methodOf(content, pair.now),
    sameGround: pair.before.feature === pair.now.feature || isSameGround(content.facts, pair),
    others: series.filter((o) => isSameTime(o, pair.before) || isSameTime(o, pair.now)),
  };
}

function percentOf({ value, low, high, ...rest }: Effect): Effect {
  const percent = (r: number | null): number | null => (r === null ? null : 100 * (r - 1));
  return { ...rest, value: 100 * (value - 1), low: percent(low), high: percent(high) };
}

function isSameGround(facts: SiteFacts, { before, now }: Pair): boolean {
  const [a, b] = [before, now].map(({ feature }) => facts.zones.find(({ id }) => id === feature)?.geometry?.coordinates);
  return a !== undefined && b !== undefined && sameShape(a, b);
}

/** What is wanting, where values are known but make no pair. */
function want(known: Observation[], previous: string, current: string): Missing['reason'] {
  if (known.length === 0) return 'none';
  if (known.every(({ period }) => period === null)) return 'no-date';
  const [before, now] = [nearest(known, previous), nearest(known, current)];
  if (before !== null && now === null) return 'only-before';
  return now === null ? 'neither' : 'only-now';
}

/** How large a change is, whatever its unit: what appears or vanishes altogether is the largest, what has no ratio the least. */
function size({ effect, before, now }: Change): number {
  if (effect !== null) return Math.abs(effect.value);
  if (before.value < 0 || now.value < 0) return -1;
  return before.value === now.value ? 0 : Number.MAX_VALUE;
}
