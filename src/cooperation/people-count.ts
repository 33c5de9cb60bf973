/**
 * People counted for several activities: how often people took part, and between how many and how many they are.
 *
 *     countPeople(headcounts, 'trained')
 *     // { counted: 120, women: 48, …, share: { value: 0.53, low: 0.4, high: 0.65 }, unique: { low: 60, high: 120 } }
 *
 * Who comes twice counts twice in `counted`; only a list that says so counts each person once.
 */
import { type ParityIndex, parityIndex, type ShareOfWomen, shareOfWomen } from '../science/parity.ts';
import type { Headcount } from '../types.ts';

export type Measure = Headcount['measure'];

export const MEASURES: readonly Measure[] = ['trained', 'attended', 'awarded', 'employed', 'benefited'];

export interface PeopleCount {
  measure: Measure;
  /** Lists of people that were added up. */
  lists: number;
  /** Lists of a part of the people only, beside which there is no whole: not added, as they may overlap. */
  leftOut: number;
  counted: number;
  /** `null` where no list says. */
  women: number | null;
  men: number | null;
  other: number | null;
  /** Counted, but as what is not known. */
  unknown: number;
  share: ShareOfWomen;
  /** Women counted without men and without a whole: in `women`, not in `share`. */
  womenOnly: number;
  parity: ParityIndex;
  /** So many different people at least and at most; `low` is `null` where no list counts each person once. */
  unique: { low: number | null; high: number };
}

/** Sums over whole lists; ages of one list add up to it where the list itself is not given. `null` where nobody was counted. */
export function countPeople(headcounts: readonly Headcount[], measure: Measure): PeopleCount | null {
  const { whole, leftOut } = wholeLists(headcounts.filter((one) => one.measure === measure));
  if (whole.length === 0 && leftOut === 0) return null;
  const parts = whole.map((one) => {
    const known = (one.female ?? 0) + (one.male ?? 0) + (one.other ?? 0);
    const rest = Math.max((one.unknown ?? 0) + known, one.total ?? 0) - known;
    const noBase = one.female !== null && one.male === null && one.other === null && one.total === null && one.unknown === null;
    return { ...one, rest, all: known + rest, noBase };
  });
  const sum = (key: 'female' | 'male' | 'other', of = parts): number | null =>
    of.every((one) => one[key] === null) ? null : of.reduce((total, one) => total + (one[key] ?? 0), 0);
  const based = parts.filter(({ noBase }) => !noBase);
  const counted = parts.reduce((total, { all }) => total + all, 0);
  const unknown = parts.reduce((total, { rest }) => total + rest, 0);
  const [women, men] = [sum('female', based), sum('male', based)];
  const sure = parts.filter(({ unique }) => unique === 'yes').map(({ all }) => all);
  return {
    measure,
    lists: whole.length,
    leftOut,
    counted,
    women: sum('female'),
    men: sum('male'),
    other: sum('other'),
    unknown,
    share: shareOfWomen({ female: women, male: men, other: sum('other', based), unknown }),
    womenOnly: parts.filter(({ noBase }) => noBase).reduce((total, { female }) => total + (female ?? 0), 0),
    parity: women === null || men === null ? { raw: null, adjusted: null, parity: null } : parityIndex(women, men),
    unique: { low: sure.length === 0 ? null : Math.max(...sure), high: counted },
  };
}

/** Of each thing counted the list of all people; else its ages together; lists of groups may overlap and stay out. */
function wholeLists(headcounts: readonly Headcount[]): { whole: Headcount[]; leftOut: number } {
  const key = ({ feature, period }: Headcount): string => JSON.stringify([feature, period?.start, period?.end]);
  let leftOut = 0;
  const whole = [...Map.groupBy(headcounts, key).values()].flatMap((lists) => {
    const all = lists.filter(({ groups, age }) => groups.length === 0 && age === null);
    if (all.length > 0) return all;
    const ages = lists.filter(({ groups }) => groups.length === 0);
    const distinct = new Set(ages.map(({ age }) => age)).size === ages.length && !overlapping(ages);
    if (!distinct) leftOut += ages.length;
    leftOut += lists.length - ages.length;
    return distinct ? ages : [];
  });
  return { whole, leftOut };
}

function overlapping(lists: readonly Headcount[]): boolean {
  const spans = lists
    .map(({ age }) => {
      const [, from, to] = /^(\d+)-(\d*)$/.exec(age ?? '') ?? [];
      return { from: Number(from ?? Number.NaN), to: to === '' ? Infinity : Number(to ?? from) };
    })
    .sort((a, b) => a.from - b.from);
  return spans.some(({ from, to }, i) => Number.isNaN(from) || (i + 1 < spans.length && to >= (spans[i + 1]?.from ?? Infinity)));
}
