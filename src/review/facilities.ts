/**
 * Buildings, vehicles, equipment and services for the community, and the state that they are in.
 *
 * A section takes some types (`only.ids`). What stands, stands: the age of a line does not matter.
 */
import { number, t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { entriesWhere } from './lines.ts';
import { choiceText, leftOut, registerTable } from './registers.ts';
import { missing, namesIn, numberOf, ofSorts, onlyOf, sentence, tableId, textOf } from './sentences.ts';

const STATES = ['good', 'worn', 'out-of-use', ''];

const COLUMNS = ['name', 'type', 'number', 'state', 'year', 'zone', 'note'];

/** How many there are of each type and in which state, and the list. */
export const facilities: Filler = (content) => {
  const { shown, left } = entriesWhere(content, 'facilities', ofSorts('type', onlyOf(content)));
  if (shown.length === 0) return left === 0 ? null : leftOut(content, left);
  const uncounted = shown.filter((one) => numberOf(one, 'number') === null).length;
  return [
    lead(content, shown),
    ...(uncounted === 0
      ? []
      : [{ kind: 'hint', text: t(content.lang, 'review.facilities.one-each', { count: uncounted }) } as const]),
    registerTable(content, 'facilities', shown, COLUMNS, { id: tableId(content, 'facilities') }),
    ...missing(content, 'review.facilities.no-state', namesIn(shown.filter(stateless), 'name')),
    ...leftOut(content, left),
  ];
};

function lead(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const types = [...Map.groupBy(shown, (one) => textOf(one, 'type') ?? '')].map(
    ([type, of]) => `${choiceText('facilities', type, lang)}: ${number(lang, unitsOf(of))}`,
  );
  const states = STATES.flatMap((state) => {
    const of = shown.filter((one) => (textOf(one, 'state') ?? '') === state);
    const label = state === '' ? t(lang, 'review.window.not-stated') : choiceText('facilities', state, lang);
    return of.length === 0 ? [] : [`${label}: ${number(lang, unitsOf(of))}`];
  });
  const text = t(lang, 'review.facilities.lead', { types: types.join('; '), states: states.join('; ') });
  return sentence(content, text, { from: shown.map(({ from }) => from), see: tableId(content, 'facilities') });
}

/** A line that names a thing and no number is one thing. */
function unitsOf(of: Entry[]): number {
  return of.reduce((sum, one) => sum + (numberOf(one, 'number') ?? 1), 0);
}

function stateless({ fields }: Entry): boolean {
  return fields.state === undefined;
}
