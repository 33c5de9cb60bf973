/**
 * The rules of the IATI standard: data in `iati-rules.json` (MIT, IATI/IATI-Rulesets), evaluated here after their specification.
 *
 *     checkRules(standardRules, root, { today: '2026-06-30' }, ({ rule, at }) => …);
 *
 * Where the specification leaves a choice open, the reading is that of XPath: a path holds where it finds something. Without
 * `organisations` every identifier counts as one that is not registered; without `prefixes`, 1.14.8 and 1.18.8 are not asked.
 *
 * Reference: IATI Ruleset Specification, JS edition (SPEC.rst of IATI/IATI-Rulesets).
 */
import rulesFile from './iati-rules.json' with { type: 'json' };
import { attribute, type XmlElement } from './xml-tree.ts';
import { documentNode, evaluate, holds, select, stringOf, type XpathNode } from './xpath.ts';

/** What one rule asks, as the ruleset writes it. */
export interface RuleCase {
  id?: string;
  severity?: string;
  message?: string;
  condition?: string;
  idCondition?: string;
  paths?: string[];
  less?: string;
  more?: string;
  regex?: string;
  sum?: number;
  excluded?: string[];
  date?: string;
  start?: string;
  end?: string;
  one?: string;
  all?: string;
  foreach?: string;
  do?: Record<string, { cases: RuleCase[] }>;
  subs?: string[];
  prefix?: string[];
  separator?: string;
  if?: string;
  then?: string;
  min?: number;
  max?: number;
  [key: string]: unknown;
}

export interface Rule extends RuleCase {
  /** The elements that the rule is about, as XPath. */
  context: string;
  /** The name of the operation, such as `atleast_one`. */
  rule: string;
}

/** Every case of the standard ruleset, version 2.03; its 89 ids stand in `id`, in loops inside `do`. */
export const standardRules = rulesFile.rules as unknown as readonly Rule[];

export interface RuleOptions {
  /** The day that "now" is, ISO 8601: what is in the future is told by it. */
  today: string;
  /** Identifiers of organisations that publish. */
  organisations?: ReadonlySet<string>;
  /** Prefixes of registration agencies (`XM-DAC`). */
  prefixes?: ReadonlySet<string>;
}

export interface BrokenRule {
  rule: RuleCase;
  /** The element that the rule was asked of, or a closer one that broke it. */
  at: XmlElement;
  /** Values that the rule looked at, for the reader of the message. */
  found: string;
}

/** The ids that a ruleset asks. */
export function ruleIds(rules: readonly Rule[]): string[] {
  const inner = (rule: RuleCase): RuleCase[] =>
    Object.values(rule.do ?? {})
      .flatMap(({ cases }) => cases.flatMap(inner))
      .concat(rule);
  return [...new Set(rules.flatMap((rule) => inner(rule).flatMap(({ id }) => id ?? [])))];
}

/** A ruleset in the form that IATI publishes (`{ context: { rule: { cases } } }`), as the list that `checkRules` takes. */
export function rulesFrom(ruleset: Record<string, Record<string, { cases: RuleCase[] }>>): Rule[] {
  return Object.entries(ruleset).flatMap(([context, rules]) =>
    Object.entries(rules).flatMap(([rule, { cases }]) => cases.map((one) => ({ ...one, context, rule: plainName(rule) }))),
  );
}

/** Rulesets may write `atLeastOne` for `atleast_one`. */
function plainName(rule: string): string {
  const name = rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { at_least_one: 'atleast_one', starts_with: 'startswith' }[name] ?? name;
}

/** Tells every rule that the document below `root` breaks. */
export function checkRules(
  rules: readonly Rule[],
  root: XmlElement,
  options: RuleOptions,
  tell: (broken: BrokenRule) => void,
): void {
  const document = documentNode(root);
  const contexts = new Map<string, XpathNode[]>();
  for (const rule of rules) {
    const nodes = contexts.get(rule.context) ?? select(rule.context, document);
    contexts.set(rule.context, nodes);
    for (const node of nodes) {
      if (rule.rule === 'loop') checkLoop(rule, node, options, tell);
      else checkCase(rule.rule, rule, node, options, tell);
    }
  }
}

