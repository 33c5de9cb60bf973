/**
 * Annex I, the sheet of the MABnet directory: administrative facts, nature in a few words, and the lists in which is ticked what
 * is monitored or studied.
 *
 * A variable is ticked where a line of the registers of variables, monitoring or research carries its theme. Where none of
 * them carries any, the lists are a gap: an empty tick list would say that nothing is measured.
 */
import { countryName, number, pick, t } from '../i18n/index.ts';
import { type Block, type Cited, plain } from '../print/blocks.ts';
import type { Entry, FieldValue, Id } from '../types.ts';
import type { Content } from './content.ts';
import { merged, placeText, sourcesText, tableId } from './figures.ts';
import type { Form } from './form.ts';
import { citeOrigin, entriesOf, leftOut } from './registers.ts';
import { designationNote } from './site-basics.ts';

/** Registers that say what is measured, and the fields that name it. */
const MEASURED: readonly { register: Id; field: Id }[] = [
  { register: 'variables', field: 'variable' },
  { register: 'monitoring', field: 'themes' },
  { register: 'research', field: 'themes' },
];

/** Terms stand in so many columns. */
const COLUMNS = 3;

/** Fields of the register `directory` by the section that asks for them. */
const FIELDS: Record<string, Id[]> = {
  'ecosystem-type': ['ecosystem_type'],
  'bioclimatic-zone': ['bioclimatic_zone'],
  habitats: ['habitats'],
};

/** The filler `directory-sheet`, by the last word of the section's id; `null` where nothing is known, and for the sheet as a whole. */
export function directorySheet(content: Content): Block[] | null {
  const part = content.section.id.split('.').at(-1) ?? '';
  if (part === 'administrative') return administrative(content);
  if (part === 'altitude') return altitude(content);
  if (part === 'variables') return tickLists(content);
  const items = (FIELDS[part] ?? []).flatMap((field) => fieldItems(content, field));
  return items.length === 0 ? null : items.map((text): Block => ({ kind: 'text', text }));
}

/** Name, country, year, region, town and who administers: a table of label and value. */
function administrative(content: Content): Block[] | null {
  const { facts, lang } = content;
  const label = (name: string): Cited => plain(t(lang, `review.directory.label.${name}`));
  const years = facts.designations.filter((d) => d.kind === 'biosphere-reserve' && d.year !== null);
  const { shown, left } = entriesOf(content, 'authorities');
  const rows: Cited[][] = [
    [label('name'), plain(pick(facts.site.name, lang))],
    [label('country'), plain(facts.site.countries.map((code) => countryName(code, lang)).join(', '))],
    ...merged(years.map((d) => ({ text: String(d.year), notes: [content.cite(designationNote(content, d))] }))).map((year) => [
      label('designated'),
      year,
    ]),
    ...['region', 'nearest_town', 'staff_note'].flatMap((field) =>
      valuesOf(content, field).map((value) => [label(field), value]),
    ),
    ...shown
      .filter(({ fields }) => fields.role === 'administers' || fields.role === 'coordinates')
      .map((entry) => [label(String(entry.fields.role)), authority(content, entry)]),
  ];
  return [
    { kind: 'table', id: tableId('administrative', content), caption: '', head: [], rows, align: ['start', 'start'] },
    ...leftOut(content, left),
  ];
}

function authority(content: Content, { fields, from }: Entry): Cited {
  const zone = fields.zone === 'core' || fields.zone === 'buffer' || fields.zone === 'transition' ? fields.zone : 'whole';
  return { text: `${fields.organisation ?? ''} (${placeText(content.lang, zone)})`, notes: [citeOrigin(content, from)] };
}

/** The lowest and the highest point. */
function altitude(content: Content): Block[] | null {
  const { lang } = content;
  const items = entriesOf(content, 'directory').shown.flatMap(({ fields, from }): Cited[] => {
    const [low, high] = [fields.altitude_min, fields.altitude_max].map((value) =>
      typeof value === 'number' ? number(lang, value) : null,
    );
    if (low == null && high == null) return [];
    return [{ text: t(lang, 'review.directory.altitude', { low, high }), notes: [citeOrigin(content, from)] }];
  });
  return items.length === 0 ? null : items.map((text): Block => ({ kind: 'text', text }));
}

