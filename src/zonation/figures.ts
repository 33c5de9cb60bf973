/**
 * Declared figures made comparable: each with what "about" allows, where it stands and which zones it is of.
 *
 *     const core = zoneArea(facts, 'core');        // { value: 151637, about: 0, origins: ['unesco-ru'], … } [ha]
 *     const all = sum([core, buffer, transition]);
 */
import type { Id, Period, Position, ZoneKind } from '../types.ts';
import { convert } from '../units.ts';
import { aboutOf, roundingOf } from './rounding.ts';
import { currentZones, type Declared, declared, type SiteFacts, sourceText } from './site-facts.ts';

export const zoneKinds: readonly ZoneKind[] = ['core', 'buffer', 'transition'];

/** Declared areas may differ from what they are held against by this much before anybody asks [1]. `zonation-rules` Z11. */
export const AREA_TOLERANCE = 0.01;

/** One figure, or a sum of figures, in one unit. */
export interface Figure {
  value: number;
  /** How far "about" may carry it. */
  about: number;
  /** How far rounding as printed may have carried it. */
  rounding: number;
  period: Period | null;
  origins: Id[];
  sources: string[];
  features: Id[];
}

/** The declared figures of a whole feature (not of a part or class of it), the principal source first. */
export function figuresOf(
  facts: Pick<SiteFacts, 'observations' | 'sources'>,
  feature: Id,
  indicator: Id,
  unit: string,
): Figure[] {
  return declared(facts, feature, indicator, unit)
    .filter(({ observation }) => observation.by.class === undefined)
    .map((d) => figure(d, unit));
}

export function figure({ observation, value, source, origin }: Declared, unit: string): Figure {
  return {
    value,
    about: aboutOf(observation, unit),
    rounding: roundingOf(observation, unit),
    period: observation.period,
    origins: [origin],
    sources: [source],
    features: [observation.feature],
  };
}

/** The figure that speaks for its feature: of the latest period, from the principal source. */
export function principal(figures: Figure[]): Figure | null {
  const latest = figures.reduce((last, { period }) => (period !== null && period.start > last ? period.start : last), '');
  return figures.find(({ period }) => period === null || period.start === latest) ?? null;
}

/** The figure to hold against `other`: from the same origin if it has one, of a period that may be the same. */
export function counterpart(figures: Figure[], other: Figure): Figure | null {
  const likely = figures.filter((f) => samePeriod(f.period, other.period));
  return likely.find((f) => f.origins.every((origin) => other.origins.includes(origin))) ?? principal(likely);
}

/** Whether two figures can be of the same time; one without a period may be of any. */
export function samePeriod(a: Period | null, b: Period | null): boolean {
  return a === null || b === null || (a.start < b.end && b.start < a.end);
}

/** The sum of `figures`. */
export function sum(figures: Figure[]): Figure {
  const add = (key: 'value' | 'about' | 'rounding'): number => figures.reduce((total, f) => total + f[key], 0);
  return {
    value: tidy(add('value')),
    about: add('about'),
    rounding: add('rounding'),
    period: figures.find((f) => f.period !== null)?.period ?? null,
    origins: unique(figures.flatMap((f) => f.origins)),
    sources: unique(figures.flatMap((f) => f.sources)),
    features: unique(figures.flatMap((f) => f.features)),
  };
}

/** Declared areas of all of a site's zones of one kind [ha]. */
export function zoneAreas(facts: SiteFacts, kind: ZoneKind): Figure[] {
  const whole = figuresOf(facts, `${facts.site.id}/${kind}`, 'area', 'har');
  if (whole.length > 0) return whole;
  const zones = currentZones(facts, kind).map((zone) => principal(figuresOf(facts, zone.id, 'area', 'har')));
  return zones.length > 0 && zones.every((f) => f !== null) ? [sum(zones)] : [];
}

/** The declared area of a site's zones of one kind [ha]. */
export function zoneArea(facts: SiteFacts, kind: ZoneKind): Figure | null {
  return principal(zoneAreas(facts, kind));
}

/** The declared area of a site, else the sum of its three zones [ha]. */
export function siteArea(facts: SiteFacts): Figure | null {
  const total = principal(figuresOf(facts, facts.site.id, 'area', 'har'));
  if (total !== null) return total;
  const zones = zoneKinds.map((kind) => zoneArea(facts, kind));
  return zones.every((f) => f !== null) ? sum(zones) : null;
}

/** Whether all the figures come from one source, so that it contradicts itself when they do not fit. */
export function sameOrigin(...figures: Figure[]): boolean {
  return new Set(figures.flatMap((f) => f.origins)).size === 1;
}

