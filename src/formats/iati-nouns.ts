/**
 * What every part of an IATI record is read with: names by language, organisations by reference, days, ids.
 */
import type { ProblemCode } from '../problems.ts';
import { checkRor } from '../science/identifiers.ts';
import type { Id, Lang, LocalText, Organisation } from '../types.ts';
import { pathOf } from './iati.ts';
import { languageOf } from './iati-ruleset.ts';
import type { ImportIssue, Severity } from './import-issue.ts';
import { attribute, elements, textOf, type XmlElement } from './xml-tree.ts';

export interface NounContext {
  file: string;
  dataset: Id;
  /** By reference, or by name where there is none. */
  organisations: Map<string, Organisation>;
  /** Ids by identifier. */
  activities: Map<string, Id>;
  /** Ids that are given. */
  taken: { organisations: Set<Id>; activities: Set<Id> };
  /** What was left out, by name, with how often. */
  left: Map<string, number>;
  tell: [Severity, ProblemCode, ImportIssue['details']][];
}

const LANGS: readonly Lang[] = ['en', 'ru', 'kk', 'tr'];

/** The narratives of `of` in our languages; a text without a stated language counts as the default of its record, else English. */
export function narratives(of: XmlElement, index: number, context: NounContext): LocalText {
  const text: LocalText = {};
  const others: string[] = [];
  let first = '';
  for (const narrative of elements(of, 'narrative')) {
    const words = textOf(narrative).trim();
    if (words === '') continue;
    if (first === '') first = words;
    const lang = (languageOf(narrative) ?? 'en').toLowerCase().split('-')[0] ?? '';
    const ours = LANGS.find((one) => one === lang);
    if (ours === undefined) others.push(lang);
    else if (text[ours] === undefined) text[ours] = words;
  }
  if (others.length > 0) {
    const details = {
      file: context.file,
      path: pathOf(of, index),
      line: String(of.line),
      found: [...new Set(others)].join(', '),
    };
    context.tell.push(['warning', 'iati-language-other', details]);
    if (Object.keys(text).length === 0) text.en = first; // better its own words than no name
  }
  return text;
}

/**
 * The organisation that an element names by reference or narrative; `null` where it has neither. One reference is one
 * organisation; without one, one name is. Further names become aliases.
 */
export function organisationOf(
  of: XmlElement,
  index: number,
  context: NounContext,
  { ref = attribute(of, 'ref'), type = attribute(of, 'type') }: { ref?: string | null; type?: string | null } = {},
): Id | null {
  const reference = ref?.trim() || null;
  const name = narratives(of, index, context);
  const names = Object.values(name);
  const plain = (names[0] ?? '').toLowerCase().replace(/\s+/g, ' ');
  if (reference === null && plain === '') return null;
  const key = reference === null ? `name ${plain}` : `ref ${reference}`;
  const known = context.organisations.get(key);
  if (known !== undefined) {
    known.kind ??= type || null;
    const already = new Set([...Object.values(known.name), ...known.aliases]);
    known.aliases.push(...names.filter((one) => !already.has(one) && Object.keys(known.name).length > 0));
    if (Object.keys(known.name).length === 0) known.name = name;
    return known.id;
  }
  const ids: Organisation['ids'] = reference === null ? {} : { iati: reference };
  const ror = rorOf(reference, of, index, context);
  if (ror !== null) ids.ror = ror;
  const id = freeId(slugOf(reference ?? plain), context.taken.organisations);
  context.organisations.set(key, { id, name, acronym: null, kind: type || null, country: null, parent: null, ids, aliases: [] });
  return id;
}

/** The ROR that a reference is made of; one with wrong check digits is told, and kept as a reference only. */
function rorOf(reference: string | null, of: XmlElement, index: number, { file, tell }: NounContext): string | null {
  const own = /^XI-ROR-(.+)$/i.exec(reference ?? '')?.[1];
  if (own === undefined) return null;
  const checked = checkRor(own);
  if (checked.ok) return checked.url ?? null;
  const expected = checked.why === 'form' ? checked.form : `${own.slice(0, -2)}${checked.expected}`;
  tell.push([
    'error',
    'iati-value-unread',
    { file, path: pathOf(of, index), line: String(of.line), name: 'ref', found: own, expected },
  ]);
  return null;
}

/** `base`, or with the first number that makes it new; two identifiers that differ only in signs get different ids. */
export function freeId(base: Id, taken: Set<Id>): Id {
  let id = base;
  for (let i = 2; taken.has(id); i++) id = `${base}-${i}`;
  taken.add(id);
  return id;
}

/** Letters and digits, with single hyphens between them. */
export function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'x' : slug;
}

/** The day of an IATI date (`2024-12-31Z`), or `null`. */
export function dayOf(text: string | null): string | null {
  const day = /^\s*(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?\s*$/.exec(text ?? '')?.[1];
  return day === undefined || Number.isNaN(Date.parse(day)) ? null : day;
}

/** The day after a day: IATI's periods include their end, ours do not. */
export function nextDay(text: string, step = 1): string | null {
  const day = dayOf(text);
  return day === null ? null : new Date(Date.parse(day) + step * 86_400_000).toISOString().slice(0, 10);
}

/** A decimal number, or `null`. */
export function decimalOf(text: string | null): number | null {
  const trimmed = text?.trim() ?? '';
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(trimmed) ? Number(trimmed) : null;
}
