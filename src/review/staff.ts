/**
 * Who works for a reserve: the last year by group of work, contract and time, each year before it, volunteers apart.
 */
import { number, t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Headcount } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { cautions, countOf, peopleColumns, totalText, womenText } from './headcounts.ts';
import { citeAll } from './lines.ts';
import { choiceText, citeOrigin, fieldLabel } from './registers.ts';
import { missing, sentence, tableId } from './sentences.ts';
import { olderLeftOut, onlyLeftOut, sinceLast, yearsExpected, yearsMissing } from './window.ts';

const GROUPS = {
  category: ['management', 'rangers', 'science', 'education', 'support', 'other'],
  contract: ['permanent', 'seasonal'],
  time: ['full-time', 'part-time'],
} as const;

const VOLUNTEER = 'volunteer';

/** The section that asks who there is now; how that went stands with the budget. */
const RESOURCES = 'II.7.1';

/** Table T6: the last year in detail, the series of years, and volunteers, who are not staff. */
export const staff: Filler = (content) => {
  const { facts, records } = content;
  const all = records.headcounts.filter(({ feature, measure }) => feature === facts.site.id && measure === 'employed');
  const { shown, older } = sinceLast(content, all, yearOf);
  if (shown.length === 0) return onlyLeftOut(content, older, 0);
  const volunteers = shown.filter(({ groups }) => groups.includes(VOLUNTEER));
  const paid = shown.filter((row) => !volunteers.includes(row));
  return [
    ...(paid.length === 0 ? [] : [...lead(content, paid), latestTable(content, paid)]),
    ...volunteersText(content, volunteers),
    ...(content.section.id === RESOURCES ? [] : [seriesTable(content, paid, volunteers)]),
    ...gaps(content, paid),
    ...olderLeftOut(content, older),
  ];
};

/** How many there are in the last year, by contract and time, how many are women, and how that changed. */
function lead(content: Content, paid: Headcount[]): Block[] {
  const { lang } = content;
  const [first, last] = [yearsOf(paid)[0], yearsOf(paid).at(-1)];
  const latest = paid.filter((row) => yearOf(row) === last);
  const count = countOf(latest);
  const parts = [...GROUPS.contract, ...GROUPS.time].flatMap((group) => {
    const of = latest.filter(({ groups }) => groups.includes(group));
    return of.length === 0 ? [] : [`${choiceText('staff', group, lang)}: ${totalText(countOf(of), lang)}`];
  });
  const texts = [t(lang, 'review.staff.lead', { year: yearText(content, last), total: totalText(count, lang) })];
  if (parts.length > 0) texts.push(t(lang, 'review.staff.parts', { parts: parts.join('; ') }));
  if (womenText(count, lang) !== '') texts.push(womenText(count, lang));
  if (first !== undefined && first !== null && first !== last) {
    const before = countOf(paid.filter((row) => yearOf(row) === first));
    texts.push(t(lang, 'review.staff.before', { year: first, total: totalText(before, lang) }));
  }
  const from = latest.map((row) => row.from);
  return [
    sentence(content, texts.join(' '), { from, see: tableId(content, 'staff') }),
    ...cautions({ ...count, people: true }, lang),
  ];
}

/** The last year, line by line as it was recorded; lines that are parts of others are not added to the total. */
function latestTable(content: Content, paid: Headcount[]): Table {
  const { lang } = content;
  const last = yearsOf(paid).at(-1);
  const rows = sorted(paid.filter((row) => yearOf(row) === last));
  const names = (['category', 'contract', 'time'] as const).filter((name) => rows.some((row) => groupOf(row, name) !== null));
  const people = peopleColumns([countOf(rows), ...rows.map((row) => countOf([row]))], lang);
  const total: Cited[] = [plain(t(lang, 'review.total')), ...names.slice(1).map(() => plain(''))];
  return {
    kind: 'table',
    id: tableId(content, 'staff'),
    caption: t(lang, 'review.staff.table', { year: yearText(content, last) }),
    head: [...names.map((name) => fieldLabel('staff', name, lang)), ...people.head],
    rows: [
      ...rows.map((row) => [
        ...names.map((name, column): Cited => {
          const group = groupOf(row, name);
          const text = group === null ? '–' : choiceText('staff', group, lang);
          return column === 0 ? { text, notes: [citeOrigin(content, row.from)] } : plain(text);
        }),
        ...people.cells(countOf([row])),
      ]),
      [...(names.length === 0 ? [] : total), ...people.cells(countOf(rows))],
    ],
    align: [...names.map(() => 'start' as const), ...people.head.map(() => 'end' as const)],
  };
}

