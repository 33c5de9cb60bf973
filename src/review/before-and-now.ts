/**
 * What a review sets side by side: figures and zones of the time of the report before, and of now.
 *
 *     nearest(observations, '2014-06-30')              // whose period holds the day, else the closest within three years
 *     const { previous, now, others } = reported(observations, dates);
 */
import type { Observation, Period, Zone, ZoneKind } from '../types.ts';
import { currentZones, type SiteFacts } from '../zonation/site-facts.ts';
import type { ReviewDates } from './content.ts';

const DAY = 86_400_000;

/** A figure so much older or younger than a date does not speak for it any more [years]: under a third of the ten between reviews. */
export const WINDOW_YEARS = 3;

const WINDOW_DAYS = WINDOW_YEARS * 365.25;

/** Days from `day` to the nearest day of `period`; 0 when it holds the day. */
export function daysFrom(period: Period, day: string): number {
  const [start, end, at] = [timeOf(period.start), timeOf(period.end) - DAY, timeOf(day)];
  return at < start ? (start - at) / DAY : at > end ? (at - end) / DAY : 0;
}

/**
 * The observation that speaks for a day: its period holds the day, else it is the closest within `within` days. Of several
 * the one of the shortest period, then the one that was recorded first. Those without a period speak for none.
 */
export function nearest(observations: Observation[], day: string, { within = WINDOW_DAYS } = {}): Observation | null {
  const near = observations
    .flatMap((o) => (o.period === null ? [] : [{ o, days: daysFrom(o.period, day), length: lengthOf(o.period) }]))
    .filter(({ days }) => days <= within)
    .toSorted((a, b) => a.days - b.days || a.length - b.length);
  return near[0]?.o ?? null;
}

/** Figures as reports gave them: what the one before said, what is said now, and the rest. */
export interface Reported {
  /** Of one period, the principal source first; without any date where no other figure is known. */
  previous: Observation[];
  now: Observation[];
  others: Observation[];
}

/**
 * A figure belongs to the report before where its period is nearer to that than to the day of the review. Of those
 * before, the ones nearest to that report are taken; of those now, the latest. Where it is not known when the report before
 * was, the earliest stand for it.
 */
export function reported(observations: Observation[], { previous, current }: ReviewDates): Reported {
  const dated = observations.flatMap((o) => (o.period === null ? [] : [{ o, period: o.period }]));
  const starts = [...new Set(dated.map(({ period }) => period.start))].sort();
  const isBefore = (period: Period): boolean =>
    previous === null ? period.start === starts[0] : daysFrom(period, previous) <= daysFrom(period, current);
  const before = dated.filter(({ period }) => isBefore(period)).map(({ o }) => o);
  const after = dated.filter(({ period }) => !isBefore(period)).map(({ o }) => o);
  const first = previous === null ? (before[0] ?? null) : nearest(before, previous, { within: Infinity });
  const last = after.toSorted((a, b) => (b.period?.start ?? '').localeCompare(a.period?.start ?? ''))[0] ?? null;
  const undated = observations.filter((o) => o.period === null);
  const ofPeriod = (list: Observation[], one: Observation | null): Observation[] =>
    list.filter((o) => o.period?.start === one?.period?.start && o.period?.end === one?.period?.end);
  const chosen = { previous: first === null && last === null ? undated : ofPeriod(before, first), now: ofPeriod(after, last) };
  const taken = new Set([...chosen.previous, ...chosen.now]);
  return { ...chosen, others: observations.filter((o) => !taken.has(o)) };
}

/** The zones of a kind that are valid on a day. */
export function zonesOn(facts: SiteFacts, kind: ZoneKind, day: string): Zone[] {
  const at = Date.parse(day);
  return facts.zones.filter(
    ({ kind: k, valid: { start, end } }) =>
      k === kind && (start === null || Date.parse(start) <= at) && (end === null || Date.parse(end) > at),
  );
}

/** The zones of a kind now: those valid on the day of the review, else those without an end or the last. */
export function zonesNow(facts: SiteFacts, kind: ZoneKind, { current }: ReviewDates): Zone[] {
  const valid = zonesOn(facts, kind, current);
  return valid.length > 0 ? valid : currentZones(facts, kind);
}

/**
 * The zones of a kind as they stood before those of now: valid at the report before, else those that ended last; none where
 * the zonation did not change.
 */
export function zonesBefore(facts: SiteFacts, kind: ZoneKind, dates: ReviewDates): Zone[] {
  const now = new Set(zonesNow(facts, kind, dates).map(({ id }) => id));
  const then = dates.previous === null ? [] : zonesOn(facts, kind, dates.previous);
  if (then.length > 0) return then.every(({ id }) => now.has(id)) ? [] : then;
  const ended = facts.zones.filter((zone) => zone.kind === kind && zone.valid.end !== null && !now.has(zone.id));
  const last = ended.map(({ valid }) => valid.end ?? '').sort();
  return ended.filter(({ valid }) => valid.end === last.at(-1));
}

/** The zones of a kind that stand now and stood already at the report before. */
export function zonesThroughout(facts: SiteFacts, kind: ZoneKind, dates: ReviewDates): Zone[] {
  if (dates.previous === null || zonesBefore(facts, kind, dates).length > 0) return [];
  const then = new Set(zonesOn(facts, kind, dates.previous).map(({ id }) => id));
  return zonesNow(facts, kind, dates).filter(({ id }) => then.has(id));
}

function lengthOf({ start, end }: Period): number {
  return timeOf(end) - timeOf(start);
}

/** A gauge has thousands of readings, which are compared again and again; days are far fewer. */
const times = new Map<string, number>();
const MOST_TIMES = 100_000;

function timeOf(iso: string): number {
  const known = times.get(iso);
  if (known !== undefined) return known;
  const time = Date.parse(iso);
  if (times.size >= MOST_TIMES) times.clear();
  times.set(iso, time);
  return time;
}