function checkLoop(loop: RuleCase, node: XpathNode, options: RuleOptions, tell: (broken: BrokenRule) => void): void {
  const values = new Set(select(loop.foreach ?? '', node).map(stringOf));
  for (const [name, { cases }] of Object.entries(loop.do ?? {}))
    for (const one of cases) for (const value of values) checkCase(name, substituted(one, value), node, options, tell);
}

/** `$1` stands for the value of the round, wherever it is written: the ruleset's own `subs` leaves conditions out that need it. */
function substituted(one: RuleCase, value: string): RuleCase {
  const put = (text: unknown): unknown => (typeof text === 'string' ? text.replaceAll('$1', value.replaceAll("'", '')) : text);
  return Object.fromEntries(Object.entries(one).map(([key, its]) => [key, Array.isArray(its) ? its.map(put) : put(its)]));
}

function checkCase(name: string, one: RuleCase, node: XpathNode, options: RuleOptions, tell: (broken: BrokenRule) => void): void {
  if (one.condition !== undefined && !holds(one.condition, node)) return;
  const nodes = (one.paths ?? []).flatMap((path) => select(path, node));
  const texts = nodes.map(stringOf);
  if (one.idCondition !== undefined && !asksHere(one.idCondition, texts, options)) return;
  const told = (found: string, at: XmlElement = nodes[0]?.element ?? node.element): void => tell({ rule: one, at, found });
  const found = texts.map((text) => text.trim()).join(', ');
  const dates = datesOf(one, node, options);
  switch (name) {
    case 'no_more_than_one':
      if (nodes.length > 1) told(String(nodes.length), nodes[1]?.element);
      return;
    case 'atleast_one':
      if (nodes.length === 0) told('', node.element);
      return;
    case 'only_one_of':
      if (breaksOnlyOne(one, node, nodes.length)) told(String(nodes.length));
      return;
    case 'one_or_all':
      if (select(one.one ?? '', node).length === 0) for (const at of withoutAll(one.all ?? '', node)) told('', at);
      return;
    case 'dependent': {
      const there = (one.paths ?? []).filter((path) => select(path, node).length > 0).length;
      if (there > 0 && there < (one.paths ?? []).length) told(String(there));
      return;
    }
    case 'unique':
      if (new Set(texts).size < texts.length) told(found);
      return;
    case 'sum':
    case 'strict_sum':
      if ((name === 'strict_sum' || nodes.length > 0) && sumOf(texts) !== Number(one.sum)) told(String(sumOf(texts)));
      return;
    case 'date_order':
      if (dates.less !== null && dates.more !== null && dates.less.day > dates.more.day)
        told(`${dates.less.text} > ${dates.more.text}`, dates.less.at);
      return;
    case 'date_now':
      if (dates.date !== null && dates.date.day > endOfDay(options.today)) told(dates.date.text, dates.date.at);
      return;
    case 'between_dates':
      if (dates.date !== null && dates.start !== null && dates.end !== null)
        if (dates.start.day > dates.date.day || dates.date.day > dates.end.day) told(dates.date.text, dates.date.at);
      return;
    case 'time_limit':
      if (dates.start !== null && dates.end !== null && dates.end.day - dates.start.day >= 366)
        told(`${dates.start.text} – ${dates.end.text}`, dates.start.at);
      return;
    case 'regex_matches':
    case 'regex_no_matches': {
      const pattern = new RegExp(one.regex ?? '');
      const wrong = nodes.find((_, i) => texts[i] !== '' && pattern.test(texts[i] ?? '') !== (name === 'regex_matches'));
      if (wrong !== undefined) told(stringOf(wrong), wrong.element);
      return;
    }
    case 'startswith':
      if (breaksStart(one, node, texts, options)) told(found);
      return;
    case 'if_then':
      if (holds(one.if ?? 'false()', node) && !holds(one.then ?? 'true()', node)) told(found);
      return;
    case 'evaluates_to_true':
      if (evaluate(String(one.eval ?? 'true()'), node) === false) told('');
      return;
    case 'range': {
      const wrong = nodes.find((_, i) => outside(Number(texts[i]), one));
      if (wrong !== undefined) told(stringOf(wrong), wrong.element);
      return;
    }
    case 'no_spaces': {
      const wrong = nodes.find((_, i) => texts[i] !== texts[i]?.trim());
      if (wrong !== undefined) told(`"${stringOf(wrong)}"`, wrong.element);
      return;
    }
    default:
      throw new RangeError(`rule "${name}" is not known`);
  }
}