function fieldItems(content: Content, field: Id): Cited[] {
  return valuesOf(content, field).map(({ text, notes }) => ({
    text: t(content.lang, `review.directory.${field}`, { value: text }),
    notes,
  }));
}

/** What the register `directory` says in a field, with its footnote. */
function valuesOf(content: Content, field: Id): Cited[] {
  return entriesOf(content, 'directory').shown.flatMap(({ fields, from }) =>
    fields[field] === undefined ? [] : [{ text: String(fields[field]), notes: [citeOrigin(content, from)] }],
  );
}

/** A table for each list, each term with its box; then how many are ticked, and themes that no list has. */
function tickLists(content: Content): Block[] | null {
  const { lang, form } = content;
  const ticked = tickedThemes(content);
  if (ticked.size === 0) return null;
  const lists = form.tickLists.filter(({ section }) => section === content.section.id);
  const terms = new Set(lists.flatMap((list) => list.terms.map(({ id }) => id)));
  const unknown = [...ticked.keys()].filter((theme) => !terms.has(theme));
  const left = MEASURED.reduce((sum, { register }) => sum + entriesOf(content, register).left, 0);
  return [
    { kind: 'text', text: summary(content, lists, ticked) },
    ...lists.map((list) => tickTable(content, list, ticked)),
    ...(lists.some(({ complete }) => !complete) ? [{ kind: 'hint' as const, text: t(lang, 'review.directory.incomplete') }] : []),
    ...(unknown.length === 0
      ? []
      : [{ kind: 'hint' as const, text: t(lang, 'review.directory.no-term', { list: unknown.join(', ') }) }]),
    ...leftOut(content, left),
  ];
}

/** Themes that a register carries, each with the lines that carry it. */
function tickedThemes(content: Content): Map<Id, Entry[]> {
  const carried = MEASURED.flatMap(({ register, field }) =>
    entriesOf(content, register).shown.flatMap((entry) => wordsIn(entry.fields[field]).map((theme) => ({ theme, entry }))),
  );
  const byTheme = Map.groupBy(carried, ({ theme }) => theme);
  return new Map([...byTheme].map(([theme, same]) => [theme, same.map(({ entry }) => entry)]));
}

function wordsIn(value: FieldValue | undefined): string[] {
  return value === undefined || typeof value === 'boolean' || typeof value === 'number' ? [] : [value].flat();
}

/** How many terms are ticked, and which files and sources say so. */
function summary(content: Content, lists: Form['tickLists'], ticked: Map<Id, Entry[]>): Cited {
  const counts = lists.map(({ title, terms }) => {
    const values = { list: pick(title, content.lang), count: terms.filter(({ id }) => ticked.has(id)).length, all: terms.length };
    return t(content.lang, 'review.directory.ticked-of', values);
  });
  const entries = [...new Set([...ticked.values()].flat())];
  const sources = sourcesText(
    content,
    entries.map(({ from }) => from),
  );
  return {
    text: t(content.lang, 'review.directory.ticked', { counts: counts.join('; ') }),
    notes: [content.cite(t(content.lang, 'review.directory.ticked-from', { count: entries.length, sources }))],
  };
}

function tickTable(content: Content, { id, title, terms }: Form['tickLists'][number], ticked: Map<Id, Entry[]>): Block {
  const cells = terms.map((term) => plain(`${ticked.has(term.id) ? '☒' : '☐'} ${pick(term.label, content.lang)}`));
  const rows = Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column) => cells[row * COLUMNS + column] ?? plain('')),
  );
  return {
    kind: 'table',
    id: tableId(`ticks-${id}`, content),
    caption: pick(title, content.lang),
    head: [],
    rows,
    align: ['start', 'start', 'start'],
    wide: true,
  };
}
