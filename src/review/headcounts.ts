/**
 * People counted by sex and age: sums that never turn "not counted" into zero, and the columns and sentences for them.
 *
 *     const count = countOf(headcounts.filter(({ feature }) => feature === event.id));
 *     count.women        // { women: 12, known: 20 }: 12 of the 20 whose sex is known
 *     sumOf([a, b]).atLeast   // true where one of them has no total
 */
import { number, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Headcount, Lang } from '../types.ts';

const SEXES = ['female', 'male', 'other', 'unknown'] as const;

/** Youth, in whole years: those who are not yet 36. The logs count them as 0-17 and 18-35. */
export const LAST_YEAR_OF_YOUTH = 35;

/** The figures of one row of a log. */
export type Parts = Pick<Headcount, 'total' | (typeof SEXES)[number]>;

/** People of one activity, or of many. */
export interface Count extends Parts {
  /** By age group (`18-35`): only those that were counted. */
  ages: { [age: string]: number };
  /** Somebody was there whom nobody counted: the true total is larger. */
  atLeast: boolean;
  /** Of those counted as women and men alike: how many are women, and how many are known by sex; `null` where nobody is. */
  women: { women: number; known: number } | null;
  /** Where an age was counted: how many are young, of how many in all; `null` where no age was. */
  young: { young: number; of: number } | null;
  /** Rows without any figure. */
  empty: number;
  /** Rows that count women only or men only, and leave open what the others are. */
  oneSided: number;
  /** Rows that say how many were women and leave open who of the others were men. */
  menOpen: number;
  /** Rows whose parts do not add up to their total. */
  wrong: number;
  /** Rows left out because they are parts of another row. */
  within: number;
  /** Each person is counted once, as far as the rows say. */
  people: boolean;
}

/** What nobody has counted. */
export const noCount: Count = {
  total: null,
  female: null,
  male: null,
  other: null,
  unknown: null,
  ages: {},
  atLeast: false,
  women: null,
  young: null,
  empty: 0,
  oneSided: 0,
  menOpen: 0,
  wrong: 0,
  within: 0,
  people: true,
};

/**
 * The people of one activity (or of one site and year) from the rows that count them. Rows that are parts of another row,
 * such as `rangers` and `seasonal` beside `rangers`, are not added to it; ages stand beside the rows of all ages.
 */
export function countOf(rows: Headcount[]): Count {
  if (rows.length === 0) return { ...noCount, atLeast: true, empty: 1, people: false };
  const all = rows.filter(({ age }) => age === null);
  const whole = all.filter((row) => !all.some((other) => isPartOf(row, other, all)));
  const sum = sumOf(whole.map((row) => partsCount(row)));
  const people = rows.every(({ unique }) => unique === 'yes');
  return withAges({ ...sum, within: all.length - whole.length, people }, agesOf(rows));
}

/** One row that says how many there are; `ages` are parts of it. */
export function partsCount(row: Parts, ages: { [age: string]: number | null } = {}): Count {
  const counted = Object.entries(ages).flatMap(([age, n]) => (n === null ? [] : [[age, n] as const]));
  return withAges(bySex(row), Object.fromEntries(counted));
}

/** Counts put together: totals, sexes and ages add up; what only some of them know stays marked as such. */
export function sumOf(counts: Count[]): Count {
  const [first = noCount, ...rest] = counts;
  return rest.reduce(merged, first);
}

