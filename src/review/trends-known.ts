/**
 * Trends of living things that a dossier holds, by what they are of and where: the latest of each, for the whole reserve and each kind
 * of zone.
 *
 *     trendsOf(content, 'population-trend')   // [{ name: 'Otis tarda', places: Map { 'whole' => [o], 'core' => [o] } }, …]
 *
 * A figure is of a zone, or of the reserve with the kind of its zones in the class (`Otis tarda, core`), where there are several.
 */
import type { Id, Observation, ZoneKind } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import type { Content } from './content.ts';
import { featuresOfKind } from './figures.ts';

export type Place = 'whole' | ZoneKind;

/** Figures of one indicator and species, group or set. */
export interface Trend {
  /** `null` for all species together. */
  name: string | null;
  /** Of a kind with several zones one for each that has figures of its own. */
  places: Map<Place, Observation[]>;
}

export const PLACES: readonly Place[] = ['whole', ...zoneKinds];

const OF_KIND = new RegExp(`^(?:(.*), )?(${zoneKinds.join('|')})$`);

/** The species or group of a figure, and where it is of; `null` where it is of no place of the site. */
export function subjectOf(
  { facts }: Pick<Content, 'facts'>,
  { feature, by }: Pick<Observation, 'feature' | 'by'>,
): { name: string | null; place: Place } | null {
  const kind = zoneKinds.find((one) => featuresOfKind(facts, one).includes(feature));
  const [, name, ofKind] = feature === facts.site.id ? (OF_KIND.exec(by.class ?? '') ?? []) : [];
  if (ofKind !== undefined) return { name: name ?? null, place: ofKind as ZoneKind };
  if (kind === undefined && feature !== facts.site.id) return null;
  return { name: by.class ?? null, place: kind ?? 'whole' };
}

/** The latest figure of each species or group in each place, those that begin earlier where several end at one time. */
export function trendsOf(content: Content, indicator: Id): Trend[] {
  const trends = new Map<string | null, Trend>();
  for (const o of begun(content, indicator)) {
    const subject = subjectOf(content, o);
    if (subject === null) continue;
    const trend = trends.get(subject.name) ?? { name: subject.name, places: new Map<Place, Observation[]>() };
    trends.set(subject.name, trend);
    const others = (trend.places.get(subject.place) ?? []).filter(({ feature }) => feature !== o.feature);
    const known = trend.places.get(subject.place)?.find(({ feature }) => feature === o.feature);
    trend.places.set(subject.place, [...others, known === undefined || isLater(o, known) ? o : known]);
  }
  return [...trends.values()].toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en'));
}

const isLater = (a: Observation, b: Observation): boolean => {
  const [end, other] = [a.period?.end ?? '', b.period?.end ?? ''];
  return end > other || (end === other && (a.period?.start ?? '') <= (b.period?.start ?? ''));
};

/** The values of a series, year by year, place by place, of one run each: years of two runs make no line. */
export function seriesOfPlaces(content: Content, indicator: Id, name: string | null): Map<Place, Observation[]> {
  const found = new Map<Place, Observation[]>();
  for (const o of begun(content, indicator)) {
    const subject = subjectOf(content, o);
    if (subject === null || subject.name !== name) continue;
    found.set(subject.place, [...(found.get(subject.place) ?? []), o]);
  }
  for (const [place, all] of found) {
    const last = all.reduce((a, b) => (isLater(b, a) ? b : a));
    const own = all.filter(({ feature, from }) => feature === last.feature && runOf(from) === runOf(last.from));
    found.set(
      place,
      own.toSorted((a, b) => ((a.period?.start ?? '') < (b.period?.start ?? '') ? -1 : 1)),
    );
  }
  return found;
}

const runOf = (from: Observation['from']): Id | null => ('run' in from ? from.run : null);

/** Computed figures that had begun by the day of the review. */
function begun({ facts, dates }: Content, indicator: Id): Observation[] {
  return facts.observations.filter(
    (o) => o.indicator === indicator && o.role === 'computed' && o.period !== null && o.period.start <= dates.current,
  );
}
