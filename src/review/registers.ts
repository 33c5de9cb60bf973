/**
 * Registers in a review: which of their lines may be shown, and how their fields are written.
 *
 *     const acts = entriesOf(content, 'legal-acts');
 *     if (acts.shown.length > 0) blocks.push(registerTable(content, 'legal-acts', acts.shown, ['date', 'title', 'zone']));
 */
import { number, pick, t } from '../i18n/index.ts';
import { type Align, type Block, plain, type Table } from '../print/blocks.ts';
import { type RecordField, recordKind } from '../records/catalogue.ts';
import type { Entry, FieldValue, Id, Lang, Origin } from '../types.ts';
import { sourceText } from '../zonation/site-facts.ts';
import type { Content } from './content.ts';

/** The lines of a register that may be shown, and how many confidential ones are left out. */
export function entriesOf(content: Content, register: Id): { shown: Entry[]; left: number } {
  const all = content.records.entries.filter((entry) => entry.register === register);
  const shown = content.confidential === 'leave-out' ? all.filter((entry) => !entry.confidential) : all;
  return { shown, left: all.length - shown.length };
}

/** A sentence for lines that are confidential and left out; nothing when there are none. */
export function leftOut({ lang }: Content, left: number): Block[] {
  return left === 0 ? [] : [{ kind: 'hint', text: t(lang, 'review.left-out', { count: left }) }];
}

/** Lines of a register as a table of `fields`; the first cell of each line cites where it comes from. Columns without a value are left out. */
export function registerTable(
  content: Content,
  register: Id,
  entries: Entry[],
  fields: Id[],
  { id = register, caption = registerTitle(register, content.lang), landscape = false } = {},
): Table {
  const used = fields.filter((field) => entries.some((entry) => entry.fields[field] !== undefined));
  return {
    kind: 'table',
    id,
    caption,
    head: used.map((field) => fieldLabel(register, field, content.lang)),
    rows: entries.map((entry) =>
      used.map((field, column) => {
        const text = fieldText(register, field, entry.fields[field], content.lang);
        return column === 0 ? { text: marked(entry, text, content.lang), notes: [citeOrigin(content, entry.from)] } : plain(text);
      }),
    ),
    align: used.map((field): Align => (['integer', 'number', 'year'].includes(fieldOf(register, field).type) ? 'end' : 'start')),
    landscape,
  };
}

/** A confidential line is shown with a mark. */
function marked(entry: Entry, text: string, lang: Lang): string {
  return entry.confidential ? `${text} [${t(lang, 'review.confidential')}]` : text;
}

export function registerTitle(register: Id, lang: Lang): string {
  return pick(kindOf(register).title, lang);
}

/** What stands above the column of `field`. */
export function fieldLabel(register: Id, field: Id, lang: Lang): string {
  return pick(fieldOf(register, field).label, lang);
}

/** A field's value as readers of `lang` write it; `–` where it is not known. */
export function fieldText(register: Id, field: Id, value: FieldValue | undefined, lang: Lang): string {
  if (value === undefined) return '–';
  const { type, choices = [] } = fieldOf(register, field);
  if (typeof value === 'boolean') return t(lang, value ? 'review.yes' : 'review.no');
  if (typeof value === 'number') return type === 'year' ? String(value) : number(lang, value);
  if (type === 'zone') return t(lang, value === 'whole' ? 'review.whole' : `zone.${value}`);
  if (type === 'date' || type === 'period') return dateText(String(value), lang);
  const words = [value].flat().map((code) => {
    const choice = choices.find(({ id }) => id === code);
    return choice === undefined ? code : pick(choice.label, lang);
  });
  return words.join('; ');
}

/** A code of a record's choices in words: the category of an event, a class of money. */
export function choiceText(register: Id, code: Id, lang: Lang): string {
  const choice = kindOf(register)
    .fields.flatMap(({ choices = [] }) => choices)
    .find(({ id }) => id === code);
  return choice === undefined ? code : pick(choice.label, lang);
}

/** An ISO 8601 year, month, day or pair of them as readers of `lang` write it: `2019–2020`, `12–14 June 2019`. */
export function dateText(iso: string, lang: Lang): string {
  const [first = '', last = first] = iso.split('/');
  const [format, other] = [formatOf(first, lang), formatOf(last, lang)];
  if (last === first) return format?.format(dayOf(first)) ?? first;
  if (first.length !== last.length) return `${format?.format(dayOf(first)) ?? first} – ${other?.format(dayOf(last)) ?? last}`;
  return format?.formatRange(dayOf(first), dayOf(last)) ?? `${first}–${last}`;
}

/** How a day or a month is written; `null` for a year, which stands as it is. */
function formatOf(iso: string, lang: Lang): Intl.DateTimeFormat | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' });
  if (!/^\d{4}-\d{2}$/.test(iso)) return null;
  return new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

const dayOf = (iso: string): Date => new Date(`${iso.length === 7 ? `${iso}-01` : iso}T00:00Z`);

/** Number of the footnote that says where a record comes from: the file and its row, or a source. */
export function citeOrigin(content: Content, from: Origin): number {
  return content.cite(originText(content, from));
}

/** The file and row of a record, the source it names, or a run. */
export function originText({ facts, datasets, lang }: Content, from: Origin): string {
  if (!('dataset' in from)) return sourceText(facts, from);
  const dataset = datasets.get(from.dataset);
  const file = dataset === undefined ? from.dataset : pick(dataset.title, lang) || dataset.href;
  const record = t(lang, 'review.record-of', { file, row: from.row });
  return from.source === undefined ? record : `${sourceText(facts, from)} (${record})`;
}

function kindOf(register: Id): NonNullable<ReturnType<typeof recordKind>> {
  const kind = recordKind(register);
  if (kind === null) throw new RangeError(`there is no kind of record "${register}" in data/records`);
  return kind;
}

function fieldOf(register: Id, field: Id): RecordField {
  const found = kindOf(register).fields.find(({ id }) => id === field);
  if (found === undefined) throw new RangeError(`"${register}" has no field "${field}"`);
  return found;
}
