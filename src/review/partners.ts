/**
 * Partners in a review: who works with the reserve, of which kind, in which role; twins and networks by themselves.
 *
 * A section may take some kinds or roles (`only.ids`: `twinning`, `network`, `biosphere-reserve`). Who is the contact there
 * is not printed.
 */
import { countryName, number, t } from '../i18n/index.ts';
import { type Block, plain } from '../print/blocks.ts';
import type { Entry, Id, Lang } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { citeAll, entriesWhere, entryCell, told } from './lines.ts';
import { choiceText, dateText, fieldLabel, fieldText, leftOut } from './registers.ts';
import { countsText, missing, numberOf, onlyOf, tableId, textOf } from './sentences.ts';
import { isOlder, onlyLeftOut } from './window.ts';

const FIELDS: readonly Id[] = ['kind', 'country', 'roles', 'since', 'agreement'];

/** What is told of partners that a section asks for by themselves. */
const MORE_FIELDS: readonly Id[] = [...FIELDS, 'note', 'link'];

/** Partners by kind and role, and the list of them. */
export const partners: Filler = (content) => {
  const only = onlyOf(content);
  const { shown, left } = entriesWhere(
    content,
    'partners',
    (entry) => only === null || [textOf(entry, 'kind') ?? '', ...rolesOf(entry)].some((id) => only.includes(id)),
  );
  if (shown.length === 0) return onlyLeftOut(content, 0, left);
  const name = (entry: Entry): string => textOf(entry, 'name') ?? '–';
  const without = (field: Id): string[] => shown.filter((entry) => entry.fields[field] === undefined).map(name);
  return [
    lead(content, shown),
    ...(only === null ? [matrix(content, shown)] : []),
    list(content, shown),
    ...missing(content, 'review.partners.no-role', shown.filter((entry) => rolesOf(entry).length === 0).map(name)),
    ...missing(content, 'review.partners.no-since', without('since')),
    ...(only === null ? [] : missing(content, 'review.partners.no-agreement', without('agreement'))),
    ...leftOut(content, left),
  ];
};

/** The roles of a partner, by code. */
export function rolesOf({ fields }: Entry): Id[] {
  return Array.isArray(fields.roles) ? fields.roles : [];
}

/** The country of a partner, by name where the record has its code of two letters. */
export function countryOf(entry: Entry, lang: Lang): string {
  const country = textOf(entry, 'country')?.trim() ?? '–';
  return /^[A-Z]{2}$/.test(country) ? countryName(country, lang) : country;
}

/** How many, of which kinds, in how many countries, and how many came in the time of the review. */
function lead(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const kinds = countsText(
    shown,
    (entry) => textOf(entry, 'kind'),
    (kind) => choiceText('partners', kind, lang),
    lang,
  );
  const countries = new Set(shown.map((entry) => countryOf(entry, lang)).filter((country) => country !== '–'));
  const texts = [t(lang, 'review.partners.lead', { count: shown.length, kinds, countries: countries.size })];
  const { previous } = content.dates;
  if (previous !== null) {
    const recent = shown.filter((entry) => numberOf(entry, 'since') !== null && !isOlder(content, entry.fields.since)).length;
    texts.push(t(lang, 'review.partners.recent', { date: dateText(previous, lang), recent }));
  }
  return told(content, texts.join(' '), shown, tableId(content, 'partners'));
}

/** A row for each kind, a column for each role: one partner may have several roles. */
function matrix(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const roles = [...new Set(shown.flatMap(rolesOf))];
  const count = (entries: Entry[]): string => (entries.length === 0 ? '–' : number(lang, entries.length));
  const row = (label: string, of: Entry[], notes: number[]) => [
    { text: label, notes },
    plain(count(of)),
    ...roles.map((role) => plain(count(of.filter((entry) => rolesOf(entry).includes(role))))),
  ];
  const byKind = [...Map.groupBy(shown, (entry) => textOf(entry, 'kind') ?? '')];
  return {
    kind: 'table',
    id: tableId(content, 'partner-roles'),
    caption: t(lang, 'review.partners.matrix'),
    head: [
      fieldLabel('partners', 'kind', lang),
      t(lang, 'review.partners.number'),
      ...roles.map((role) => choiceText('partners', role, lang)),
    ],
    rows: [
      ...byKind.map(([kind, of]) => row(kind === '' ? '–' : choiceText('partners', kind, lang), of, citeAll(content, of))),
      row(t(lang, 'review.total'), shown, []),
    ],
    landscape: roles.length > 6,
  };
}

function list(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const fields = (onlyOf(content) === null ? FIELDS : MORE_FIELDS).filter((field) =>
    shown.some((entry) => entry.fields[field] !== undefined),
  );
  return {
    kind: 'table',
    id: tableId(content, 'partners'),
    caption: t(lang, 'review.partners.table'),
    head: ['name', ...fields].map((field) => fieldLabel('partners', field, lang)),
    rows: shown.map((entry) => [
      entryCell(content, entry, fieldText('partners', 'name', entry.fields.name, lang)),
      ...fields.map((field) =>
        plain(field === 'country' ? countryOf(entry, lang) : fieldText('partners', field, entry.fields[field], lang)),
      ),
    ]),
    align: ['start', ...fields.map((field) => (field === 'since' ? ('end' as const) : ('start' as const)))],
    landscape: fields.length > 6,
  };
}
