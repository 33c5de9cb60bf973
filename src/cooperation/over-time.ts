/**
 * How partnership and policy markers move from year to year: how far it is in few hands, within the country or across, with one partner
 * or many; how many activities were scored for a marker, and how many were never screened.
 *
 *     partnershipOverTime(portfolio)[0]   // { year: '1999', activities: 3, concentration: { index: 0.28, … }, ei: { … }, balance: { … } }
 *     markersOverTime(portfolio)[0]       // { year: '2021', marker: '7', principal: 1, significant: 0, notTargeted: 2, notScreened: 5, … }
 *
 * An activity stands in each year in which it ran, so years do not add up to the whole: the last row counts each activity once.
 */
import type { Network } from '../science/network.ts';
import { type Concentration, concentration, type EiIndex, eiIndex, type PartnershipBalance } from '../science/network-balance.ts';
import { project } from '../science/network-projection.ts';
import type { Activity, Period } from '../types.ts';
import { balanceOf, CENTRAL_ASIA, takenPart } from './network.ts';
import type { Portfolio } from './portfolio.ts';
import { yearsOf } from './roll-up.ts';

/** The row of all years together. */
export const ALL_YEARS = '*';

export interface PartnershipYear {
  /** `*` for all activities, each once; empty for those without a year. */
  year: string;
  activities: number;
  organisations: number;
  participations: number;
  /** Shares of organisations in participations: Herfindahl-Hirschman. */
  concentration: Concentration;
  /** Ties between countries by ties within. */
  ei: EiIndex;
  balance: PartnershipBalance;
}

export interface YearsOptions {
  /** Only years of this period, end excluded; the last row is of all activities that were given. */
  within?: Period | undefined;
}

export interface PartnershipOptions extends YearsOptions {
  /** Offices taken as their parents. */
  rollUp?: boolean;
  /** Countries that count as one region, ISO 3166-1 alpha-2. */
  region?: readonly string[];
}

export function partnershipOverTime(
  portfolio: Portfolio,
  { rollUp = false, region = CENTRAL_ASIA, within }: PartnershipOptions = {},
): PartnershipYear[] {
  const taken = takenPart(portfolio, rollUp);
  const country = (id: string): string | null => portfolio.organisations.get(id)?.country ?? null;
  return byYear(portfolio.activities, within).map(([year, activities]) => {
    const ids = new Set(activities.map(({ id }) => id));
    const own = taken.filter(({ activity }) => ids.has(activity));
    const partners = Map.groupBy(own, ({ partner }) => partner);
    const { net }: { net: Network } = project(own, { weight: 'count', nodes: [...partners.keys()].sort() });
    return {
      year,
      activities: activities.length,
      organisations: partners.size,
      participations: own.length,
      concentration: concentration([...partners.values()].map(({ length }) => length)),
      ei: eiIndex(net, country),
      balance: balanceOf({ ...portfolio, activities: [...activities] }, region),
    };
  });
}

export interface MarkerYear {
  year: string;
  /** A code of the IATI list PolicyMarker. */
  marker: string;
  principal: number;
  significant: number;
  notTargeted: number;
  /** Never screened, which is not 0. */
  notScreened: number;
  /** Principal and significant by those that were screened [1]; `null` where none was. */
  share: number | null;
}

/** One row for each marker that any activity was screened for, in each year. Markers are never added. */
export function markersOverTime({ activities, aims }: Portfolio, { within }: YearsOptions = {}): MarkerYear[] {
  const codes = [...new Set(activities.flatMap(({ id }) => aims.get(id)?.markers.map(({ code }) => code) ?? []))];
  codes.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  return byYear(activities, within).flatMap(([year, own]) =>
    codes.map((marker): MarkerYear => {
      const scores = own.map(({ id }) => aims.get(id)?.markers.find(({ code }) => code === marker)?.score ?? null);
      const count = (test: (score: number | null) => boolean): number => scores.filter(test).length;
      const [principal, significant] = [count((score) => score !== null && score >= 2), count((score) => score === 1)];
      const notTargeted = count((score) => score === 0);
      const screened = principal + significant + notTargeted;
      const share = screened > 0 ? (principal + significant) / screened : null;
      return { year, marker, principal, significant, notTargeted, notScreened: own.length - screened, share };
    }),
  );
}

/** Activities by year up to the last in which one begins (or those asked for), those without a year behind them, all of them last. */
function byYear(activities: readonly Activity[], within?: Period): [string, readonly Activity[]][] {
  const last =
    activities
      .flatMap(({ period: { start } }) => start?.slice(0, 4) ?? [])
      .sort()
      .at(-1) ?? '';
  const isWithin = (year: string): boolean =>
    within === undefined ? year <= last : year >= within.start.slice(0, 4) && year < within.end.slice(0, 4);
  const placed = activities.flatMap((one) => {
    const own = yearsOf(one);
    return own.length === 0 ? [{ year: '', one }] : own.filter(isWithin).map((year) => ({ year, one }));
  });
  const years = [...Map.groupBy(placed, ({ year }) => year)].sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1));
  return [...years.map(([year, list]): [string, Activity[]] => [year, list.map(({ one }) => one)]), [ALL_YEARS, activities]];
}
