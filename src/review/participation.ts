/**
 * Who takes part in the life of a reserve: local people (2.4.3), women (2.4.4) and young people (2.4.9).
 *
 * For women and youth every log that counts them stands as one row of one table, each row with its own kind of count:
 * staff are people of one year, members are seats, visitors of events are participations. They are never added up.
 */
import { t } from '../i18n/index.ts';
import type { Block, Table } from '../print/blocks.ts';
import type { ActivityKind, Entry, Headcount, Origin } from '../types.ts';
import { activitiesInTime, countsOf } from './activities.ts';
import type { Content, Filler } from './content.ts';
import { attendanceGaps } from './events.ts';
import {
  type Count,
  countOf,
  LAST_YEAR_OF_YOUTH,
  noCount,
  type PeopleChoice,
  partsCount,
  peopleColumns,
  percent,
  sumOf,
} from './headcounts.ts';
import { citeAll, told } from './lines.ts';
import { entriesOf, fieldText, leftOut } from './registers.ts';
import { bodiesOf, bodyBlocks, consultationBlocks, membersOf } from './representation.ts';
import { missing, numberOf, tableId } from './sentences.ts';
import { isOlder, olderLeftOut, onlyLeftOut } from './window.ts';

/** Events to which local people come to have their say or lend a hand. */
const LOCAL_EVENTS = ['consultation', 'workshop', 'volunteer-action'];

/** One log, or a part of one, as a row of the table. */
interface Log {
  label: string;
  count: Count;
  from: { from: Origin }[];
  /** Listed among the logs without figures where it has none. */
  part?: boolean;
}

/** Local people, women or young people, as the section asks. */
export const participation: Filler = (content) => {
  const end = content.section.id.split('.').slice(-3).join('.');
  if (end === '2.4.4') return women(content);
  if (end === '2.4.9') return youth(content);
  return localPeople(content);
};

function localPeople(content: Content): Block[] | null {
  const bodies = bodiesOf(content);
  const { shown, older } = activitiesInTime(content, 'event', LOCAL_EVENTS);
  if (bodies.shown.length === 0 && shown.length === 0) return onlyLeftOut(content, older, bodies.left);
  return [
    ...(bodies.shown.length === 0
      ? [gap(content, 'review.participation.no-bodies')]
      : bodyBlocks(content, bodies.shown, { brief: true, ages: false })),
    ...(shown.length === 0 ? [gap(content, 'review.participation.no-consultations')] : consultationBlocks(content, LOCAL_EVENTS)),
    ...attendanceGaps(content, shown, 'attended'),
    ...leftOut(content, bodies.left),
    ...olderLeftOut(content, older),
  ];
}

function women(content: Content): Block[] | null {
  const { lang } = content;
  const logs = [...staffLogs(content), ...commonLogs(content), incomeLog(content)];
  const known = logs.filter(({ count }) => count.women !== null && count.women.known > 0);
  const groups = bodiesOf(content, ['women-group']);
  if (known.length === 0 && groups.shown.length === 0) return onlyLeftOut(content, 0, bodiesOf(content).left);
  const shares = known.map(({ label, count }) => {
    const { women: n, known: of } = count.women ?? { women: 0, known: 0 };
    return t(lang, 'review.participation.share', { label, share: percent(n / of, lang), part: n, of });
  });
  return [
    ...(known.length === 0
      ? []
      : [lead(content, 'women', shares, known), logTable(content, 'women', known), ...notAdded(content, 'women', known)]),
    ...(groups.shown.length === 0 ? [] : bodyBlocks(content, groups.shown, { brief: true, ages: false })),
    ...without(content, 'women', logs, known),
    ...leftOut(content, bodiesOf(content).left),
  ];
}

function youth(content: Content): Block[] | null {
  const { lang } = content;
  const logs = commonLogs(content);
  const known = logs.filter(({ count }) => count.young !== null && count.young.of > 0);
  const groups = bodiesOf(content, ['youth-group']);
  if (known.length === 0 && groups.shown.length === 0) return onlyLeftOut(content, 0, bodiesOf(content).left);
  const shares = known.map(({ label, count }) => {
    const { young, of } = count.young ?? { young: 0, of: 0 };
    return t(lang, 'review.participation.share', { label, share: percent(young / of, lang), part: young, of });
  });
  return [
    ...(known.length === 0
      ? []
      : [lead(content, 'youth', shares, known), logTable(content, 'youth', known), ...notAdded(content, 'youth', known)]),
    ...(groups.shown.length === 0 ? [] : bodyBlocks(content, groups.shown, { brief: true })),
    ...without(content, 'youth', logs, known),
    ...leftOut(content, bodiesOf(content).left),
  ];
}

function lead(content: Content, who: 'women' | 'youth', shares: string[], known: Log[]): Block {
  const text = t(content.lang, `review.participation.${who}`, { shares: shares.join('; '), last: String(LAST_YEAR_OF_YOUTH) });
  return told(
    content,
    text,
    known.flatMap(({ from }) => from),
    tableId(content, who),
  );
}

