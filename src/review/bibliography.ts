/**
 * Publications in a review: citations in the order of authors, and the matrix of themes (table T9).
 *
 *     citation(content, entry)   // 'Ivanov A., Serikova B. (2019). Title. Journal 12(3): 45–67. https://doi.org/10.…'
 */
import { number, pick, t } from '../i18n/index.ts';
import { type Block, plain } from '../print/blocks.ts';
import type { Entry, Id } from '../types.ts';
import type { Content, Filler } from './content.ts';
import { citeAll, entryCell, told, yearsText } from './lines.ts';
import { choiceText, entriesOf, leftOut } from './registers.ts';
import { countsText, missing, numberOf, tableId, textOf } from './sentences.ts';
import { originList } from './species-origins.ts';
import { recordsOf } from './species-recorded.ts';
import { olderLeftOut, onlyLeftOut, sinceLast } from './window.ts';

/** Works whose sort a reader cannot tell from the citation. */
const SAID = ['thesis', 'report', 'dataset', 'chronicle-of-nature'];

/** Publications that the review may show. */
export interface Publications {
  /** By author and year. */
  shown: Entry[];
  older: number;
  left: number;
}

/** The publications of the time of the review, in the order of the alphabet of the language. */
export function publicationsOf(content: Content): Publications {
  const { shown: open, left } = entriesOf(content, 'research');
  const { shown, older } = sinceLast(content, open, ({ fields }) => fields.year);
  const collator = new Intl.Collator(content.lang, { numeric: true, sensitivity: 'base' });
  const sorted = shown.toSorted(
    (a, b) =>
      collator.compare(textOf(a, 'authors') ?? '', textOf(b, 'authors') ?? '') ||
      (numberOf(a, 'year') ?? 0) - (numberOf(b, 'year') ?? 0) ||
      collator.compare(textOf(a, 'title') ?? '', textOf(b, 'title') ?? ''),
  );
  return { shown: sorted, older, left };
}

/** The list of references, each with its source, and the datasets that records of species came from. */
export const bibliography: Filler = (content) => {
  const { shown, older, left } = publicationsOf(content);
  const known = recordsOf(content);
  const datasets = known === null || known.origins.length === 0 ? [] : originList(content, known);
  if (shown.length === 0) {
    const rest = onlyLeftOut(content, older, left) ?? [];
    return rest.length + datasets.length === 0 ? null : [...rest, ...datasets];
  }
  const text = t(content.lang, 'review.research.bibliography', { count: shown.length, types: typesText(content, shown) });
  return [
    told(content, text, shown),
    citationList(content, shown),
    ...olderLeftOut(content, older),
    ...leftOut(content, left),
    ...datasets,
  ];
};

/** Citations as a list; each cites the record that it comes from. */
export function citationList(content: Content, entries: Entry[]): Block {
  return { kind: 'list', items: entries.map((entry) => entryCell(content, entry, citation(content, entry))) };
}

/** `article: 12; report: 3`. */
export function typesText({ lang }: Content, entries: Entry[]): string {
  return countsText(
    entries,
    (entry) => textOf(entry, 'type'),
    (type) => choiceText('research', type, lang),
    lang,
  );
}

/** Authors (year). Title. Source volume: pages. Address. What is not known is left out, but a missing year is said. */
export function citation({ lang }: Content, entry: Entry): string {
  const of = (field: string): string | null => textOf(entry, field)?.trim() || null;
  const year = numberOf(entry, 'year');
  const said = of('type');
  const sort = said !== null && SAID.includes(said) ? ` [${choiceText('research', said, lang)}]` : '';
  const names = [of('authors') ?? '', `(${year ?? t(lang, 'review.window.no-date')})`].filter((part) => part !== '').join(' ');
  const parts = [
    names,
    `${of('title') ?? ''}${sort}`,
    placeIn(of('source'), of('volume'), of('pages')),
    address(of('doi'), of('link')),
  ];
  return parts
    .filter((part) => part !== '')
    .map((part, i) => (i === parts.length - 1 && /^https?:/.test(part) ? part : stopped(part)))
    .join(' ');
}

/** `Journal 12(3): 45–67`. */
function placeIn(source: string | null, volume: string | null, pages: string | null): string {
  const name = [source, volume].filter((part) => part !== null).join(' ');
  const range = pages?.replace(/(\d)\s*-\s*(?=\d)/g, '$1–') ?? null;
  return [name === '' ? null : name, range].filter((part) => part !== null).join(': ');
}

/** The DOI as an address, else the link. */
function address(doi: string | null, link: string | null): string {
  if (doi === null) return link ?? '';
  return `https://doi.org/${doi.replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '')}`;
}

/** With a full stop, unless it ends with one or with a question or exclamation mark, or is an address. */
function stopped(part: string): string {
  return /[.!?…]$|https?:\S+$/.test(part) ? part : `${part}.`;
}

/** Table T9: themes of Annex I, how many works treat each, and in which years. */
export function themeBlocks(content: Content, entries: Entry[]): Block[] {
  const { lang } = content;
  const byTheme = new Map<Id, Entry[]>();
  for (const entry of entries) for (const theme of themesOf(entry)) byTheme.set(theme, [...(byTheme.get(theme) ?? []), entry]);
  const bare = entries.filter((entry) => themesOf(entry).length === 0);
  const gap = missing(content, 'review.research.no-themes', bare.map(shortName));
  if (byTheme.size === 0) return gap;
  const rows = themesInOrder(content, [...byTheme.keys()]).map(({ id, label, list }) => {
    const of = byTheme.get(id) ?? [];
    const years = of.flatMap((entry) => numberOf(entry, 'year') ?? []);
    return [
      {
        text: label,
        notes: citeAll(content, of),
      },
      plain(list),
      plain(number(lang, of.length)),
      plain(yearsText(years) || t(lang, 'review.window.no-date')),
    ];
  });
  const head = ['theme', 'area', 'works', 'years'].map((column) => t(lang, `review.research.${column}`));
  return [
    {
      kind: 'table',
      id: tableId(content, 'themes'),
      caption: t(lang, 'review.research.themes-table'),
      head,
      rows,
      align: ['start', 'start', 'end', 'start'],
    },
    { kind: 'hint', text: t(lang, 'review.research.several-themes') },
    ...gap,
  ];
}

/** The themes that a work, or a monitoring programme, is filed under. */
export function themesOf({ fields }: Entry): Id[] {
  return Array.isArray(fields.themes) ? fields.themes : [];
}

/** Themes in the order of the lists of the form, with their label and list; those that no list has stand last, as they were written. */
export function themesInOrder({ form, lang }: Content, ids: Id[]): { id: Id; label: string; list: string }[] {
  const wanted = new Set(ids);
  const listed = form.tickLists.flatMap((list) =>
    list.terms
      .filter(({ id }) => wanted.delete(id))
      .map(({ id, label }) => ({ id, label: pick(label, lang), list: pick(list.title, lang) })),
  );
  return [...listed, ...[...wanted].map((id) => ({ id, label: id, list: '–' }))];
}

/** Labels of themes, `birds; wetlands`. */
export function themesText(content: Content, ids: Id[]): string {
  return themesInOrder(content, ids)
    .map(({ label }) => label)
    .join('; ');
}

/** `Ivanov A. 2019`: enough to find a work in the list. */
function shortName(entry: Entry): string {
  const first = (textOf(entry, 'authors') ?? textOf(entry, 'title') ?? '–').split(/[,;]/)[0]?.trim() ?? '–';
  return `${first} ${numberOf(entry, 'year') ?? ''}`.trim();
}