/** An error where one source contradicts itself by more than "about" can explain; else a question. */
export function contradiction(difference: number, ...figures: Figure[]): 'error' | 'question' {
  const about = figures.reduce((total, f) => total + f.about, 0);
  return sameOrigin(...figures) && Math.abs(difference) > about ? 'error' : 'question';
}

export interface Centre {
  position: Position;
  latitude: Figure;
  longitude: Figure;
}

/** The central points declared for a site, one for each source that gives both coordinates; the same point is given once. */
export function centresOf(facts: Pick<SiteFacts, 'site' | 'observations' | 'sources'>): Centre[] {
  const latitudes = figuresOf(facts, facts.site.id, 'centre-latitude', 'deg');
  const longitudes = figuresOf(facts, facts.site.id, 'centre-longitude', 'deg');
  const nth = (list: Figure[], at: number): number =>
    list.slice(0, at).filter((f) => f.origins[0] === list[at]?.origins[0]).length;
  const centres = latitudes.flatMap((latitude, i): Centre[] => {
    const ofOrigin = longitudes.filter((f) => f.origins[0] === latitude.origins[0]);
    const longitude = ofOrigin[nth(latitudes, i)];
    return longitude === undefined ? [] : [{ position: [longitude.value, latitude.value], latitude, longitude }];
  });
  return centres.filter(({ position }, i) => centres.findIndex((c) => c.position.join() === position.join()) === i);
}

export const sides = ['north', 'south', 'west', 'east'] as const;
export type Side = (typeof sides)[number];

/** The declared limits of a site [deg], those of `like`'s origin before others; a side that nobody states is missing. */
export function limitsOf(facts: SiteFacts, like: Figure | null = null): Partial<Record<Side, Figure>> {
  const all = sides.map((side) => [side, figuresOf(facts, facts.site.id, `extent-${side}`, 'deg')] as const);
  const first = like ?? all.map(([, figures]) => principal(figures)).find((f) => f !== null) ?? null;
  if (first === null) return {};
  return Object.fromEntries(
    all.flatMap(([side, figures]) => {
      const limit = counterpart(figures, first) ?? principal(figures);
      return limit === null ? [] : [[side, limit] as const];
    }),
  );
}

/** The narrowest width that is declared for a site's buffer zone [m], with where it stands. */
export function bufferWidth(facts: SiteFacts): Figure | null {
  const ids = [`${facts.site.id}/buffer`, ...currentZones(facts, 'buffer').map((zone) => zone.id)];
  const widths = facts.observations
    .filter((o) => ids.includes(o.feature) && o.indicator === 'buffer-width' && o.role === 'declared' && o.quality !== 'doubtful')
    .flatMap((o): Figure[] => {
      const least = o.low ?? o.value;
      if (least === null) return [];
      const value = convert(least, o.unit, 'm');
      const source = sourceText(facts, o.from);
      return [{ value, about: 0, rounding: 0, period: o.period, origins: [], sources: [source], features: [o.feature] }];
    });
  return widths.reduce<Figure | null>((least, f) => (least === null || f.value < least.value ? f : least), null);
}

/** Computed area of a site's zones of one kind [ha]; `null` unless every zone that is drawn has one. */
export function computedZoneArea(facts: SiteFacts, kind: ZoneKind): Figure | null {
  const drawn = currentZones(facts, kind).filter((zone) => zone.geometry !== null);
  const ids = drawn.length > 0 ? drawn.map((zone) => zone.id) : [`${facts.site.id}/${kind}`];
  const areas = ids.map((id) => computedArea(facts, id));
  return areas.every((f) => f !== null) ? sum(areas) : null;
}

/** The area of one feature that was computed last [ha]. */
export function computedArea(facts: SiteFacts, feature: Id): Figure | null {
  const last = facts.observations.findLast(
    (o) =>
      o.feature === feature &&
      o.indicator === 'area' &&
      o.role === 'computed' &&
      o.value !== null &&
      o.by.class === undefined &&
      (o.quality === 'ok' || o.quality === 'unconfirmed'),
  );
  if (last === undefined || last.value === null) return null;
  const value = convert(last.value, last.unit, 'har');
  return {
    value,
    about: 0,
    rounding: 0,
    period: last.period,
    origins: [],
    sources: [sourceText(facts, last.from)],
    features: [feature],
  };
}

/** Whether all three kinds of zone are drawn, so that the map shows the whole site. */
export function fullyDrawn(facts: SiteFacts): boolean {
  return zoneKinds.every((kind) => currentZones(facts, kind).some((zone) => zone.geometry !== null));
}

/** `value` without the noise that binary fractions leave behind the twelfth digit. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

export function unique<T>(list: T[]): T[] {
  return [...new Set(list)];
}