function logTable(content: Content, who: 'women' | 'youth', known: Log[]): Table {
  const { lang } = content;
  const choice: PeopleChoice = who === 'women' ? { share: true } : { sexes: false, ages: true };
  const people = peopleColumns(
    known.map(({ count }) => count),
    lang,
    choice,
  );
  return {
    kind: 'table',
    id: tableId(content, who),
    caption: t(lang, `review.participation.${who}-table`),
    head: [t(lang, 'review.participation.log'), ...people.head],
    rows: known.map(({ label, count, from }) => [{ text: label, notes: citeAll(content, from) }, ...people.cells(count)]),
  };
}

/** Logs that exist but say nothing of women or age, and those that nobody keeps. */
function without(content: Content, who: 'women' | 'youth', logs: Log[], known: Log[]): Block[] {
  const silent = logs.filter((log) => !known.includes(log) && log.part !== true);
  return missing(
    content,
    `review.participation.no-${who}`,
    silent.map(({ label }) => label),
  );
}

function notAdded({ lang }: Content, who: 'women' | 'youth', known: Log[]): Block[] {
  const oneSided = who === 'women' ? known.reduce((sum, { count }) => sum + count.oneSided, 0) : 0;
  const hints = [t(lang, 'review.participation.not-added')];
  if (oneSided > 0) hints.push(t(lang, 'review.headcounts.one-sided', { count: oneSided }));
  return [{ kind: 'hint', text: hints.join(' ') }];
}

/** Staff of the first and of the last year of the review, its managers, and volunteers. */
function staffLogs(content: Content): Log[] {
  const { facts, records, lang } = content;
  const rows = records.headcounts.filter(
    ({ feature, measure, period }) =>
      feature === facts.site.id && measure === 'employed' && !isOlder(content, period?.start.slice(0, 4)),
  );
  const years = [...new Set(rows.map(({ period }) => period?.start.slice(0, 4) ?? ''))].sort();
  const [first = '', last = ''] = [years[0], years.at(-1)];
  const log = (key: string, year: string, wanted: (row: Headcount) => boolean): Log => {
    const of = rows.filter((row) => (row.period?.start.slice(0, 4) ?? '') === year && wanted(row));
    const label =
      of.length === 0
        ? t(lang, 'review.participation.staff-log')
        : t(lang, `review.participation.${key}`, { year: year === '' ? t(lang, 'review.window.no-date') : year });
    return { label, count: of.length === 0 ? noCount : countOf(of), from: of, part: key !== 'staff' };
  };
  const paid = ({ groups }: Headcount): boolean => !groups.includes('volunteer');
  return [
    ...(first === last ? [] : [{ ...log('staff', first, paid), part: true }]),
    log('staff', last, paid),
    log('managers', last, (row) => paid(row) && row.groups.includes('management')),
    log('volunteers', last, (row) => !paid(row)),
  ];
}

/** Bodies, events, education and projects: the logs that count sex and age. */
function commonLogs(content: Content): Log[] {
  const { lang } = content;
  const bodies = bodiesOf(content).shown.filter((entry) => membersOf(entry).total !== null);
  const log = (key: string, kind: ActivityKind, measure: Headcount['measure'], part = false): Log => {
    const counts = countsOf(content, activitiesInTime(content, kind).shown, measure);
    const from = content.records.headcounts.filter((row) => counts.has(row.feature) && row.measure === measure);
    return { label: t(lang, `review.participation.${key}`), count: sumOf([...counts.values()]), from, part };
  };
  return [
    { label: t(lang, 'review.participation.members'), count: sumOf(bodies.map(membersOf)), from: bodies },
    log('events', 'event', 'attended'),
    log('education', 'training', 'trained'),
    log('projects', 'project', 'benefited', true),
  ];
}

/** People in the local economy whose women were counted, the last year of each business. */
function incomeLog(content: Content): Log {
  const { lang } = content;
  const latest = new Map<string, Entry>();
  for (const entry of entriesOf(content, 'economy').shown) {
    if (isOlder(content, entry.fields.year) || numberOf(entry, 'people') === null) continue;
    const name = fieldText('economy', 'name', entry.fields.name, lang);
    if ((numberOf(entry, 'year') ?? 0) >= (numberOf(latest.get(name) ?? entry, 'year') ?? 0)) latest.set(name, entry);
  }
  const entries = [...latest.values()];
  return {
    label: t(lang, 'review.participation.income'),
    count: sumOf(entries.map(peopleOf)),
    from: entries,
    part: true,
  };
}

/** The register asks how many people and how many of them women: nobody is left open. */
function peopleOf(entry: Entry): Count {
  const [total, female] = [numberOf(entry, 'people'), numberOf(entry, 'women')];
  const count = partsCount({ total, female, male: null, other: null, unknown: null });
  if (total === null || female === null || female > total) return count;
  return { ...count, male: null, unknown: null, oneSided: 0, menOpen: 0, women: { women: female, known: total } };
}

function gap({ lang }: Content, key: string): Block {
  return { kind: 'gap', text: t(lang, key) };
}
