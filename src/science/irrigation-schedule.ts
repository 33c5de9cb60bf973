/**
 * When to irrigate and how much: rules that see the root zone each morning.
 *
 *     cropSeason(weather, crop, soil, { irrigation: irrigationRule({ when: { share: 1 }, howMuch: 'refill', wetted: 0.35, efficiency: 0.9 }) })
 *
 * Depths are at the field's edge: what must enter the soil, by the application efficiency. Stress follows from the depletion on the
 * morning of a day, so that water is given on the morning before the day's use, taken as that of the day before, would bring it on.
 * Water to wash out salt is reckoned over that day's use as well: else the crop would drink it.
 *
 * @see Allen, Pereira, Raes & Smith 1998, FAO Irrigation and Drainage Paper 56, chapter 8, example 37: irrigation before the readily
 * available water is gone
 */
import type { Irrigation, RootZone } from './crop-season-terms.ts';

export interface IrrigationRule {
  /** Before the depletion passes `share` of the readily available water, or every so many days from the first on. */
  when: { share: number } | { interval: number; first?: number };
  /** Back to field capacity; up to a part of what is missing; or a depth that enters the soil [mm]. */
  howMuch: 'refill' | { part: number } | { net: number };
  /** Part of the ground that is wetted [1]. */
  wetted: number;
  /** Part of the water that enters the soil [1]. */
  efficiency?: number;
  /** Least and greatest depth at the field's edge [mm]: less is not given, more is cut. */
  least?: number;
  greatest?: number;
  /** Added to what enters, as a part of it, to wash out salt [1]. */
  leaching?: number;
  /** Days of the season on which none is given any more, from this on. */
  until?: number;
  /** Water there is for the season, at the field's edge [mm]. */
  supply?: number;
}

/** The rule as `cropSeason` asks for it. Where there is a supply the function counts what was given: make a new one for each season. */
export function irrigationRule(rule: IrrigationRule): (day: number, zone: RootZone) => Irrigation | null {
  const { wetted, efficiency = 1, least = 0, greatest = Infinity, leaching = 0, until = Infinity } = rule;
  check(rule);
  let left = rule.supply ?? Infinity;
  return (day, zone) => {
    if (day >= until || !isDue(rule.when, day, zone)) return null;
    const washing = leaching > 0 ? zone.demand : 0;
    const net = (netOf(rule.howMuch, zone) + washing) / (1 - leaching); // FAO-29, eq. 7
    const depth = Math.min(net / efficiency, greatest, left);
    if (!(depth > 0) || depth < least) return null;
    left -= depth;
    return { depth, wetted, efficiency };
  };
}

/** Water given on days that are known. */
export function irrigationEvents(events: ReadonlyMap<number, Irrigation>): (day: number) => Irrigation | null {
  return (day) => events.get(day) ?? null;
}

function isDue(when: IrrigationRule['when'], day: number, { depletion, ready, demand }: RootZone): boolean {
  if ('share' in when) return depletion + demand >= when.share * ready && depletion > 0;
  const since = day - (when.first ?? 0);
  return since >= 0 && since % when.interval === 0;
}

function netOf(howMuch: IrrigationRule['howMuch'], { depletion }: RootZone): number {
  if (howMuch === 'refill') return depletion;
  return 'part' in howMuch ? howMuch.part * depletion : howMuch.net;
}

function check({ when, wetted, efficiency = 1, leaching = 0 }: IrrigationRule): void {
  if (!(wetted > 0 && wetted <= 1)) throw new RangeError(`a wetted part of ${wetted}: expected above 0, to 1`);
  if (!(efficiency > 0 && efficiency <= 1)) throw new RangeError(`an efficiency of ${efficiency}: expected above 0, to 1`);
  if (!(leaching >= 0 && leaching < 1)) throw new RangeError(`a leaching part of ${leaching}: expected 0 to below 1`);
  if ('interval' in when && !(Number.isInteger(when.interval) && when.interval > 0))
    throw new RangeError(`an interval of ${when.interval}: expected whole days`);
  if ('share' in when && !(when.share > 0)) throw new RangeError(`a share of ${when.share}: expected above 0`);
}
