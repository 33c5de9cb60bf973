/**
 * How ties are spread: within or across groups, over few partners or many, between two countries or more.
 *
 *     eiIndex(net, (node) => country[node])     // −1 all ties within groups, 1 all across
 *     concentration([60, 30, 10])               // { index: 0.46, effective: 2.17, … }
 *     partnershipBalance(activities)            // { bilateral: 12, regional: 4, multilateral: 9, … }
 *
 * @see Krackhardt & Stern 1988, Informal networks and organizational crises, Soc. Psychol. Q. 51, 123-140, doi 10.2307/2786835
 * @see Rhoades 1993, The Herfindahl-Hirschman index, Fed. Reserve Bull. 79, 188-189
 */
import { type Network, tiesOf } from './network.ts';

export interface EiIndex {
  /** (across − within) / (across + within); `null` where no tie has both groups known. */
  value: number | null;
  across: number;
  within: number;
  /** Ties (or their weight) with an end whose group is not known: in neither. */
  unknown: number;
}

/**
 * External-internal index of ties between groups. Krackhardt & Stern 1988.
 * @param groupOf a node; `null` where its group is not known
 */
export function eiIndex(
  net: Network,
  groupOf: (node: string) => string | null,
  { weight = 'none' }: { weight?: 'none' | 'strength' } = {},
): EiIndex {
  let [across, within, unknown] = [0, 0, 0];
  for (const tie of tiesOf(net)) {
    const worth = weight === 'none' ? 1 : tie.weight;
    const [a, b] = [groupOf(tie.a), groupOf(tie.b)];
    if (a === null || b === null) unknown += worth;
    else if (a === b) within += worth;
    else across += worth;
  }
  const all = across + within;
  return { value: all > 0 ? (across - within) / all : null, across, within, unknown };
}

export interface Concentration {
  /** Herfindahl-Hirschman index, Σ share² [1]: 1/n where all are equal, 1 where one has all; `null` where the sum is 0. */
  index: number | null;
  /** The index from 0 (all equal) to 1; `null` with fewer than two parts. */
  normalised: number | null;
  /** 1 / index: as many equal parts would be as concentrated. */
  effective: number | null;
  parts: number;
}

/** How far a total is in few hands. Multiply by 10 000 for the index as competition offices write it. @param amounts 0 or more */
export function concentration(amounts: Iterable<number>): Concentration {
  const list = [...amounts];
  const wrong = list.find((amount) => !(amount >= 0 && amount < Infinity));
  if (wrong !== undefined) throw new RangeError(`an amount is 0 or more, not ${wrong}`);
  const total = list.reduce((sum, amount) => sum + amount, 0);
  const parts = list.length;
  if (total === 0) return { index: null, normalised: null, effective: null, parts };
  const index = list.reduce((sum, amount) => sum + (amount / total) ** 2, 0);
  return { index, normalised: parts > 1 ? (index - 1 / parts) / (1 - 1 / parts) : null, effective: 1 / index, parts };
}

/** What the partners of an activity are; `countries` without repetition, `international` whether an international organisation takes part. */
export interface Partnership {
  countries: readonly string[];
  international: boolean;
  /** Some partners have no known country. */
  incomplete?: boolean;
}

export interface PartnershipBalance {
  /** One country, nobody else. */
  domestic: number;
  /** Two countries, or one and an international organisation. */
  bilateral: number;
  /** Three countries or more, all of the region. */
  regional: number;
  /** Three countries or more, not all of the region; or two and an international organisation. */
  multilateral: number;
  /** No country known, or too few of those who take part to tell. */
  unknown: number;
  activities: number;
}

/**
 * Activities by the breadth of their partnership. A convention, not a published measure: its rules stand with each count.
 * @param region countries that count as one region
 */
export function partnershipBalance(
  activities: readonly Partnership[],
  { region = [] }: { region?: readonly string[] } = {},
): PartnershipBalance {
  const found: PartnershipBalance = { domestic: 0, bilateral: 0, regional: 0, multilateral: 0, unknown: 0, activities: 0 };
  const near = new Set(region);
  for (const { countries, international, incomplete = false } of activities) {
    const abroad = new Set(countries);
    const parties = abroad.size + (international ? 1 : 0);
    found.activities++;
    if (abroad.size === 0 || (incomplete && parties < 3)) found.unknown++;
    else if (parties === 1) found.domestic++;
    else if (parties === 2) found.bilateral++;
    else if (!international && !incomplete && [...abroad].every((country) => near.has(country))) found.regional++;
    else found.multilateral++;
  }
  return found;
}
