/**
 * Sentences round a table: what its lines come to, and what is missing in them.
 *
 *     sentence(content, 'Plans: 3; in force: 2.', { from: plans.map(({ from }) => from), see: 'II.9.4-plans' })
 *     missing(content, 'review.plans.no-number', ['Forest plan', 'Strategy'])
 */
import { number, t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Entry, Id, Lang, Origin } from '../types.ts';
import type { Content } from './content.ts';
import { originText } from './registers.ts';

/** More footnotes than these make a sentence unreadable: the table below it then cites its lines one by one. */
const MOST_NOTES = 4;

/** More names than these are counted. */
const MOST_NAMES = 12;

/**
 * A sentence whose figures come from `from`; where these are many, the table that it refers to cites them. Without such a
 * table it takes the footnotes that stand in `notes`.
 */
export function sentence(
  content: Content,
  text: string,
  { from = [], notes = [], see }: { from?: Origin[]; notes?: number[]; see?: Id } = {},
): Block {
  const origins = new Set(from.map((origin) => originText(content, origin)));
  const few = see === undefined || origins.size <= MOST_NOTES;
  const all = [...new Set([...notes, ...(few ? [...origins].map((origin) => content.cite(origin)) : [])])];
  return { kind: 'text', text: see === undefined ? { text, notes: all } : { text, notes: all, see: [see] } };
}

/** A marked gap that names what it concerns as `{names}`; nothing when there is nothing to name. */
export function missing({ lang }: Content, key: string, names: string[]): Block[] {
  return names.length === 0 ? [] : [{ kind: 'gap', text: t(lang, key, { names: namesText(names, lang), count: names.length }) }];
}

/** Names with a semicolon between; what goes beyond a handful is counted. */
export function namesText(names: string[], lang: Lang): string {
  const first = names.slice(0, MOST_NAMES).join('; ');
  return names.length <= MOST_NAMES ? first : t(lang, 'review.window.more', { names: first, count: names.length - MOST_NAMES });
}

/** `finished: 3; running: 2`: how many of each sort there are, in the order of `sorts` or of their first line. */
export function countsText<T>(
  items: T[],
  sortOf: (item: T) => string | null,
  labelOf: (sort: string) => string,
  lang: Lang,
  sorts?: readonly string[],
): string {
  const groups = Map.groupBy(items, (item) => sortOf(item) ?? '');
  const order = [...(sorts ?? []).filter((sort) => groups.has(sort)), ...groups.keys()].filter((sort) => sort !== '');
  const parts = [...new Set(order)].map((sort) => `${labelOf(sort)}: ${number(lang, groups.get(sort)?.length ?? 0)}`);
  const unknown = groups.get('')?.length ?? 0;
  if (unknown > 0) parts.push(`${t(lang, 'review.window.not-stated')}: ${number(lang, unknown)}`);
  return parts.join('; ');
}

/** A table's name for cross-references: a register may stand in several sections. */
export function tableId({ section }: Content, name: Id): Id {
  return `${section.id}-${name}`;
}

/** A field that holds text, else `null`. */
export function textOf({ fields }: Entry, field: string): string | null {
  const value = fields[field];
  return typeof value === 'string' ? value : null;
}

/** A field that holds a number, else `null`. */
export function numberOf({ fields }: Entry, field: string): number | null {
  const value = fields[field];
  return typeof value === 'number' ? value : null;
}

/** What the section takes of a register's sorts: those that the form names, else `otherwise`; `null` for all. */
export function onlyOf({ section }: Content, otherwise: readonly Id[] | null = null): readonly Id[] | null {
  return section.only?.ids ?? otherwise;
}

/** Whether `field` of an entry holds one of `sorts`; every entry passes where that is `null`. */
export function ofSorts(field: Id, sorts: readonly Id[] | null): (entry: Entry) => boolean {
  return (entry) => sorts === null || sorts.includes(textOf(entry, field) ?? '');
}

/** `title` of each entry, for a gap that names them. */
export function namesIn(entries: Entry[], field: Id): string[] {
  return entries.map((entry) => textOf(entry, field) ?? entry.id);
}

/** Whether the section is one of the summary (Part I), which takes a page or two in all. */
export function isSummary({ section }: Content): boolean {
  return section.id.startsWith('I.');
}

/** Whether the section is one of the annexed lists (II.9). */
export function isAnnex({ section }: Content): boolean {
  return section.id.startsWith('II.9');
}
