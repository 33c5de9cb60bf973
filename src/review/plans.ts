/**
 * Plans that bear on a reserve: which are in force, which bind, which name the reserve, and how far they have come.
 *
 * A section may take some types of plans (`only.ids`). A plan in force counts however old it is.
 */
import { t } from '../i18n/index.ts';
import type { Block, Cited, Table } from '../print/blocks.ts';
import { shortened } from '../records/dates.ts';
import type { Entry, Id } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { entriesWhere } from './lines.ts';
import { choiceText, citeOrigin, dateText, fieldLabel, leftOut, registerTable } from './registers.ts';
import { countsText, isAnnex, missing, namesIn, ofSorts, onlyOf, sentence, tableId, textOf } from './sentences.ts';
import { hasPassed, olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

/** Beginning and end of a plan stand in one column, under `start`. */
const COLUMNS = ['title', 'type', 'number', 'adopted', 'start', 'authority', 'binding', 'names_reserve', 'link'];

/** Which plans each section asks for where the form does not say it; elsewhere all. */
const TYPES: { [section: Id]: readonly Id[] } = {
  'II.2.3.1': ['management-plan', 'cooperation-plan', 'strategy'],
  'II.2.4.1': ['development-plan', 'land-use-plan', 'strategy'],
  'II.2.4.2': ['agency-plan'],
  'II.7.7': ['management-plan', 'cooperation-plan'],
};

/** What people wrote on a plan, in sentences. */
const WRITTEN = ['objectives', 'progress'] as const;

/** Table T12, and below it what each plan aims at and has reached. */
export const plans: Filler = (content) => {
  const all = entriesWhere(content, 'plans', ofSorts('type', onlyOf(content, TYPES[content.section.id] ?? null)));
  const { shown, older } = sinceLast(content, all.shown, ({ fields }) => fields.end);
  if (shown.length === 0) return onlyLeftOut(content, older, all.left);
  return [
    lead(content, shown),
    table(content, shown),
    ...(isAnnex(content) ? [] : contents(content, shown)),
    ...gaps(content, shown),
    ...olderLeftOut(content, older),
    ...leftOut(content, all.left),
  ];
};

function table(content: Content, shown: Entry[]): Table {
  const { lang } = content;
  const spanned = shown.map((plan): Entry => {
    const { start, end, ...rest } = plan.fields;
    if (end === undefined) return plan;
    const span = start === undefined ? `… – ${dateText(String(end), lang)}` : shortened(`${start}/${end}`);
    return { ...plan, fields: { ...rest, start: span } };
  });
  const made = registerTable(content, 'plans', spanned, COLUMNS, { id: tableId(content, 'plans'), landscape: true });
  const label = fieldLabel('plans', 'start', lang);
  return { ...made, head: made.head.map((head) => (head === label ? t(lang, 'review.plans.span') : head)) };
}

function lead(content: Content, shown: Entry[]): Block {
  const { lang } = content;
  const text = t(lang, 'review.plans.lead', {
    count: shown.length,
    current: shown.filter((plan) => inForce(content, plan)).length,
    binding: shown.filter(({ fields }) => fields.binding === true).length,
    naming: shown.filter(({ fields }) => fields.names_reserve === true).length,
    types: countsText(
      shown,
      (plan) => textOf(plan, 'type'),
      (type) => choiceText('plans', type, lang),
      lang,
    ),
  });
  return sentence(content, text, { from: shown.map(({ from }) => from), see: tableId(content, 'plans') });
}

/** Objectives and progress of each plan that has any. */
function contents(content: Content, shown: Entry[]): Block[] {
  const { lang } = content;
  const items = shown.flatMap((plan): Cited[] => {
    const said = WRITTEN.flatMap((field) => {
      const text = textOf(plan, field);
      return text === null ? [] : [`${fieldLabel('plans', field, lang)}: ${text}`];
    });
    if (said.length === 0) return [];
    return [{ text: `${textOf(plan, 'title') ?? ''}. ${said.join(' ')}`, notes: [citeOrigin(content, plan.from)] }];
  });
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** The form wants dates and reference numbers, a plan that is in force, and its progress. */
function gaps(content: Content, shown: Entry[]): Block[] {
  const { lang } = content;
  const without = (field: string, of = shown): string[] =>
    namesIn(
      of.filter(({ fields }) => fields[field] === undefined),
      'title',
    );
  const current = shown.filter((plan) => inForce(content, plan));
  const none: Block[] = current.length === 0 ? [{ kind: 'gap', text: t(lang, 'review.plans.none-current') }] : [];
  return [
    ...none,
    ...missing(content, 'review.plans.no-number', without('number')),
    ...missing(content, 'review.plans.no-adopted', without('adopted')),
    ...missing(content, 'review.plans.no-end', without('end')),
    ...(isAnnex(content) ? [] : missing(content, 'review.plans.no-progress', without('progress', current))),
  ];
}

/** Adopted or begun, and not known to have ended. */
function inForce(content: Content, { fields }: Entry): boolean {
  const begins = fields.start ?? fields.adopted;
  return !hasPassed(content, fields.end) && (begins === undefined || String(begins) <= content.dates.current);
}