function outside(value: number, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: RuleCase): boolean {
  return !(min <= value && value <= max);
}

/** Percentages as decimals: to four places, as the standard's validator adds them. */
function sumOf(texts: string[]): number {
  return Number(texts.reduce((sum, text) => sum + Number(text), 0).toFixed(4));
}

function asksHere(condition: string, texts: string[], { organisations }: RuleOptions): boolean {
  if (organisations === undefined) return true;
  if (condition === 'NOT_EXISTING_ORG_ID') return texts.every((text) => !organisations.has(text));
  const known = (text: string): boolean => [...organisations].some((one) => text.startsWith(`${one}-`));
  return texts.every((text) => !known(text));
}

function breaksOnlyOne(one: RuleCase, node: XpathNode, count: number): boolean {
  const excluded = (one.excluded ?? []).some((path) => select(path, node).length > 0);
  return excluded ? count > 0 : count !== 1;
}

function breaksStart(one: RuleCase, node: XpathNode, texts: string[], { prefixes }: RuleOptions): boolean {
  const paths = one.prefix ?? (one.start === undefined ? [] : [one.start]);
  if (paths.length === 1 && paths[0] === 'ORG-ID-PREFIX')
    return prefixes !== undefined && texts.some((text) => !prefixes.has(text.split('-').slice(0, 2).join('-')));
  const starts = paths.flatMap((path) => select(path, node)).map((start) => stringOf(start) + (one.separator ?? ''));
  return texts.some((text) => !starts.some((start) => text.startsWith(start)));
}

/** The elements that break "or all of them must have it". */
function withoutAll(what: string, node: XpathNode): XmlElement[] {
  const missing = (paths: string, wanted: string): XmlElement[] =>
    select(paths, node)
      .filter((one) => select(wanted, one).length === 0)
      .map(({ element }) => element);
  if (what === 'lang') return missing('descendant::narrative', '@xml:lang');
  if (what === 'currency') return missing('descendant::value | descendant::forecast | descendant::loan-status', '@currency');
  return missing('transaction', what);
}

interface Dated {
  day: number;
  text: string;
  at: XmlElement | undefined;
}

type DateKey = 'less' | 'more' | 'date' | 'start' | 'end';

function datesOf(one: RuleCase, node: XpathNode, options: RuleOptions): Record<DateKey, Dated | null> {
  const dated = (path: string | undefined): Dated | null => {
    if (path === undefined) return null;
    if (path === 'NOW') return { day: endOfDay(options.today), text: options.today, at: undefined };
    const first = select(path, node)[0];
    const text = first === undefined ? '' : stringOf(first).trim();
    const day = dayOf(text);
    return Number.isNaN(day) ? null : { day, text, at: first?.element };
  };
  const { less, more, date, start, end } = one;
  return { less: dated(less), more: dated(more), date: dated(date), start: dated(start), end: dated(end) };
}

/** Days since 1970, with their part; a date with a zone counts by its instant. */
function dayOf(text: string): number {
  const date = /^\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)$/.test(text) ? text.slice(0, 10) : text;
  return Date.parse(/T\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(date) ? `${date}Z` : date) / 86_400_000;
}

/** What still is today is not in the future. */
function endOfDay(today: string): number {
  const day = dayOf(today);
  return Number.isInteger(day) ? day + 1 - 1e-9 : day;
}

/** `xml:lang` that holds for an element: its own, else that of the nearest around it. */
export function languageOf(element: XmlElement): string | null {
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    const lang = attribute(at, 'xml:lang');
    if (lang !== null && lang !== '') return lang;
  }
  return null;
}
