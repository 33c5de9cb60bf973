/**
 * Bodies in which people have a say: who sits in them, how they came there, how often they meet.
 *
 * A section may take some types (`only.ids`: `council`, `women-group`).
 */
import { t } from '../i18n/index.ts';
import { type Align, type Block, plain, type Table } from '../print/blocks.ts';
import type { Entry, Id } from '../types.ts';
import { activitiesInTime, activityList, listId, results } from './activities.ts';
import type { Content, Filler } from './content.ts';
import { attendance, eventTypes } from './events.ts';
import { type Count, cautions, partsCount, peopleColumns, sumOf, totalText, womenText, youngText } from './headcounts.ts';
import { entriesWhere, entryCell, told } from './lines.ts';
import { choiceText, fieldLabel, fieldText, leftOut } from './registers.ts';
import { countsText, missing, numberOf, onlyOf, tableId, textOf } from './sentences.ts';
import { olderLeftOut } from './window.ts';

const FIELDS = ['type', 'groups', 'procedure', 'since', 'meetings_per_year', 'role'] as const;

/** Representation and consultation: the bodies with their members, and the consultations of the time of the review. */
export const representation: Filler = (content) => {
  const { lang } = content;
  const { shown, left } = bodiesOf(content, onlyOf(content));
  const consultations = activitiesInTime(content, 'event', ['consultation']);
  const blocks = shown.length === 0 ? [] : [...bodyBlocks(content, shown), ...bodyGaps(content, shown)];
  if (consultations.shown.length > 0) blocks.push(...consultationBlocks(content));
  else if (shown.length > 0) blocks.push({ kind: 'gap', text: t(lang, 'review.participation.no-consultations') });
  blocks.push(...leftOut(content, left), ...olderLeftOut(content, consultations.older));
  return blocks.length === 0 ? null : blocks;
};

/** Bodies of the register, of some types only where these are named. */
export function bodiesOf(content: Content, types: readonly string[] | null = null): { shown: Entry[]; left: number } {
  return entriesWhere(content, 'representation', (entry) => types === null || types.includes(textOf(entry, 'type') ?? ''));
}

/** Members of a body as far as they were counted. */
export function membersOf(entry: Entry): Count {
  const of = (field: string): number | null => numberOf(entry, field);
  const parts = { total: of('total'), female: of('female'), male: of('male'), other: of('other'), unknown: of('unknown') };
  return partsCount(parts, { '18-35': of('age_18_35') });
}

/** A sentence with figures, the table of bodies and the table of their members; `brief` puts both in one. */
export function bodyBlocks(content: Content, shown: Entry[], { brief = false, ages = true } = {}): Block[] {
  const { lang } = content;
  const sum = sumOf(shown.map(membersOf));
  const types = countsText(
    shown,
    (entry) => textOf(entry, 'type'),
    (type) => choiceText('representation', type, lang),
    lang,
  );
  const text = t(lang, 'review.participation.bodies', { count: shown.length, types });
  const seats = sum.total === null ? '' : t(lang, 'review.participation.seats', { total: totalText(sum, lang) });
  const words = [text, seats, womenText(sum, lang), youngText(sum, lang)].filter((part) => part !== '').join(' ');
  const tables = brief
    ? [bodyTable(content, shown, { fields: ['type'], people: true, ages })]
    : [
        bodyTable(content, shown, { fields: FIELDS, people: false, ages }),
        ...(sum.total === null ? [] : [bodyTable(content, shown, { fields: [], people: true, ages })]),
      ];
  return [told(content, words, shown, tableId(content, 'bodies')), ...cautions({ ...sum, people: true }, lang), ...tables];
}

/** A row for each body with fields of the register that anybody filled, or with its members, or with both. */
function bodyTable(content: Content, shown: Entry[], choice: { fields: readonly Id[]; people: boolean; ages: boolean }): Table {
  const { lang } = content;
  const fields = choice.fields.filter((field) => shown.some((entry) => entry.fields[field] !== undefined));
  const members = choice.people ? shown.map(membersOf).filter(({ total }) => total !== null) : [];
  const people = members.length === 0 ? null : peopleColumns(members, lang, { ages: choice.ages });
  const only = choice.people && fields.length === 0;
  return {
    kind: 'table',
    id: tableId(content, only ? 'members' : 'bodies'),
    caption: t(lang, only ? 'review.participation.members-table' : 'review.participation.bodies-table'),
    head: [...['body', ...fields].map((field) => fieldLabel('representation', field, lang)), ...(people?.head ?? [])],
    rows: shown.map((entry) => [
      entryCell(content, entry, fieldText('representation', 'body', entry.fields.body, lang)),
      ...fields.map((field) => plain(fieldText('representation', field, entry.fields[field], lang))),
      ...(people?.cells(membersOf(entry)) ?? []),
    ]),
    align: [
      'start',
      ...fields.map((field): Align => (field === 'meetings_per_year' || field === 'since' ? 'end' : 'start')),
      ...(people?.head ?? []).map((): Align => 'end'),
    ],
  };
}

/** Bodies of which it is not known who sits in them or how they are chosen, or whose figures contradict one another. */
function bodyGaps(content: Content, shown: Entry[]): Block[] {
  const names = (wanted: (entry: Entry) => boolean): string[] =>
    shown.filter(wanted).map((entry) => textOf(entry, 'body') ?? '–');
  return [
    ...missing(
      content,
      'review.participation.no-members',
      names((entry) => membersOf(entry).total === null),
    ),
    ...missing(
      content,
      'review.participation.no-procedure',
      names((entry) => textOf(entry, 'procedure') === null),
    ),
    ...missing(
      content,
      'review.participation.wrong-members',
      names((entry) => membersOf(entry).wrong > 0),
    ),
  ];
}

/** Consultations of the time of the review: how many, who came, the list. */
export function consultationBlocks(content: Content, types: readonly string[] = ['consultation']): Block[] {
  const { lang } = content;
  const { shown } = activitiesInTime(content, 'event', types);
  if (shown.length === 0) return [];
  const see = listId(content, shown, 'consultations');
  const text = t(lang, 'review.participation.consultations', { count: shown.length, types: eventTypes(content, shown) });
  return [
    told(content, text, shown, see),
    ...attendance(content, shown, 'attended', see),
    ...activityList(content, shown, {
      kind: 'events',
      name: 'consultations',
      caption: t(lang, 'review.participation.consultations-table'),
      measure: 'attended',
    }),
    ...results(content, shown),
  ];
}