function merged(a: Count, b: Count): Count {
  const ages = { ...a.ages };
  for (const [age, n] of Object.entries(b.ages)) ages[age] = (ages[age] ?? 0) + n;
  return {
    total: plus(a.total, b.total),
    female: plus(a.female, b.female),
    male: a.menOpen + b.menOpen > 0 ? null : plus(a.male, b.male), // a part of the men would pass for all
    other: plus(a.other, b.other),
    unknown: plus(a.unknown, b.unknown),
    ages,
    atLeast: a.atLeast || b.atLeast,
    women:
      a.women === null || b.women === null
        ? (a.women ?? b.women)
        : { women: a.women.women + b.women.women, known: a.women.known + b.women.known },
    young:
      a.young === null || b.young === null
        ? (a.young ?? b.young)
        : { young: a.young.young + b.young.young, of: a.young.of + b.young.of },
    empty: a.empty + b.empty,
    oneSided: a.oneSided + b.oneSided,
    menOpen: a.menOpen + b.menOpen,
    wrong: a.wrong + b.wrong,
    within: a.within + b.within,
    people: false, // who comes to two activities is counted twice
  };
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

/** What follows from the figures of one row; nothing is made up where they do not say. */
function bySex(row: Parts): Count {
  const known = SEXES.map((sex) => row[sex]).filter((n) => n !== null);
  if (row.total === null && known.length === 0) return { ...noCount, atLeast: true, empty: 1 };
  const named = (row.female ?? 0) + (row.male ?? 0) + (row.other ?? 0);
  const parts = named + (row.unknown ?? 0);
  const rest = row.total === null ? 0 : row.total - parts;
  // All are accounted for: whom the row does not mention was not there.
  const complete = row.total !== null && rest === 0 && named > 0;
  const female = row.female ?? (complete ? 0 : null);
  const male = row.male ?? (complete ? 0 : null);
  const bothSexes = female !== null && male !== null;
  // "of whom women" tells of each person whether she is one, though not what the others are
  const ofWhom = row.total !== null && female !== null && row.unknown === null && female <= row.total;
  return {
    ...noCount,
    total: row.total ?? parts,
    female,
    male,
    other: row.other,
    unknown: row.unknown ?? (row.total === null || (ofWhom && !bothSexes) ? null : Math.max(0, rest)),
    atLeast: row.total === null && !bothSexes,
    women: bothSexes ? { women: female, known: named } : ofWhom ? { women: female, known: row.total ?? 0 } : null,
    oneSided: (female === null) === (male === null) ? 0 : 1,
    menOpen: ofWhom && !bothSexes ? 1 : 0,
    wrong: rest < 0 || (rest > 0 && bothSexes && row.unknown !== null) ? 1 : 0,
  };
}

function withAges(count: Count, ages: { [age: string]: number }): Count {
  const groups = Object.entries(ages);
  if (groups.length === 0) return count;
  const sum = groups.reduce((total, [, n]) => total + n, 0);
  const young = groups.filter(([age]) => boundsOf(age).last <= LAST_YEAR_OF_YOUTH).reduce((total, [, n]) => total + n, 0);
  const total = count.total ?? (apart(Object.keys(ages)) ? sum : null);
  return {
    ...count,
    total,
    ages,
    atLeast: count.atLeast || count.total === null,
    empty: 0,
    young: total === null || !apart(Object.keys(ages)) ? null : { young, of: total },
    wrong: count.wrong + (count.total !== null && apart(Object.keys(ages)) && sum > count.total ? 1 : 0),
  };
}

function agesOf(rows: Headcount[]): { [age: string]: number } {
  const ages: { [age: string]: number } = {};
  for (const row of rows) {
    const { total } = bySex(row);
    if (row.age !== null && total !== null) ages[row.age] = (ages[row.age] ?? 0) + total;
  }
  return ages;
}

/** Whether `row` narrows `other` and is counted in it: all such rows together do not exceed it. */
function isPartOf(row: Headcount, other: Headcount, rows: Headcount[]): boolean {
  const narrower = rows.filter((one) => isNarrower(one, other));
  if (!narrower.includes(row)) return false;
  const sum = narrower
    .filter((one) => !narrower.some((wider) => isNarrower(one, wider)))
    .reduce((total, one) => total + (bySex(one).total ?? 0), 0);
  return sum <= (bySex(other).total ?? -1);
}

function isNarrower(row: Headcount, other: Headcount): boolean {
  return (
    row.feature === other.feature &&
    row.measure === other.measure &&
    row.period?.start === other.period?.start &&
    row.period?.end === other.period?.end &&
    row.groups.length > other.groups.length &&
    other.groups.every((group) => row.groups.includes(group))
  );
}

/** First and last year of an age group, `0-17`, `65-`. */
function boundsOf(age: string): { first: number; last: number } {
  const [first = '', last = ''] = age.split('-');
  return { first: Number(first), last: last === '' ? Number.POSITIVE_INFINITY : Number(last) };
}

/** Whether no age is in two of the groups. */
function apart(ages: string[]): boolean {
  const sorted = ages.map(boundsOf).sort((a, b) => a.first - b.first);
  return sorted.every(({ first }, i) => i === 0 || first > (sorted[i - 1]?.last ?? -1));
}

/** Columns for people: those that one of the counts can fill, and `cells` that fill them. */
export interface PeopleColumns {
  head: string[];
  cells(count: Count): Cited[];
}

/** What columns of people are asked for; sexes unless told otherwise. */
export interface PeopleChoice {
  sexes?: boolean;
  /** Share of women among those whose sex is known. */
  share?: boolean;
  ages?: boolean;
}

/** Total, sexes with "not known" as a column of its own, ages; `–` where nobody counted. */
export function peopleColumns(
  counts: Count[],
  lang: Lang,
  { sexes = true, share = false, ages = false }: PeopleChoice = {},
): PeopleColumns {
  const columns: [string, (count: Count) => string][] = [
    ['total', ({ total, atLeast }) => `${atLeast && total !== null ? '≥\u00a0' : ''}${figure(total, lang)}`],
  ];
  if (sexes) {
    for (const sex of SEXES) {
      if (sex === 'other' && !counts.some(({ other }) => (other ?? 0) > 0)) continue;
      // nobody counted them anywhere: a hint says so, a column of dashes says no more
      if ((sex === 'male' || sex === 'unknown') && counts.every((count) => count[sex] === null)) continue;
      columns.push([sex, (count) => figure(count[sex], lang)]);
    }
  }
  if (share) columns.push(['share', ({ women }) => shareText(women, lang)]);
  const head = columns.map(([name]) => t(lang, `review.headcounts.${name}`));
  const groups = ages ? [...new Set(counts.flatMap((count) => Object.keys(count.ages)))].sort(byFirstYear) : [];
  for (const age of groups) columns.push([age, (count) => figure(count.ages[age] ?? null, lang)]);
  head.push(...groups.map((age) => ageText(age, lang)));
  if (groups.length > 0 && apart(groups)) {
    columns.push(['rest', (count) => restText(count, lang)]);
    head.push(t(lang, 'review.headcounts.rest'));
  }
  return { head, cells: (count) => columns.map(([, textOf]) => plain(textOf(count))) };
}

function byFirstYear(a: string, b: string): number {
  return boundsOf(a).first - boundsOf(b).first;
}

/** `18–35`, `up to 17`, `65 and older`. */
export function ageText(age: string, lang: Lang): string {
  const { first, last } = boundsOf(age);
  if (!Number.isFinite(last)) return t(lang, 'review.headcounts.age-from', { first: String(first) });
  if (first === 0) return t(lang, 'review.headcounts.age-to', { last: String(last) });
  return t(lang, 'review.headcounts.age', { first: String(first), last: String(last) });
}

/** Those whose age is in no group of the log: nobody asked them, or they are older. */
function restText(count: Count, lang: Lang): string {
  if (count.total === null) return '–';
  const counted = Object.values(count.ages).reduce((sum, n) => sum + n, 0);
  return figure(Math.max(0, count.total - counted), lang);
}

/** `120`, `at least 120`; `–` where nobody counted. */
export function totalText({ total, atLeast }: Count, lang: Lang): string {
  if (total === null) return '–';
  return atLeast ? t(lang, 'review.headcounts.at-least', { count: total }) : number(lang, total);
}

function figure(value: number | null, lang: Lang): string {
  return value === null ? '–' : number(lang, value);
}

function shareText(women: Count['women'], lang: Lang): string {
  if (women === null || women.known === 0) return '–';
  return percent(women.women / women.known, lang);
}

/** A share in whole percent, as readers of `lang` write it. */
export function percent(share: number, lang: Lang): string {
  return new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** Share of women of those whose sex is known, with the number of those whose sex is not; empty where nobody's sex is known. */
export function womenText(count: Count, lang: Lang): string {
  const { women } = count;
  if (women === null || women.known === 0) return '';
  const unknown = Math.max(0, (count.total ?? women.known) - women.known);
  return t(lang, 'review.headcounts.women-share', { share: shareText(women, lang), known: women.known, unknown });
}

/** Share of the young of those whose age was asked; empty where no age was. */
export function youngText({ young }: Count, lang: Lang): string {
  if (young === null || young.of === 0) return '';
  return t(lang, 'review.headcounts.young-share', {
    share: percent(young.young / young.of, lang),
    young: young.young,
    of: young.of,
    last: String(LAST_YEAR_OF_YOUTH),
  });
}

/** What a reader must know of a sum: that it counts participations, which rows stand outside, what does not add up. */
export function cautions(count: Count, lang: Lang): Block[] {
  const hints = [
    count.people || count.total === null ? '' : t(lang, 'review.headcounts.participations'),
    count.oneSided === 0 ? '' : t(lang, 'review.headcounts.one-sided', { count: count.oneSided }),
    count.within === 0 ? '' : t(lang, 'review.headcounts.within', { count: count.within }),
  ].filter((text) => text !== '');
  return hints.length === 0 ? [] : [{ kind: 'hint', text: hints.join(' ') }];
}
