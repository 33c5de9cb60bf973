/**
 * The list of reserves as it is asked for in the address: what is sought, and in which order it stands.
 *
 *     listed(sites, { ...NOTHING_ASKED, due: 'overdue', sort: 'total' }, nameOf)
 */
import type { SiteOverview } from '../../src/api/sites.ts';

export const sortKeys = ['name', 'designated', 'total', 'computed', 'due', 'done', 'findings'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Asked {
  text: string;
  due: '' | 'overdue' | 'soon' | 'later' | 'unknown';
  findings: '' | 'error' | 'question' | 'none';
  country: string;
  map: '' | 'with' | 'without';
  sort: SortKey;
  down: boolean;
}

export const NOTHING_ASKED: Asked = { text: '', due: '', findings: '', country: '', map: '', sort: 'due', down: false };

/** What an address asks for; what it does not say, or says wrongly, is not asked. */
export function askedOf(search: URLSearchParams): Asked {
  const one = <Value extends string>(name: string, known: readonly Value[]): Value | '' =>
    known.find((value) => value === search.get(name)) ?? '';
  return {
    text: search.get('q') ?? '',
    due: one('due', ['overdue', 'soon', 'later', 'unknown']),
    findings: one('findings', ['error', 'question', 'none']),
    country: search.get('country') ?? '',
    map: one('map', ['with', 'without']),
    sort: one('sort', sortKeys) || 'due',
    down: search.get('order') === 'down',
  };
}

/** The same as it stands behind the `?`; nothing for what is not asked. */
export function searchOf({ text, due, findings, country, map, sort, down }: Asked): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ q: text, due, findings, country, map })) if (value !== '') search.set(name, value);
  if (sort !== 'due') search.set('sort', sort);
  if (down) search.set('order', 'down');
  return search.size === 0 ? '' : `?${search}`;
}

/** Sites that fit what is asked, in its order; sites without a value stand last either way. */
export function listed(sites: readonly SiteOverview[], asked: Asked, nameOf: (site: SiteOverview) => string): SiteOverview[] {
  const sought = asked.text.trim().toLocaleLowerCase();
  const fits = (site: SiteOverview): boolean =>
    (sought === '' || [site.id, ...Object.values(site.name)].some((name) => name.toLocaleLowerCase().includes(sought))) &&
    (asked.due === '' || (site.dueState ?? 'unknown') === asked.due) &&
    (asked.country === '' || site.countries.includes(asked.country)) &&
    (asked.map === '' || site.mapped === (asked.map === 'with')) &&
    hasFindings(site, asked.findings);
  const value = sortValue(asked.sort, nameOf);
  return sites.filter(fits).toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const order = typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other));
    return asked.down ? -order : order;
  });
}

function hasFindings({ findings }: SiteOverview, asked: Asked['findings']): boolean {
  if (asked === '') return true;
  return asked === 'none' ? findings.error + findings.question === 0 : findings[asked] > 0;
}

function sortValue(key: SortKey, nameOf: (site: SiteOverview) => string): (site: SiteOverview) => string | number | null {
  if (key === 'name') return nameOf;
  if (key === 'designated') return ({ designated }) => designated;
  if (key === 'total') return ({ totalHa }) => totalHa;
  if (key === 'computed') return ({ computedHa }) => computedHa;
  if (key === 'due') return ({ due }) => due;
  if (key === 'done') return ({ completeness: { filled, asked } }) => (asked === 0 ? null : filled / asked);
  return ({ findings: { error, question, info } }) => error * 1e6 + question * 1e3 + info;
}