function volunteersText(content: Content, volunteers: Headcount[]): Block[] {
  const { lang } = content;
  if (volunteers.length === 0) return [{ kind: 'hint', text: t(lang, 'review.staff.no-volunteers') }];
  const last = yearsOf(volunteers).at(-1);
  const latest = volunteers.filter((row) => yearOf(row) === last);
  const count = countOf(latest);
  const text = t(lang, 'review.staff.volunteers', { year: yearText(content, last), total: totalText(count, lang) });
  const women = womenText(count, lang);
  return [sentence(content, women === '' ? text : `${text} ${women}`, { notes: citeAll(content, latest) })];
}

/** Staff of each year with the share of women, beside the volunteers. */
function seriesTable(content: Content, paid: Headcount[], volunteers: Headcount[]): Table {
  const { lang } = content;
  const years = yearsOf([...paid, ...volunteers]);
  const lines = years.map((year) => {
    const of = paid.filter((row) => yearOf(row) === year);
    const unpaid = volunteers.filter((row) => yearOf(row) === year);
    return { year, of, unpaid, count: countOf(of) };
  });
  const people = peopleColumns(
    lines.map(({ count }) => count),
    lang,
    { share: true },
  );
  return {
    kind: 'table',
    id: tableId(content, 'staff-years'),
    caption: t(lang, 'review.staff.by-year'),
    head: [t(lang, 'review.staff.year'), ...people.head, t(lang, 'review.staff.volunteers-column')],
    rows: lines.map(({ year, of, unpaid, count }) => [
      { text: yearText(content, year), notes: citeAll(content, [...of, ...unpaid]) },
      ...people.cells(count),
      plain(unpaid.length === 0 ? '–' : totalText(countOf(unpaid), lang)),
    ]),
  };
}

/** Years without a count, people whose sex is not known, lines that do not add up. */
function gaps(content: Content, paid: Headcount[]): Block[] {
  const { lang } = content;
  if (paid.length === 0) return [{ kind: 'gap', text: t(lang, 'review.staff.none') }];
  const years = yearsOf(paid).filter((year) => year !== null);
  const last = yearsOf(paid).at(-1);
  const latest = paid.filter((row) => yearOf(row) === last);
  const { total, women } = countOf(latest);
  const unknown = (total ?? 0) - (women?.known ?? 0);
  const wrong = paid.filter((row) => countOf([row]).wrong > 0);
  const sex =
    total === null || unknown <= 0
      ? []
      : [t(lang, 'review.staff.sex-unknown', { year: yearText(content, last), unknown, total: number(lang, total) })];
  return [
    ...sex.map((text): Block => ({ kind: 'gap', text })),
    ...yearsMissing(
      content,
      'review.staff.no-year',
      content.section.id === RESOURCES ? [] : yearsExpected(content, years).filter((year) => !years.includes(year)),
    ),
    ...missing(
      content,
      'review.staff.wrong',
      wrong.map((row) => rowText(content, row)),
    ),
  ];
}

/** `2019, rangers, seasonal`. */
function rowText(content: Content, row: Headcount): string {
  return [yearText(content, yearOf(row)), ...row.groups.map((group) => choiceText('staff', group, content.lang))].join(', ');
}

function sorted(rows: Headcount[]): Headcount[] {
  const rank = (row: Headcount): number => GROUPS.category.findIndex((category) => row.groups.includes(category));
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

function groupOf(row: Headcount, name: keyof typeof GROUPS): string | null {
  return GROUPS[name].find((group) => row.groups.includes(group)) ?? null;
}

function yearOf({ period }: Headcount): string | null {
  return period?.start.slice(0, 4) ?? null;
}

/** Every year that has a count, the first first; what has no date stands before them. */
function yearsOf(rows: Headcount[]): (string | null)[] {
  return [...new Set(rows.map(yearOf))].sort((a, b) => (a ?? '').localeCompare(b ?? ''));
}

function yearText({ lang }: Content, year: string | null | undefined): string {
  return year ?? t(lang, 'review.window.no-date');
}
