/**
 * Figures found by words, for whoever writes and wants one in a sentence.
 *
 *     searchFigures(facts, 'women 2013', { site: 'almaty', most: 20 })
 */
import type { Id } from '../types.ts';
import type { DossierFact } from './claim-facts.ts';

/**
 * Facts in which every word stands: in the name, the place, the id, the part, the period or the value, in any language. Those of the
 * site first, then the newest.
 */
export function searchFigures(
  facts: readonly DossierFact[],
  words: string,
  { site, most }: { site: Id; most: number },
): DossierFact[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const own = ({ marks }: DossierFact): boolean => (marks.site ?? []).includes(site);
  const start = ({ period }: DossierFact): string => period?.start ?? '';
  return facts
    .filter((fact) => fact.value !== null && wanted.every((word) => textOf(fact).includes(word)))
    .toSorted((a, b) => Number(own(b)) - Number(own(a)) || (start(b) < start(a) ? -1 : start(b) > start(a) ? 1 : 0))
    .slice(0, most);
}

function textOf({ id, called, name, place, marks, period, value }: DossierFact): string {
  return [
    id,
    called,
    ...Object.values(name),
    ...Object.values(place ?? {}),
    ...Object.values(marks).flat(),
    period?.start.slice(0, 4) ?? '',
    String(value),
  ]
    .join(' ')
    .toLowerCase();
}
