/**
 * Culture in a review: heritage, traditional knowledge, practices and languages, how each fares, and what it does for the reserve.
 *
 * A section takes some types (`only.ids`); without it, all of the register.
 */
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry, Id } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { entriesWhere, told } from './lines.ts';
import { choiceText, leftOut, registerTable } from './registers.ts';
import { countsText, missing, onlyOf, tableId, textOf } from './sentences.ts';
import { onlyLeftOut } from './window.ts';

const TRENDS = ['growing', 'stable', 'declining', 'lost', 'not-known'];

/** Types of which the form asks how they are used in management. */
const USED = ['traditional-knowledge', 'practice'];

const FIELDS: readonly Id[] = ['name', 'type', 'trend', 'holders', 'use_in_management', 'since', 'note'];

/** Heritage, knowledge or languages by type and trend. */
export const heritage: Filler = (content) => {
  const { lang } = content;
  const only = onlyOf(content);
  const { shown, left } = entriesWhere(
    content,
    'heritage',
    (entry) => only === null || only.includes(textOf(entry, 'type') ?? ''),
  );
  if (shown.length === 0) return onlyLeftOut(content, 0, left);
  const types = new Set(shown.map((entry) => textOf(entry, 'type')));
  const see = tableId(content, 'heritage');
  const fields = types.size === 1 ? FIELDS.filter((field) => field !== 'type') : FIELDS;
  const caption = t(lang, isLanguages(types) ? 'review.heritage.languages-table' : 'review.heritage.table');
  return [
    lead(content, shown, see),
    registerTable(content, 'heritage', shown, [...fields], { id: see, caption }),
    ...gaps(content, shown),
    ...leftOut(content, left),
  ];
};

function isLanguages(types: Set<string | null>): boolean {
  return types.size === 1 && types.has('language');
}

function lead(content: Content, shown: Entry[], see: Id): Block {
  const { lang } = content;
  const types = new Set(shown.map((entry) => textOf(entry, 'type')));
  const trends = countsText(
    shown,
    (entry) => textOf(entry, 'trend'),
    (trend) => choiceText('heritage', trend, lang),
    lang,
    TRENDS,
  );
  const byType = countsText(
    shown,
    (entry) => textOf(entry, 'type'),
    (type) => choiceText('heritage', type, lang),
    lang,
  );
  const text = isLanguages(types)
    ? t(lang, 'review.heritage.languages', { count: shown.length, trends })
    : t(lang, 'review.heritage.lead', { types: byType, trends });
  return told(content, text, shown, see);
}

/** What has no trend, and knowledge of which nobody says how it is used. */
function gaps(content: Content, shown: Entry[]): Block[] {
  const names = (wanted: (entry: Entry) => boolean): string[] =>
    shown.filter(wanted).map((entry) => textOf(entry, 'name') ?? '–');
  const noTrend = names((entry) => [null, 'not-known'].includes(textOf(entry, 'trend')));
  const unused = names((entry) => USED.includes(textOf(entry, 'type') ?? '') && textOf(entry, 'use_in_management') === null);
  return [...missing(content, 'review.heritage.no-trend', noTrend), ...missing(content, 'review.heritage.no-use', unused)];
}
