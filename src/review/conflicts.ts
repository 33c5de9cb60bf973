/**
 * Conflicts over resources, access, land and competence: the form keeps them confidential. That none is recorded does not
 * mean that there is none.
 */
import { t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { choiceText, entriesOf, leftOut, registerTable } from './registers.ts';
import { countsText, missing, namesIn, sentence, tableId, textOf } from './sentences.ts';

const STATES = ['open', 'in-talks', 'resolved'];

/** Conflicts by type and state, the open ones first. */
export const conflicts: Filler = (content) => {
  const { shown, left } = entriesOf(content, 'conflicts');
  if (shown.length === 0) return left === 0 ? null : leftOut(content, left);
  const sorted = shown.toSorted((a, b) => rank(a) - rank(b));
  const columns = ['what', 'type', 'zone', 'since', 'parties', 'status', 'resolution'];
  return [
    lead(content, sorted),
    registerTable(content, 'conflicts', sorted, columns, { id: tableId(content, 'conflicts'), landscape: true }),
    ...missing(content, 'review.conflicts.no-resolution', namesIn(sorted.filter(unanswered), 'what')),
    ...missing(
      content,
      'review.conflicts.no-state',
      namesIn(
        sorted.filter(({ fields }) => fields.status === undefined),
        'what',
      ),
    ),
    ...leftOut(content, left),
  ];
};

function lead(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const counts = (field: string, order?: string[]): string =>
    countsText(
      shown,
      (one) => textOf(one, field),
      (code) => choiceText('conflicts', code, lang),
      lang,
      order,
    );
  const text = t(lang, 'review.conflicts.lead', { count: shown.length, states: counts('status', STATES), types: counts('type') });
  return sentence(content, text, { from: shown.map(({ from }) => from), see: tableId(content, 'conflicts') });
}

function unanswered({ fields }: Entry): boolean {
  return fields.resolution === undefined;
}

function rank(one: Entry): number {
  const place = STATES.indexOf(textOf(one, 'status') ?? '');
  return place < 0 ? STATES.length : place;
}
