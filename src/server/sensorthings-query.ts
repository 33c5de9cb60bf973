/**
 * Query options of OGC SensorThings (OGC 18-088, 9.3): what is asked of a set of entities, and of those that are expanded within them.
 *
 *     parseQuery('Things', new URL(address).search)
 */
import { Problem } from '../problems.ts';
import { checkNames } from './sensorthings-evaluate.ts';
import { type Expression, type Order, parseFilter, parseOrder } from './sensorthings-expression.ts';
import { ID_NAMES, linkOf, MODEL, SELF, type SetName } from './sensorthings-model.ts';

export interface Expansion {
  link: string;
  set: SetName;
  many: boolean;
  query: Query;
}

export interface Query {
  filter: Expression | null;
  expand: Expansion[];
  /** Properties and links; `null` for all. */
  select: string[] | null;
  order: Order[];
  top: number | null;
  skip: number;
  count: boolean;
  dataArray: boolean;
  /** As it was written, without `$skip`: for the address of the next page. */
  written: [string, string][];
}

const OPTIONS = ['$filter', '$expand', '$select', '$orderby', '$top', '$skip', '$count', '$resultFormat'];

/** `$expand` within `$expand`: more than the sets are apart from one another. */
const DEEPEST = 6;

/** @throws Problem `sta-option`, `sta-unsupported`, `sta-syntax`, `sta-property` */
export function parseQuery(set: SetName, search: string): Query {
  const pairs = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const at = part.indexOf('=');
      return at === -1 ? [plain(part), ''] : [plain(part.slice(0, at)), plain(part.slice(at + 1))];
    });
  return queryOf(set, pairs, 0);
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new Problem('sta-option', { option: 'query', found: text.slice(0, 40), expected: '%20, %26, %27 …' }, { cause });
  }
}

function queryOf(set: SetName, pairs: readonly [string, string][], depth: number): Query {
  const query: Query = {
    filter: null,
    expand: [],
    select: null,
    order: [],
    top: null,
    skip: 0,
    count: false,
    dataArray: false,
    written: pairs.filter(([name]) => name !== '$skip'),
  };
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    const option = name === 'resultFormat' ? '$resultFormat' : name;
    if (!option.startsWith('$') && depth === 0) continue; // such as lang
    if (option.startsWith('$') && !OPTIONS.includes(option))
      // OGC 18-088, 9.3: req/request-data/query-status-code
      throw new Problem('sta-unsupported', { option: 'query', found: name, expected: OPTIONS.join(', ') });
    if (!OPTIONS.includes(option) || seen.has(option))
      throw new Problem('sta-option', { option: 'query', found: name, expected: OPTIONS.join(', ') });
    seen.add(option);
    take(query, set, option, value, depth);
  }
  return query;
}

function take(query: Query, set: SetName, option: string, value: string, depth: number): void {
  if (option === '$filter') {
    query.filter = parseFilter(value);
    checkNames(set, query.filter, option);
  } else if (option === '$orderby') {
    query.order = parseOrder(value);
    for (const { by } of query.order) checkNames(set, by, option);
  } else if (option === '$select') query.select = selected(set, value);
  else if (option === '$expand') query.expand = expansions(set, value, depth);
  else if (option === '$top') query.top = whole(option, value);
  else if (option === '$skip') query.skip = whole(option, value);
  else if (option === '$count') query.count = choice(option, value, ['true', 'false']) === 'true';
  else query.dataArray = resultFormat(set, value, depth);
}

function resultFormat(set: SetName, value: string, depth: number): boolean {
  const found = choice('$resultFormat', value, ['dataArray', 'json']) === 'dataArray';
  if (found && (set !== 'Observations' || depth > 0))
    throw new Problem('sta-option', { option: '$resultFormat', found: set, expected: 'Observations' });
  return found;
}

function whole(option: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new Problem('sta-option', { option, found: value || '–', expected: '0, 1, 2 …' });
  return Number(value);
}

function choice(option: string, value: string, known: readonly string[]): string {
  if (!known.includes(value)) throw new Problem('sta-option', { option, found: value || '–', expected: known.join(', ') });
  return value;
}

function selected(set: SetName, value: string): string[] {
  const { properties, links } = MODEL[set];
  const known = [...ID_NAMES, SELF, ...properties, ...Object.keys(links)];
  return value.split(',').map((part) => {
    const name = part.trim();
    if (!known.includes(name.split('/')[0] ?? ''))
      throw new Problem('sta-property', { where: '$select', set, found: name || '–', expected: known.join(', ') });
    return name.split('/')[0] ?? '';
  });
}

function expansions(set: SetName, value: string, depth: number): Expansion[] {
  if (depth >= DEEPEST)
    throw new Problem('sta-option', { option: '$expand', found: value.slice(0, 40), expected: `≤ ${DEEPEST} $expand` });
  const found: Expansion[] = [];
  for (const part of splitOutside(value, ',')) {
    const [, path = '', , options = ''] = /^\s*([^(]*)(\((.*)\))?\s*$/s.exec(part) ?? [];
    const [link = '', ...rest] = path.trim().split('/');
    const target = linkOf(set, link);
    if (target === null)
      throw new Problem('sta-property', {
        where: '$expand',
        set,
        found: link || '–',
        expected: Object.keys(MODEL[set].links).join(', '),
      });
    // A/B(…) is A($expand=B(…))
    const inner = rest.length === 0 ? options : `$expand=${rest.join('/')}${options === '' ? '' : `(${options})`}`;
    const pairs = splitOutside(inner, ';')
      .filter((one) => one.trim() !== '')
      .map((one): [string, string] => {
        const at = one.indexOf('=');
        return at === -1 ? [one.trim(), ''] : [one.slice(0, at).trim(), one.slice(at + 1).trim()];
      });
    const known = found.find((one) => one.link === link);
    if (known === undefined) found.push({ link, ...target, query: queryOf(target.set, pairs, depth + 1) });
    else known.query.expand.push(...queryOf(target.set, pairs, depth + 1).expand); // A/B,A/C
  }
  return found;
}

/** Parts between marks that stand in no brackets and no quotes. */
function splitOutside(text: string, mark: string): string[] {
  const parts = [''];
  let [depth, isQuoted] = [0, false];
  for (const sign of text) {
    if (sign === "'") isQuoted = !isQuoted;
    if (!isQuoted) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === mark && depth === 0 && !isQuoted) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  if (depth !== 0 || isQuoted)
    throw new Problem('sta-option', { option: '$expand', found: text.slice(0, 60), expected: isQuoted ? "'" : ')' });
  return parts;
}
